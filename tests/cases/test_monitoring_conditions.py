"""The table of monitoring, whatever the facts: nothing is eliminated against a condition.

The conditions are written here a second time, from the source, and held against the table.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bangfu
from bangfu.cases.domain.monitoring import (
    full_months,
    is_without_labour,
    last_day_of,
    review_due,
    unanswered_risks,
)
from bangfu.procedures.api import read_procedure
from bangfu.procedures.domain.refusals import Situation, refusals

if TYPE_CHECKING:
    from collections.abc import Callable

from datetime import date

TABLE: Final = read_procedure(
    (Path(bangfu.__file__).parent / "packs/nation/procedures/monitoring.yaml").read_text("utf-8")
)
LEAST_MONTHS, LINE, FEWEST = 6, 850_000, 2
"""What the parameters say here: months, fen, visitors."""

CONDITIONS: Final[dict[str, tuple[Any, Callable[[Any], bool]]]] = {
    "on_rolls": (st.booleans(), lambda value: value),
    "months_monitored": (st.integers(0, 12), lambda value: value >= LEAST_MONTHS),
    "wholly_without_labour": (st.booleans(), lambda value: not value),
    "income_per_person": (
        st.integers(-1_000, 1_000).map(lambda more: LINE + more),
        lambda value: value > LINE,
    ),
    "rules_fired": (st.integers(0, 2), lambda value: value == 0),
    "risks_unanswered": (st.integers(0, 2), lambda value: value == 0),
    "income_stable": (st.booleans(), lambda value: value),
    "rigid_settled": (st.booleans(), lambda value: value),
    "unsafe_housing": (st.booleans(), lambda value: not value),
    "out_of_school": (st.booleans(), lambda value: not value),
    "unsafe_water": (st.booleans(), lambda value: not value),
    "uninsured": (st.booleans(), lambda value: not value),
    "matched_measure_done": (st.booleans(), lambda value: value),
}
"""facts.md 2.7: each fact, what it may be, and when it stands in nobody's way."""

PARAMETERS: Final = {
    "elimination_months": LEAST_MONTHS,
    "income_line": LINE,
    "visitors_wanted": FEWEST,
}
OTHERS: Final = {
    "visitors": st.integers(0, 3),
    "signed": st.booleans(),
    "meeting_passed": st.booleans(),
    "objections_open": st.integers(0, 1),
    "objections_upheld": st.integers(0, 1),
    "looked_back": st.booleans(),
    "trouble_found": st.booleans(),
    "look_back_visitors": st.integers(0, 3),
    "clue_confirmed": st.booleans(),
    "review_due_months": st.integers(0, 24),
}


@st.composite
def known(draw: st.DrawFn) -> dict[str, Any]:
    """Facts as they should be, but for at most two that are otherwise or not known."""
    odd = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=2, unique=True))
    facts: dict[str, Any] = dict(PARAMETERS)
    for name, (values, holds) in CONDITIONS.items():
        if name not in odd:
            facts[name] = draw(values.filter(holds))
        elif draw(st.booleans()):
            facts[name] = draw(values)
    for name, each in OTHERS.items():
        if draw(st.booleans()):
            facts[name] = draw(each)
    mode = draw(st.sampled_from(["help", "help", "natural", "decrease", None]))
    return facts | ({"mode": mode} if mode else {})


def stands_against(facts: dict[str, Any]) -> list[str]:
    """The conditions that are false or not known."""
    found = []
    for name, (_, holds) in CONDITIONS.items():
        if name == "matched_measure_done" and facts.get("mode") == "natural":
            continue
        if name not in facts or not holds(facts[name]):
            found.append(name)
    return found


def is_refused(state: str, move: str, facts: dict[str, Any]) -> bool:
    """Whether the table refuses a move of somebody new, with all papers and a note."""
    situation = Situation(
        facts=facts, mover="nobody", papers=frozenset(TABLE.papers), note="写明原因"
    )
    return any(refusals(TABLE, state, move, situation))


@given(known(), st.randoms(use_true_random=False))
def test_no_walk_reaches_eliminated_with_a_condition_false_or_unknown(
    facts: dict[str, Any], dice: Any
) -> None:
    state = TABLE.opening.state
    for _ in range(40):
        onward = [each for each in TABLE.moves_from(state) if each.name not in {"leave", "suspend"}]
        move = dice.choice(onward)
        if is_refused(state, move.name, facts):
            continue
        entering = move.target == "eliminated" and state != "eliminated"
        assert not (entering and stands_against(facts)), move.name
        state = move.target


@given(known(), st.sampled_from(["help", "natural"]))
def test_who_fulfils_every_condition_is_let_through(facts: dict[str, Any], mode: str) -> None:
    facts["mode"] = mode
    assert is_refused("announcement", "announce", facts) is bool(stands_against(facts))
    if not stands_against(facts):
        assert not is_refused("monitored", "propose", facts)


@given(known())
def test_a_household_without_labour_is_never_marked(facts: dict[str, Any]) -> None:
    facts["wholly_without_labour"] = True
    for move in ("propose", "check", "endorse", "approve", "announce"):
        source = TABLE.moves[move].sources[0]
        assert is_refused(source, move, facts), move
    suspended = {**facts, "suspended_reason": "no_labour"}
    assert not is_refused("monitored", "suspend", suspended)
    assert not is_refused("monitored", "leave", {**facts, "on_rolls": False})


@pytest.mark.parametrize("name", CONDITIONS)
def test_each_condition_alone_keeps_a_household_from_being_marked(name: str) -> None:
    good = {
        "on_rolls": True, "months_monitored": LEAST_MONTHS, "wholly_without_labour": False,
        "income_per_person": LINE + 1, "rules_fired": 0, "risks_unanswered": 0,
        "income_stable": True, "rigid_settled": True, "unsafe_housing": False,
        "out_of_school": False, "unsafe_water": False, "uninsured": False,
        "matched_measure_done": True,
    }  # fmt: skip
    bad = {
        "months_monitored": LEAST_MONTHS - 1, "income_per_person": LINE, "rules_fired": 1,
        "risks_unanswered": 1,
    }  # fmt: skip
    facts = {**PARAMETERS, **good, "mode": "help"}
    assert not is_refused("announcement", "announce", facts)
    assert is_refused("announcement", "announce", {**facts, name: bad.get(name, not good[name])})
    unknown = {key: value for key, value in facts.items() if key != name}
    assert is_refused("announcement", "announce", unknown)


def test_every_way_into_eliminated_is_guarded_and_its_clock_runs() -> None:
    ways = [each for each in TABLE.moves.values() if each.target == "eliminated"]
    assert {each.name for each in ways} == {"announce", "look_back"}
    assert TABLE.moves["look_back"].sources == ("eliminated",)
    assert not any(each.keeps_due for each in ways)
    limit = TABLE.states["eliminated"].limit
    assert limit is not None
    assert limit.parameter == "look_back_days"
    assert TABLE.states["eliminated"].escalates


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ((2026, 5, 15), (2026, 11, 14), 5),
        ((2026, 5, 15), (2026, 11, 15), 6),
        ((2025, 8, 31), (2026, 2, 27), 5),
        ((2025, 8, 31), (2026, 2, 28), 6),
        ((2026, 11, 20), (2026, 11, 20), 0),
    ],
)
def test_a_month_is_full_on_the_same_day_of_the_next(
    start: tuple[int, int, int], end: tuple[int, int, int], months: int
) -> None:
    assert full_months(date(*start), date(*end)) == months


@pytest.mark.parametrize(
    ("month", "day"),
    [(202602, date(2026, 2, 28)), (202613, None), (202600, None), (None, None)],
)
def test_a_month_counts_from_its_last_day(month: int | None, day: date | None) -> None:
    assert last_day_of(month) == day


@pytest.mark.parametrize(
    ("safety_net", "labour", "whole"),
    [
        (True, ["ordinary"], True),
        (None, ["none", "weak"], False),
        (False, ["none", "lost"], True),
        (False, ["none", ""], None),
        (False, ["", "skilled"], False),
        (None, [], None),
    ],
)
def test_one_who_can_work_is_enough_and_who_is_unknown_decides_nothing(
    safety_net: bool | None, labour: list[str], whole: bool | None
) -> None:
    assert is_without_labour(safety_net, labour, {"ordinary", "skilled", "weak"}) is whole


def test_a_risk_is_answered_by_rules_or_by_visitors() -> None:
    said = {"housing": {"clear"}, "illness": {"clear", "unknown"}, "work": {"fired"}}
    assert unanswered_risks(["work", "disaster"], said, []) == {"illness", "disaster"}
    assert unanswered_risks(["work", "disaster"], said, ["disaster"]) == {"illness"}
    assert unanswered_risks(["housing"], said, ["illness"]) == frozenset()


@pytest.mark.parametrize(
    ("months", "reviewed", "due"),
    [
        (11, [], 0), (12, [], 12), (13, [12], 0), (24, [12], 24), (30, [13, 25], 0),
        (25, [], 24), (40, [24], 0), (23, [3], 12),
    ],
)  # fmt: skip
def test_long_standing_households_come_up_at_each_mark_until_reviewed(
    months: int, reviewed: list[int], due: int
) -> None:
    assert review_due(months, (12, 24), reviewed) == due
