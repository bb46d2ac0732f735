"""How long cases take: working days, told only of enough of them, and never of one household."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.cases.domain.durations import draw, measure, percentile
from bangfu.cases.queries.durations import DurationFilters, measure_durations
from bangfu.cases.queries.monitoring_work import list_ceased, list_long_standing
from bangfu.cases.services.case_moves import move_case
from bangfu.registry.models import Household
from cases.monitoring_making import comfortable, monitor, on, walk
from cases.monitoring_village import demo_home, pack, places, village

if TYPE_CHECKING:
    from cases.monitoring_making import Village

__all__ = ["demo_home", "pack", "places", "village"]

DAY = date(2026, 11, 16)
"""A Monday, six months after monitoring begins."""


@given(st.lists(st.integers(0, 400), min_size=1), st.integers(1, 100))
def test_so_many_per_cent_do_not_exceed_the_percentile(days: list[int], percent: int) -> None:
    found = percentile(days, percent)
    within = sum(each <= found for each in days)
    assert found in days
    assert within * 100 >= len(days) * percent
    assert sum(each < found for each in days) * 100 < len(days) * percent


def test_few_are_not_told_and_none_is_not_few() -> None:
    assert measure([3, 4, 5, 6], 5).few
    assert measure([3, 4, 5, 6], 5).median is None
    assert not measure([], 5).few
    told = measure([1, 2, 3, 4, 10], 5)
    assert (told.number, told.median, told.slow) == (5, 3, 10)


def test_a_drawing_keeps_everything_inside() -> None:
    made = draw([("a", 3, 9, 5), ("b", 0, 0, None), ("c", 2, 4, 30)], 320)
    assert len(made.bars) == 3
    for bar in made.bars:
        assert 0 <= bar.width <= bar.slow_x <= 320
        assert bar.limit_x is None or bar.limit_x <= 320
        assert bar.y < made.height


def many(village: Village, number: int) -> None:
    """Walk several households to eliminated."""
    for order in range(1, number + 1):
        case = monitor(village, comfortable(f"H{order}"))
        walk(village, case, DAY)


def test_steps_are_counted_in_working_days(village: Village) -> None:
    many(village, 5)
    with on(DAY + timedelta(days=30)):
        found = measure_durations(village("officer"))
    steps = {each.state: each for each in found.steps}
    # The notice hung from Monday to Sunday: that Sunday is followed by no work.
    assert (steps["notice"].measured.median, steps["proposed"].measured.median) == (4, 0)
    assert steps["township_review"].limit == 5
    assert (steps["township_review"].tier, steps["county_approval"].tier) == ("township", "county")
    assert found.elimination.number == 5
    assert found.elimination.median is not None
    assert [(each.label, each.elimination.number) for each in found.places] == [("铁溪镇", 5)]
    assert [(each.code, each.elimination.number) for each in found.risks] == [("work", 5)]
    assert found.recognition.number == 0


def test_four_households_are_too_few_to_be_told(village: Village) -> None:
    many(village, 4)
    with on(DAY + timedelta(days=30)):
        found = measure_durations(village("officer"))
    assert (found.fewest, found.elimination.few, found.elimination.median) == (5, True, None)
    assert all(each.measured.median is None for each in found.steps)


def test_other_places_risks_and_times_are_left_out(village: Village) -> None:
    many(village, 5)
    with on(DAY + timedelta(days=30)):
        assert not measure_durations(village("stranger")).steps
        other = DurationFilters(risk="illness")
        assert not measure_durations(village("officer"), other).steps
        here = DurationFilters(division="511921103")
        assert measure_durations(village("officer"), here).elimination.number == 5
    with on(DAY + timedelta(days=400)):
        assert not measure_durations(village("officer")).steps
        everything = DurationFilters(period="all")
        assert measure_durations(village("officer"), everything).elimination.number == 5


def test_long_standing_households_wait_for_a_review_until_it_is_made(village: Village) -> None:
    case = monitor(village, comfortable())
    with on(date(2027, 5, 14)):
        assert list_long_standing(village("reviewer"), 10) == []
    with on(date(2027, 5, 15)):
        waiting = list_long_standing(village("reviewer"), 10)
        assert [(each.case, each.months) for each in waiting] == [(case, 12)]
        assert list_long_standing(village("villager"), 10) == []
        move_case(
            actor=village("reviewer"), case_id=case.pk, move="special_review", note="帮扶对路"
        )
        assert list_long_standing(village("reviewer"), 10) == []
    with on(date(2028, 5, 15)):
        again = list_long_standing(village("reviewer"), 10)
        assert [each.months for each in again] == [24]


def test_who_left_the_rolls_is_a_task_for_a_person(village: Village) -> None:
    case = monitor(village, comfortable())
    with on(DAY):
        assert list_ceased(village("reviewer"), 10) == []
        Household.objects.update(active=False, left_on=DAY)
        assert [each.case for each in list_ceased(village("reviewer"), 10)] == [case]
    case.matter.refresh_from_db()
    assert case.matter.state == "monitored"


@pytest.mark.parametrize("size", [1, 2])
def test_no_more_is_listed_than_asked_for(village: Village, size: int) -> None:
    for order in range(3):
        monitor(village, comfortable(f"H{order}"))
    with on(date(2027, 6, 1)):
        assert len(list_long_standing(village("reviewer"), size)) == size
