"""Reads the states and moves of a table, with their limits, notices and escalations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.kernel.division import Level
from bangfu.procedures.domain.table import (
    CountedFrom,
    DayKind,
    Label,
    Limit,
    Move,
    Notice,
    Opening,
    State,
    Tell,
)

if TYPE_CHECKING:
    from bangfu.procedures.domain.located import Located, Reader, Row

TIERS: Final = {level.name.lower(): level for level in Level}


def read_opening(reader: Reader, row: Row) -> Opening:
    """How a matter begins."""
    if "opens" not in row.values:
        return Opening("", Label("", ""), "")
    found = reader.fields(row.values["opens"], "state label capability", "announces")
    return Opening(
        found.text("state"), found.label("label"), found.text("capability"), found.text("announces")
    )


def read_state(reader: Reader, name: str, located: Located) -> State:
    """One state."""
    row = reader.fields(located, "label", "final limit notice escalates")
    limit = _limit(reader, row.values["limit"]) if "limit" in row.values else None
    notice = _notice(reader, row.values["notice"]) if "notice" in row.values else None
    tells = tuple(_tell(reader, name, each) for each in row.rows("escalates"))
    return State(
        name,
        row.label("label"),
        row.flag("final"),
        limit,
        notice,
        tuple(sorted(tells, key=lambda tell: (tell.after, -tell.tier))),
    )


def _notice(reader: Reader, located: Located) -> Notice | None:
    row = reader.fields(located, "label place limit")
    if "limit" not in row.values:
        return None
    return Notice(row.label("label"), row.label("place"), _limit(reader, row.values["limit"]))


def _limit(reader: Reader, located: Located) -> Limit:
    row = reader.fields(located, "parameter unit", "from")
    unit, start = row.text("unit"), row.text("from") or CountedFrom.ENTERED
    if unit not in set(DayKind) or start not in set(CountedFrom):
        reader.report("procedures.table.unknown_unit", row.line, unit=f"{unit} {start}".strip())
        unit, start = DayKind.WORKING, CountedFrom.ENTERED
    return Limit(row.text("parameter"), DayKind(unit), CountedFrom(start))


def _tell(reader: Reader, state: str, located: Located) -> Tell:
    row = reader.fields(located, "after to")
    after, tier = row.number("after"), row.text("to")
    if after < 0:
        reader.report(
            "procedures.table.wrong_type", row.line_of("after"), field="after", expected=">= 0"
        )
    return Tell(max(after, 0), _tier(reader, row, "to", state, tier))


def _tier(reader: Reader, row: Row, field: str, name: str, tier: str) -> Level:
    if tier not in TIERS:
        reader.report("procedures.table.unknown_tier", row.line_of(field), move=name, tier=tier)
    return TIERS.get(tier, Level.NATION)


def read_move(reader: Reader, name: str, located: Located) -> Move:
    """One move."""
    row = reader.fields(
        located,
        "label from to capability tiers",
        "guards papers note_required not_after keeps_due announces during_notice law",
    )
    tiers = [_tier(reader, row, "tiers", name, tier) for tier in row.words("tiers")]
    return Move(
        name=name,
        label=row.label("label"),
        sources=row.words("from"),
        target=row.text("to"),
        capability=row.text("capability"),
        tiers=frozenset(tiers),
        guards=row.words("guards"),
        papers=row.words("papers"),
        note_required=row.flag("note_required"),
        not_after=row.words("not_after"),
        keeps_due=row.flag("keeps_due"),
        announces=row.text("announces"),
        during_notice=row.flag("during_notice"),
        law=row.text("law"),
    )
