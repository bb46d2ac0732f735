"""What the table lets through, over every state and move of it, without a database."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.procedures.domain.refusals import (
    Situation,
    refusal,
    refusals,
    standing_refusals,
)
from procedures.tables import CLUE, REVIEW

READY: dict[str, Any] = {
    "household_known": True,
    "mover_tier": "county",
    "mover_is_assignee": True,
    "assignee_can_check": True,
    "assignee_changes": True,
    "reason_listed": True,
}
ABLE = Situation(facts=READY, mover="li", note="入户看过")


def codes(state: str, move: str, situation: Situation) -> list[str]:
    """The codes of every reason."""
    return [each.code for each in refusals(CLUE, state, move, situation)]


@pytest.mark.parametrize(("state", "move"), list(product(CLUE.states, CLUE.moves)))
def test_a_move_works_exactly_from_its_sources(state: str, move: str) -> None:
    blocked = refusal(CLUE, state, move, ABLE)
    assert (blocked is None) == (state in CLUE.moves[move].sources)


@pytest.mark.parametrize(
    ("move", "fact"),
    [
        (move.name, name)
        for move in CLUE.moves.values()
        for guard in move.guards
        for name in CLUE.guards[guard].condition.names - {"mover_tier", "mover_is_assignee"}
    ],
)
def test_a_guard_that_is_off_lets_nothing_through(move: str, fact: str) -> None:
    state = CLUE.moves[move].sources[0]
    false = Situation(facts=READY | {fact: False}, mover="li", note="x")
    assert codes(state, move, false) == ["procedures.guard"]
    unknown = Situation(
        facts={name: value for name, value in READY.items() if name != fact}, mover="li", note="x"
    )
    assert codes(state, move, unknown) == ["procedures.fact_missing"]


@pytest.mark.parametrize(
    ("tier", "own", "passes"),
    [
        ("village", True, True),
        ("village", False, False),
        ("township", False, True),
        ("county", False, True),
    ],
)
def test_a_village_closes_only_its_own(tier: str, own: bool, passes: bool) -> None:
    facts = READY | {"mover_tier": tier, "mover_is_assignee": own}
    blocked = refusal(CLUE, "assigned", "verify", Situation(facts=facts, mover="li", note="x"))
    assert (blocked is None) == passes


def test_who_assigned_it_does_not_confirm_it() -> None:
    movers = {"assign": frozenset({"li", "wang"})}
    mine = Situation(facts=READY, mover="li", movers=movers, note="x")
    blocked = refusal(CLUE, "assigned", "verify", mine)
    assert blocked is not None
    assert blocked.code == "procedures.four_eyes"
    other = Situation(facts=READY, mover="zhao", movers=movers, note="x")
    assert refusal(CLUE, "assigned", "verify", other) is None


def test_a_reason_in_writing_is_more_than_spaces() -> None:
    blank = Situation(facts=READY, mover="li", note="  \n")
    assert codes("assigned", "verify", blank) == ["procedures.note_missing"]


def test_a_missing_paper_is_named() -> None:
    facts = {"votes": 3, "quorum_votes": 3, "attended": True}
    blocked = refusal(REVIEW, "drafted", "show", Situation(facts=facts, mover="li"))
    assert blocked is not None
    assert blocked.words["papers"] == (REVIEW.papers["minutes"].label,)
    papers = frozenset({"minutes"})
    assert refusal(REVIEW, "drafted", "show", Situation(facts=facts, papers=papers)) is None


def test_a_guard_refuses_with_its_law() -> None:
    facts = {"votes": 2, "quorum_votes": 3, "attended": True}
    blocked = refusal(REVIEW, "drafted", "show", Situation(facts=facts))
    assert blocked is not None
    assert (blocked.code, blocked.law) == ("procedures.guard", "村民委员会组织法第二十二条")


def test_a_button_waits_for_what_the_form_asks_and_for_nothing_else() -> None:
    counted = Situation(facts={"votes": 3, "quorum_votes": 3})
    assert list(standing_refusals(REVIEW, "drafted", "show", counted)) == []
    assert [each.code for each in refusals(REVIEW, "drafted", "show", counted)] == [
        "procedures.fact_missing",
        "procedures.paper_missing",
    ]
    uncounted = Situation(facts={"quorum_votes": 3})
    standing = list(standing_refusals(REVIEW, "drafted", "show", uncounted))
    assert [each.words["facts"] for each in standing] == [(REVIEW.facts["votes"].label,)]


FACTS = st.fixed_dictionaries(
    {},
    optional={
        name: st.booleans() if fact.type == "flag" else st.sampled_from(["village", "county"])
        for name, fact in CLUE.facts.items()
    },
)


@given(
    state=st.sampled_from(sorted(CLUE.states)),
    move=st.sampled_from(sorted(CLUE.moves)),
    facts=FACTS,
    more=FACTS,
)
def test_knowing_more_never_takes_a_move_away_unless_it_says_no(
    state: str, move: str, facts: dict[str, Any], more: dict[str, Any]
) -> None:
    """Three-valued: what passes with little known passes with more known besides."""
    known = Situation(facts=facts, mover="li", note="x")
    fuller = Situation(facts={**more, **facts}, mover="li", note="x")
    if refusal(CLUE, state, move, known) is None:
        assert refusal(CLUE, state, move, fuller) is None
