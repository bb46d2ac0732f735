"""Households as a file fills them in: rows with typed values and their places.

`Form` is one household with its members, as found in the file, complete or not. `Staged` is the
same once it has passed every check: values as a document holds them, ready to be compared with
the register and written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypedDict

from bangfu.kernel.problems import Place
from bangfu.registry.domain.items import (
    HOUSEHOLD_NUMBER,
    PERSON_NUMBER,
    household_items,
    member_items,
    statement_items,
)
from bangfu.rules.layout import ItemType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bangfu.rules.layout import Item

HOUSEHOLD: Final = "household"
MEMBER: Final = "member"
IDENTITY: Final = "id_number"

_AS_WRITTEN: Final[dict[ItemType, Callable[[Any], Any]]] = {
    ItemType.MONTH: int,
    ItemType.CODES: list,
    ItemType.DATE: date.isoformat,
}
"""How a document writes typed values; the others it holds as they are."""


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """Where a sheet's items stand: file, sheet, and number and header of each item's column."""

    file: str = ""
    sheet: str = ""
    headers: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def place(self, row: int, item: str = "") -> Place:
        """The place of a row, or of one item's cell in it."""
        column, header = self.headers.get(item, (0, ""))
        return Place(self.file, self.sheet, row, column, header)


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a sheet.

    Attributes:
        entity: `household` or `member`.
        row: its number in the sheet.
        values: typed values by item; empty cells are left out.
        refused: whether one of its cells was refused when it was read.
    """

    entity: str
    row: int
    values: Mapping[str, Any]
    refused: bool = False

    def text(self, item: str) -> str:
        """A value as text; empty when the cell is."""
        value = self.values.get(item)
        return "" if value is None else str(value)


@dataclass(slots=True)
class Form:
    """The rows that name one household. A good one has one household row and some members."""

    number: str
    households: list[FormRow] = field(default_factory=list)
    members: list[FormRow] = field(default_factory=list)

    @property
    def rows(self) -> list[FormRow]:
        """All rows, the household's first."""
        return [*self.households, *self.members]

    @property
    def first(self) -> FormRow:
        """The household's row, or the first member's when there is none."""
        return self.rows[0]


class Staged(TypedDict):
    """A household that passed the checks, with values as a document holds them.

    Secrets are open texts at first; once hashed, `{"plain", "fingerprint"}`. It is kept sealed.
    """

    row: int
    household: dict[str, Any]
    income: dict[str, Any]
    members: list[dict[str, Any]]


def gather_forms(households: list[FormRow], members: list[FormRow]) -> list[Form]:
    """Put rows of both sheets together by household number, in the order of the file.

    A row without a number stands alone, so that it is counted and named by itself.
    """
    forms: dict[tuple[str, str, int], Form] = {}

    def form_of(row: FormRow) -> Form:
        number = row.text(HOUSEHOLD_NUMBER)
        key = (number, "", 0) if number else ("", row.entity, row.row)
        return forms.setdefault(key, Form(number))

    for row in households:
        form_of(row).households.append(row)
    for row in members:
        form_of(row).members.append(row)
    return list(forms.values())


def _disabled_but_unsaid(item: Item, values: Mapping[str, Any]) -> bool:
    """Whether an item about a disability is empty for someone whose health says disabled."""
    return item.name.startswith("disability_") and "disabled" in values.get("health", ())


def _document_values(items: tuple[Item, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `items`, as a document holds them.

    The forms leave "not applicable" empty: such a blank is the item's code for it when the item
    it hangs on is filled in, and unknown otherwise. Somebody disabled whose category or grade is
    empty stays unknown: nothing is guessed.
    """
    found: dict[str, Any] = {}
    for item in items:
        value = values.get(item.name)
        if value is not None:
            convert = _AS_WRITTEN.get(item.type)
            found[item.name] = convert(value) if convert else value
        elif item.blank and item.blank_when in values and not _disabled_but_unsaid(item, values):
            found[item.name] = item.blank
    return found


def stage_form(form: Form) -> Staged:
    """What a checked form says, in the shape of a document."""
    (household,) = form.households
    members = [_document_values(member_items(), each.values) for each in form.members]
    for member in members:
        member[IDENTITY] = member[IDENTITY].upper()
    return Staged(
        row=household.row,
        household=_document_values(household_items(), household.values),
        income=_document_values(statement_items(), household.values),
        members=sorted(members, key=lambda each: str(each[PERSON_NUMBER])),
    )
