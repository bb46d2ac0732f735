"""Lists of made-up offices, one change away from anything wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bangfu.exchange.api import check_list, commit_list, write_feed_list
from bangfu.foundation.access.api import Actor, Grant, system_actor
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode
from bangfu.registry.api import Household
from bangfu.registry.domain.forms import FormRow, gather_forms
from bangfu.registry.services.checking import Upload, check_forms
from bangfu.registry.services.committing import commit_batch
from registry.making import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, bring, household, member, sheets

if TYPE_CHECKING:
    from bangfu.exchange.api import FeedList

DAY: Final = date(2026, 10, 31)
MEDICAL: Final = "medical_costs"
PEOPLE: Final = {"H1": "李春秀", "H2": "王大贵", "H3": "何富", "F1": "杨珍"}
_VILLAGES: Final = {"H3": OTHER_VILLAGE, "F1": FAR_VILLAGE}
_PRODUCTS: Final = {"H1": ("pigs", "tea"), "H2": ("tea",), "F1": ("tea",)}
CAPABILITIES: Final = frozenset(
    {
        "registry.read",
        "exchange.read",
        "exchange.submit",
        "exchange.match",
        "exchange.withdraw",
    }
)

Row = dict[str, Any]


def make_register() -> None:
    """The households of `PEOPLE`: three in the county, F1 in the next one."""
    pairs = []
    for number, name in PEOPLE.items():
        people = [
            member(number, "1", name=name, labour="ordinary"),
            member(number, "2", name=f"{name[0]}小宝", relation="son", labour="none",
                   birth_date=date(2015, 3, 2)),
        ]  # fmt: skip
        places = {"village_code": _VILLAGES.get(number, "511921103201")}
        products = {"main_products": _PRODUCTS[number]} if number in _PRODUCTS else {}
        pairs.append(household(number, *people, head_name=name, **places, **products))
    county = [pair for pair in pairs if pair[0]["household_number"] != "F1"]
    bring(*county)
    actor = system_actor("tests", "5119")

    row, people = pairs[-1]
    forms = gather_forms(
        [FormRow("household", 2, row)],
        [FormRow("member", at, person) for at, person in enumerate(people, start=2)],
    )
    upload = Upload((), forms, sheets=sheets())
    batch = check_forms(actor=actor, division="511922", data_date=date(2026, 11, 1), upload=upload)
    assert batch.new == 1
    commit_batch(actor=actor, batch_id=batch.id)


def officer(division: str = COUNTY, *capabilities: str) -> Actor:
    """A county officer, or somebody with only the capabilities named."""
    may = frozenset(capabilities) or CAPABILITIES
    grant = Grant("county_officer", DivisionCode(division), may)
    return Actor(new_id(), new_id(), "周敏", "县级经办", "", (grant,))


def of(number: str, person: str = "1", **changes: Any) -> Row:
    """A row about a member of a household of `PEOPLE`; None takes an item away."""
    found = member(number, person)
    if person == "2":
        found = member(number, person, birth_date=date(2015, 3, 2))
    name = PEOPLE[number] if person == "1" else f"{PEOPLE[number][0]}小宝"
    row = {
        "id_number": found["id_number"],
        "name": name,
        "date": date(2026, 10, 6),
        "amount": 6_244_30,
        **changes,
    }
    return {item: value for item, value in row.items() if value is not None}


def check(
    *rows: Row,
    feed: str = MEDICAL,
    actor: Actor | None = None,
    day: date = DAY,
    division: str = COUNTY,
) -> FeedList:
    """Check a list of these rows."""
    source = ("名单.xlsx", write_feed_list(feed, rows))
    return check_list(
        actor=actor or officer(), feed=feed, source=source, division=division, data_date=day
    )


def hand_in(*rows: Row, actor: Actor | None = None, **more: Any) -> FeedList:
    """Check and commit a list of these rows."""
    actor = actor or officer()
    return commit_list(actor=actor, list_id=check(*rows, actor=actor, **more).id)


def home(number: str) -> Household:
    """A household of `PEOPLE`."""
    return Household.objects.get(household_number=number)
