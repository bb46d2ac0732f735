"""What stands, in the sheets by which it comes in: read again, it changes nothing.

Telephone numbers stay away; the staff number names the person instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bangfu.foundation.importing.api import write_filled, write_template
from bangfu.registry.api import division_name
from bangfu.teams.domain.catalogue import DUTY, GRID, ORGANISATION, PAIRING, load_catalogue
from bangfu.teams.queries.duties import DutyFilters, export_duties
from bangfu.teams.queries.grid import export_grid
from bangfu.teams.queries.organisations import OrganisationFilters, export_organisations
from bangfu.teams.queries.pages import check_export
from bangfu.teams.queries.pairings import PairingFilters, export_pairings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.foundation.access.api import Actor
    from bangfu.rules.layout import Language
    from bangfu.teams.models import Duty, Pairing
    from bangfu.teams.queries.grid import CellView

Record = dict[str, Any]


def write_blank(kind: str, language: Language) -> bytes:
    """The empty sheet of a kind, with how to fill it in."""
    return write_template(load_catalogue().layouts[kind], language)


def write_current(actor: Actor, kind: str, division: str, language: Language) -> bytes:
    """Everything of a kind, with its past, as a sheet that can be taken in again.

    Of a division, or, for the empty code, of all places that the actor manages.

    Raises:
        AccessRefused: without the right to manage there.
    """
    check_export(actor, division)
    rows = {ORGANISATION: _organisations, DUTY: _duties, PAIRING: _pairings, GRID: _grid}[kind]
    return write_filled(load_catalogue().layouts[kind], {kind: rows(actor, division)}, language)


def _organisations(actor: Actor, division: str) -> Iterator[Record]:
    for each in export_organisations(actor, OrganisationFilters(division)):
        names = ("name", "kind", "credit_code", "division", "valid_from", "valid_to")
        yield {name: getattr(each, name) for name in names}


def _held(held: Duty | Pairing) -> Record:
    return {
        "number": held.cadre.number,
        "name": held.cadre.name,
        "organisation": held.organisation.name if held.organisation else "",
        "valid_from": held.valid_from,
        "valid_to": held.valid_to,
        "end_reason": held.end_reason,
    }


def _duties(actor: Actor, division: str) -> Iterator[Record]:
    for duty in export_duties(actor, DutyFilters(division=division, state="")):
        if duty.cell_id is None:
            place = {"division": duty.division, "place_name": division_name(duty.division)}
            yield {**_held(duty), **place, "role": duty.role}


def _pairings(actor: Actor, division: str) -> Iterator[Record]:
    for pairing in export_pairings(actor, PairingFilters(division, "")):
        household = pairing.household
        yield {
            **_held(pairing),
            "household_number": household.household_number,
            "head_name": household.head_name,
            "main": pairing.main,
        }


def _grid(actor: Actor, division: str) -> Iterator[Record]:
    for view in export_grid(actor, division):
        yield from _cell(view)


def _cell(view: CellView) -> Iterator[Record]:
    cell = view.cell
    own = {
        "tier": cell.tier,
        "net": cell.net,
        "kind": cell.kind,
        "cell": cell.name or cell.place,
        "cell_from": cell.valid_from,
    }
    if not view.duties:
        yield own
    for duty in view.duties:
        yield {**own, **_held(duty), "role": duty.role}
