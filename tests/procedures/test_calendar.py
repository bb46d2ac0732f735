"""Working days against a plain count, and the file against the package that seeded it."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import chinese_calendar
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bangfu.procedures.domain.calendar import WorkingCalendar, read_calendar
from bangfu.procedures.seed_calendar import FIRST_YEAR, calendar_text

TEXT = (files("bangfu") / "packs" / "nation" / "calendar.yaml").read_text(encoding="utf-8")
CALENDAR = read_calendar(yaml.safe_load(TEXT))
DAYS = st.dates(date(2014, 1, 1), date(2028, 12, 31))


def test_the_file_is_what_the_script_writes() -> None:
    assert calendar_text() == TEXT


def test_every_announced_day_agrees_with_the_package() -> None:
    day = date(FIRST_YEAR, 1, 1)
    wrong = []
    while day <= date(2026, 12, 31):
        if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 20), 3, date(2026, 11, 25)),  # over a weekend
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # National Day, then a Saturday worked instead
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday worked before the festival
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # begun on a Saturday
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_the_day_it_begins_does_not_count(start: date, days: int, due: date) -> None:
    found = CALENDAR.after(start, days)
    assert (found.day, found.provisional) == (due, False)


def test_a_count_into_a_year_nobody_announced_is_provisional() -> None:
    due = CALENDAR.after(date(2026, 12, 31), 1)
    assert (due.day, due.provisional) == (date(2027, 1, 1), True)


def test_an_unannounced_year_counts_monday_to_friday() -> None:
    assert CALENDAR.is_working_day(date(2027, 10, 1))
    assert not CALENDAR.is_working_day(date(2027, 10, 2))
    assert CALENDAR.is_provisional(date(2027, 10, 1))


@given(start=DAYS, days=st.integers(0, 60))
def test_counting_there_and_back_agrees(start: date, days: int) -> None:
    due = CALENDAR.after(start, days)
    assert CALENDAR.between(start, due.day) == days
    assert CALENDAR.between(due.day, start) == -days


@given(start=DAYS, days=st.integers(1, 60))
def test_a_due_day_is_a_working_day(start: date, days: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.after(start, days).day)


def test_a_limit_is_never_negative() -> None:
    with pytest.raises(ValueError, match="-1"):
        WorkingCalendar().after(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    "holiday",
    [
        {"zh": "元旦", "en": "x", "rest": [date(2025, 12, 31)]},
        {"zh": "元旦", "en": "x", "rest": [date(2026, 1, 1)], "work": [date(2026, 1, 1)]},
    ],
    ids=["another year", "rest and work"],
)
def test_a_calendar_that_contradicts_itself_is_refused(holiday: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"2026"):
        read_calendar({"years": {"2026": [holiday]}})
