"""Records of a sheet as rows of the lists, and rows in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from bangfu.teams.domain.catalogue import DUTY, GRID, ORGANISATION, PAIRING
from bangfu.teams.domain.rows import (
    DutyRow,
    GridRow,
    OrganisationRow,
    PairingRow,
    PersonRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Record = Mapping[str, Any]


def _person(record: Record) -> PersonRow:
    return PersonRow(
        name=record.get("name", ""),
        number=record.get("number", ""),
        organisation=record.get("organisation", ""),
        phone=record.get("phone", ""),
    )


def _days(record: Record) -> dict[str, Any]:
    return {
        "valid_from": record["valid_from"],
        "valid_to": record.get("valid_to"),
        "end_reason": record.get("end_reason", ""),
    }


def _organisation(record: Record) -> OrganisationRow:
    return OrganisationRow(
        name=record["name"],
        kind=record["kind"],
        division=record["division"],
        valid_from=record["valid_from"],
        credit_code=record.get("credit_code", ""),
        valid_to=record.get("valid_to"),
    )


def _duty(record: Record) -> DutyRow:
    return DutyRow(
        person=_person(record),
        role=record["role"],
        division=record["division"],
        place_name=record.get("place_name", ""),
        **_days(record),
    )


def _pairing(record: Record) -> PairingRow:
    return PairingRow(
        household_number=record["household_number"],
        person=_person(record),
        main=record["main"],
        head_name=record.get("head_name", ""),
        **_days(record),
    )


def _grid(record: Record) -> GridRow:
    named = any(record.get(name) for name in ("name", "number", "role"))
    return GridRow(
        tier=record["tier"],
        net=record["net"],
        kind=record["kind"],
        cell=record["cell"],
        cell_from=record["cell_from"],
        person=_person(record) if named else None,
        role=record.get("role", ""),
        valid_from=record.get("valid_from"),
        valid_to=record.get("valid_to"),
        end_reason=record.get("end_reason", ""),
    )


ROW_OF: Final[Mapping[str, Callable[[Record], Any]]] = {
    ORGANISATION: _organisation,
    DUTY: _duty,
    PAIRING: _pairing,
    GRID: _grid,
}
"""A record with all its required items, as a row."""
_WORDS: Final = {
    ORGANISATION: ("name", "division"),
    DUTY: ("name", "division", "place_name"),
    PAIRING: ("household_number", "name"),
    GRID: ("net", "cell", "name"),
}


def words_of(kind: str, record: Record) -> str:
    """What a row is about, in few words."""
    return " ".join(str(record[name]) for name in _WORDS[kind] if record.get(name))
