"""Moves of plans and measures; what is refused comes back with its reason and what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.files.api import store
from bangfu.kernel.problems import Refused
from bangfu.plans.permissions import READ
from bangfu.plans.queries.plans import find_scoped_measures, find_scoped_plan
from bangfu.plans.services.carrying import EVIDENCE, MeasureMove, move_measure
from bangfu.plans.services.deciding import move_plan
from bangfu.plans.web.forms import MoveForm
from bangfu.plans.web.measure import measure_page
from bangfu.plans.web.plan import plan_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.plans.models import Measure


def _seen(request: ActingRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() else None


@requires(READ)
@require_POST
def move_one_plan(request: ActingRequest, plan_id: UUID) -> HttpResponse:
    """Submit, approve, return, close or withdraw a plan."""
    plan = find_scoped_plan(request.actor, plan_id)
    wanted, note = request.POST.get("move", ""), request.POST.get("note", "").strip()
    try:
        move_plan(actor=request.actor, plan_id=plan_id, move=wanted, note=note, seen=_seen(request))
    except AccessRefused:
        # No reason of the procedure: answered, and kept in the audit, like every such attempt.
        raise
    except Refused as refused:
        typed = {"move": wanted, "note": note}
        return plan_page(request, plan.household_id, plan_id, refused.problems, typed)
    messages.success(request, _("已办好，记在办理过程里。"))
    return redirect(f"{reverse('plans:household', args=[plan.household_id])}?plan={plan_id}")


@requires(READ)
@require_POST
def move_one_measure(request: ActingRequest, measure_id: UUID) -> HttpResponse:
    """Start, finish, stop, drop or agree to a measure; evidence comes with it."""
    measure = find_scoped_measures(request.actor, [measure_id])[measure_id]
    form = MoveForm(request.POST, request.FILES)
    if not form.is_valid():
        return measure_page(request, measure_id, form=form)
    try:
        asked = MeasureMove(
            measure_id,
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
            evidence=_stored(request, measure, form),
            seen=_seen(request),
        )
        move_measure(actor=request.actor, move=form.cleaned_data["move"], request=asked)
    except AccessRefused:
        raise
    except Refused as refused:
        return measure_page(request, measure_id, refused.problems, form)
    messages.success(request, _("已办好，记在办理过程里。"))
    return redirect("plans:measure", measure_id)


def _stored(request: ActingRequest, measure: Measure, form: MoveForm) -> list[UUID]:
    """The evidence that came with the form, kept sealed."""
    upload = form.cleaned_data["evidence"]
    if upload is None:
        return []
    stored = store(
        actor=request.actor,
        name=upload.name,
        stream=upload.file,
        purpose=EVIDENCE.name,
        division=measure.division,
    )
    return [stored.pk]
