"""Pairings of households and those who help them: loading lists of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bangfu.foundation.bulk.api import fetch_by, insert_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.registry.api import Household
from bangfu.teams.domain.catalogue import PAIRING
from bangfu.teams.domain.lines import Line
from bangfu.teams.domain.settling import Claim, Standing
from bangfu.teams.domain.spells import Spell
from bangfu.teams.models import Pairing
from bangfu.teams.permissions import MANAGE
from bangfu.teams.services.plans import Loaded, Plan, load_all
from bangfu.teams.services.roster import read_roster
from bangfu.teams.services.spells import begun, check_end, ending_of, settle_lines, write_ends

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.rows import PairingRow

_COLUMNS: Final = (
    "id", "household_id", "cadre_id", "organisation_id", "main", "valid_from", "valid_to",
    "end_reason", "ended_at", "ended_by", "recorded_at", "recorded_by",
)  # fmt: skip
Found = tuple["UUID", str, str]


def load_pairings(*, actor: Actor, division: str, rows: Sequence[PairingRow]) -> Loaded:
    """Write a list of pairings, all of it or nothing; what stands already stays.

    Args:
        actor: needs `teams.manage` in `division`.
        division: where all households of the list are registered.
        rows: in any order; ends take effect before beginnings.

    Raises:
        AccessRefused: without the right to manage there.
        Refused: with a problem for every row that cannot be.
    """
    return load_all(actor, division, partial(plan_pairings, actor, division, rows))


def plan_pairings(actor: Actor, division: str, rows: Sequence[PairingRow]) -> Plan:
    """Compare a list of pairings with those that stand."""
    lines = [Line(row) for row in rows]
    households = _households(actor, division, {row.household_number for row in rows})
    roster = read_roster(division, (row.person for row in rows))
    for line in lines:
        _check(line, households)
        if not line.faulty:
            roster.find(line, line.row.person, line.row.valid_from)
        if not line.faulty:
            line.claim = _claim(line)
    wanted = {line.household for line in lines if line.household is not None}
    settle_lines(lines, _standing(wanted), "main")
    return Plan(PAIRING, division, lines, _write, roster)


def _households(actor: Actor, division: str, numbers: Collection[str]) -> dict[str, Found]:
    """The households of these numbers that the list may speak of, by number."""
    rows = Household.objects.filter(actor.scope(MANAGE).q("village_code"))
    found = rows.filter(village_code__startswith=division).values_list(
        "household_number", "id", "head_name", "village_code"
    )
    return {row[0]: row[1:] for row in fetch_by(found, "household_number", list(numbers))}


def _check(line: Line[PairingRow], households: dict[str, Found]) -> None:
    row = line.row
    found = households.get(row.household_number)
    if found is None:
        line.refuse("teams.household_unknown", "household_number")
        return
    line.household = found[0]
    if row.head_name and row.head_name != found[1]:
        line.refuse("teams.head_differs", "head_name")
    check_end(line, row.valid_from, row.valid_to, row.end_reason)


def _claim(line: Line[PairingRow]) -> Claim:
    row = line.row
    spell = Spell(line.cadre, row.valid_from, row.valid_to, row.main)
    return Claim(line.household, spell, row.end_reason)


def _standing(households: Collection[UUID]) -> list[Standing]:
    columns = ("id", "household_id", "cadre_id", "valid_from", "valid_to", "main", "end_reason")
    found = fetch_by(Pairing.objects.values_list(*columns), "household_id", list(households))
    return [Standing(row[0], row[1], Spell(row[2], *row[3:6]), row[6]) for row in found]


def _write(actor: Actor, plan: Plan) -> None:
    write_ends(Pairing, actor, plan.lines)
    moment = now()
    insert_rows(
        Pairing,
        _COLUMNS,
        [
            (
                new_id(), line.household, line.cadre, line.organisation, line.row.main,
                line.row.valid_from, *ending_of(line, actor), moment, actor.name,
            )
            for line in begun(plan.lines)
        ],
    )  # fmt: skip
