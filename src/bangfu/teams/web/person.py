"""One person: duties through time, households, and the telephone for a stated reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.audit.api import PersonalValue
from bangfu.foundation.clock.api import today
from bangfu.foundation.pages.api import who_looked
from bangfu.foundation.ui.api import ReasonForm
from bangfu.registry.api import READ_SECRET
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.duties import SUBJECT
from bangfu.teams.queries.people import get_cadre, household_limit, open_person, places_of
from bangfu.teams.services.revealing import reveal_phone
from bangfu.teams.web.places import place_words
from bangfu.teams.web.tables import cell_words, end_words, from_words, label

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.teams.models import Duty, Pairing


def _duty(duty: Duty, manages: bool) -> dict[str, Any]:
    return {
        "row": duty,
        "role": label("duty_role", duty.role),
        "place": cell_words(duty),
        "organisation": from_words(duty),
        "until": end_words(duty),
        "may_end": manages and duty.valid_to is None,
    }


def _pairing(pairing: Pairing) -> dict[str, Any]:
    village = pairing.household.village_code
    return {"row": pairing, "place": place_words(village), "until": end_words(pairing)}


def _holds(held: Duty | Pairing) -> bool:
    day = today()
    return held.valid_from <= day and (held.valid_to is None or day < held.valid_to)


@requires(READ)
@require_safe
def show_person(request: ActingRequest, cadre_id: UUID) -> HttpResponse:
    """A person of the reader's places."""
    actor = request.actor
    person = open_person(actor, cadre_id)
    cadre = person.cadre
    helped = [each for each in person.pairings if _holds(each)]
    serving = [each for each in person.duties if _holds(each)]
    limit = household_limit(cadre.division)
    may_reveal = any(actor.may(READ_SECRET, place) for place in places_of(actor, cadre))
    context = {
        "cadre": cadre,
        "serving": [_duty(each, manages=False) for each in serving],
        "helping": len(helped),
        "limit": limit,
        "over": limit is not None and len(helped) > limit,
        "duties": [_duty(each, actor.may(MANAGE, each.division)) for each in person.duties],
        "helped": [_pairing(each) for each in helped],
        "past": [_pairing(each) for each in person.pairings if not _holds(each)],
        "may_reveal": may_reveal and cadre.phone_sealed is not None,
        "openings": who_looked(SUBJECT, cadre.pk),
    }
    return render(request, "teams/person.html", context)


@requires(READ_SECRET)
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: ActingRequest, cadre_id: UUID) -> HttpResponse:
    """Ask for the reason, then show the telephone number whole."""
    cadre = get_cadre(request.actor, cadre_id)
    form = ReasonForm(request.POST or None, label=_("做什么用"))
    whole = None
    if form.is_valid():
        try:
            whole = reveal_phone(
                actor=request.actor, cadre_id=cadre_id, reason=form.cleaned_data["reason"]
            )
        except PersonalValue:
            form.add_error("reason", _("理由里不要写证件号码或者电话号码。"))
    return render(request, "teams/reveal.html", {"form": form, "whole": whole, "cadre": cadre})
