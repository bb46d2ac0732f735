"""Rows of the lists as they come in: from a sheet, a form, or the generator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Who is meant: by staff number, else by name and telephone, else by name and organisation.

    Attributes:
        organisation: its name or credit code.
        account: the user this person is, where known.
    """

    name: str
    number: str = ""
    organisation: str = ""
    phone: str = ""
    account: UUID | None = None


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation under a name; `kind` is a code of `organisation_type`."""

    name: str
    kind: str
    division: str
    valid_from: date
    credit_code: str = ""
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A person's role at a place. `place_name`, where given, must be the division's name."""

    person: PersonRow
    role: str
    division: str
    valid_from: date
    valid_to: date | None = None
    end_reason: str = ""
    place_name: str = ""


@dataclass(frozen=True, slots=True)
class PairingRow:
    """Somebody who helps a household. `head_name`, where given, must be the head's name."""

    household_number: str
    person: PersonRow
    main: bool
    valid_from: date
    valid_to: date | None = None
    end_reason: str = ""
    head_name: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A cell of a net and, where `person` is given, who serves in it.

    Attributes:
        tier: `county`, `township` or `village`; `net` is the division whose net it is.
        cell: the division's code for a cell of kind `place`, else the name.
        cell_from: the first day of the cell.
    """

    tier: str
    net: str
    kind: str
    cell: str
    cell_from: date
    person: PersonRow | None = None
    role: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    end_reason: str = ""
