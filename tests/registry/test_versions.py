"""Which version holds: two times, no erasing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bangfu.registry.domain.versions import VersionMark, version_in_force

START = date(2026, 1, 1)
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def mark(number: int, day: int, *, recorded: int | None = None, revokes: int = 0) -> VersionMark:
    recorded = number if recorded is None else recorded
    return VersionMark(
        UUID(int=number),
        number,
        START + timedelta(days=day),
        MOMENT + timedelta(hours=recorded),
        content=None if revokes else UUID(int=number),
        revokes=UUID(int=revokes) if revokes else None,
    )


def number_at(marks: list[VersionMark], day: int | None = None, known: int | None = None) -> int:
    found = version_in_force(
        marks,
        None if day is None else START + timedelta(days=day),
        None if known is None else MOMENT + timedelta(hours=known),
    )
    return found.number if found else 0


def test_a_fact_holds_from_its_day_until_the_next_one() -> None:
    marks = [mark(1, 10), mark(2, 20)]
    assert [number_at(marks, day) for day in (9, 10, 19, 20, 99)] == [0, 1, 1, 2, 2]
    assert number_at(marks) == 2


def test_what_was_recorded_late_about_an_earlier_day_does_not_hold_later() -> None:
    marks = [mark(1, 20), mark(2, 10)]
    assert [number_at(marks, day) for day in (9, 10, 20)] == [0, 2, 1]
    assert number_at(marks) == 1


def test_of_two_about_one_day_the_later_recorded_one_holds() -> None:
    assert number_at([mark(1, 10), mark(2, 10)], 10) == 2


def test_as_known_earlier_leaves_out_what_was_recorded_since() -> None:
    marks = [mark(1, 10), mark(2, 10), mark(3, 10, revokes=2)]
    assert [number_at(marks, 10, known) for known in (0, 1, 2, 3)] == [0, 1, 2, 1]


def test_a_revoked_version_gives_way_to_what_was_recorded_between() -> None:
    """Version 3 speaks of a day between 1 and 2; once 2 is revoked, 3 holds after its day."""
    marks = [mark(1, 1), mark(2, 20), mark(3, 10), mark(4, 20, revokes=2)]
    assert [number_at(marks, day) for day in (5, 15, 25)] == [1, 3, 3]


@st.composite
def histories(draw: st.DrawFn) -> list[VersionMark]:
    marks: list[VersionMark] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        standing = [each.number for each in marks if each.revokes is None]
        taken = {each.revokes for each in marks}
        free = [each for each in standing if UUID(int=each) not in taken]
        if free and draw(st.booleans()):
            revoked = draw(st.sampled_from(free))
            day = (marks[revoked - 1].valid_from - START).days
            marks.append(mark(number, day, revokes=revoked))
        else:
            marks.append(mark(number, draw(st.integers(0, 6))))
    return marks


@given(histories(), st.integers(0, 7))
def test_revoking_is_the_same_as_never_having_written(marks: list[VersionMark], day: int) -> None:
    revoked = {each.revokes for each in marks}
    left = [each for each in marks if each.revokes is None and each.id not in revoked]
    assert number_at(marks, day) == number_at(left, day)


@given(histories(), st.integers(0, 7), st.integers(0, 8))
def test_what_was_known_then_does_not_depend_on_what_was_recorded_since(
    marks: list[VersionMark], day: int, known: int
) -> None:
    then = [each for each in marks if each.number <= known]
    assert number_at(marks, day, known) == number_at(then, day)
