"""Runs a specification: a small table of households, one expression, what must come out.

In the tables an empty cell is not known; `?` as an answer is unknown. `=` heads the answers.
Every specification runs on the reference and on the embedded engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from bangfu.rules.api import Outcome, judge_frames, judge_household
from bangfu.rules.engines.frames import KEY, frame_type
from bangfu.rules.kinds import Base, readable_items
from bangfu.rules.layout import load_layout
from rules.packs import load, rule

if TYPE_CHECKING:
    from bangfu.rules.api import Pack
    from bangfu.rules.kinds import Signature

AS_OF = date(2026, 11, 20)
ANSWERS = {"true": Outcome.FIRED, "false": Outcome.CLEAR, "?": Outcome.UNKNOWN}
LIMIT = "limit: {name: {zh: 限, en: Limit}, unit: people, source: 试验, values: []}\n"
Row = dict[str, Any]


@dataclass(frozen=True)
class Spec:
    """One specification. `people` is a table of members; `of` names their household."""

    title: str
    when: str
    table: str
    people: str = ""
    facts: str = ""
    parameters: dict[str, int] = field(default_factory=dict)


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of an ASCII table by heading."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def value_of(text: str, signature: Signature) -> Any:
    """A cell as the engines want it; None when it is empty."""
    if not text:
        return None
    match signature.kind.base:
        case Base.NUMBER:
            return int(text)
        case Base.TRUTH:
            return {"yes": True, "no": False}[text]
        case Base.CODE:
            return text
        case Base.CODES:
            return [] if text == "none" else text.split(",")


def items_of(row: dict[str, str], entity: str) -> Row:
    """The items of a row; what is not an item of the entity is left out."""
    known = readable_items(load_layout().items[entity])
    return {name: value_of(text, known[name]) for name, text in row.items() if name in known}


def read(spec: Spec) -> tuple[dict[str, Row], dict[str, list[Row]], dict[str, Outcome]]:
    """Households and members by key, and the expected outcomes."""
    households: dict[str, Row] = {}
    expected: dict[str, Outcome] = {}
    for position, row in enumerate(rows_of(spec.table), start=1):
        key = row.get("of", str(position))
        households[key] = {"income_year": AS_OF.year, **items_of(row, "household")}
        expected[key] = ANSWERS[row["="]]
    members: dict[str, list[Row]] = {key: [] for key in households}
    for row in rows_of(spec.people) if spec.people else []:
        if row["of"] in members:
            members[row["of"]].append(items_of(row, "member"))
    return households, members, expected


def frame(pack: Pack, entity: str, rows: list[Row]) -> pl.DataFrame:
    """Rows with their key as a frame with the columns the pack reads."""
    items = pack.items[entity]
    schema = {KEY: pl.String(), **{name: frame_type(each) for name, each in items.items()}}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def outcomes(spec: Spec) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Expected, the reference's and the embedded engine's outcome by household."""
    texts = {"facts": spec.facts, "parameters": LIMIT if "limit" in spec.when else ""}
    written = {name: text for name, text in texts.items() if text}
    # Every household has its income year: a rule must not be true of one of which nothing is known.
    pack = load(rules=rule(f"'income_year > 0 && ({spec.when})'"), **written)
    households, members, expected = read(spec)
    reference = {
        key: judge_household(pack, household, members[key], AS_OF, spec.parameters)[0].outcome
        for key, household in households.items()
    }
    judged = judge_frames(
        pack,
        frame(pack, "household", [{**row, KEY: key} for key, row in households.items()]),
        frame(pack, "member", [{**row, KEY: key} for key, each in members.items() for row in each]),
        AS_OF,
        spec.parameters,
        with_clear=True,
    )
    embedded = dict(zip(judged[KEY], judged["outcome"], strict=True))
    return _texts(expected), _texts(reference), dict(sorted(embedded.items()))


def _texts(found: dict[str, Outcome]) -> dict[str, str]:
    return {key: found[key].value for key in sorted(found)}
