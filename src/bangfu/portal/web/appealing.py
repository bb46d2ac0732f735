"""Objecting to a notice, complaining, asking to have something put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.cases.api import NewAppeal, case_of_matter, file_appeal, find_answer, number_on_day
from bangfu.foundation.access.api import AccessRefused, open_to_all, system_actor
from bangfu.kernel.problems import Problem, Refused
from bangfu.portal.services.counting import count_up
from bangfu.portal.web.frame import address_of, new_token, show, token_of
from bangfu.portal.web.notices import find_hanging, sheets_of
from bangfu.portal.web.places import chooser_at, place_words, read_village
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest

KINDS: Final = ("complaint", "correction")
MOST_FROM_ADDRESS: Final = 30
"""Appeals from one connection a day."""
_KEPT: Final = ("words", "contact", "name", "item", "value", "notice")


def parts() -> list[tuple[str, str]]:
    """What people most often want to have put right, in their words; codes are register items."""
    return [
        ("phone", _("电话号码")),
        ("address", _("家庭住址")),
        ("group_name", _("村民小组")),
        ("bank_account", _("补贴卡（一卡通）账号")),
        ("members", _("家里的人：多了、少了、名字错了")),
        ("income", _("收入")),
        ("housing", _("房子和吃水")),
        ("other", _("别的")),
    ]


@open_to_all
@require_safe
def choose(request: ActingRequest, kind: str) -> HttpResponse:
    """Choose the village that a complaint or correction is about."""
    if kind not in KINDS:
        raise Http404
    context = {"chooser": chooser_at(request.GET.get("at", "")), "kind": kind}
    return show(request, "portal/appeal_place.html", context)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActingRequest, kind: str, village: str) -> HttpResponse:
    """A complaint or a request to put something right."""
    if kind not in KINDS:
        raise Http404
    place = read_village(village)
    return _form(request, kind, place, {"parts": parts() if kind == "correction" else []})


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: ActingRequest, village: str, number: str) -> HttpResponse:
    """An objection to a notice, while it hangs; afterwards the page says what can be done."""
    place = read_village(village)
    sheet = next((each for each in sheets_of(place) if each.number == number), None)
    if sheet is None:
        raise Http404
    if not sheet.standing:
        context = {"village": place, "number": number, "problem": Problem("portal.notice_over")}
        return show(request, "portal/notice_over.html", context, 409)
    return _form(request, "objection", place, {"sheet": sheet})


def _form(request: ActingRequest, kind: str, village: str, more: dict[str, Any]) -> HttpResponse:
    if request.method != "POST":
        return _page(request, kind, village, more)
    token = token_of(request)
    if not token:
        return _page(request, kind, village, more, (Problem("portal.form_old"),))
    if count_up("appeal.address", address_of(request), days=1) > MOST_FROM_ADDRESS:
        return _page(request, kind, village, more, (Problem("portal.too_many"),))
    try:
        appeal = _appeal(request, kind, village)
        code = file_appeal(actor=system_actor("portal", village), appeal=appeal, token=token)
    except AccessRefused:
        raise
    except Refused as refused:
        return _page(request, kind, village, more, refused.problems)
    context = {"code": code, "answer": find_answer(code)}
    return show(request, "portal/appealed.html", context)


def _appeal(request: ActingRequest, kind: str, village: str) -> NewAppeal:
    typed = {name: request.POST.get(name, "").strip() for name in _KEPT}
    notice = find_hanging(typed["notice"], village) if kind == "objection" else None
    wish = {}
    if kind == "correction":
        known = dict(parts())
        item = typed["item"] if typed["item"] in known else "other"
        wish = {"name": typed["name"][:40], "item": item, "value": typed["value"][:200]}
    return NewAppeal(
        kind=kind,
        division=village,
        words=typed["words"],
        contact=typed["contact"],
        wish=wish,
        notice_id=notice.pk if notice else None,
        case_id=case_of_matter(notice.matter_id) if notice else None,
    )


def _page(
    request: ActingRequest,
    kind: str,
    village: str,
    more: dict[str, Any],
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    many = any(each.code == "portal.too_many" for each in problems)
    context = {
        **more,
        "kind": kind,
        "village": village,
        "name": division_name(village),
        "place": place_words(village),
        "typed": {name: request.POST.get(name, "") for name in _KEPT},
        "token": request.POST.get("token", "") if token_of(request) else new_token(),
        "problems": problems,
        "days": number_on_day("appeal_reply_days", village),
    }
    status = 429 if many else 409 if problems else 200
    return show(request, "portal/appeal.html", context, status)
