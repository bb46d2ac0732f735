"""Two officers at once: one gives a village its First Secretary, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from bangfu.kernel.problems import Refused
from bangfu.teams.api import (
    Duty,
    Pairing,
    begin_duty,
    begin_pairing,
    hand_over_duty,
    load_duties,
    load_grid,
)
from registry.making import COUNTY, VILLAGE
from teams.teams_making import (
    START,
    bring_bureaus,
    bring_households,
    cell,
    duty,
    manager,
    pairing,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("places")]

WHO = [person("甲", phone="19900000001"), person("乙", phone="19900000002")]
CLOSED = date(2026, 3, 1)


def at_once(*works: Callable[[], object]) -> list[str]:
    """Start all together; for each `done` or the code of the refusal."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            start.wait()
            work()
        except Refused as refusal:
            return refusal.problems[0].code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def test_one_of_two_wins_and_the_other_is_told_why() -> None:
    bring_bureaus()
    bring_households()
    actor = manager()
    # Ended ones as well: the database alone would let those overlap.
    acts: list[list[Callable[[], object]]] = [
        [lambda w=who: begin_duty(actor=actor, row=duty(w)) for who in WHO],
        [
            lambda w=who: begin_duty(
                actor=manager(VILLAGE), row=duty(w, role="team_leader", valid_to=CLOSED)
            )
            for who in WHO
        ],
        [
            lambda w=who: begin_pairing(
                actor=actor, village=VILLAGE, row=pairing(w, valid_to=CLOSED)
            )
            for who in WHO
        ],
        [
            lambda w=who, p=place: load_grid(actor=actor, division=p, rows=[cell(w)])
            for who, place in zip(WHO, (COUNTY, VILLAGE), strict=True)
        ],
    ]
    for both in acts:
        assert at_once(*both) == ["done", "teams.held_by_another"]
    assert (Duty.objects.count(), Pairing.objects.count()) == (3, 1)


def test_a_list_for_the_prefecture_waits_for_one_of_a_village() -> None:
    bring_bureaus()
    works = [
        lambda w=who, p=place: load_duties(
            actor=manager(p), division=p, rows=[duty(w, valid_to=CLOSED)]
        )
        for who, place in zip(WHO, ("5119", VILLAGE), strict=True)
    ]
    assert at_once(*works) == ["done", "teams.held_by_another"]


def test_a_duty_is_handed_over_once() -> None:
    bring_bureaus()
    begin_duty(actor=manager(), row=duty())
    old = Duty.objects.get()

    def hand_over() -> None:
        hand_over_duty(
            actor=manager(), duty_id=old.pk, day=CLOSED, reason="transferred", person=WHO[0]
        )

    assert at_once(hand_over, hand_over) == ["done", "teams.ended_already"]
    assert Duty.objects.filter(valid_from=START).count() == 1
    assert Duty.objects.count() == 2
