"""The procedure of 2014 under the clock of its years: two notices, and a poor household at the end.

What was begun under it runs to its end under it, whatever table came later.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bangfu.cases.api import CaseMove, move_cases, propose_category
from bangfu.foundation.access.api import grant_posting, system_actor
from bangfu.foundation.accounts.api import create_person
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import PublicNotice
from bangfu.registry.models import Household
from cases.conftest import RECOGNISING
from cases.recognition_making import Walk, days_later, problems_of
from registry.making import bring, household, member
from screening.conftest import written_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def then(demo_home: Path, places: None) -> Iterator[Walk]:
    """Tuesday 2015-03-03, an ordinary household of two whose head applies."""
    path = written_pack(demo_home, "six")
    system = system_actor("tests")
    publish_pack(actor=system, path=path, valid_from=date(2014, 1, 1))
    people = {}
    with using_clock(FixedClock(datetime(2015, 3, 3, 2, 0, tzinfo=UTC))):
        for name, (full_name, role, division) in RECOGNISING.items():
            people[name] = create_person(
                actor=system, username=name, name=full_name, password="niulan-shan-9"
            )
            grant_posting(
                actor=system,
                person=people[name],
                organisation="通江县",
                title=role,
                role=role,
                divisions=[division],
            )
        head = member("H1", "1", medical_insured=None)
        told = {"household_type": "ordinary", "identified_month": None, "income_year": 2014}
        bring(household("H1", head, **told), day=date(2015, 3, 1))
        yield Walk(people)


def named(walk: Walk) -> None:
    """The group names the household, the village votes for it, the first notice hangs."""
    walk.open(risks=("illness",))
    propose_category(
        actor=walk.by("villager"), case_id=walk.cases["H1"], category="poor", risks=("illness",)
    )
    walk.move("villager", "nominate")
    walk.meet()
    walk.move("villager", "post_notice")


def test_a_household_is_named_voted_for_shown_twice_and_registered_as_poor(then: Walk) -> None:
    named(then)
    with days_later(6):
        then.move("villager", "pass_notice")
        then.move("reviewer", "post_township_notice")
        assert problems_of(then, "reviewer", "endorse") == ["procedures.notice_short"]
    with days_later(12):
        then.move("reviewer", "endorse")
        then.move("officer", "compare")
        then.move("approver", "approve")
        then.move("reviewer", "announce")
    home = Household.objects.get(household_number="H1")
    assert (home.household_type, home.exit_flag, home.main_cause) == (
        "poor",
        "not_exited",
        "illness",
    )
    assert (home.identified_month, home.data_date) == (201503, date(2015, 3, 15))
    assert PublicNotice.objects.count() == 2


def test_there_is_no_category_of_monitoring_before_2021(then: Walk) -> None:
    then.open()
    assert problems_of(then, "villager", "nominate") == ["procedures.guard"] * 2


def test_a_case_of_2015_goes_on_under_its_own_table(then: Walk) -> None:
    named(then)
    with using_clock(FixedClock(datetime(2026, 11, 20, 2, 0, tzinfo=UTC))):
        done = move_cases(
            actor=then.by("villager"), move="pass_notice", requests=[CaseMove(then.cases["H1"])]
        )
        (case,) = done.moved
        assert case.matter.state == "township_review"
        then.move("reviewer", "post_township_notice")
        assert then.state() == "township_notice"
