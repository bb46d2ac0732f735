"""Rows of lists as people write them, and those who may write them. Everybody is made up."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bangfu.foundation.access.api import Actor, Grant
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode
from bangfu.registry.api import Household
from bangfu.teams.api import (
    DutyRow,
    GridRow,
    OrganisationRow,
    PairingRow,
    PersonRow,
    load_duties,
    load_grid,
    load_organisations,
    load_pairings,
)
from registry.making import COUNTY, OTHER_VILLAGE, VILLAGE, bring, household

TOWNSHIP: Final = VILLAGE[:9]
START: Final = date(2026, 1, 1)
BUREAU: Final = "通江县水利局"
CREDIT_CODE: Final = "91110000600037341L"
MAY: Final = frozenset({"teams.read", "teams.manage", "registry.read", "registry.read_secret"})


def manager(division: str = COUNTY, *capabilities: str) -> Actor:
    """Somebody who may do everything with people of a place, or only what is named."""
    grant = Grant("county_officer", DivisionCode(division), frozenset(capabilities) or MAY)
    return Actor(new_id(), new_id(), "周敏", "县级业务员", "", (grant,))


def person(name: str = "冯蓉", organisation: str = BUREAU, **more: Any) -> PersonRow:
    return PersonRow(name=name, organisation=organisation, **more)


def duty(who: PersonRow | None = None, **changes: Any) -> DutyRow:
    row: dict[str, Any] = {
        "person": who or person(),
        "role": "first_secretary",
        "division": VILLAGE,
        "valid_from": START,
    }
    return DutyRow(**{**row, **changes})


def pairing(who: PersonRow | None = None, **changes: Any) -> PairingRow:
    row: dict[str, Any] = {
        "household_number": "H1",
        "person": who or person(),
        "main": True,
        "valid_from": START,
    }
    return PairingRow(**{**row, **changes})


def cell(who: PersonRow | None = None, **changes: Any) -> GridRow:
    """The first group of the village, with its head."""
    row: dict[str, Any] = {
        "tier": "village",
        "net": VILLAGE,
        "kind": "group",
        "cell": "一组",
        "cell_from": START,
        "person": who or person(),
        "role": "grid_head",
        "valid_from": START,
    }
    return GridRow(**{**row, **changes})


def bureau(name: str = BUREAU, **changes: Any) -> OrganisationRow:
    row: dict[str, Any] = {
        "name": name,
        "kind": "department",
        "division": COUNTY,
        "valid_from": date(2020, 1, 1),
    }
    return OrganisationRow(**{**row, **changes})


def bring_bureaus() -> None:
    load_organisations(actor=manager(), division=COUNTY, rows=[bureau(), bureau("通江县林业局")])


def bring_households() -> dict[str, Household]:
    """H1 and H2 in the village, H3 in the next."""
    bring(household("H1"), household("H2"), household("H3", village_code=OTHER_VILLAGE))
    return {each.household_number: each for each in Household.objects.all()}


LOADERS: Final = {"duty": load_duties, "pairing": load_pairings, "grid": load_grid}
