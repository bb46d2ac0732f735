"""Eliminated is not the end: looked back at in time, and monitored again when the risk is back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404

from bangfu.cases.models import Clue
from bangfu.cases.services.case_moves import move_case
from bangfu.cases.services.look_back import record_look_back
from bangfu.cases.services.monitoring import reopen_after_clue
from bangfu.cases.services.monitoring_upkeep import hasten_look_backs, take_over_monitored
from bangfu.cases.services.opening import open_clues
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import make_move
from bangfu.screening.api import Finding, run_screening
from cases.monitoring_making import comfortable, helped, monitor, on, visited, walk
from cases.monitoring_village import demo_home, pack, places, village

if TYPE_CHECKING:
    from bangfu.cases.models import Case
    from bangfu.registry.models import Household
    from cases.monitoring_making import Village

__all__ = ["demo_home", "pack", "places", "village"]

DAY = date(2026, 11, 16)
QUARTER = 90
SAFE = {"unsafe_housing": False, "out_of_school": False, "unsafe_water": False, "uninsured": False}


@pytest.fixture
def home(village: Village) -> Household:
    """A household that nothing is wrong with."""
    return comfortable()


@pytest.fixture
def eliminated(village: Village, home: Household) -> tuple[Case, date]:
    """Its case, eliminated, and the day of that."""
    case = monitor(village, home)
    return case, walk(village, case, DAY)


def look(village: Village, case: Case, day: date, who: str = "villager", **changes: Any) -> Case:
    """Record a look-back of a day by two people."""
    answers = {**SAFE, **changes.pop("answers", {})}
    known = {name: each for name, each in answers.items() if each is not None}
    seen = visited(village, day, **changes)
    visit = type(seen)(
        visited_on=day, visitors=seen.visitors, approach="visit", answers=known, risks=seen.risks
    )
    with on(day):
        return record_look_back(actor=village(who), case_id=case.pk, visit=visit)


def test_a_stable_household_is_due_again_a_quarter_later(
    village: Village, eliminated: tuple[Case, date]
) -> None:
    case, day = eliminated
    for number in range(1, 4):
        later = day + timedelta(days=60 * number)
        looked = look(village, case, later)
        assert looked.matter.state == "eliminated"
        assert looked.matter.due_on == later + timedelta(days=QUARTER)
    assert case.visits.filter(purpose="look_back").count() == 3


def test_a_look_back_serves_once(village: Village, eliminated: tuple[Case, date]) -> None:
    case, day = eliminated
    look(village, case, day + timedelta(days=80))
    with on(day + timedelta(days=80)), pytest.raises(Refused) as refused:
        move_case(actor=village("villager"), case_id=case.pk, move="look_back")
    assert {each.code for each in refused.value.problems} <= {
        "procedures.guard", "procedures.fact_missing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "risks", "lost"),
    [
        ({}, ("work",), []),
        ({"unsafe_housing": True}, (), ["unsafe_housing"]),
        ({"out_of_school": True}, (), ["out_of_school"]),
        ({"unsafe_water": True}, (), ["unsafe_water"]),
        ({"uninsured": True}, ("illness",), ["uninsured"]),
    ],
)
def test_what_a_look_back_finds_reopens_the_case_at_once(
    village: Village,
    eliminated: tuple[Case, date],
    home: Household,
    answers: dict[str, bool],
    risks: tuple[str, ...],
    lost: list[str],
) -> None:
    case, day = eliminated
    later = day + timedelta(days=70)
    found = look(village, case, later, answers=answers, risks=risks)
    home.refresh_from_db()
    assert (found.matter.state, found.mode, home.risk_eliminated_month) == ("monitored", "", None)
    assert found.risks[: len(risks)] == list(risks)
    last = found.matter.moves.latest("number")
    assert (last.move, last.by_name) == ("reopen", "岳鹏")
    told = OutboxEvent.objects.get(event="cases.look_back_found").payload
    assert told == {
        "case": str(case.pk), "household": str(home.pk),
        "risks": list(risks) or ["work"], "lost": lost,
    }  # fmt: skip


def test_half_a_year_begins_anew_after_a_reopening(
    village: Village, eliminated: tuple[Case, date]
) -> None:
    case, day = eliminated
    look(village, case, day, risks=("work",))
    with on(day + timedelta(days=30)), pytest.raises(Refused):
        move_case(
            actor=village("villager"), case_id=case.pk, move="propose", answers={"mode": "help"}
        )


@pytest.mark.parametrize("missing", SAFE)
def test_every_question_must_be_answered(
    village: Village, eliminated: tuple[Case, date], missing: str
) -> None:
    case, day = eliminated
    with pytest.raises(Refused) as refused:
        look(village, case, day, answers={missing: None})
    assert [each.code for each in refused.value.problems] == ["cases.answer_missing"]
    assert not case.visits.filter(purpose="look_back").exists()


def test_one_person_does_not_look_back(village: Village, eliminated: tuple[Case, date]) -> None:
    case, day = eliminated
    with pytest.raises(Refused) as refused:
        look(village, case, day, visitors=village.ids("villager"))
    assert [each.code for each in refused.value.problems] == ["procedures.guard"]
    assert not case.visits.filter(purpose="look_back").exists()


def test_who_may_not_check_does_not_look_back(
    village: Village, eliminated: tuple[Case, date]
) -> None:
    case, day = eliminated
    for name in ("stranger", "neighbour"):
        with pytest.raises(Http404):
            look(village, case, day, who=name)
    with pytest.raises(AccessRefused):
        look(village, case, day, who="approver")


def test_only_eliminated_households_are_looked_back_at(village: Village, home: Household) -> None:
    case = monitor(village, home)
    with pytest.raises(Refused) as refused:
        look(village, case, DAY)
    assert [each.code for each in refused.value.problems] == ["cases.look_back_not_now"]


def screened(home: Household, day: date) -> list[Any]:
    """The findings after the household's house was graded dangerous."""
    home.__class__.objects.filter(pk=home.pk).update(housing_grade="D")
    with on(day):
        run_screening(actor=system_actor("tests", "511921"), division="511921")
    return list(Finding.objects.values_list("pk", flat=True))


def test_a_rule_that_fires_brings_the_look_back_forward(
    village: Village, eliminated: tuple[Case, date], home: Household
) -> None:
    case, _day = eliminated
    monday = date(2026, 11, 30)
    findings = screened(home, monday)
    with on(monday):
        assert hasten_look_backs(actor=system_actor("cases"), finding_ids=findings) == 1
        assert hasten_look_backs(actor=system_actor("cases"), finding_ids=findings) == 0
    case.matter.refresh_from_db()
    assert (case.matter.state, case.matter.due_on) == ("eliminated", date(2026, 12, 3))


def test_a_confirmed_clue_reopens_an_eliminated_household(
    village: Village, eliminated: tuple[Case, date], home: Household
) -> None:
    case, day = eliminated
    findings = screened(home, day + timedelta(days=10))
    with on(day + timedelta(days=11)):
        assert open_clues(actor=system_actor("screening"), finding_ids=findings).opened
        clue = Clue.objects.select_related("matter").get()
        with pytest.raises(Refused):
            reopen_after_clue(actor=village("villager"), clue=clue)
        make_move(
            actor=village("reviewer"), matter_id=clue.matter_id, move="assign",
            facts={"household_known": True, "assignee_can_check": True},
        )  # fmt: skip
        make_move(
            actor=village("villager"), matter_id=clue.matter_id, move="verify", note="属实",
            facts={"mover_is_assignee": True},
        )  # fmt: skip
        again = reopen_after_clue(actor=village("villager"), clue=clue)
    assert again is not None
    assert (again.pk, again.matter.state, again.risks) == (
        case.pk, "monitored", ["housing", "work"],
    )  # fmt: skip


def test_households_monitored_before_are_taken_over_once(village: Village) -> None:
    monitored = {"monitoring_category": "prevention", "risk_1": "illness"}
    comfortable("H1", **monitored, risk_identified_month=202601)
    comfortable("H2", **monitored, risk_identified_month=202505, risk_eliminated_month=202605)
    comfortable("H3")
    with on(date(2026, 7, 31)):
        opened = take_over_monitored(actor=village("officer"), division="511921")
        assert take_over_monitored(actor=village("officer"), division="511921") == []
    assert [(each.household.household_number, each.risks) for each in opened] == [
        ("H1", ["illness"])
    ]
    village.measures = helped("illness")
    with on(date(2026, 7, 30)), pytest.raises(Refused) as refused:
        move_case(
            actor=village("villager"), case_id=opened[0].pk, move="propose",
            answers={"mode": "help"},
        )  # fmt: skip
    assert len(refused.value.problems) == 1
