"""The tables that the witness watches, how their rows are placed, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Table:
    """How a row of a watched table is placed.

    Attributes:
        capability: what reading the table needs.
        place: the row's own column with a division code; empty when it has none.
        keys: columns that tell whose row it is -> model, its column, the path to its place.
        named: columns that name people, which may not be read without a key or a place.
    """

    capability: str
    place: str = ""
    keys: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()


_OF_HOUSEHOLD: Final = ("registry.Household", "id", "village_code")
_HOUSEHOLD_NAMES: Final = {"head_name", "address", "phone_sealed", "bank_account_sealed"}
WATCHED: Final = {
    "registry.Household": Table(
        "registry.read",
        "village_code",
        {
            name: ("registry.Household", name, "village_code")
            for name in ("id", "household_key", "household_number")
        },
        frozenset(_HOUSEHOLD_NAMES),
    ),
    "registry.Member": Table(
        "registry.read",
        keys={
            "household_id": _OF_HOUSEHOLD,
            "id": ("registry.Member", "id", "household__village_code"),
            "person_number": ("registry.Member", "person_number", "household__village_code"),
        },
        named=frozenset({"name", "id_number_sealed", "birth_date"}),
    ),
    "registry.IncomeStatement": Table(
        "registry.read",
        keys={
            "household_id": _OF_HOUSEHOLD,
            "id": ("registry.IncomeStatement", "id", "household__village_code"),
        },
    ),
    "registry.HouseholdVersion": Table(
        "registry.read",
        keys={
            "household_id": _OF_HOUSEHOLD,
            "id": ("registry.HouseholdVersion", "id", "household__village_code"),
        },
        named=frozenset({"document"}),
    ),
    "registry.ImportLine": Table(
        "registry.import",
        keys={
            "batch_id": ("registry.ImportBatch", "id", "division"),
            "id": ("registry.ImportLine", "id", "batch__division"),
        },
        named=frozenset({"head_name", "household_number", "staged"}),
    ),
    "exchange.Report": Table(
        "exchange.read",
        keys={
            "household_id": _OF_HOUSEHOLD,
            "id": ("exchange.Report", "id", "household__village_code"),
        },
    ),
    "exchange.ListRow": Table(
        "exchange.read",
        keys={
            "list_id": ("exchange.FeedList", "id", "division"),
            "id": ("exchange.ListRow", "id", "list__division"),
        },
        named=frozenset({"said"}),
    ),
    "teams.Pairing": Table(
        "teams.read",
        keys={
            "household_id": _OF_HOUSEHOLD,
            "id": ("teams.Pairing", "id", "household__village_code"),
        },
    ),
    "teams.Duty": Table("teams.read", "division", {"id": ("teams.Duty", "id", "division")}),
    "screening.Finding": Table(
        "screening.read",
        "division",
        {
            "id": ("screening.Finding", "id", "division"),
            "household_id": _OF_HOUSEHOLD,
        },
        frozenset({"document"}),
    ),
    "cases.Clue": Table(
        "cases.read",
        "division",
        {
            "id": ("cases.Clue", "id", "division"),
            "household_id": _OF_HOUSEHOLD,
        },
        frozenset({"document"}),
    ),
}

ECHOED: Final = frozenset({"household_number", "person_number", "id_number_fingerprint"})
"""What an importer brings: whether it is taken may be asked of the whole register."""

OWN_SIDE: Final = {
    "portal:enquiry": frozenset({"registry.Household", "registry.Member"}),
    "portal:status": frozenset({"cases.Clue"}),
    "portal:tell": frozenset({"cases.Clue"}),
    "portal:consent": frozenset({"registry.Household"}),
}
"""Routes on which people without an account read about themselves -> the tables looked into.

The right is a proof or a receipt, not a scope: whether it is asked for is the portal's tests' to
hold. On the enquiry a row is read for a wrong proof as well, so that both take the same work.
"""


@dataclass(frozen=True, slots=True)
class Leak:
    """One row that a request should not have read."""

    route: str
    actor: str
    capability: str
    table: str
    row: str
    place: str

    def __str__(self) -> str:
        return (
            f"{self.route} read {self.table} {self.row} of {self.place} "
            f"for {self.actor}, outside the scope of {self.capability}"
        )
