"""Months of duty: parts of months, days that count once, what is missing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bangfu.attendance.domain.months import (
    Month,
    days_between,
    missing_days,
    month_of,
    parse_month,
    required_days,
    served_days,
)

DAYS = st.dates(date(2014, 1, 1), date(2030, 12, 31))
NOVEMBER = Month(2026, 11)


@given(day=DAYS)
def test_a_day_lies_in_its_month_and_months_follow_each_other(day: date) -> None:
    month = month_of(day)
    assert month.first <= day < month.end
    assert month.after.before == month
    assert parse_month(str(month)) == month
    assert len(month.days()) == (month.end - month.first).days


@given(begins=DAYS, lasts=st.none() | st.integers(0, 400), day=DAYS)
def test_the_days_served_are_the_days_that_the_duty_holds(
    begins: date, lasts: int | None, day: date
) -> None:
    ends = None if lasts is None else begins + timedelta(days=lasts)
    held = [
        each for each in month_of(day).days() if begins <= each and (ends is None or each < ends)
    ]
    assert served_days(month_of(day), begins, ends) == len(held)


@given(asked=st.integers(0, 31), served=st.integers(0, 30))
def test_a_part_of_a_month_never_asks_for_more_than_it_has(asked: int, served: int) -> None:
    required = required_days(asked, NOVEMBER, served)
    assert required is not None
    assert required <= min(asked, served) or asked > NOVEMBER.length
    assert required_days(asked, NOVEMBER, NOVEMBER.length) == asked
    assert required_days(None, NOVEMBER, served) is None


@given(present=st.sets(st.sampled_from(NOVEMBER.days())), spans=st.lists(st.tuples(DAYS, DAYS)))
def test_a_day_counts_once_whether_present_or_on_leave(
    present: set[date], spans: list[tuple[date, date]]
) -> None:
    away = days_between(NOVEMBER, spans)
    missing = missing_days(20, present, away)
    assert missing == max(20 - len({*present, *away}), 0)
    assert missing_days(20, present, away | present) == missing


def test_words_that_are_no_month_are_none() -> None:
    for text in ("", "2026", "2026-13", "2026-1", "0000-01", "abcd-ef", "2026-11-20"):
        assert parse_month(text) is None, text
