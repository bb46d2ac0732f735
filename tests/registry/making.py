"""Households for the register's tests: good ones, one change away from anything wrong.

Values are typed as the import kit types them. Everybody is made up (area code 519900).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from zlib import crc32

from bangfu.foundation.access.api import Actor, Grant, system_actor
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.identity import check_digit
from bangfu.registry.domain.forms import FormRow, SheetPlaces, gather_forms
from bangfu.registry.models import Division, ImportBatch
from bangfu.registry.services.checking import Upload, check_forms
from bangfu.registry.services.committing import commit_batch
from bangfu.registry.services.divisions import load_divisions
from bangfu.rules.layout import load_layout

COUNTY: Final = "511921"
VILLAGE: Final = "511921103201"
OTHER_VILLAGE: Final = "511921103202"
FAR_VILLAGE: Final = "511922100201"
DAY: Final = date(2026, 11, 1)

PLACES: Final = (
    ("51", "四川省"),
    ("5119", "巴中市"),
    ("511921", "通江县"),
    ("511922", "南江县"),
    ("511921103", "铁溪镇"),
    ("511922100", "南江镇"),
    (VILLAGE, "朱元村"),
    (OTHER_VILLAGE, "红云村"),
    (FAR_VILLAGE, "东榆村"),
)
COUNTY_CAPABILITIES: Final = frozenset(
    {
        "registry.read",
        "registry.read_secret",
        "registry.import",
        "registry.reverse",
        "registry.export",
    }
)

Row = dict[str, Any]
Pair = tuple[Row, list[Row]]


def make_places() -> None:
    """The divisions the tests live in."""
    if not Division.objects.exists():
        load_divisions(rows=PLACES)


def officer(division: str = COUNTY, *capabilities: str, purpose: str = "") -> Actor:
    """Somebody who may do everything with the register in one division, or only what is named."""
    may = frozenset(capabilities) or COUNTY_CAPABILITIES
    grant = Grant("county_officer", DivisionCode(division), may)
    return Actor(new_id(), new_id(), "周敏", "县级经办", purpose, (grant,))


def make_id(born: date, order: int = 1) -> str:
    """A made-up identity number; an odd order number is a man's."""
    body = f"519900{born:%Y%m%d}{order:03d}"
    return body + check_digit(body)


def member(number: str, person: str, **changes: Any) -> Row:
    """A grown-up of a household; None takes an item away."""
    born = changes.get("birth_date") or date(1980, 5, 20)
    order = crc32(f"{number}-{person}".encode()) % 499 * 2 + 1
    row = {
        "household_number": number,
        "person_number": f"{number}-{person}",
        "name": "张三",
        "sex": "male",
        "id_type": "resident",
        "id_number": make_id(born, order),
        "birth_date": born,
        "relation": "head",
        "education": "primary",
        "health": ("chronic", "disabled"),
        "disability_grade": "3",
        "labour": "ordinary",
        "work_place": "province",
        "work_months": 6,
        "medical_insured": True,
        **changes,
    }
    return {name: value for name, value in row.items() if value is not None}


def household(number: str = "H1", *members: Row, **changes: Any) -> Pair:
    """A household with a head, or with the members given; None takes an item away."""
    people = list(members) or [member(number, "1")]
    row = {
        "household_number": number,
        "village_code": VILLAGE,
        "group_name": "3 组",
        "head_name": people[0].get("name"),
        "size": len(people),
        "phone": "19900000000",
        "bank_account": "6200000000001234",
        "household_type": "alleviated",
        "identified_month": "201405",
        "housing_grade": "B",
        "farmland": 350,
        "income_year": 2026,
        "wage_income": 30_000_00,
        "property_income": 1_200_00,
        "asset_dividend": 200_00,
        "land_rent": 1_000_00,
        "other_property": 0,
        **changes,
    }
    return {name: value for name, value in row.items() if value is not None}, people


def sheets() -> dict[str, SheetPlaces]:
    """Where the columns of the two sheets stand, in the order of the layout."""
    layout = load_layout()
    return {
        entity: SheetPlaces(
            "登记.xlsx",
            layout.sheets[entity]["zh"],
            {item.name: (position, item.zh) for position, item in enumerate(items, start=1)},
        )
        for entity, items in layout.sheet_items().items()
    }


def upload(*pairs: Pair) -> Upload:
    """A file of these households; the header is row 1 of either sheet."""
    households = [FormRow("household", row, pair[0]) for row, pair in enumerate(pairs, start=2)]
    everybody = [person for _, people in pairs for person in people]
    members = [FormRow("member", row, person) for row, person in enumerate(everybody, start=2)]
    return Upload((), gather_forms(households, members), sheets=sheets())


def check(*pairs: Pair, day: date = DAY, actor: Actor | None = None) -> ImportBatch:
    """Check a file of these households."""
    return check_forms(
        actor=actor or officer(), division=COUNTY, data_date=day, upload=upload(*pairs)
    )


def bring(*pairs: Pair, day: date = DAY, actor: Actor | None = None) -> ImportBatch:
    """Check and commit a file of these households."""
    actor = actor or officer()
    return commit_batch(actor=actor, batch_id=check(*pairs, day=day, actor=actor).id)


def system() -> Actor:
    """A part of the system."""
    return system_actor("tests", COUNTY)
