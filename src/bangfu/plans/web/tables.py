"""The lists: columns, filters and usual views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.api import Choice, Column, FacetChoice, Filter, Table
from bangfu.plans.domain.mismatches import Mismatch
from bangfu.plans.queries.filters import NOT_BEGUN, OVERDUE, MeasureFilters, PlanFilters
from bangfu.plans.queries.lists import measure_facets, plan_facets
from bangfu.plans.queries.mismatches import MismatchFilters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.ui.api import FacetChoice, ListState
    from bangfu.plans.queries.mismatches import MismatchRow
    from bangfu.plans.queries.rows import MeasureRow, PlanRow

PLAN_FIELDS: Final = {
    "state": "states", "mark": "marks", "place": "divisions", "origin": "origins",
}  # fmt: skip
MEASURE_FIELDS: Final = {
    "state": "states", "late": "late", "family": "families", "risk": "risks", "place": "divisions",
}  # fmt: skip
"""The address's word for each filter."""

MARKS: Final = {OVERDUE: _("有措施逾期"), NOT_BEGUN: _("没有一项开始")}
LATE: Final = {OVERDUE: _("已逾期")}
MISMATCHES: Final = {
    Mismatch.NOTHING_STARTED: _("到期没有措施开始"),
    Mismatch.NOT_DEVELOPMENTAL: _("有劳动力没有开发式帮扶"),
    Mismatch.UNANSWERED: _("有风险没有对应措施"),
    Mismatch.ONLY_ALLOWANCES: _("另有风险只有低保、特困"),
    Mismatch.OVERDUE: _("措施逾期"),
}
WHY: Final = {
    Mismatch.NOTHING_STARTED: _("纳入帮扶满 %(first)s 个月，没有措施开始实施。"),
    Mismatch.NOT_DEVELOPMENTAL: _(
        "纳入帮扶满 %(earning)s 个月，家中有劳动力，没有产业、就业、金融、公益岗位措施。"
    ),
    Mismatch.UNANSWERED: _("方案里的风险没有目录规定的对应措施。"),
    Mismatch.ONLY_ALLOWANCES: _("有人享受低保或特困供养，另有风险，没有其他措施。"),
    Mismatch.OVERDUE: _("有措施过了完成日期还没有办完。"),
}
"""The names of mismatches, and what is meant."""

PLANS: Final[Table[PlanRow]] = Table(
    name="plans",
    sort="due",
    words=_("户主姓名或户编号"),
    columns=(
        Column("name", _("农户"), lambda row: row.head_name,
               template="plans/cell_household.html", sortable=True, heading=True),
        Column("risks", _("风险"), lambda row: row.risk_labels),
        Column("measures", _("措施"), lambda row: row.tally.total,
               template="plans/cell_tally.html"),
        Column("due", _("状态 · 期限"), lambda row: row.due_on, kind="day",
               template="plans/cell_due.html", sortable=True),
        Column("contact", _("联系人"), lambda row: row.contact),
        Column("state", _("状态"), lambda row: row.state_label, sortable=True, chosen=False),
        Column("done", _("已完成"), lambda row: row.tally.done, kind="whole", chosen=False),
        Column("overdue", _("逾期"), lambda row: row.tally.overdue, kind="whole", chosen=False),
        Column("opened", _("拟定日期"), lambda row: row.opened_on, kind="day",
               sortable=True, chosen=False),
        Column("origin", _("来由"), lambda row: row.origin_label, chosen=False),
        Column("year", _("年度"), lambda row: str(row.year), chosen=False),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}", chosen=False),
        Column("number", _("户编号"), lambda row: row.number, chosen=False),
    ),
    filters=(
        Filter("state", _("状态")),
        Filter("mark", _("要留意")),
        Filter("place", _("镇村")),
        Filter("origin", _("来由")),
    ),
)  # fmt: skip

MEASURES: Final[Table[MeasureRow]] = Table(
    name="measures",
    sort="due",
    words=_("户主姓名或户编号"),
    columns=(
        Column("title", _("措施"), lambda row: row.title,
               template="plans/cell_measure.html", heading=True),
        Column("name", _("农户"), lambda row: row.head_name,
               template="plans/cell_measure_household.html", sortable=True),
        Column("responsible", _("责任人"), lambda row: row.responsible,
               template="plans/cell_responsible.html", sortable=True),
        Column("amount", _("金额（元）"), lambda row: row.amount, kind="hundredths", sortable=True),
        Column("due", _("状态 · 期限"), lambda row: row.due_on, kind="day",
               template="plans/cell_measure_due.html", sortable=True),
        Column("family", _("类别"), lambda row: row.family_label, sortable=True, chosen=False),
        Column("risk", _("针对的风险"), lambda row: row.risk_label, chosen=False),
        Column("state", _("状态"), lambda row: row.state_label, sortable=True, chosen=False),
        Column("organisation", _("责任单位"), lambda row: row.organisation, chosen=False),
        Column("starts", _("计划开始"), lambda row: row.starts_on, kind="day", chosen=False),
        Column("started", _("实际开始"), lambda row: row.started_on, kind="day", chosen=False),
        Column("ended", _("实际结束"), lambda row: row.ended_on, kind="day", chosen=False),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}", chosen=False),
        Column("number", _("户编号"), lambda row: row.number, chosen=False),
    ),
    filters=(
        Filter("state", _("状态")),
        Filter("late", _("期限")),
        Filter("family", _("类别")),
        Filter("risk", _("针对的风险")),
        Filter("place", _("镇村")),
    ),
)  # fmt: skip

FOUND: Final[Table[MismatchRow]] = Table(
    name="mismatches",
    sort="place",
    words=_("户主姓名或户编号"),
    columns=(
        Column("name", _("农户"), lambda row: row.head_name,
               template="plans/cell_household.html", sortable=True, heading=True),
        Column("why", _("不对的地方"), lambda row: words_of(row.kinds),
               template="plans/cell_mismatch.html"),
        Column("since", _("纳入帮扶"), lambda row: _month(row.since), sortable=True),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}",
               sortable=True, chosen=False),
        Column("number", _("户编号"), lambda row: row.number, chosen=False),
    ),
    filters=(Filter("kind", _("不对的地方")), Filter("place", _("镇村"))),
)  # fmt: skip


def words_of(kinds: Sequence[Mismatch]) -> str:
    """Mismatches in words."""
    return _now("、").join(str(MISMATCHES[each]) for each in kinds)


def _month(month: int) -> str:
    return f"{month // 100}-{month % 100:02}" if month else ""


def plan_filters(state: ListState) -> PlanFilters:
    """What the address asks of the plans. Values nobody knows leave nothing, which is true."""
    return PlanFilters(**_chosen(state, PLAN_FIELDS), text=state.words)


def measure_filters(state: ListState) -> MeasureFilters:
    """What the address asks of the measures."""
    return MeasureFilters(**_chosen(state, MEASURE_FIELDS), text=state.words)


def mismatch_filters(state: ListState) -> MismatchFilters:
    """What the address asks of the households whose help does not fit."""
    found = _chosen(state, {"kind": "kinds", "place": "divisions"})
    return MismatchFilters(**found, text=state.words)


def _chosen(state: ListState, fields: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {field: state.chosen(name) for name, field in fields.items()}
    found["divisions"] = tuple(each for each in found["divisions"] if each.isdigit())
    return found


def plan_choices(actor: Actor, filters: PlanFilters) -> dict[str, list[Choice]]:
    """The choices of every filter of plans with their counts."""
    facets = plan_facets(actor, filters)
    return {name: _choices(facets[field], MARKS) for name, field in PLAN_FIELDS.items()}


def measure_choices(actor: Actor, filters: MeasureFilters) -> dict[str, list[Choice]]:
    """The same for measures."""
    facets = measure_facets(actor, filters)
    return {name: _choices(facets[field], LATE) for name, field in MEASURE_FIELDS.items()}


def _choices(found: Sequence[FacetChoice], names: Mapping[str, Any]) -> list[Choice]:
    return [Choice(x.value, names.get(x.value, x.label), x.count) for x in found]
