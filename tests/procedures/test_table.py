"""Tables are read whole, and wrong ones are refused with file, line and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import load_roles
from bangfu.kernel.division import Level
from bangfu.procedures.domain.reading import ProcedureInvalid, read_procedure
from bangfu.procedures.domain.soundness import moves_nobody_holds
from bangfu.procedures.domain.table import CountedFrom, DayKind, Label
from procedures.tables import CLUE, CLUE_TEXT, REVIEW, REVIEW_TEXT

if TYPE_CHECKING:
    from bangfu.kernel.problems import Problem


def problems_of(text: str) -> list[Problem]:
    """What is wrong with a table, in order."""
    with pytest.raises(ProcedureInvalid) as refused:
        read_procedure(text, "review.yaml")
    return list(refused.value.problems)


def line_of(words: str) -> int:
    """The line on which the review's table says `words`."""
    return next(number for number, line in enumerate(REVIEW_TEXT.splitlines(), 1) if words in line)


def test_a_table_is_read_whole() -> None:
    shown = REVIEW.states["shown"]
    assert shown.limit is not None
    assert shown.notice is not None
    assert (shown.limit.kind, shown.limit.counted_from) == (DayKind.WORKING, CountedFrom.OPENED)
    assert (shown.notice.limit.parameter, shown.notice.place.zh) == ("notice_days", "村公示栏")
    approve = REVIEW.moves["approve"]
    assert (approve.sources, approve.target, approve.tiers) == (
        ("shown",),
        "approved",
        frozenset({Level.COUNTY}),
    )
    assert (approve.not_after, approve.announces) == (("show",), "reviews.approved")
    assert REVIEW.guards["quorum"].condition.names == {"votes", "quorum_votes"}
    assert REVIEW.papers["minutes"].label == Label("会议记录", "Minutes")


def test_the_hash_is_of_the_content_alone() -> None:
    commented = "# 说明\n" + REVIEW_TEXT.replace("votes: {type: count,", "votes: {  type: count,")
    assert read_procedure(commented).hash == REVIEW.hash
    assert read_procedure(REVIEW_TEXT.replace('"1"', '"2"')).hash != REVIEW.hash


def test_the_stored_document_is_the_same_table() -> None:
    again = read_procedure(CLUE.document)
    assert again.hash == CLUE.hash
    assert list(again.moves) == list(CLUE.moves)
    assert again.valid_from == CLUE.valid_from


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("final: true", "finale: true", "unknown_field", "final: true"),
        ("    to: shown\n", "", "missing_field", "  show:"),
        ('version: "1"', "version: 1", "wrong_type", "version"),
        ("valid_from: 2026-01-01", "valid_from: soon", "wrong_type", "valid_from"),
        ("guards: [quorum, attended]", "guards: quorum", "wrong_type", "guards: ["),
        ("{zh: 票数不够, en: Too few votes}", "{zh: 票数不够}", "missing_field", "票数不够"),
        ("  shown:\n", "  drafted:\n", "doubled", "  shown:"),
        ("to: approved", "to: agreed", "unknown_state", "  approve:"),
        ("guards: [quorum, attended]", "guards: [quorums]", "unknown_guard", "  show:"),
        ("papers: [minutes]", "papers: [protocol]", "unknown_paper", "  show:"),
        ("not_after: [show]", "not_after: [shown]", "unknown_move", "  approve:"),
        ("tiers: [county]", "tiers: []", "move_for_nobody", "  approve:"),
        ("tiers: [county]", "tiers: [kingdom]", "unknown_tier", "tiers: [county]"),
        ("unit: working_days", "unit: fortnights", "unknown_unit", "unit: working_days"),
        ("votes: {type: count", "votes: {type: money", "unknown_fact_type", "votes: {type: count"),
        ("when: attended", "when: attend", "guard_invalid", "when: attended"),
        ("when: attended", "when: votes", "guard_invalid", "when: attended"),
        ("when: attended", "when: votes / 2 == 1", "guard_invalid", "when: attended"),
        ("opens: {state: drafted", "opens: {state: shown", "unreachable_state", "  drafted:"),
        ("name: review", "name: {review", "not_yaml", ""),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(old: str, new: str, code: str, where: str) -> None:
    assert old in REVIEW_TEXT
    found = problems_of(REVIEW_TEXT.replace(old, new, 1))
    assert f"procedures.table.{code}" in {problem.code for problem in found}
    first = next(each for each in found if each.code == f"procedures.table.{code}")
    assert first.place.file == "review.yaml"
    if where:
        assert first.place.line == line_of(where)


def test_a_state_without_a_way_out_is_refused() -> None:
    text = REVIEW_TEXT.replace(
        "    from: [shown]\n    to: approved", "    from: [drafted]\n    to: approved"
    )
    assert [(each.code, each.values["state"]) for each in problems_of(text)] == [
        ("procedures.table.dead_end", "shown")
    ]


def test_a_loop_without_an_end_is_refused() -> None:
    text = REVIEW_TEXT.replace("final: true", "final: false")
    assert {each.values["state"] for each in problems_of(text)} == {"drafted", "shown", "approved"}


def test_one_fault_does_not_raise_a_second_alarm() -> None:
    text = CLUE_TEXT.replace("final: true}\n  dismissed", "finale: true}\n  dismissed")
    assert [each.code for each in problems_of(text)] == ["procedures.table.unknown_field"]


def test_every_move_of_the_shipped_table_has_someone_to_make_it() -> None:
    holders = {
        (capability, int(role.tier))
        for role in load_roles().values()
        if role.tier is not None
        for capability in role.capabilities
    }
    assert moves_nobody_holds(CLUE, holders) == []
    assert moves_nobody_holds(CLUE, {("cases.assign", int(Level.COUNTY))}) == [
        ("verify", "cases.verify"),
        ("dismiss", "cases.verify"),
    ]
