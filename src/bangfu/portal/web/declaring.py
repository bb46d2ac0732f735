"""A household says that it is in difficulty: where it lives, what is hard, who it is; a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.cases.api import (
    MOST_PICTURES,
    Declared,
    declare,
    find_answer,
    list_troubles,
    number_on_day,
)
from bangfu.foundation.access.api import AccessRefused, open_to_all, system_actor
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.portal.services.counting import count_up
from bangfu.portal.web.frame import address_of, new_token, show, token_of
from bangfu.portal.web.places import chooser_at, place_words, read_village
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest

WHO: Final = "who"
SEND: Final = "send"
_KEPT: Final = ("words", "name", "contact", "group", "identity")
_MANY: Final = 10


def hints() -> dict[str, str]:
    """What each trouble may be, in people's own words."""
    return {
        "illness": _("自己掏的钱让家里吃紧"),
        "work": _("打工停了、工钱拿不到"),
        "housing": _("漏雨、裂缝、住不得"),
        "water": _("停水、水不干净、挑水远"),
        "schooling": _("学费、生活费、不想上了"),
        "disaster": _("洪水、滑坡、干旱、火灾"),
        "accident": _("车祸、摔伤、干活受伤"),
        "industry": _("卖不掉、死了、还不上贷款"),
        "labour": _("有人去世、残疾、年纪大"),
    }


@open_to_all
@require_safe
def choose(request: ActingRequest) -> HttpResponse:
    """Choose the village."""
    chooser = chooser_at(request.GET.get("at", ""))
    return show(request, "portal/declare_place.html", {"chooser": chooser})


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: ActingRequest, village: str) -> HttpResponse:
    """What is hard, then who it is; sent in, the receipt. What was typed survives every error."""
    place = read_village(village)
    step = request.POST.get("step", "")
    if step == WHO:
        return _ask_what(request, place) if not _troubles(request) else _ask_who(request, place)
    if step != SEND:
        return _ask_what(request, place)
    token = token_of(request)
    if not token:
        return _ask_who(request, place, (Problem("portal.form_old"),))
    try:
        code = _send(request, place, token)
    except AccessRefused:
        raise
    except Refused as refused:
        return _ask_who(request, place, refused.problems)
    context = {"code": code, "answer": find_answer(code), "place": place_words(place)}
    return show(request, "portal/declared.html", context)


def _troubles(request: ActingRequest) -> list[str]:
    known = dict(list_troubles())
    return [each for each in request.POST.getlist("trouble")[:_MANY] if each in known]


def _context(request: ActingRequest, village: str) -> dict[str, Any]:
    chosen = _troubles(request)
    words = hints()
    return {
        "village": village,
        "name": division_name(village),
        "place": place_words(village),
        "troubles": [
            (code, label, words.get(code, ""), code in chosen) for code, label in list_troubles()
        ],
        "chosen": chosen,
        "typed": {name: request.POST.get(name, "") for name in _KEPT},
        "days": {
            name: number_on_day(name, village)
            for name in ("clue_assign_days", "clue_verify_days", "recognition_days")
        },
    }


def _ask_what(request: ActingRequest, village: str) -> HttpResponse:
    context = {**_context(request, village), "missing": request.method == "POST"}
    return show(request, "portal/declare_what.html", context, 409 if context["missing"] else 200)


def _ask_who(
    request: ActingRequest, village: str, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context = {
        **_context(request, village),
        "problems": problems,
        "token": request.POST.get("token", "") if token_of(request) else new_token(),
        "most_pictures": MOST_PICTURES,
    }
    return show(request, "portal/declare_who.html", context, 409 if problems else 200)


def _send(request: ActingRequest, village: str, token: str) -> str:
    typed = {name: request.POST.get(name, "") for name in _KEPT}
    uploads = request.FILES.getlist("picture")
    streams = [each.file for each in uploads if each.file is not None]
    declared = Declared(village=village, troubles=_troubles(request), pictures=streams, **typed)
    held = _more_than_usual(request, village)
    return declare(actor=system_actor("portal", village), declared=declared, token=token, held=held)


def _more_than_usual(request: ActingRequest, village: str) -> bool:
    """Whether a person should look first. Nobody is turned away: many share one connection, and
    whoever floods a village must not silence it."""
    limits = active_pack(today()).parameters_on(today(), village)
    from_here = count_up("declaration.address", address_of(request), days=1)
    for_there = count_up("declaration.village", village, days=1)
    return from_here > limits.get("declarations_per_address", 0) or for_there > limits.get(
        "declarations_per_village", 0
    )
