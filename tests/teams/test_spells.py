"""Spells of one subject never overlap where they may not, whatever is done in whatever order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.problems import Refused
from bangfu.teams.domain.settling import Claim, Outcome, Standing, settle
from bangfu.teams.domain.spells import Spell, check_begin, ended, handed_over

if TYPE_CHECKING:
    from random import Random

DAY = date(2026, 1, 1)
DAYS = st.integers(0, 12).map(lambda n: DAY + timedelta(days=n))
PEOPLE = st.sampled_from("甲乙丙")


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    start, length = draw(DAYS), draw(st.none() | st.integers(0, 6))
    end = None if length is None else start + timedelta(days=length)
    return Spell(draw(PEOPLE), start, end, draw(st.booleans()))


ACTS = st.lists(
    st.tuples(st.just("begin"), spells())
    | st.tuples(st.just("end"), st.integers(0, 9), DAYS)
    | st.tuples(st.just("hand over"), st.integers(0, 9), spells()),
    max_size=14,
)


def held(spell: Spell) -> set[date]:
    """The days of a spell within the days tried, worked out day by day."""
    days = (DAY + timedelta(days=n) for n in range(40))
    return {day for day in days if day >= spell.start and (not spell.end or day < spell.end)}


def assert_apart(every: list[Spell]) -> None:
    for one, other in combinations(every, 2):
        if one.holder == other.holder or (one.sole and other.sole):
            assert not held(one) & held(other), (one, other)


def act(every: list[Spell], what: tuple[object, ...]) -> None:
    match what:
        case "begin", Spell() as new:
            check_begin(every, new)
            every.append(new)
        case "end", int(at), date() as day:
            every[at % len(every)] = ended(every[at % len(every)], day)
        case "hand over", int(at), Spell() as new:
            place = at % len(every)
            every[place], heir = handed_over(every, place, new)
            every.append(heir)


@given(ACTS)
def test_whatever_is_done_nobody_has_what_another_has_alone(acts: list[tuple[object, ...]]) -> None:
    every: list[Spell] = []
    for what in acts:
        before = list(every)
        try:
            act(every, what)
        except (Refused, ZeroDivisionError):
            # Refused, or nothing there to end: then nothing has changed.
            assert every == before
        assert_apart(every)


def standing(spell: Spell) -> Standing:
    return Standing(uuid5(UUID(int=0), repr(spell)), "村", spell)


@given(st.lists(spells(), max_size=5), st.lists(spells(), max_size=8), st.randoms())
def test_a_list_in_any_order_keeps_them_apart_too(
    there: list[Spell], rows: list[Spell], dice: Random
) -> None:
    good: list[Spell] = []
    for each in there:
        try:
            check_begin(good, each)
        except Refused:
            continue
        good.append(each)
    dice.shuffle(rows)
    claims = [Claim("村", each) for each in rows]
    settle(claims, [standing(each) for each in good])
    ends = {c.standing.id: c.spell for c in claims if c.outcome is Outcome.CHANGED and c.standing}
    after = [ends.get(standing(each).id, each) for each in good]
    after += [each.spell for each in claims if each.outcome is Outcome.NEW]
    assert_apart(after)
    assert all(each.problem for each in claims if each.outcome is Outcome.REFUSED)
    # What was written, told again, changes nothing.
    again = [Claim("村", each.spell) for each in claims if each.outcome is not Outcome.REFUSED]
    settle(again, [standing(each) for each in after])
    assert {each.outcome for each in again} <= {Outcome.UNCHANGED}


def test_a_list_may_end_one_and_begin_another_in_either_order() -> None:
    old, new = Spell("甲", DAY, None, True), Spell("乙", DAY + timedelta(5), None, True)
    told = [Claim("村", new), Claim("村", Spell("甲", DAY, DAY + timedelta(5), True))]
    settle(told, [standing(old)])
    assert [each.outcome for each in told] == [Outcome.NEW, Outcome.CHANGED]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Spell("乙", DAY + timedelta(1), None, True), "teams.held_by_another"),
        (Spell("甲", DAY + timedelta(1), None, False), "teams.holds_already"),
        (Spell("甲", DAY, None, False), "teams.main_changed"),
    ],
)
def test_what_cannot_be_says_why(row: Spell, code: str) -> None:
    claim = Claim("村", row)
    settle([claim], [standing(Spell("甲", DAY, None, True))])
    assert claim.problem is not None
    assert (claim.outcome, claim.problem.code) == (Outcome.REFUSED, code)


def test_an_end_stays_where_it_is() -> None:
    over = standing(Spell("甲", DAY, DAY + timedelta(9), True))
    for end in (None, DAY + timedelta(8)):
        claim = Claim("村", Spell("甲", DAY, end, True))
        settle([claim], [over])
        assert claim.problem is not None
        assert claim.problem.code == "teams.ended_already"


def test_what_was_a_mistake_can_be_entered_anew() -> None:
    mistake = standing(Spell("甲", DAY, DAY, True))
    claim = Claim("村", Spell("甲", DAY, None, True))
    settle([claim], [mistake])
    assert claim.outcome is Outcome.NEW
