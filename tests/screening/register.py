"""A small made-up register, written straight into the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bangfu.foundation.clock.api import new_id
from bangfu.registry.models import Household, IncomeStatement, Member

VILLAGE: Final = "511921103201"
OTHER_VILLAGE: Final = "511921104202"
DATA_DATE: Final = date(2026, 11, 18)
YUAN: Final = 100

COMFORTABLE: Final[dict[str, Any]] = {
    "wage_income": 20_000 * YUAN,
    "business_income": 60_000 * YUAN,
    "property_income": 0,
    "transfer_income": 3_000 * YUAN,
    "business_expenses": 10_000 * YUAN,
    "claims_income": 0,
    "self_paid_expenses": 2_000 * YUAN,
    "self_paid_medical": 1_000 * YUAN,
}
"""Incomes by which no rule fires for a household of four."""

GROWN: Final[dict[str, Any]] = {
    "birth_date": date(1985, 3, 2),
    "labour": "ordinary",
    "work_place": "none",
    "disability_grade": "none",
    "school_status": "not_in_school",
}
CHILD: Final[dict[str, Any]] = {
    **GROWN,
    "birth_date": date(2016, 5, 4),
    "school_status": "primary",
    "labour": "none",
}


@dataclass(slots=True)
class Home:
    """What a made-up household is like."""

    number: str
    village: str = VILLAGE
    items: dict[str, Any] = field(default_factory=dict)
    incomes: dict[str, Any] = field(default_factory=dict)
    members: list[dict[str, Any]] = field(default_factory=list)
    head: str = "李春秀"


def add(home: Home) -> Household:
    """Put a household of four into the register; what `home` says replaces what no rule minds."""
    people = home.members or [GROWN, GROWN, CHILD, CHILD]
    household = Household.objects.create(
        household_key=int.from_bytes(home.number.encode()[-7:], "big"),
        household_number=home.number,
        village_code=home.village,
        group_name="1组",
        head_name=home.head,
        head_sort_key=home.head,
        size=len(people),
        data_date=DATA_DATE,
        content_hash=home.number.encode().ljust(32, b"0")[:32],
        **{"housing_grade": "A", "household_type": "ordinary", **home.items},
    )
    IncomeStatement.objects.create(
        household=household, income_year=2026, **{**COMFORTABLE, **home.incomes}
    )
    for position, person in enumerate(people):
        Member.objects.create(
            household=household,
            person_number=f"{home.number}{position:02}",
            name=f"{home.head}{position}",
            sort_key=str(position),
            relation="head" if position == 0 else "son",
            id_number_sealed=b"x",
            id_number_fingerprint=new_id().bytes.ljust(32, b"0"),
            **person,
        )
    return household


POOR: Final[dict[str, Any]] = {"business_income": 10_000 * YUAN}
"""With the comfortable rest: 21,000 yuan for four, below any line; wages at least half."""


def small_county() -> dict[str, Household]:
    """Nine households: one for each rule, one not to be judged, two that nothing is wrong with."""
    homes = {
        "poor": Home("51190000000001", incomes=POOR),
        "sick": Home("51190000000002", incomes={"self_paid_medical": 20_000 * YUAN}),
        "unsafe": Home("51190000000003", items={"housing_grade": "D"}),
        "school": Home(
            "51190000000004", members=[GROWN, {**CHILD, "school_status": "not_in_school"}]
        ),
        "disabled": Home(
            "51190000000005",
            OTHER_VILLAGE,
            members=[{**GROWN, "disability_grade": "1", "labour": "none"}],
        ),
        "work": Home(
            "51190000000006",
            OTHER_VILLAGE,
            incomes={"wage_income": 70_000 * YUAN},
            members=[{**GROWN, "work_place": "elsewhere", "work_months": 5}, GROWN],
        ),
        "unknown": Home(
            "51190000000007",
            OTHER_VILLAGE,
            items={"housing_grade": ""},
            incomes={"self_paid_medical": None, "wage_income": None},
        ),
        "fine": Home("51190000000008"),
        "also_fine": Home("51190000000009", OTHER_VILLAGE),
    }
    return {name: add(home) for name, home in homes.items()}
