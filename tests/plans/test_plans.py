"""Plans: drafted with proposals, decided about with four eyes, refused with reasons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Refused
from bangfu.plans.api import (
    Plan,
    add_measure,
    approve_plan,
    change_measure,
    draft_plan,
    drop_measure,
    move_plan,
)
from bangfu.plans.models import Measure
from plans.plans_making import (
    DUE,
    ENDED,
    TODAY,
    WORK,
    approved_plan,
    cadre,
    home,
    measure_of,
    office_of,
    plan_of,
    start,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor

pytestmark = pytest.mark.django_db


def said(refused: pytest.ExceptionInfo[Refused]) -> str:
    """All titles of a refusal."""
    return " ".join(sentence_of(each)[0] for each in refused.value.problems)


def submitted(office: Callable[[str], Actor], plan: Plan) -> Plan:
    return move_plan(actor=office("villager"), plan_id=plan.pk, move="submit")


def test_a_draft_proposes_a_measure_for_every_risk_and_one_by_which_the_household_earns(
    office: Callable[[str], Actor],
) -> None:
    plan = draft_plan(actor=office("villager"), household_id=home().pk)
    rows = list(Measure.objects.filter(plan=plan).values_list("family", "risk", "suggested"))
    assert ("health", "illness", True) in rows
    assert ("employment", "", True) in rows
    assert {each.risk for each in plan.risks.all()} == {"illness"}
    assert plan.contact is not None
    assert plan.contact.name == "冯蓉"
    assert {each.responsible.name for each in plan.measures.all() if each.responsible} == {"冯蓉"}


def test_nobody_is_proposed_work_where_nobody_can_work(office: Callable[[str], Actor]) -> None:
    plan = draft_plan(actor=office("villager"), household_id=home("H2").pk, risks=["income"])
    assert list(plan.measures.values_list("family", flat=True)) == ["comprehensive"]


def test_a_plan_with_proposals_cannot_be_submitted_until_they_are_confirmed_or_dropped(
    office: Callable[[str], Actor],
) -> None:
    plan = draft_plan(actor=office("villager"), household_id=home().pk)
    with pytest.raises(Refused) as refused:
        submitted(office, plan)
    assert "逐项确认" in said(refused)
    health, work = measure_of(plan), measure_of(plan, "employment")
    change_measure(actor=office("villager"), measure_id=health.pk, written=written())
    drop_measure(actor=office("villager"), measure_id=work.pk, note="已经在外务工")
    assert submitted(office, plan).matter.state == "submitted"


def test_a_household_with_labour_needs_help_by_which_it_earns(
    office: Callable[[str], Actor],
) -> None:
    plan = plan_of(office, written())
    submitted(office, plan)
    with pytest.raises(Refused) as refused:
        approve_plan(actor=office("reviewer"), plan_id=plan.pk)
    assert "要有一项开发式帮扶" in said(refused)
    move_plan(actor=office("reviewer"), plan_id=plan.pk, move="return", note="补一项就业")
    add_measure(actor=office("villager"), plan_id=plan.pk, written=written(**WORK))
    submitted(office, plan)
    assert approve_plan(actor=office("reviewer"), plan_id=plan.pk).matter.state == "approved"


def test_a_household_without_labour_needs_none(office: Callable[[str], Actor]) -> None:
    plan = approved_plan(office, written(), number="H2")
    assert plan.matter.state == "approved"


def test_every_risk_needs_a_measure_that_answers_it(office: Callable[[str], Actor]) -> None:
    plan = plan_of(office, written(), written(**WORK), risks=["illness", "housing"])
    submitted(office, plan)
    with pytest.raises(Refused) as refused:
        approve_plan(actor=office("reviewer"), plan_id=plan.pk)
    assert "有的风险没有对应的措施" in said(refused)


def test_a_plan_whose_measure_is_overdue_is_not_approved(office: Callable[[str], Actor]) -> None:
    early = {"starts_on": date(2026, 11, 1), "due_on": date(2026, 11, 19)}
    plan = plan_of(office, written(**early), written(**WORK))
    submitted(office, plan)
    with pytest.raises(Refused) as refused:
        approve_plan(actor=office("reviewer"), plan_id=plan.pk)
    assert "期限已经过了" in said(refused)


def test_who_submits_does_not_approve(office: Callable[[str], Actor]) -> None:
    plan = plan_of(office, written(), written(**WORK))
    move_plan(actor=office("reviewer"), plan_id=plan.pk, move="submit")
    with pytest.raises(Refused) as refused:
        approve_plan(actor=office("reviewer"), plan_id=plan.pk)
    assert "不能再由您" in said(refused)
    assert approve_plan(actor=office("officer"), plan_id=plan.pk).matter.state == "approved"


def test_who_adds_a_measure_does_not_approve_it_with_the_plan(
    office: Callable[[str], Actor],
) -> None:
    plan = plan_of(office, written())
    add_measure(actor=office("reviewer"), plan_id=plan.pk, written=written(**WORK))
    submitted(office, plan)
    with pytest.raises(Refused) as refused:
        approve_plan(actor=office("reviewer"), plan_id=plan.pk)
    assert "不能再由您" in said(refused)
    assert Plan.objects.get(pk=plan.pk).matter.state == "submitted"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"family": "finance", "amount": 50_000_01}, "超过上限 50,000 元"),
        ({"due_on": date(2026, 11, 1)}, "早于开始日期 2026-11-20"),
        ({"starts_on": date(2025, 6, 1)}, "没有在这一户所在的地方任职"),
        ({"family": "development"}, "不在目录里"),
        ({"family": "gold"}, "不在目录里"),
        ({"risk": "bad_luck"}, "不在目录里"),
        ({"title": "  "}, "没有写做什么"),
        ({"amount": -1}, "金额不能小于零"),
    ],
)
def test_a_measure_that_cannot_stand_is_refused_with_its_reason(
    office: Callable[[str], Actor], changes: dict[str, Any], sentence: str
) -> None:
    plan = plan_of(office)
    with pytest.raises(Refused) as refused:
        add_measure(actor=office("villager"), plan_id=plan.pk, written=written(**changes))
    assert sentence in said(refused)
    assert not plan.measures.exists()


def test_an_amount_may_reach_its_cap(office: Callable[[str], Actor]) -> None:
    plan = plan_of(office, written(family="finance", amount=50_000_00))
    assert measure_of(plan, "finance").amount == 50_000_00


def test_who_is_responsible_must_be_there_on_the_day(office: Callable[[str], Actor]) -> None:
    plan = plan_of(office, number="H2", risks=[])
    ended = written(organisation=office_of(ENDED).pk)
    with pytest.raises(Refused) as refused:
        add_measure(actor=office("villager"), plan_id=plan.pk, written=ended)
    assert "责任单位在 2026-11-20 不在册" in said(refused)
    # 冯蓉 helps H1 and holds no duty: she cannot answer for H2.
    stranger = written(responsible=cadre("冯蓉").pk)
    with pytest.raises(Refused) as refused:
        add_measure(actor=office("villager"), plan_id=plan.pk, written=stranger)
    assert "也不是这一户的帮扶人" in said(refused)


def test_a_plan_under_decision_takes_no_measures(office: Callable[[str], Actor]) -> None:
    plan = submitted(office, plan_of(office, written(), written(**WORK)))
    with pytest.raises(Refused) as refused:
        add_measure(actor=office("villager"), plan_id=plan.pk, written=written())
    assert "现在不能改" in said(refused)


def test_a_household_has_one_open_plan_a_year(office: Callable[[str], Actor]) -> None:
    plan = plan_of(office)
    with pytest.raises(Refused) as refused:
        draft_plan(actor=office("reviewer"), household_id=home().pk)
    assert "已经有一份" in said(refused)
    move_plan(actor=office("villager"), plan_id=plan.pk, move="withdraw", note="重拟")
    assert draft_plan(actor=office("villager"), household_id=home().pk).open


def test_a_plan_closes_when_nothing_is_open_in_it(office: Callable[[str], Actor]) -> None:
    plan = approved_plan(office)
    with pytest.raises(Refused) as refused:
        move_plan(actor=office("officer"), plan_id=plan.pk, move="close", note="年底")
    assert "还有措施没有办完" in said(refused)
    for each in plan.measures.all():
        drop_measure(actor=office("villager"), measure_id=each.pk, note="不再需要")
    closed = move_plan(actor=office("officer"), plan_id=plan.pk, move="close", note="年底")
    assert not closed.open


def test_strangers_meet_nothing_and_readers_write_nothing(office: Callable[[str], Actor]) -> None:
    plan = plan_of(office)
    for name in ("stranger", "neighbour"):
        with pytest.raises(Http404):
            move_plan(actor=office(name), plan_id=plan.pk, move="submit")
        with pytest.raises(Refused, match="household_unknown"):
            draft_plan(actor=office(name), household_id=home("H2").pk)
    with pytest.raises(AccessRefused):
        add_measure(actor=office("watcher"), plan_id=plan.pk, written=written())
    with pytest.raises(AccessRefused):
        approve_plan(actor=office("villager"), plan_id=submitted_plan(office).pk)


def submitted_plan(office: Callable[[str], Actor]) -> Plan:
    return submitted(office, plan_of(office, written(), number="H2"))


def test_the_words_of_a_measure_are_kept_sealed(office: Callable[[str], Actor]) -> None:
    measure = measure_of(plan_of(office, written(content="肺癌靶向药自付部分")))
    assert measure.content_sealed is not None
    assert "肺癌".encode() not in bytes(measure.content_sealed)


def test_a_measure_added_later_is_approved_by_itself(office: Callable[[str], Actor]) -> None:
    plan = approved_plan(office)
    later = written(family="industry", risk="", title="种苗补助", due_on=DUE, starts_on=TODAY)
    measure = add_measure(actor=office("villager"), plan_id=plan.pk, written=later)
    outcome = start(office("villager"), measure)
    assert not outcome.moved
    assert measure.pk in outcome.refused
