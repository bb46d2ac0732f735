"""The picture says what the table says, and nothing in it lies on anything else."""

from __future__ import annotations

from itertools import combinations

import pytest

from bangfu.procedures.domain.diagram import diagram, ladder_of, width_of
from bangfu.procedures.domain.reading import read_procedure
from procedures.packs import HELP
from procedures.table_oracle import PACKS, table_files
from procedures.tables import CLUE, REVIEW

TABLES = [
    read_procedure((PACKS / path).read_text(encoding="utf-8"), path) for path in table_files()
]


@pytest.mark.parametrize("table", [*TABLES, REVIEW, read_procedure(HELP)], ids=lambda t: t.name)
def test_every_way_is_drawn_once(table: object) -> None:
    drawn = diagram(table, "zh")
    heights = {rung.middle: rung.state for rung in drawn.rungs}
    edges = {rung.bottom: rung.state for rung in drawn.rungs}
    ways = [
        (lane.move, heights[dot], heights[lane.point]) for lane in drawn.lanes for dot in lane.dots
    ]
    ways += [
        (arrow.move, edges[arrow.top], next(r.state for r in drawn.rungs if r.y == arrow.bottom))
        for arrow in drawn.arrows
    ]
    wanted = [
        (move.name, source, move.target) for move in table.moves.values() for source in move.sources
    ]
    assert sorted(ways) == sorted(wanted)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: f"{t.name} {t.version}")
def test_nothing_lies_on_anything_else(table: object) -> None:
    drawn = diagram(table, "en")
    for one, other in combinations(drawn.rungs, 2):
        assert abs(one.y - other.y) > drawn.box_height
    columns = [lane.x for lane in drawn.lanes]
    assert len(set(columns)) == len(columns)
    assert all(drawn.lanes_from < x < drawn.width for x in columns)
    assert max(rung.bottom for rung in drawn.rungs) < drawn.height
    for one, other in combinations(drawn.arrows, 2):
        assert (one.top, one.bottom) == (other.top, other.bottom) or one.bottom <= other.top


def test_the_main_way_stands_first_and_the_ends_last() -> None:
    assert [(rung.state, rung.kind) for rung in diagram(CLUE, "zh").rungs] == [
        ("new", "main"),
        ("assigned", "main"),
        ("verified", "final"),
        ("dismissed", "final"),
    ]


def test_labels_follow_the_reader_and_fit() -> None:
    assert [rung.label for rung in diagram(REVIEW, "en").rungs] == ["Drafted", "Shown", "Approved"]
    widths = [
        width_of(rung.label)
        for table in TABLES
        for language in ("zh", "en")
        for rung in diagram(table, language).rungs
    ]
    assert max(widths) <= diagram(CLUE, "en").box_width - 18
    cut = diagram(read_procedure(HELP.replace("en: On notice", f"en: {'On notice ' * 9}")), "en")
    assert cut.rungs[2].label == "On notice On notice…"


def test_the_text_marks_the_same_ways() -> None:
    ladder = dict(ladder_of(CLUE))
    numbers = {name: place for place, name in enumerate(CLUE.moves)}
    assert ladder["assigned"][numbers["assign"]] == "◀"
    assert ladder["assigned"][numbers["reassign"]] == "↻"
    assert ladder["dismissed"][numbers["reopen"]] == "●"
    dots = sum(mark in {"●", "↻"} for marks in ladder.values() for mark in marks)
    assert dots == sum(len(move.sources) for move in CLUE.moves.values())
