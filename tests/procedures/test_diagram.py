"""The picture says what the table says."""

from __future__ import annotations

from bangfu.procedures.domain.diagram import diagram, mermaid
from procedures.tables import CLUE, REVIEW


def test_the_text_holds_every_way_once() -> None:
    lines = mermaid(CLUE, "zh-hans").splitlines()
    arrows = [line.strip() for line in lines if "-->" in line]
    ways = sum(len(move.sources) for move in CLUE.moves.values())
    finals = sum(state.final for state in CLUE.states.values())
    assert len(arrows) == len(set(arrows)) == ways + finals + 1
    assert "assigned --> verified: 核实属实 ⚇" in arrows
    assert "[*] --> new: 收到" in arrows


def test_labels_follow_the_reader() -> None:
    assert "drafted: Drafted" in mermaid(REVIEW, "en")
    assert "drafted: 已起草" in mermaid(REVIEW, "zh")


def test_no_two_states_share_a_place() -> None:
    drawn = diagram(CLUE, "zh")
    places = {(node.rank, node.row) for node in drawn.nodes}
    assert len(places) == len(drawn.nodes) == len(CLUE.states)
    assert all(node.rank < drawn.ranks and node.row < drawn.rows for node in drawn.nodes)


def test_a_way_back_is_marked() -> None:
    backs = {(edge.move, edge.source) for edge in diagram(CLUE, "zh").edges if edge.back}
    assert {("reopen", "dismissed"), ("reassign", "assigned")} <= backs
    assert ("assign", "new") not in backs
