"""From monitored to eliminated: every condition is a guard, every step somebody's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.services.case_moves import move_case
from bangfu.cases.services.case_opening import open_case
from bangfu.cases.services.monitoring import open_monitoring
from bangfu.cases.services.monitoring_visits import record_elimination_visit
from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused
from bangfu.registry.models import Household, HouseholdVersion, Member
from cases.monitoring_making import (
    START,
    comfortable,
    helped,
    monitor,
    on,
    visited,
    walk,
)
from cases.monitoring_village import demo_home, pack, places, village

if TYPE_CHECKING:
    from bangfu.cases.models import Case
    from bangfu.plans.api import MeasureFacts
    from cases.monitoring_making import Village

__all__ = ["demo_home", "pack", "places", "village"]

DAY = date(2026, 11, 16)
"""Six months and a day after monitoring began."""


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """The sentences of a refusal."""
    return [str(problem.values.get("reason", problem.code)) for problem in refused.value.problems]


def try_move(village: Village, case: Case, move: str, who: str, day: date, **asked: Any) -> str:
    """Why a move is refused; empty when it is made."""
    with on(day):
        try:
            move_case(actor=village(who), case_id=case.pk, move=move, **asked)
        except Refused as refused:
            return " ".join(str(each.values.get("reason", each.code)) for each in refused.problems)
    return ""


def change(home: Household, **items: Any) -> None:
    """Change the register behind everybody's back, as an import would."""
    Household.objects.filter(pk=home.pk).update(**items)


def test_a_household_walks_to_eliminated(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    day = walk(village, case, DAY)
    home.refresh_from_db()
    assert (case.matter.state, case.open, case.mode, case.decided_on) == (
        "eliminated", True, "help", day,
    )  # fmt: skip
    assert case.matter.due_on == day + timedelta(days=90)
    assert (home.risk_eliminated_month, home.left_unsafe_housing) == (202611, False)
    version = HouseholdVersion.objects.get(pk=home.version_id)
    assert case.number in version.reason
    assert "冯蓉" in version.reason
    events = set(OutboxEvent.objects.values_list("event", flat=True))
    assert {"cases.elimination_proposed", "cases.risk_eliminated"} <= events


def test_what_each_guard_saw_is_kept_with_the_decision(village: Village) -> None:
    case = monitor(village, comfortable())
    walk(village, case, DAY, upto="approve")
    seen = case.matter.moves.get(move="approve").facts
    assert seen["months_monitored"] == 6
    assert (seen["income_per_person"], seen["income_line"]) == (35_000_00, 8_500_00)
    assert (seen["rules_fired"], seen["visitors"], seen["unsafe_water"]) == (0, 2, False)


def test_six_full_months_and_not_a_day_less(village: Village) -> None:
    case = monitor(village, comfortable())
    early = try_move(
        village, case, "propose", "villager", date(2026, 11, 14), answers={"mode": "help"}
    )
    assert "半年" in early
    assert not try_move(
        village, case, "propose", "villager", date(2026, 11, 15), answers={"mode": "help"}
    )


@pytest.mark.parametrize(
    ("items", "member", "word"),
    [
        ({"safety_net_household": True}, {}, "整户无劳动能力"),
        ({}, {"labour": "none"}, "整户无劳动能力"),
        ({}, {"labour": "lost"}, "整户无劳动能力"),
        ({}, {"labour": ""}, "procedures.fact_missing"),
        ({"housing_grade": "D"}, {}, "规则触发"),
        ({"active": False}, {}, "已经销户"),
    ],
)
def test_what_the_register_says_stops_a_proposal(
    village: Village, items: dict[str, Any], member: dict[str, Any], word: str
) -> None:
    home = comfortable()
    case = monitor(village, home)
    change(home, **items)
    if member:
        Member.objects.filter(household=home).update(**member)
    with on(DAY), pytest.raises(Refused) as refused:
        move_case(
            actor=village("villager"), case_id=case.pk, move="propose", answers={"mode": "help"}
        )
    codes = [problem.code for problem in refused.value.problems]
    assert word in codes or any(word in each for each in reasons(refused))
    case.matter.refresh_from_db()
    assert case.matter.state == "monitored"


def test_somebody_weak_can_still_work(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    Member.objects.filter(household=home).update(labour="none")
    Member.objects.filter(household=home, relation="head").update(labour="weak")
    assert not try_move(village, case, "propose", "villager", DAY, answers={"mode": "help"})


@pytest.mark.parametrize(
    ("wages", "word"),
    [(8_500_00 * 2, "没有稳定超过"), (8_500_00 * 2 + 2, ""), (None, "procedures.fact_missing")],
)
def test_income_must_be_above_the_line_and_known(
    village: Village, wages: int | None, word: str
) -> None:
    home = comfortable()
    case = monitor(village, home)
    home.incomes.update(wage_income=wages, business_income=0, business_expenses=0)
    village.measures = helped()
    with on(DAY):
        problems: list[str] = []
        try:
            move_case(
                actor=village("villager"), case_id=case.pk, move="propose",
                answers={"mode": "help"},
            )  # fmt: skip
        except Refused as refused:
            for each in refused.problems:
                problems += [each.code, str(each.values.get("reason", ""))]
    assert any(word in each for each in problems) if word else not problems


def test_an_old_income_statement_does_not_count(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    home.incomes.update(income_year=2024)
    assert "超过" in try_move(village, case, "propose", "villager", DAY, answers={"mode": "help"})


@pytest.mark.parametrize(
    ("measures", "mode", "made"),
    [
        (helped("other"), "help", False),
        (helped(done=0), "help", False),
        (None, "help", False),
        (helped("other"), "natural", True),
        (helped(), "decrease", False),
        (helped(), "nonsense", False),
    ],
)
def test_through_help_takes_a_measure_that_fits(
    village: Village, measures: MeasureFacts | None, mode: str, made: bool
) -> None:
    case = monitor(village, comfortable())
    village.measures = measures
    refused = try_move(village, case, "propose", "villager", DAY, answers={"mode": mode})
    assert (not refused) is made


@pytest.mark.parametrize("move", ["check", "approve", "announce"])
@pytest.mark.parametrize(
    "answers",
    [
        {"unsafe_housing": True}, {"out_of_school": True}, {"unsafe_water": True},
        {"uninsured": True}, {"income_stable": False}, {"rigid_settled": False},
        {"unsafe_housing": None}, {"out_of_school": None}, {"unsafe_water": None},
        {"uninsured": None}, {"income_stable": None}, {"rigid_settled": None},
    ],
)  # fmt: skip
def test_every_answer_of_the_visitors_counts(
    village: Village, move: str, answers: dict[str, bool | None]
) -> None:
    case = monitor(village, comfortable())
    before = {"check": "visit", "approve": "endorse", "announce": "approve"}[move]
    day = walk(village, case, DAY, upto=before)
    visit = case.visits.get()
    findings = {**visit.findings, **answers}
    visit.findings = {name: each for name, each in findings.items() if each is not None}
    visit.save()
    who = {"check": "villager", "approve": "approver", "announce": "reviewer"}[move]
    assert try_move(village, case, move, who, day)
    case.matter.refresh_from_db()
    assert case.matter.state != "eliminated"


def test_one_visitor_or_no_signature_is_no_check(village: Village) -> None:
    case = monitor(village, comfortable())
    alone = visited(village, DAY, visitors=village.ids("villager"))
    walk(village, case, DAY, upto="visit", visit=alone)
    assert "两人以上" in try_move(village, case, "check", "villager", DAY)
    later = DAY + timedelta(days=1)
    with on(later):
        record_elimination_visit(
            actor=village("villager"), case_id=case.pk, visit=visited(village, later, signed=False)
        )
    assert "签字" in try_move(village, case, "check", "villager", later)


def test_a_risk_that_data_cannot_tell_of_is_the_visitors_to_answer(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    change(home, housing_grade="")
    walk(village, case, DAY, upto="visit")
    assert "缺数据" in try_move(village, case, "check", "villager", DAY)
    later = DAY + timedelta(days=1)
    with on(later):
        record_elimination_visit(
            actor=village("villager"), case_id=case.pk,
            visit=visited(village, later, risks=("housing",)),
        )  # fmt: skip
    assert not try_move(village, case, "check", "villager", later)


def test_a_visit_of_an_earlier_proposal_serves_no_more(village: Village) -> None:
    case = monitor(village, comfortable())
    walk(village, case, DAY, upto="check")
    assert not try_move(village, case, "return", "reviewer", DAY, note="材料不齐")
    assert not try_move(village, case, "propose", "villager", DAY, answers={"mode": "natural"})
    assert try_move(village, case, "check", "villager", DAY)
    case.refresh_from_db()
    assert case.mode == "natural"


def test_a_risk_that_comes_after_the_approval_stops_the_announcement(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    day = walk(village, case, DAY, upto="approve")
    change(home, housing_grade="C")
    assert "规则触发" in try_move(village, case, "announce", "reviewer", day)
    case.matter.refresh_from_db()
    assert case.matter.state == "announcement"


def test_the_notice_hangs_its_days(village: Village) -> None:
    case = monitor(village, comfortable())
    posted = walk(village, case, DAY, upto="post")
    with on(posted + timedelta(days=4)), pytest.raises(Refused) as refused:
        move_case(actor=village("villager"), case_id=case.pk, move="pass_notice")
    assert [each.code for each in refused.value.problems] == ["procedures.notice_short"]


def test_a_meeting_must_have_passed_it(village: Village) -> None:
    case = monitor(village, comfortable())
    walk(village, case, DAY, upto="check")
    papers = {"minutes": ["minutes"]}
    village.passed = False
    assert "评议" in try_move(village, case, "review", "villager", DAY, papers=papers)
    village.passed = None
    assert try_move(village, case, "review", "villager", DAY, papers=papers)


def test_who_took_part_does_not_decide(village: Village) -> None:
    case = monitor(village, comfortable())
    with on(DAY):
        move_case(
            actor=village("reviewer"), case_id=case.pk, move="propose", answers={"mode": "help"}
        )
        record_elimination_visit(
            actor=village("villager"), case_id=case.pk, visit=visited(village, DAY)
        )
    day = DAY
    for move in ("check", "review", "post"):
        asked = {"papers": {"minutes": ["minutes"]}} if move == "review" else {}
        assert not try_move(village, case, move, "villager", day, **asked)
    day += timedelta(days=6)
    assert not try_move(village, case, "pass_notice", "villager", day)
    assert try_move(village, case, "endorse", "reviewer", day) == "procedures.four_eyes"
    assert not try_move(village, case, "endorse", "other_reviewer", day)
    with on(day), pytest.raises(AccessRefused):
        move_case(actor=village("officer"), case_id=case.pk, move="approve")
    assert not try_move(village, case, "approve", "approver", day)


def test_a_household_without_labour_is_not_marked_for_now(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    change(home, safety_net_household=True)
    wrong = {"answers": {"suspended_reason": "tired"}, "note": "整户无劳动能力"}
    assert "代码表" in try_move(village, case, "suspend", "reviewer", DAY, **wrong)
    asked = {"answers": {"suspended_reason": "no_labour"}, "note": "整户无劳动能力"}
    assert not try_move(village, case, "suspend", "reviewer", DAY, **asked)
    assert try_move(village, case, "propose", "villager", DAY, answers={"mode": "help"})
    assert not try_move(village, case, "resume", "reviewer", DAY, note="分户以后有劳动力")
    case.matter.refresh_from_db()
    assert case.matter.state == "monitored"


def test_natural_decrease_is_only_for_who_is_off_the_rolls(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    assert "还在册" in try_move(village, case, "leave", "reviewer", DAY, note="全户迁出")
    change(home, active=False, left_on=DAY)
    assert not try_move(village, case, "leave", "reviewer", DAY, note="全户迁出")
    case.refresh_from_db()
    assert (case.matter.state, case.open, case.mode) == ("left", False, "decrease")


def test_the_county_rolls_back_with_a_reason(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    day = walk(village, case, DAY)
    asked = {"answers": {"roll_back_reason": "inspection"}}
    assert try_move(village, case, "roll_back", "approver", day, **asked)
    assert not try_move(village, case, "roll_back", "approver", day, note="检查发现", **asked)
    case.refresh_from_db()
    home.refresh_from_db()
    assert (case.matter.state, case.mode, case.decided_on) == ("monitored", "", None)
    assert (home.risk_eliminated_month, home.left_unsafe_water) == (None, None)


def test_a_recognition_opens_monitoring_once(village: Village) -> None:
    home = comfortable()
    with on(START):
        recognition = open_case(
            actor=village("villager"), kind=CaseKind.RECOGNITION, household_id=home.pk,
            risks=["work"], category="prevention",
        )  # fmt: skip
        recognition.decided_on = START
        recognition.save()
        case = open_monitoring(village("reviewer"), recognition)
        assert open_monitoring(village("reviewer"), recognition) == case
    assert (case.parent, case.risks, case.category) == (recognition, ["work"], "prevention")
    assert case.matter.state == "monitored"
