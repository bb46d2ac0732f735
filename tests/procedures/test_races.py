"""Two officers, one matter: exactly one wins, and the other is told who and when."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.utils.timezone import localtime

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import Matter, MatterMove, Subject, make_move, open_matters
from procedures.people import COUNTY, VILLAGE, officer

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Problem

RACES = 60
DEEP_RACES = 1_000
FACTS: dict[str, Any] = {
    "household_known": True,
    "assignee_can_check": True,
    "reason_listed": True,
    "mover_is_assignee": False,
}


def attempt(actor: Actor, move: str, matters: list[UUID], start: Barrier) -> list[Problem | None]:
    """Try `move` in every matter, each time at the same moment as the other side."""
    found: list[Problem | None] = []
    try:
        for matter in matters:
            start.wait()
            try:
                make_move(
                    actor=actor, matter_id=matter, move=move, facts=FACTS, note="看过", seen=0
                )
            except Refused as refused:
                found.append(refused.problems[0])
            else:
                found.append(None)
    finally:
        connections.close_all()
    return found


def race(one: str, other: str, races: int) -> None:
    """Two officers, `races` matters: one winner each, the loser told who and when."""
    subjects = [Subject(VILLAGE, "household", new_id()) for _ in range(races)]
    opener = system_actor("screening", COUNTY)
    opened = open_matters(actor=opener, procedure="clue", subjects=subjects)
    matters = [each.pk for each in opened]
    people = officer("county_officer", COUNTY, "周敏"), officer("county_officer", COUNTY, "冯蓉")
    start = Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as pool:
        sides = [
            pool.submit(attempt, person, move, matters, start)
            for person, move in zip(people, (one, other), strict=True)
        ]
        first, second = (side.result() for side in sides)
    winners = {each.matter_id: each for each in MatterMove.objects.filter(number=1)}
    assert winners.keys() == set(matters)
    for matter, mine, theirs in zip(matters, first, second, strict=True):
        assert (mine is None) != (theirs is None)
        lost, winner = (mine, people[1]) if mine else (theirs, people[0])
        assert lost is not None
        assert (lost.code, lost.values["by"]) == ("procedures.overtaken", winner.name)
        row = winners[matter]
        assert (row.by_id, row.by_name) == (winner.person_id, winner.name)
        assert lost.values["at"] == f"{localtime(row.at):%Y-%m-%d %H:%M}"
    stored = Matter.objects.filter(pk__in=matters)
    assert {each.lock_version for each in stored} == {1}
    assert not MatterMove.objects.filter(matter__in=matters, number__gt=1).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize(("one", "other"), [("assign", "assign"), ("assign", "dismiss")])
def test_every_race_has_one_winner(one: str, other: str) -> None:
    race(one, other, RACES)


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("pack")
def test_a_thousand_races_have_one_winner_each() -> None:
    race("assign", "dismiss", DEEP_RACES)
