"""Drafting a plan, and writing its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Refused
from bangfu.plans.permissions import DRAFT
from bangfu.plans.queries.details import get_place, open_to_write
from bangfu.plans.queries.plans import content_of
from bangfu.plans.queries.risks import risks_known
from bangfu.plans.services.drafting import draft_plan
from bangfu.plans.services.writing import add_measure, change_measure
from bangfu.plans.web.forms import DraftForm, MeasureForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem
    from bangfu.plans.models import Measure, Plan

_FORM = ["GET", "HEAD", "POST"]


@requires(DRAFT)
@require_http_methods(_FORM)
def draft(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """Which risks to answer; then the draft with what is proposed for them.

    Raises:
        Http404: no such household in the reader's scope.
        AccessRefused: when they may not draft there.
    """
    household = get_place(request.actor, household_id)
    request.actor.check(DRAFT, household.village_code)
    known = risks_known(household)
    data = request.POST if request.method == "POST" else None
    form = DraftForm(data, household=household, initial={"risks": known})
    problems: tuple[Problem, ...] = ()
    if data is not None and form.is_valid():
        try:
            draft_plan(
                actor=request.actor, household_id=household_id, risks=form.cleaned_data["risks"]
            )
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("方案已拟定，建议的措施请逐项确认。"))
            return redirect("plans:household", household_id)
    context = {"household": household, "form": form, "known": known, "problems": problems}
    return render(request, "plans/draft.html", context, status=409 if problems else 200)


@requires(DRAFT)
@require_http_methods(_FORM)
def add(request: ActingRequest, plan_id: UUID) -> HttpResponse:
    """A further measure of a plan."""
    plan, _measure = open_to_write(request.actor, plan_id=plan_id)
    helper = _first_helper(plan)
    initial = {"starts_on": today().isoformat(), "responsible": helper}
    return _write(request, plan, None, initial)


@requires(DRAFT)
@require_http_methods(_FORM)
def change(request: ActingRequest, measure_id: UUID) -> HttpResponse:
    """A measure that is only planned, or proposed."""
    plan, measure = open_to_write(request.actor, measure_id=measure_id)
    if measure is None:
        raise Http404
    return _write(request, plan, measure, _as_typed(measure, _first_helper(plan)))


def _first_helper(plan: Plan) -> str:
    return str(plan.contact_id) if plan.contact_id else ""


def _as_typed(measure: Measure, helper: str) -> dict[str, Any]:
    return {
        "family": measure.family,
        "risk": measure.risk,
        "title": measure.title,
        "content": content_of(measure),
        "organisation": str(measure.organisation_id or ""),
        "responsible": str(measure.responsible_id or helper),
        "amount": measure.amount,
        "starts_on": (measure.starts_on or today()).isoformat(),
        "due_on": measure.due_on.isoformat() if measure.due_on else "",
    }


def _write(
    request: ActingRequest, plan: Plan, measure: Measure | None, initial: dict[str, Any]
) -> HttpResponse:
    """The form; what is refused comes back with its reasons and all that was typed."""
    data = request.POST if request.method == "POST" else None
    form = MeasureForm(data, plan=plan, initial=initial)
    problems: tuple[Problem, ...] = ()
    if data is not None and form.is_valid():
        try:
            if measure is None:
                add_measure(actor=request.actor, plan_id=plan.pk, written=form.written())
            else:
                change_measure(actor=request.actor, measure_id=measure.pk, written=form.written())
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("措施已写进方案。"))
            return redirect("plans:household", plan.household_id)
    context = {
        "plan": plan,
        "measure": measure,
        "household": plan.household,
        "form": form,
        "problems": problems,
    }
    return render(request, "plans/write.html", context, status=409 if problems else 200)
