"""The exit of a poor household, reproduced on a day of 2018, and closed today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.cases.models import Case
from bangfu.cases.services.case_moves import move_case
from bangfu.cases.services.exits import open_exit, record_exit_visit
from bangfu.foundation.access.api import system_actor
from bangfu.kernel.problems import Refused
from bangfu.policy.api import publish_pack
from bangfu.registry.models import HouseholdVersion
from cases.monitoring_making import comfortable, make_village, on, visited
from registry.conftest import places
from screening.conftest import demo_home

if TYPE_CHECKING:
    from bangfu.registry.models import Household
    from cases.monitoring_making import Village

__all__ = ["demo_home", "places"]

BEGUN = date(2018, 10, 8)
NEEDS = ("short_of_food", "short_of_clothing", "out_of_school", "uninsured", "unsafe_housing")
LINES = {"nation": 2995, "sichuan": 3500}
"""The yearly lines of 2018 that the packs hold, in yuan per person."""


@pytest.fixture(params=sorted(LINES))
def policy(request: pytest.FixtureRequest, db: None, demo_home: Any) -> str:
    """The nation's table of 2014, or Sichuan's of 2016, in force in 2018."""
    name: str = request.param
    with on(date(2014, 1, 1)):
        publish_pack(actor=system_actor("tests"), path=name, valid_from=date(2014, 1, 1))
    return name


@pytest.fixture
def village(policy: str, places: None, monkeypatch: pytest.MonkeyPatch) -> Village:
    """The people of 2018; the village's meeting passed whatever it was asked."""
    made = make_village(date(2018, 1, 2))

    def decided(matters: Any) -> dict[Any, Any]:
        return {each: Result() for each in matters}

    monkeypatch.setattr("bangfu.cases.queries.exit_facts.decided_on", decided)
    return made


class Result:
    """A meeting that passed it."""

    quorate = True
    passed = True


@pytest.fixture
def home(village: Village) -> Household:
    """A poor household of 2018, of two, with 4,000 yuan a head."""
    return comfortable(
        registered=date(2018, 9, 1), household_type="poor", exit_flag="not_exited",
        income_year=2018, wage_income=8_000_00, business_income=0, business_expenses=0,
        water_safe=True, electricity=True, broadcast=True,
    )  # fmt: skip


STEPS = (
    ("propose", "villager", {"papers": {"minutes": ["minutes"]}}),
    ("verify", "villager", {}),
    ("agree", "villager", {"papers": {"agreement": ["signed"]}}),
    ("post", "villager", {}),
    ("pass_notice", "villager", {}),
    ("mark", "reviewer", {}),
)


def begin(village: Village, home: Household) -> Case:
    """Consider the household for exit in October 2018."""
    with on(BEGUN):
        return open_exit(actor=village("villager"), household_id=home.pk)


def go(village: Village, case: Case, *, upto: str = "mark", **answers: bool) -> date:
    """Take the steps up to and including one."""
    day = BEGUN
    for name, who, asked in STEPS:
        day += timedelta(days=6 if name == "pass_notice" else 1)
        with on(day):
            if name == "verify":
                seen = visited(village, day)
                said = {**dict.fromkeys(NEEDS, False), **answers}
                visit = type(seen)(day, seen.visitors, "visit", said)
                record_exit_visit(actor=village("villager"), case_id=case.pk, visit=visit)
            move_case(actor=village(who), case_id=case.pk, move=name, **asked)
        if name == upto:
            break
    return day


def test_a_household_leaves_the_list_under_the_clock_of_its_day(
    village: Village, home: Household
) -> None:
    case = begin(village, home)
    day = go(village, case)
    case.refresh_from_db()
    home.refresh_from_db()
    assert (case.number[:7], case.matter.state, case.open) == ("TC-2018", "exited", False)
    assert (home.exit_flag, home.household_type) == ("exited", "poor")
    assert HouseholdVersion.objects.get(pk=home.version_id).valid_from == day


@pytest.mark.parametrize("more", [0, 2])
def test_the_line_of_the_year_decides(
    village: Village, home: Household, policy: str, more: int
) -> None:
    home.incomes.update(wage_income=LINES[policy] * 100 * 2 + more)
    case = begin(village, home)
    if more:
        go(village, case, upto="verify")
        return
    with pytest.raises(Refused):
        go(village, case, upto="verify")


@pytest.mark.parametrize("need", NEEDS)
def test_every_need_must_be_met(village: Village, home: Household, need: str) -> None:
    case = begin(village, home)
    with pytest.raises(Refused) as refused:
        go(village, case, upto="verify", **{need: True})
    assert [each.code for each in refused.value.problems] == ["procedures.guard"]


def test_sichuan_asks_for_water_as_well(village: Village, home: Household, policy: str) -> None:
    type(home).objects.update(water_safe=False)
    case = begin(village, home)
    if policy == "nation":
        go(village, case, upto="verify")
        return
    with pytest.raises(Refused):
        go(village, case, upto="verify")


def test_the_household_must_agree_in_writing(village: Village, home: Household) -> None:
    case = begin(village, home)
    day = go(village, case, upto="verify")
    with on(day), pytest.raises(Refused) as refused:
        move_case(actor=village("villager"), case_id=case.pk, move="agree")
    assert [each.code for each in refused.value.problems] == ["procedures.paper_missing"]


def test_today_the_phase_is_over(village: Village, home: Household) -> None:
    case = begin(village, home)
    go(village, case, upto="pass_notice")
    with on(date(2026, 11, 20)):
        with pytest.raises(Refused) as refused:
            open_exit(actor=village("villager"), household_id=home.pk)
        assert [each.code for each in refused.value.problems] == ["cases.exit_over"]
        with pytest.raises(Refused):
            move_case(actor=village("reviewer"), case_id=case.pk, move="mark")
    home.refresh_from_db()
    assert home.exit_flag == "not_exited"


def test_an_ordinary_household_is_not_on_the_list(village: Village, home: Household) -> None:
    type(home).objects.update(household_type="ordinary")
    case = begin(village, home)
    with pytest.raises(Refused):
        go(village, case, upto="propose")
    with on(BEGUN):
        move_case(actor=village("villager"), case_id=case.pk, move="keep", note="不是贫困户")
    assert Case.objects.get().matter.state == "stays"
