"""Duties: loading lists of them, beginning one, ending one, handing one over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.bulk.api import fetch_by, insert_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.teams.domain.catalogue import DUTY, load_catalogue
from bangfu.teams.domain.lines import Line
from bangfu.teams.domain.settling import Claim, Standing
from bangfu.teams.domain.spells import Spell
from bangfu.teams.models import Duty
from bangfu.teams.services.places import find_places
from bangfu.teams.services.plans import Loaded, Plan, load_all
from bangfu.teams.services.roster import read_roster
from bangfu.teams.services.spells import begun, check_end, ending_of, settle_lines, write_ends

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.catalogue import Role
    from bangfu.teams.domain.rows import DutyRow
    from bangfu.teams.services.places import Places

_COLUMNS: Final = (
    "id", "cadre_id", "role", "division", "cell_id", "organisation_id", "sole", "valid_from",
    "valid_to", "end_reason", "ended_at", "ended_by", "recorded_at", "recorded_by",
)  # fmt: skip


def load_duties(*, actor: Actor, division: str, rows: Sequence[DutyRow]) -> Loaded:
    """Write a list of duties, all of it or nothing; what stands already stays.

    Args:
        actor: needs `teams.manage` in `division`.
        division: where all places of the list lie.
        rows: in any order; ends take effect before beginnings.

    Raises:
        AccessRefused: without the right to manage there.
        Refused: with a problem for every row that cannot be.
    """
    return load_all(actor, division, partial(plan_duties, actor, division, rows))


def plan_duties(actor: Actor, division: str, rows: Sequence[DutyRow]) -> Plan:
    """Compare a list of duties with those that stand."""
    lines = [Line(row) for row in rows]
    places = find_places(actor, division, (row.division for row in rows))
    roster = read_roster(division, (row.person for row in rows))
    for line in lines:
        _check(line, places)
        if not line.faulty:
            roster.find(line, line.row.person, line.row.valid_from)
        if not line.faulty:
            line.claim = _claim(line)
    settle_lines(lines, _standing({row.division for row in rows}), "role")
    return Plan(DUTY, division, lines, _write, roster)


def _check(line: Line[DutyRow], places: Places) -> None:
    row = line.row
    role = check_role(line, row.role, cell=False)
    if role is None:
        return
    places.check(line, row.division, "division", role.tiers)
    places.check_name(line, row.division, row.place_name, "place_name")
    check_end(line, row.valid_from, row.valid_to, row.end_reason)
    if role.sends and not (row.person.organisation or row.person.number):
        line.refuse("teams.organisation_missing", "organisation")


def check_role(line: Line[Any], name: str, *, cell: bool) -> Role | None:
    """The role of a row; a role of the grid is held in a cell, and no other is."""
    role = load_catalogue().roles.get(name)
    if role is None:
        line.refuse("teams.role_unknown", "role")
    elif role.cell != cell:
        line.refuse("teams.role_of_grid" if role.cell else "teams.role_not_of_grid", "role")
        return None
    return role


def _claim(line: Line[DutyRow]) -> Claim:
    row = line.row
    sole = load_catalogue().roles[row.role].sole
    spell = Spell(line.cadre, row.valid_from, row.valid_to, sole)
    return Claim((row.role, row.division, None), spell, row.end_reason)


def _standing(divisions: Collection[str]) -> list[Standing]:
    found = fetch_by(
        Duty.objects.filter(cell__isnull=True).values_list(*STANDING), "division", list(divisions)
    )
    return standings_of(found)


STANDING: Final = (
    "id", "role", "division", "cell_id", "cadre_id", "valid_from", "valid_to", "sole", "end_reason",
)  # fmt: skip


def standings_of(rows: Iterable[tuple[Any, ...]]) -> list[Standing]:
    """Duties, as the columns of `STANDING`, as spells of their subjects."""
    return [
        Standing(row[0], (row[1], row[2], row[3]), Spell(row[4], row[5], row[6], row[7]), row[8])
        for row in rows
    ]


def _write(actor: Actor, plan: Plan) -> None:
    write_ends(Duty, actor, plan.lines)
    insert_duties(
        actor,
        [
            (line, line.row.role, line.row.division, None, line.row.valid_from)
            for line in begun(plan.lines)
        ],
    )


def insert_duties(
    actor: Actor, rows: Sequence[tuple[Line[Any], str, str, UUID | None, date]]
) -> None:
    """Insert duties: the line, its role, division, cell and first day."""
    moment = now()
    insert_rows(
        Duty,
        _COLUMNS,
        [
            (
                new_id(), line.cadre, role, division, cell, line.organisation,
                load_catalogue().roles[role].sole, start, *ending_of(line, actor), moment,
                actor.name,
            )
            for line, role, division, cell, start in rows
        ],
    )  # fmt: skip
