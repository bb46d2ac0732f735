"""What other pages show of plans: blocks of household, case and village, navigation, work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import Work, WorkItem
from bangfu.foundation.ui.panels import Panel
from bangfu.kernel.problems import Refused
from bangfu.plans.permissions import APPROVE, DRAFT, READ
from bangfu.plans.queries.details import measures_of_household, plans_of
from bangfu.plans.queries.filters import OVERDUE, MeasureFilters
from bangfu.plans.queries.lists import list_measures
from bangfu.plans.queries.mismatches import MismatchFilters, count_mismatches, mismatches_of
from bangfu.plans.queries.work import count_waiting, my_work
from bangfu.plans.web.tables import MISMATCHES

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.plans.queries.rows import MeasureRow, PlanRow
    from bangfu.registry.api import Household


class Place(Protocol):
    """What a village's page hands over."""

    @property
    def code(self) -> str:
        """The village's code."""


class OfHousehold(Protocol):
    """What a case's page hands over: the case, with the household it is about."""

    @property
    def household_id(self) -> UUID:
        """Whose."""

    @property
    def division(self) -> str:
        """The household's village."""


_IN_VILLAGE: Final = 8
"""Measures shown on a village's page; the list has the rest."""


def _panel(actor: Actor, household_id: UUID, division: str) -> Panel | None:
    if not actor.may(READ, division):
        return None
    try:
        plans = plans_of(actor, household_id)
        measures = measures_of_household(actor, household_id)
        kinds = mismatches_of(actor, household_id)
    except Refused:
        # No policy is in force yet, so nothing can be planned: the page stays readable.
        return None
    context = {
        "household_id": household_id,
        "plan": plans[0] if plans else None,
        "measures": [row for row in measures if row.state != "dropped"],
        "mismatches": [MISMATCHES[each] for each in kinds],
        "may_draft": actor.may(DRAFT, division) and not any(not row.closed for row in plans),
    }
    return Panel("plans/household_plan.html", context, "side")


def household_panel(request: HttpRequest, household: Household) -> Panel | None:
    """The household's plan and measures; None for who may not see them."""
    actor = cast("ActingRequest", request).actor
    panel = _panel(actor, household.pk, household.village_code)
    if panel is not None and not household.active:
        panel.context["may_draft"] = False
    return panel


def case_panel(request: HttpRequest, case: OfHousehold) -> Panel | None:
    """The same beside a case."""
    return _panel(cast("ActingRequest", request).actor, case.household_id, str(case.division))


def village_panel(request: HttpRequest, village: Place) -> Panel | None:
    """The village's late measures and what does not fit; None for who may not see plans there."""
    actor = cast("ActingRequest", request).actor
    code = str(village.code)
    if not actor.may(READ, code):
        return None
    try:
        late = list_measures(
            actor, MeasureFilters(late=(OVERDUE,), divisions=(code,)), size=_IN_VILLAGE
        )
        counts = count_mismatches(actor, MismatchFilters(divisions=(code,)))
    except Refused:
        return None
    context = {
        "village": code,
        "late": late.rows,
        "total": late.total,
        "counts": [
            (kind.value, MISMATCHES[kind], n) for kind, n in counts.items() if n and kind != OVERDUE
        ],
    }
    return Panel("plans/village_plans.html", context)


def waiting_count(request: HttpRequest) -> int | None:
    """How many plans wait for the reader's decision; None when there is nothing to tell."""
    actor = cast("ActingRequest", request).actor
    return count_waiting(actor) or None if actor.holds(APPROVE) else None


def plan_work(request: HttpRequest) -> Work:
    """Plans to decide about and to confirm, and late measures: the most urgent of each."""
    try:
        found = my_work(cast("ActingRequest", request).actor)
    except Refused:
        return Work()
    items = [_plan_item(row, _("审定方案"), _("审定")) for row in found.decide]
    items += [_plan_item(row, _("确认方案"), _("确认措施")) for row in found.confirm]
    items += [_measure_item(row) for row in found.late]
    return Work(items=items, by_day=found.by_day or {}, more_url=reverse("plans:desk"))


def _plan_item(row: PlanRow, kind: str, action: str) -> WorkItem:
    return WorkItem(
        kind=kind,
        subject=_("%(name)s 户") % {"name": row.head_name},
        note=f"{row.township} {row.village}",
        task=ngettext("%(n)d 项措施", "%(n)d 项措施", row.tally.total) % {"n": row.tally.total},
        why=row.risk_labels or row.origin_label,
        url=f"{reverse('plans:household', args=[row.household_id])}?plan={row.id}",
        action=action,
        due=row.due_on,
        days_left=row.days_left,
    )


def _measure_item(row: MeasureRow) -> WorkItem:
    days = (today() - row.due_on).days if row.due_on else 0
    return WorkItem(
        kind=_("措施逾期"),
        subject=_("%(name)s 户") % {"name": row.head_name},
        note=f"{row.township} {row.village}",
        task=row.title,
        why=_("%(state)s，已过完成日期 %(days)d 天") % {"state": row.state_label, "days": days},
        url=reverse("plans:measure", args=[row.id]),
        action=_("去办"),
        due=row.due_on,
        days_left=-days,
    )
