"""A household on two days side by side: what was, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import today
from bangfu.registry.permissions import READ
from bangfu.registry.queries.history import compare_days
from bangfu.registry.queries.households import get_household
from bangfu.registry.queries.phases import show_phase
from bangfu.registry.web.forms import TwoDaysForm
from bangfu.registry.web.household_page import crumbs_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.queries.history import TwoDays


@requires(READ)
@require_safe
def compare(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """What differs between two days, as known today; without days, the last year."""
    now = today()
    given = {"before": now.replace(day=1, month=1).isoformat(), "after": now.isoformat()}
    form = TwoDaysForm({**given, **request.GET.dict()})
    days = form.cleaned_data if form.is_valid() else {}
    found = _compared(request, household_id, days) if days else None
    household = found.household if found else get_household(request.actor, household_id)
    context = {
        "form": form,
        "household": household,
        "found": found,
        "crumbs": crumbs_of(request.actor, household.village_code, now),
        "phases": [
            show_phase(days[name], household.village_code) for name in ("before", "after") if days
        ],
    }
    return render(request, "registry/compare.html", context)


def _compared(
    request: ActingRequest, household_id: UUID, days: Mapping[str, date]
) -> TwoDays | None:
    """The differences; None when the household was not in the register on one of the days."""
    try:
        return compare_days(request.actor, household_id, days["before"], days["after"])
    except Http404:
        return None
