"""The track: where a matter has come through, where it is, and what lies ahead."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.procedures.api import Clock, clock_of, main_way, make_move, pinned_procedure, steps_of
from procedures.people import COUNTY, VILLAGE, officer
from procedures.tables import CLUE
from procedures.trials import PAPERS, helped, on, opened, reviewed

pytestmark = pytest.mark.usefixtures("trial")


def test_the_way_ahead_is_the_tables_own_order() -> None:
    matter = opened()
    steps = [(each.state, each.place) for each in steps_of(matter)]
    assert steps == [
        ("opened", "now"),
        ("reviewed", "ahead"),
        ("notice", "ahead"),
        ("helped", "ahead"),
        ("ended", "ahead"),
    ]
    assert main_way(pinned_procedure(matter.version_id)) == [name for name, _ in steps]


def test_a_reassignment_is_no_step() -> None:
    assert main_way(CLUE) == ["new", "assigned", "verified"]


def test_each_step_says_when_who_and_how_long() -> None:
    matter = reviewed()
    make_move(
        actor=officer("village_official", VILLAGE, "冉桂华"),
        matter_id=matter.pk,
        move="post",
        shown={"people": 3},
    )
    matter.refresh_from_db()
    with on(date(2026, 11, 20)):
        first, second, third, fourth, _ = steps_of(matter)
    assert (first.label, first.day, first.who, first.limit) == (
        "已受理",
        date(2026, 11, 16),
        "岳鹏",
        "",
    )
    assert (second.who, second.limit, second.clock) == ("冉桂华", "10 个工作日", None)
    assert (third.place, third.limit, third.due_on) == ("now", "5 天", date(2026, 11, 21))
    assert third.clock == Clock(4, 5, False, False, date(2026, 11, 21))
    assert third.clock.left == 1
    # Twenty working days from the opening, wherever the matter is now.
    assert (fourth.limit, fourth.due_on, fourth.day) == ("20 个工作日", date(2026, 12, 14), None)


def test_the_clock_counts_working_days_from_the_opening_where_the_limit_does() -> None:
    matter = helped()
    with on(date(2026, 11, 26)):
        assert clock_of(matter) == Clock(8, 20, True, True, date(2026, 12, 14))
    with on(date(2026, 12, 16)):
        found = clock_of(matter)
    assert found is not None
    assert (found.used, found.left) == (22, -2)


def test_a_return_takes_the_undone_steps_off_the_way() -> None:
    matter = reviewed()
    village = officer("village_official", VILLAGE, "岳鹏")
    make_move(actor=village, matter_id=matter.pk, move="return", note="补材料")
    matter.refresh_from_db()
    assert [(each.state, each.place) for each in steps_of(matter)][:2] == [
        ("opened", "now"),
        ("reviewed", "ahead"),
    ]
    with on(date(2026, 11, 18)):
        make_move(actor=village, matter_id=matter.pk, move="review", papers=PAPERS)
    matter.refresh_from_db()
    assert [each.day for each in steps_of(matter)[:2]] == [date(2026, 11, 16), date(2026, 11, 18)]


def test_a_matter_that_ended_aside_has_nothing_ahead() -> None:
    matter = reviewed()
    county = officer("county_officer", COUNTY, "周敏")
    make_move(actor=county, matter_id=matter.pk, move="refuse", note="x", facts={"reason": "coped"})
    matter.refresh_from_db()
    assert [(each.state, each.place) for each in steps_of(matter)] == [
        ("opened", "done"),
        ("reviewed", "done"),
        ("refused", "done"),
    ]
    assert clock_of(matter) is None
