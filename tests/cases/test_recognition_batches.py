"""A township decides its list at once; each case that cannot go on has its own reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from bangfu.cases.api import CaseMove, move_cases
from bangfu.cases.models import Case
from bangfu.registry.models import Household
from cases.recognition_making import days_later

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from cases.recognition_making import Walk

THREE = ("H1", "H2", "H3")


def asked(walk: Walk, *numbers: str) -> list[CaseMove]:
    """The same move for several cases."""
    return [CaseMove(walk.cases[each]) for each in numbers]


def walked(walk: Walk, state: str) -> None:
    """Three cases of one village on one day, all at one step."""
    for each in THREE:
        walk.to("compared", each)
    walk.meet(*THREE)
    for each in THREE:
        walk.to(state, each)


def test_those_that_may_go_on_do_and_the_others_get_their_reasons(walk: Walk) -> None:
    walked(walk, "township_review")
    Household.objects.filter(household_number="H2").update(active=False)
    with days_later(6):
        done = move_cases(actor=walk.by("reviewer"), move="endorse", requests=asked(walk, *THREE))
    assert [each.household.household_number for each in done.moved] == ["H1", "H3"]
    (why,) = done.refused[walk.cases["H2"]]
    assert why.values["reason"] == "这一户已经不在册"
    assert [walk.state(each) for each in THREE] == [
        "county_approval",
        "township_review",
        "county_approval",
    ]


def test_what_the_register_refuses_for_one_is_undone_for_that_one_alone(walk: Walk) -> None:
    walked(walk, "announcement")
    walk.correct("risk_1", "disaster", "H2")
    with days_later(8):
        done = move_cases(actor=walk.by("reviewer"), move="announce", requests=asked(walk, *THREE))
    assert [each.code for each in done.refused[walk.cases["H2"]]] == [
        "registry.changed_since_asked"
    ]
    assert [walk.state(each) for each in THREE] == ["recognised", "announcement", "recognised"]
    helped = Case.objects.filter(kind="monitoring").values_list("household__household_number")
    assert sorted(each for (each,) in helped) == ["H1", "H3"]
    assert walk.seen("H2").matter.moves.filter(move="announce").count() == 0


def test_a_batch_with_a_stranger_in_it_moves_nothing(walk: Walk) -> None:
    walk.to("reviewed")
    walk.to("reviewed", "H2")
    Case.objects.filter(pk=walk.cases["H2"]).update(division="511922100201")
    with pytest.raises(Http404):
        move_cases(actor=walk.by("villager"), move="post_notice", requests=asked(walk, "H1", "H2"))
    assert walk.state() == "reviewed"


def statements(actor: Actor, requests: list[CaseMove]) -> int:
    """How many statements a batch of endorsements asks of the database."""
    with (
        CaptureQueriesContext(
            connection,
        ) as found,
        days_later(6),
    ):
        done = move_cases(actor=actor, move="endorse", requests=requests)
    assert not done.refused
    return len(found)


def test_three_cases_cost_hardly_more_statements_than_one(walk: Walk) -> None:
    walked(walk, "township_review")
    actor = walk.by("reviewer")
    one = statements(actor, asked(walk, "H1"))
    two = statements(actor, asked(walk, "H2", "H3"))
    # An event of the outbox is a row of its own for every case; nothing else is.
    assert two - one <= 3
