"""The income chart's geometry."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bangfu.foundation.ui.charts import NARROW, WIDE, IncomeYear, draw_income


def year(*parts: int | None, year: int = 2026, **marks: int | None) -> IncomeYear:
    known = [part for part in parts if part is not None]
    return IncomeYear(year, parts, sum(known) if known else None, **marks)


def test_the_parts_of_a_bar_stand_on_each_other() -> None:
    (bar,) = draw_income([year(100, 50, None, 50)], WIDE).bars
    bottom, middle, top = bar.segments
    assert [each.series for each in bar.segments] == ["s1", "s2", "s4"]
    assert bottom.y == middle.y + middle.height
    assert middle.y == top.y + top.height
    assert bottom.height == pytest.approx(2 * middle.height, abs=2)


def test_losses_hang_below_the_zero_line() -> None:
    chart = draw_income([year(100, -40, 0, 0)], WIDE)
    gain, loss = chart.bars[0].segments
    assert gain.y + gain.height == chart.zero
    assert loss.y == chart.zero


def test_everything_is_drawn_inside_the_frame() -> None:
    years = [
        year(100, 20, 5, 10, year=2014 + each, line=9_000, reference=-50) for each in range(13)
    ]
    for size in (WIDE, NARROW):
        chart = draw_income(years, size)
        for bar in chart.bars:
            assert 0 <= bar.slot_left < bar.slot_right <= size.width
            assert bar.line_y is not None
            assert bar.point_y is not None
            assert 0 <= bar.line_y <= chart.zero <= bar.point_y <= chart.label_y - 12


def test_bars_do_not_overlap_in_any_number() -> None:
    for number in range(1, 20):
        bars = draw_income(
            [year(1, 1, 1, 1, year=2000 + each) for each in range(number)], WIDE
        ).bars
        assert all(a.slot_right <= b.slot_left for a, b in pairwise(bars))
        assert bars[-1].last


def test_a_year_nobody_recorded_is_not_a_zero() -> None:
    unknown, zero = draw_income([year(None, None, None, None), year(0, 0, 0, 0)], WIDE).bars
    assert not unknown.known
    assert zero.known


def test_no_years_draw_an_empty_frame() -> None:
    assert draw_income([], WIDE).bars == []


def test_many_years_on_a_phone_are_named_by_two_digits() -> None:
    years = [year(1, 1, 1, 1, year=2014 + each) for each in range(13)]
    assert draw_income(years, NARROW).bars[0].label == "14"
    assert draw_income(years, WIDE).bars[0].label == "2014"
    assert draw_income(years[:3], NARROW).bars[0].label == "2014"
