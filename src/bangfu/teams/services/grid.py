"""The grid: loading its cells and who serves in them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bangfu.foundation.bulk.api import fetch_by, insert_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.teams.domain.catalogue import GRID, load_catalogue
from bangfu.teams.domain.lines import Line
from bangfu.teams.domain.settling import Claim, Outcome
from bangfu.teams.domain.spells import Spell
from bangfu.teams.models import Duty, GridCell
from bangfu.teams.services.duties import STANDING, check_role, insert_duties, standings_of
from bangfu.teams.services.places import find_places
from bangfu.teams.services.plans import Loaded, Plan, load_all
from bangfu.teams.services.roster import read_roster
from bangfu.teams.services.spells import begun, check_end, settle_lines, write_ends

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.catalogue import Net
    from bangfu.teams.domain.rows import GridRow
    from bangfu.teams.services.places import Places

PLACE: Final = "place"
"""The kind of cell that is a division."""
_CELL: Final = (
    "id", "tier", "net", "kind", "place", "name", "valid_from", "recorded_at", "recorded_by",
)  # fmt: skip
_LONGEST_NAME: Final = 64
CellKey = tuple[str, str, str, str]


def load_grid(*, actor: Actor, division: str, rows: Sequence[GridRow]) -> Loaded:
    """Write cells and who serves in them, all of it or nothing; what stands already stays.

    Args:
        actor: needs `teams.manage` in `division`.
        division: where all cells of the list lie.
        rows: a cell and, where it names a person, their role in it.

    Raises:
        AccessRefused: without the right to manage there.
        Refused: with a problem for every row that cannot be.
    """
    return load_all(actor, division, partial(plan_grid, actor, division, rows))


def plan_grid(actor: Actor, division: str, rows: Sequence[GridRow]) -> Plan:
    """Compare a list of cells with those that stand."""
    lines = [Line(row) for row in rows]
    codes = {code for row in rows for code in (row.net, place_of(row))}
    places = find_places(actor, division, codes)
    roster = read_roster(division, (row.person for row in rows if row.person is not None))
    for line in lines:
        _check_cell(line, places)
        _check_person(line)
        if not line.faulty and line.row.person is not None and line.row.valid_from is not None:
            roster.find(line, line.row.person, line.row.valid_from)
    cells, fresh = _give_cells(lines)
    for line in lines:
        if not line.faulty and line.row.person is not None:
            line.claim = _claim(line)
    standing = fetch_by(Duty.objects.values_list(*STANDING), "cell_id", list(cells))
    settle_lines(lines, standings_of(standing), "role")
    return Plan(GRID, division, lines, _write, roster, also=fresh)


def place_of(row: GridRow) -> str:
    """The division that a cell is, or lies in."""
    return row.cell if row.kind == PLACE else row.net


def _key(row: GridRow) -> CellKey:
    return row.net, row.kind, place_of(row), "" if row.kind == PLACE else row.cell


def _check_cell(line: Line[GridRow], places: Places) -> None:
    row = line.row
    net = load_catalogue().nets.get(row.tier)
    level = net.cells.get(row.kind) if net else None
    if net is None or level is None:
        line.refuse("teams.cell_kind", "kind")
        return
    _check_net(line, net, places)
    places.check(line, place_of(row), "cell" if row.kind == PLACE else "net", (level,))
    if not place_of(row).startswith(row.net):
        line.refuse("teams.cell_outside_net", "cell")
    if not row.cell or len(row.cell) > _LONGEST_NAME:
        line.refuse("teams.cell_name", "cell")


def _check_net(line: Line[GridRow], net: Net, places: Places) -> None:
    """The net is a division of its tier; a township may list its own cell of the county's net."""
    if len(line.row.net) != net.level or line.row.net not in places.names:
        line.refuse("teams.net_unknown", "net")


def _check_person(line: Line[GridRow]) -> None:
    row = line.row
    if row.person is None:
        return
    if row.valid_from is None:
        line.refuse("teams.day_missing", "valid_from")
        return
    check_role(line, row.role, cell=True)
    check_end(line, row.valid_from, row.valid_to, row.end_reason)


def _give_cells(
    lines: Sequence[Line[GridRow]],
) -> tuple[Collection[UUID], list[tuple[UUID, GridRow]]]:
    """Set the cell of every good row; answer all cells, and those that are not there yet."""
    nets = {line.row.net for line in lines}
    rows = GridCell.objects.filter(valid_to__isnull=True).values_list(
        "id", "net", "kind", "place", "name"
    )
    known: dict[CellKey, UUID] = {}
    for cell_id, net, kind, place, name in fetch_by(rows, "net", list(nets)):
        known[net, kind, place, name] = cell_id
    fresh: list[tuple[UUID, GridRow]] = []
    for line in lines:
        if line.faulty:
            continue
        key = _key(line.row)
        if key not in known:
            known[key] = new_id()
            fresh.append((known[key], line.row))
            line.own_outcome = Outcome.NEW
        line.cell = known[key]
    return known.values(), fresh


def _claim(line: Line[GridRow]) -> Claim:
    row = line.row
    start = row.valid_from or row.cell_from
    sole = load_catalogue().roles[row.role].sole
    spell = Spell(line.cadre, start, row.valid_to, sole)
    return Claim((row.role, place_of(row), line.cell), spell, row.end_reason)


def _write(actor: Actor, plan: Plan) -> None:
    moment = now()
    wanted = {line.cell for line in plan.lines if not line.faulty}
    insert_rows(
        GridCell,
        _CELL,
        [
            (
                cell, row.tier, row.net, row.kind, place_of(row),
                "" if row.kind == PLACE else row.cell, row.cell_from, moment, actor.name,
            )
            for cell, row in plan.also
            if cell in wanted
        ],
    )  # fmt: skip
    write_ends(Duty, actor, plan.lines)
    insert_duties(
        actor,
        [
            (line, line.row.role, place_of(line.row), line.cell, line.claim.spell.start)
            for line in begun(plan.lines)
            if line.claim is not None
        ],
    )
