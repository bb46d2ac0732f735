"""Measures carried out, what is known of them, and what follows from decisions above."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.http import Http404

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Refused
from bangfu.plans.api import (
    MeasureFacts,
    Plan,
    drop_measure,
    effect_of,
    finish_measure,
    help_again,
    matching_measures,
    measure_facts,
    plan_after_recognition,
    start_measure,
    stop_measure,
)
from bangfu.plans.models import Measure
from plans.plans_making import (
    TODAY,
    approved_plan,
    finish,
    home,
    measure_of,
    paper,
    plan_of,
    start,
    written,
)
from registry.making import bring, household, member

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor

pytestmark = pytest.mark.django_db


def facts(office: Callable[[str], Actor], **more: date) -> MeasureFacts:
    since = {home().pk: more["since"]} if "since" in more else {}
    return measure_facts(office("officer"), [home().pk], since=since)[home().pk]


def said(refused: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(sentence_of(each)[0] for each in refused.value.problems)


def test_nothing_starts_before_its_plan_is_approved(office: Callable[[str], Actor]) -> None:
    measure = measure_of(plan_of(office, written()))
    with pytest.raises(Refused) as refused:
        start_measure(actor=office("villager"), measure_id=measure.pk)
    assert "不能" in said(refused)
    assert Measure.objects.get(pk=measure.pk).started_on is None


def test_a_plan_is_in_force_from_its_first_measure_on(office: Callable[[str], Actor]) -> None:
    plan = approved_plan(office)
    start_measure(actor=office("villager"), measure_id=measure_of(plan).pk)
    start_measure(actor=office("villager"), measure_id=measure_of(plan, "employment").pk)
    assert Plan.objects.select_related("matter").get(pk=plan.pk).matter.state == "in_force"


def test_only_what_is_done_answers_a_risk(office: Callable[[str], Actor]) -> None:
    plan = approved_plan(office)
    assert facts(office) == MeasureFacts(open=2)
    measure = start_measure(actor=office("villager"), measure_id=measure_of(plan).pk)
    assert facts(office) == MeasureFacts(started=1, open=2, first_started_on=TODAY)
    finish(office("villager"), measure)
    found = facts(office)
    assert (found.started, found.done, found.open) == (1, 1, 1)
    assert found.matched_done >= {"illness"}
    assert "housing" not in found.matched_done
    assert found.developmental_started == 0


def test_what_ended_before_a_household_was_recognised_again_does_not_count(
    office: Callable[[str], Actor],
) -> None:
    plan = approved_plan(office)
    measure = start_measure(
        actor=office("villager"), measure_id=measure_of(plan).pk, on=date(2026, 11, 2)
    )
    finish(office("villager"), measure, on=date(2026, 11, 10))
    assert facts(office, since=date(2026, 11, 10)).done == 1
    assert facts(office, since=date(2026, 11, 11)).done == 0
    # What is still open counts from whichever day.
    assert facts(office, since=date(2026, 11, 11)).open == 1


def test_nobody_reads_facts_of_other_places(office: Callable[[str], Actor]) -> None:
    approved_plan(office)
    assert measure_facts(office("stranger"), [home().pk])[home().pk] == MeasureFacts()


def test_measures_that_match_a_risk_come_from_the_pack(people: object) -> None:
    assert matching_measures("illness") == ("health", "comprehensive", "social")
    assert "development" not in matching_measures("other")


def test_finishing_takes_evidence_and_words(office: Callable[[str], Actor]) -> None:
    measure = start_measure(
        actor=office("villager"), measure_id=measure_of(approved_plan(office)).pk
    )
    with pytest.raises(Refused) as refused:
        finish_measure(actor=office("villager"), measure_id=measure.pk, note="好", evidence=[])
    assert "缺少材料：佐证材料" in said(refused)
    with pytest.raises(Refused) as refused:
        finish_measure(
            actor=office("villager"),
            measure_id=measure.pk,
            note=" ",
            evidence=[paper(office("villager"))],
        )
    assert "要写明情况或理由" in said(refused)
    assert finish(office("villager"), measure).matter.state == "done"


def test_days_that_cannot_be_are_refused(office: Callable[[str], Actor]) -> None:
    measure = measure_of(approved_plan(office))
    with pytest.raises(Refused) as refused:
        start_measure(actor=office("villager"), measure_id=measure.pk, on=date(2026, 11, 21))
    assert "还没有到" in said(refused)
    measure = start_measure(actor=office("villager"), measure_id=measure.pk, on=date(2026, 11, 18))
    with pytest.raises(Refused) as refused:
        finish(office("villager"), measure, on=date(2026, 11, 17))
    assert "早于实际开始日期 2026-11-18" in said(refused)


def test_an_overdue_measure_starts_only_with_a_reason(office: Callable[[str], Actor]) -> None:
    measure = measure_of(approved_plan(office))
    Measure.objects.filter(pk=measure.pk).update(
        starts_on=TODAY.replace(day=1), due_on=date(2026, 11, 19)
    )
    assert facts(office).overdue == 1
    with pytest.raises(Refused) as refused:
        start_measure(actor=office("villager"), measure_id=measure.pk)
    assert "开始实施要写明原因" in said(refused)
    started = start_measure(actor=office("villager"), measure_id=measure.pk, note="等待资金到位")
    assert started.matter.state == "started"


def test_many_start_at_once_and_the_others_are_told_why(office: Callable[[str], Actor]) -> None:
    plan = approved_plan(office)
    first, second = measure_of(plan), measure_of(plan, "employment")
    planned = measure_of(plan_of(office, written(), number="H2"))
    outcome = start(office("officer"), first, second, planned)
    assert {each.pk for each in outcome.moved} == {first.pk, second.pk}
    assert list(outcome.refused) == [planned.pk]
    assert facts(office).developmental_started == 1


def test_the_effect_is_what_was_seen_before_and_after(office: Callable[[str], Actor]) -> None:
    full = {"business_income": 0, "transfer_income": 0, "business_expenses": 0}
    ill = household(
        "H1", member("H1", "1", name="张三"),
        monitoring_category="prevention", risk_1="illness", **full, housing_grade="D",
    )  # fmt: skip
    bring(ill, day=date(2026, 11, 2))
    plan = approved_plan(office)
    measure = start_measure(
        actor=office("villager"), measure_id=measure_of(plan).pk, on=date(2026, 11, 5)
    )
    ill[0].update(housing_grade="B", wage_income=36_000_00)
    bring(ill, day=date(2026, 11, 15))
    finish(office("villager"), measure)
    effect = effect_of(Measure.objects.get(pk=measure.pk).effect)
    assert effect is not None
    assert effect.ended == ("unsafe_housing",)
    assert effect.secured == ("housing",)
    assert effect.income_change == 6_000_00
    # What comes later does not change what was seen.
    ill[0].update(housing_grade="D")
    bring(ill, day=date(2026, 11, 19))
    assert effect_of(Measure.objects.get(pk=measure.pk).effect) == effect


def test_what_is_broken_off_counts_for_nothing(office: Callable[[str], Actor]) -> None:
    measure = start_measure(
        actor=office("villager"), measure_id=measure_of(approved_plan(office)).pk
    )
    with pytest.raises(Refused):
        stop_measure(actor=office("villager"), measure_id=measure.pk, note="农户外出")
    stopped = stop_measure(actor=office("reviewer"), measure_id=measure.pk, note="农户外出")
    assert stopped.matter.state == "stopped"
    assert facts(office).started == 0


def test_what_has_begun_is_not_dropped(office: Callable[[str], Actor]) -> None:
    measure = start_measure(
        actor=office("villager"), measure_id=measure_of(approved_plan(office)).pk
    )
    with pytest.raises(Refused):
        drop_measure(actor=office("villager"), measure_id=measure.pk, note="不要了")
    with pytest.raises(Http404):
        drop_measure(actor=office("neighbour"), measure_id=measure.pk, note="不要了")


def test_a_recognised_household_gets_a_draft_with_a_due_day_once(
    office: Callable[[str], Actor],
) -> None:
    case = uuid4()
    again = [
        plan_after_recognition(
            actor=system_actor("tests"),
            case_id=case,
            household_id=home().pk,
            risks=["illness", "unheard_of"],
        )
        for _ in range(2)
    ]
    plan = Plan.objects.select_related("matter").get()
    assert [each.pk for each in again if each] == [plan.pk, plan.pk]
    assert plan.matter.due_on == date(2026, 12, 20)
    assert [each.risk for each in plan.risks.all()] == ["illness"]
    assert plan.case_id == case


def test_a_second_recognition_joins_the_plan_of_the_year(office: Callable[[str], Actor]) -> None:
    plan = approved_plan(office)
    joined = plan_after_recognition(
        actor=system_actor("tests"), case_id=uuid4(), household_id=home().pk, risks=["housing"]
    )
    assert joined is not None
    assert joined.pk == plan.pk
    assert measure_of(plan, "housing").suggested


def test_a_look_back_proposes_help_with_an_owner_and_a_day_once(
    office: Callable[[str], Actor],
) -> None:
    approved_plan(office)
    for _ in range(2):
        help_again(
            actor=system_actor("tests"),
            case_id=uuid4(),
            household_id=home().pk,
            risks=["housing"],
        )
    measure = Measure.objects.get(family="housing")
    assert measure.responsible is not None
    assert measure.responsible.name == "冯蓉"
    assert measure.due_on == date(2026, 12, 20)


def test_a_look_back_without_a_plan_begins_one(office: Callable[[str], Actor]) -> None:
    plan = help_again(
        actor=system_actor("tests"), case_id=uuid4(), household_id=home().pk, risks=["illness"]
    )
    assert plan is not None
    assert plan.origin == "look_back"
    assert set(plan.measures.values_list("due_on", flat=True)) == {date(2026, 12, 20)}


def test_household_gone_from_the_rolls_gets_no_plan(office: Callable[[str], Actor]) -> None:
    home_row = home("H2")
    home_row.active = False
    home_row.save(update_fields=["active"])
    assert (
        plan_after_recognition(
            actor=system_actor("tests"), case_id=uuid4(), household_id=home_row.pk, risks=[]
        )
        is None
    )
