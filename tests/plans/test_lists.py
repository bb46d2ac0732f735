"""Lists, what does not fit, work and the household's story."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import AccessRefused
from bangfu.plans.api import (
    Measure,
    MeasureFilters,
    PlanFilters,
    count_mismatches,
    get_household_plan,
    get_measure,
    list_measures,
    list_mismatches,
    list_plans,
    measure_timeline,
    mismatches_of,
    move_plan,
    start_measure,
)
from bangfu.plans.domain.mismatches import Mismatch
from bangfu.plans.queries.lists import export_plans, measure_facets, plan_facets
from bangfu.plans.queries.mismatches import MismatchFilters, export_mismatches
from bangfu.plans.queries.work import count_waiting, my_work
from plans.plans_making import (
    WORK,
    approved_plan,
    finish,
    home,
    measure_of,
    plan_of,
    start,
    written,
)
from registry.making import bring, household, member

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor

pytestmark = pytest.mark.django_db


def numbers(actor: Actor, *kinds: str) -> list[str]:
    rows = list_mismatches(actor, MismatchFilters(kinds=kinds)).rows
    return [row.number for row in rows]


def test_lists_are_narrowed_sorted_and_scoped(office: Callable[[str], Actor]) -> None:
    approved_plan(office)
    plan_of(office, written(), number="H2")
    officer = office("officer")
    assert [row.number for row in list_plans(officer, sort="name").rows] == ["H2", "H1"]
    drafts = list_plans(officer, PlanFilters(states=("draft",)))
    assert [row.number for row in drafts.rows] == ["H2"]
    assert list_plans(officer, PlanFilters(marks=("not_begun",))).total == 2
    assert list_plans(officer, PlanFilters(marks=("nonsense",))).total == 0
    assert list_plans(officer, PlanFilters(divisions=("511921103202",))).total == 0
    assert list_plans(officer, PlanFilters(text="张")).total == 1
    assert list_plans(office("neighbour")).total == 0
    assert list_measures(officer).total == 3
    found = list_measures(officer, MeasureFilters(families=("health",)), sort="-name")
    assert [row.number for row in found.rows] == ["H1", "H2"]
    states = {each.value: each.count for each in plan_facets(officer)["states"]}
    assert states == {"approved": 1, "draft": 1}
    families = {each.value: each.count for each in measure_facets(officer)["families"]}
    assert families == {"health": 2, "employment": 1}


def test_only_who_may_export_takes_a_list_away(office: Callable[[str], Actor]) -> None:
    approved_plan(office)
    assert [row.number for row in export_plans(office("officer"))] == ["H1"]
    with pytest.raises(AccessRefused):
        export_plans(office("reviewer"))
    with pytest.raises(AccessRefused):
        export_mismatches(office("villager"))


def test_a_month_without_help_is_found_until_something_starts(
    office: Callable[[str], Actor],
) -> None:
    old = {"monitoring_category": "prevention", "risk_identified_month": "202610"}
    bring(household("H2", member("H2", "1", name="李四"), **old))
    recent = {"monitoring_category": "prevention", "risk_identified_month": "202611"}
    bring(household("H4", member("H4", "1", name="赵六"), **recent))
    over = {**old, "risk_identified_month": "202504", "risk_eliminated_month": "202609"}
    bring(household("H5", member("H5", "1", name="孙七"), **over))
    officer = office("officer")
    assert numbers(officer, "nothing_started") == ["H2"]
    plan = approved_plan(office, written(**WORK), number="H2", risks=[])
    start_measure(actor=office("villager"), measure_id=measure_of(plan, "employment").pk)
    assert numbers(officer, "nothing_started") == []


def test_half_a_year_without_help_to_earn_is_found_where_somebody_can_work(
    office: Callable[[str], Actor],
) -> None:
    old = {"monitoring_category": "prevention", "risk_identified_month": "202605"}
    later = {**old, "risk_identified_month": "202606"}
    none = {"labour": "none", "work_place": None, "work_months": None}
    bring(
        household("H4", member("H4", "1", name="赵六"), **old),
        household("H5", member("H5", "1", name="孙七", **none), **old),
        household("H6", member("H6", "1", name="周八"), **later),
    )
    assert numbers(office("officer"), "not_developmental") == ["H4"]


def test_allowances_alone_are_no_help(office: Callable[[str], Actor]) -> None:
    bring(household("H4", member("H4", "1", name="赵六", on_dibao=True)))
    net = {"family": "comprehensive", "risk": "illness", "title": "低保"}
    plan = approved_plan(office, written(**net), written(**WORK), number="H4")
    officer, villager = office("officer"), office("villager")
    start(villager, measure_of(plan, "comprehensive"))
    assert numbers(officer, "only_allowances") == ["H4"]
    start(villager, measure_of(plan, "employment"))
    assert numbers(officer, "only_allowances") == []


def test_a_risk_that_nothing_answers_is_found(office: Callable[[str], Actor]) -> None:
    plan_of(office, written(), risks=["illness", "housing"])
    officer = office("officer")
    assert numbers(officer, "unanswered") == ["H1"]
    assert mismatches_of(officer, home().pk) == (Mismatch.UNANSWERED,)
    assert mismatches_of(office("stranger"), home().pk) == ()
    assert count_mismatches(officer)[Mismatch.UNANSWERED] == 1
    assert numbers(office("stranger")) == []


def test_overdue_measures_wait_for_who_records_them(office: Callable[[str], Actor]) -> None:
    plan = approved_plan(office)
    early = {"starts_on": date(2026, 11, 1), "due_on": date(2026, 11, 19)}
    Measure.objects.filter(plan=plan, family="health").update(**early)
    found = my_work(office("villager"))
    assert [row.title for row in found.late] == ["医疗救助"]
    assert found.by_day == {date(2026, 11, 19): 1}
    assert my_work(office("watcher")).late == []
    assert numbers(office("officer"), "overdue") == ["H1"]


def test_a_submitted_plan_waits_for_somebody_else(office: Callable[[str], Actor]) -> None:
    plan = plan_of(office, written(), written(**WORK))
    assert [row.number for row in my_work(office("villager")).confirm] == ["H1"]
    move_plan(actor=office("reviewer"), plan_id=plan.pk, move="submit")
    assert count_waiting(office("reviewer")) == 0
    assert count_waiting(office("officer")) == 1
    assert count_waiting(office("villager")) == 0


def test_a_page_says_which_risk_is_answered_and_whether_labour_is_used(
    office: Callable[[str], Actor],
) -> None:
    plan_of(office, written(), risks=["illness", "housing"])
    _, detail = get_household_plan(office("villager"), home().pk)
    assert detail is not None
    answered = {each.risk: [x.family for x in each.measures] for each in detail.answers}
    assert answered == {"illness": ["health"], "housing": []}
    assert detail.has_labour
    assert detail.gap
    assert [each.cadre.name for each in detail.helpers] == ["冯蓉"]


def test_a_measure_is_told_with_its_words_its_days_and_who_did_it(
    office: Callable[[str], Actor],
) -> None:
    plan = approved_plan(office)
    measure = start_measure(
        actor=office("villager"), measure_id=measure_of(plan).pk, on=date(2026, 11, 12)
    )
    finish(office("villager"), measure)
    detail = get_measure(office("officer"), measure.pk)
    assert detail.content == "大病救治费用救助"
    assert [name for _, name in detail.evidence] == ["票据.txt"]
    assert detail.history[-1].note == "报销到位"
    story = measure_timeline(office("officer"), home().pk)
    told = [(str(each.day), each.what) for each in story if each.measure_id == measure.pk]
    assert told == [("2026-11-20", "完成"), ("2026-11-20", "同意"), ("2026-11-12", "开始实施")]
    assert measure_timeline(office("stranger"), home().pk) == []
