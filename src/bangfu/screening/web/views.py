"""The pages of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import new_id, today
from bangfu.foundation.jobs.api import enqueue
from bangfu.foundation.pages.api import JobWords, answer_progress
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Refused
from bangfu.policy.api import active_pack
from bangfu.registry.api import division_name
from bangfu.screening.jobs import RUN_SCREENING
from bangfu.screening.models import Run
from bangfu.screening.permissions import READ, RUN
from bangfu.screening.queries.runs import get_run, list_runs
from bangfu.screening.web.forms import PREFIX, ScreeningForm
from bangfu.screening.web.shown_runs import shown_counts, shown_places, shown_trial

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.jobs.api import Job


@requires(READ)
@require_safe
def show_runs(request: ActingRequest) -> HttpResponse:
    """All runs the reader may see, the latest first."""
    found = list_runs(request.actor)
    context = {
        "runs": [(run, division_name(run.division)) for run in found],
        "latest": next((run for run in found if run.kind == Run.Kind.REGULAR), None),
        "may_run": request.actor.holds(RUN),
    }
    return render(request, "screening/runs.html", context)


@requires(READ)
@require_safe
def show_run(request: ActingRequest, run_id: UUID) -> HttpResponse:
    """One run: counts by rule and place, what is missing, and how to repeat it."""
    run = get_run(request.actor, run_id)
    counts = shown_counts(run)
    context = {
        "run": run,
        "place": division_name(run.division),
        "counts": counts,
        "widest": max((each.fired + each.unknown for each in counts), default=1) or 1,
        "fired": sum(each.fired for each in counts),
        "unknown": sum(each.unknown for each in counts),
        "places": shown_places(run),
        "trial": shown_trial(run, reader_language()),
    }
    return render(request, "screening/run.html", context)


@requires(RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def start_run(request: ActingRequest) -> HttpResponse:
    """Screen now, or try out other values; both are work of the queue."""
    form = ScreeningForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and _overrides_hold(form):
        day = form.cleaned_data["as_of"]
        job = enqueue(
            actor=request.actor,
            kind=RUN_SCREENING,
            payload={
                "division": form.cleaned_data["division"],
                "as_of": day.isoformat() if day else None,
                "overrides": form.overrides,
            },
            idempotency_key=f"{RUN_SCREENING}:{request.POST.get('wish') or new_id()}",
        )
        return redirect("screening:job", job.id)
    parameters = [each for each in form if each.name.startswith(PREFIX)]
    context = {"form": form, "parameters": parameters, "wish": request.POST.get("wish", new_id())}
    return render(request, "screening/start.html", context)


def _overrides_hold(form: ScreeningForm) -> bool:
    """Whether the pack takes the values; what it refuses stands at the field."""
    day = form.cleaned_data["as_of"] or today()
    pack = active_pack(day)
    for name, text in form.overrides.items():
        try:
            pack.parameters_on(day, form.cleaned_data["division"], {name: text})
        except Refused:
            form.add_error(PREFIX + name, _("不是这个参数的值。请写数字，单位与现行值相同。"))
    return form.is_valid()


@requires(RUN)
@require_safe
def show_job(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """How far a screening is."""
    stages = {"snapshot": _("冻结登记簿"), "judging": _("套用规则"), "counties": _("逐县判断")}
    stages |= {"evidence": _("写入依据"), "done": _("写入结果")}
    return answer_progress(request, job_id, JobWords(_("正在判断每一户"), stages), _result_of)


def _result_of(job: Job) -> str:
    result = job.result or {}
    if "run" not in result:
        return reverse("screening:runs")
    return reverse("screening:run", args=[result["run"]])
