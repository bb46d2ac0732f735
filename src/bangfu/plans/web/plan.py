"""A household's plan: its measures, the risks they answer, what may be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.plans.permissions import DRAFT, READ
from bangfu.plans.queries.details import get_household_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem
    from bangfu.plans.queries.details import PlanDetail
    from bangfu.plans.queries.rows import Tally


@requires(READ)
@require_safe
def show_plan(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """The household's open plan, or the one that `plan` names.

    Raises:
        Http404: when `plan` is not one of the household's.
    """
    return plan_page(request, household_id, _asked(request))


def _asked(request: ActingRequest) -> UUID | None:
    asked = request.GET.get("plan", "")
    try:
        return UUID(asked) if asked else None
    except ValueError:
        raise Http404 from None


def plan_page(
    request: ActingRequest,
    household_id: UUID,
    plan_id: UUID | None = None,
    problems: tuple[Problem, ...] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page; with problems, what was refused and all that was typed."""
    household, detail = get_household_plan(request.actor, household_id, plan_id)
    context = {
        "household": household,
        "plan": detail,
        "row": detail.row if detail else None,
        "answer": answer_of(detail),
        "problems": problems,
        "typed": typed or {"move": "", "note": ""},
        "may_draft": household.active
        and request.actor.may(DRAFT, household.village_code)
        and (detail is None or not detail.plan.open),
    }
    return render(request, "plans/plan.html", context, status=409 if problems else 200)


def answer_of(detail: PlanDetail | None) -> str:
    """What a reader wants to know first: `3 项措施，1 项逾期；有劳动力，已有产业帮扶`."""
    if detail is None:
        return _("还没有帮扶方案")
    return _("%(measures)s；%(labour)s") % {
        "measures": _measures_in_words(detail),
        "labour": _labour_in_words(detail),
    }


def _measures_in_words(detail: PlanDetail) -> str:
    """How many measures there are, and how far they are; what needs doing comes first."""
    tally = detail.row.tally
    if not tally.total:
        return _("还没有措施")
    total = ngettext("%(n)d 项措施", "%(n)d 项措施", tally.total) % {"n": tally.total}
    return _("%(total)s，%(how)s") % {"total": total, "how": _how_far(tally)}


def _how_far(tally: Tally) -> str:
    if tally.overdue:
        return ngettext("%(n)d 项逾期", "%(n)d 项逾期", tally.overdue) % {"n": tally.overdue}
    if tally.suggested:
        words = ngettext("%(n)d 项建议待确认", "%(n)d 项建议待确认", tally.suggested)
        return words % {"n": tally.suggested}
    if not tally.begun:
        return _("还没有开始")
    if tally.done == tally.total:
        return _("都已完成")
    if not tally.done:
        return ngettext("%(n)d 项在实施", "%(n)d 项在实施", tally.begun) % {"n": tally.begun}
    return ngettext("已完成 %(n)d 项", "已完成 %(n)d 项", tally.done) % {"n": tally.done}


def _labour_in_words(detail: PlanDetail) -> str:
    if detail.has_labour is None:
        return _("有没有劳动力缺数据")
    if not detail.has_labour:
        return _("没有劳动力")
    if detail.gap:
        return _("有劳动力，还没有开发式帮扶")
    shown = [
        x for x in detail.measures if x.developmental and x.state not in ("dropped", "stopped")
    ]
    families = dict.fromkeys(each.family_label for each in shown)
    return _("有劳动力，已有%(families)s") % {"families": _("、").join(families)}
