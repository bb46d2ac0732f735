"""An overdue matter is told of to the tiers its table names, each once, each in its turn."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.jobs.api import run_in_foreground
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.division import Level
from bangfu.procedures.api import (
    Escalation,
    Matter,
    escalate_overdue,
    list_escalations,
    make_move,
    tier_told,
)
from bangfu.procedures.jobs import ESCALATE
from procedures.people import COUNTY, TOWNSHIP, VILLAGE, officer
from procedures.trials import PAPERS, on, reviewed

pytestmark = pytest.mark.usefixtures("trial")

SYSTEM = system_actor("procedures")
DUE = date(2026, 11, 30)
"""Ten working days after Monday 2026-11-16."""


def told() -> list[tuple[str, str, int]]:
    """Who was told so far: tier, division, working days overdue."""
    rows = Escalation.objects.order_by("told_at", "-tier")
    return [(Level(each.tier).name, each.division, each.overdue) for each in rows]


def test_nobody_is_told_while_it_is_in_time() -> None:
    assert reviewed().due_on == DUE
    with on(DUE, hour=23):
        assert escalate_overdue(actor=SYSTEM) == 0
    assert told() == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 1), [("TOWNSHIP", TOWNSHIP, 1)]),
        (date(2026, 12, 2), [("TOWNSHIP", TOWNSHIP, 2)]),
        (date(2026, 12, 3), [("TOWNSHIP", TOWNSHIP, 3), ("COUNTY", COUNTY, 3)]),
        (date(2026, 12, 5), [("TOWNSHIP", TOWNSHIP, 4), ("COUNTY", COUNTY, 4)]),
    ],
)
def test_each_tier_is_told_in_its_turn(day: date, expected: list[tuple[str, str, int]]) -> None:
    matter = reviewed()
    with on(day):
        assert escalate_overdue(actor=SYSTEM) == len(expected)
        assert told() == expected
        assert tier_told(matter) == Level[expected[-1][0]]


def test_nobody_is_told_twice() -> None:
    reviewed()
    with on(date(2026, 12, 1)):
        escalate_overdue(actor=SYSTEM)
        assert escalate_overdue(actor=SYSTEM) == 0
    with on(date(2026, 12, 3)):
        assert run_in_foreground(ESCALATE, {}, SYSTEM, lambda *_: None) == {"told": 1}
    assert [tier for tier, _, _ in told()] == ["TOWNSHIP", "COUNTY"]
    payloads = [
        each.payload for each in OutboxEvent.objects.filter(event="procedures.matter_escalated")
    ]
    assert [(each["tier"], each["division"], each["overdue"]) for each in payloads] == [
        ("township", TOWNSHIP, 1),
        ("county", COUNTY, 3),
    ]


def test_entered_again_it_is_told_again() -> None:
    matter = reviewed()
    village = officer("village_official", VILLAGE)
    with on(date(2026, 12, 1)):
        escalate_overdue(actor=SYSTEM)
        make_move(actor=village, matter_id=matter.pk, move="return", note="重来")
        make_move(actor=village, matter_id=matter.pk, move="review", papers=PAPERS)
        assert escalate_overdue(actor=SYSTEM) == 0
    with on(date(2026, 12, 31)):
        assert escalate_overdue(actor=SYSTEM) == 2
    assert len(told()) == 3


def test_a_list_shows_what_stands_to_who_may_see_it() -> None:
    matter, other = reviewed(), reviewed("511921102201")
    with on(date(2026, 12, 4)):
        escalate_overdue(actor=SYSTEM)
        county, township = (
            officer("county_officer", COUNTY),
            officer("township_reviewer", TOWNSHIP),
        )
        assert {each.matter_id for each in list_escalations(county)} == {matter.pk, other.pk}
        assert {each.matter_id for each in list_escalations(township)} == {matter.pk}
        assert not list_escalations(officer("county_officer", "511922")).exists()
        of_tier = list_escalations(county, tier=Level.COUNTY)
        assert {each.division for each in of_tier} == {COUNTY}
        village = officer("village_official", VILLAGE)
        make_move(actor=village, matter_id=matter.pk, move="return", note="重来")
        assert {each.matter_id for each in list_escalations(county)} == {other.pk}
        assert list_escalations(county, standing=False).count() == 4
        assert tier_told(Matter.objects.get(pk=matter.pk)) is None


def test_only_who_runs_the_system_tells() -> None:
    with pytest.raises(AccessRefused):
        escalate_overdue(actor=officer("county_officer", COUNTY))
