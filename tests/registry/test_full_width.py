"""Every item of the forms, through workbook, register, page and workbook again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.importing.api import open_upload, read_workbook
from bangfu.kernel.division import NATION
from bangfu.kernel.problems import Refused
from bangfu.policy.api import publish_pack
from bangfu.registry.api import (
    Household,
    check_upload,
    commit_batch,
    describe_household,
    describe_member,
    get_household,
    list_members,
)
from bangfu.registry.domain.items import items_of
from bangfu.registry.services.exporting import write_register
from bangfu.rules.layout import Item, ItemType, Layout, load_layout
from registry.making import COUNTY, DAY, VILLAGE, household, make_id, member, officer
from registry.web_making import book_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

BORN = date(1980, 5, 20)
FIXED: dict[str, Any] = {
    "household_number": "H1", "village_code": VILLAGE, "living_code": VILLAGE, "size": 1,
    "head_name": "张三", "household_type": "alleviated", "monitoring_category": "prevention",
    "identified_month": "201405", "phone": "19900000000", "contact_phone": "19900000001",
    "person_number": "H1-1", "name": "张三", "sex": "male", "id_type": "resident",
    "id_number": make_id(BORN, 1), "birth_date": BORN, "relation": "head", "income_year": 2026,
    "education": "junior", "school_status": None, "filled_on": date(2026, 10, 1),
    "income_purpose": "annual",
}  # fmt: skip
LEAF = 1_234_56


def amount(layout: Layout, item: Item) -> int:
    """Every leaf of the income tree alike, every whole the sum of its parts."""
    parts = [layout.item("household", name) for name in item.sum_of]
    return sum(amount(layout, each) for each in parts) if parts else LEAF


def value(layout: Layout, item: Item) -> Any:
    """A value that the form of the day takes for the item."""
    if item.name in FIXED:
        return FIXED[item.name]
    if item.type in {ItemType.CODE, ItemType.CODES}:
        codes = [code.code for code in layout.lists[item.list].codes]
        return codes[-1] if item.type is ItemType.CODE else tuple(codes[1:3])
    simple = {
        ItemType.FLAG: True,
        ItemType.MONTH: "202506",
        ItemType.DATE: date(2025, 6, 7),
        ItemType.FEN: amount(layout, item),
        ItemType.COUNT: max(item.min or 0, 5),
        ItemType.DIVISION: VILLAGE,
    }
    text = item.zh[:10]
    return simple.get(item.type, text if item.type is ItemType.TEXT else 12_34)


def everything() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One household with every item of today's form filled in."""
    layout = load_layout().on(DAY)
    rows = {
        entity: {item.name: value(layout, item) for item in items}
        for entity, items in layout.sheet_items().items()
    }
    return rows["household"], [rows["member"]]


def brought(data: bytes) -> tuple[int, int, int, int]:
    batch = check_upload(
        actor=officer(), sources=[("登记.xlsx", data)], division=COUNTY, data_date=DAY
    )
    commit_batch(actor=officer(), batch_id=batch.id)
    return batch.new, batch.changed, batch.unchanged, batch.refused


def test_every_item_goes_into_the_register_onto_the_page_and_out_again() -> None:
    assert brought(book_of(everything())) == (1, 0, 0, 0)
    actor = officer()
    found = get_household(actor, Household.objects.get().pk)
    (person,) = list_members(actor, found)
    blocks = describe_household(found)
    shown = {each.name: each for items in blocks.values() for each in items}
    asked = {item.name for item in load_layout().on(DAY).items["member"]}
    for name, item in items_of("household").items():
        assert shown[name].known == item.holds_on(DAY), name
    missing = {name for name, each in describe_member(person).items() if not each.known}
    # Whoever is not at school has an education; the form asks for one of the two.
    assert missing == {name for name in items_of("members") if name not in asked}
    again = write_register(actor=actor, division=COUNTY, reason="核对后重新导入")
    assert brought(again) == (0, 0, 1, 0)
    upload = open_upload(("再次.xlsx", again))
    form = load_layout().form_of(DAY)
    tables = read_workbook(upload, layout=form, mapping={}, on=DAY).tables
    assert {entity: len(table.rows) for entity, table in tables.items()} == {
        "household": 1,
        "member": 1,
    }


def test_the_workbook_holds_whole_numbers_and_every_taking_is_on_record() -> None:
    brought(book_of(household()))
    with pytest.raises(AccessRefused):
        write_register(
            actor=officer(COUNTY, "registry.read", "registry.export"),
            division=COUNTY,
            reason="没有看全号的权限",
        )
    with pytest.raises(Refused):
        write_register(actor=officer(), division=COUNTY, reason="  ")
    write_register(actor=officer(), division=COUNTY, reason="上报")
    row = AuditEvent.objects.filter(kind="listed").latest("at")
    assert ("上报" in str(row.filters), row.count) == (True, 1)


@pytest.mark.parametrize(
    ("day", "has", "lacks"),
    [
        (date(2015, 6, 1), "water_difficult", "risk_1"),
        (date(2023, 6, 1), "risk_1", "water_difficult"),
    ],
)
def test_a_form_has_the_items_and_codes_of_its_generation(day: date, has: str, lacks: str) -> None:
    form = load_layout().on(day)
    names = {item.name for item in form.items["household"]}
    assert has in names
    assert lacks not in names
    types = {code.code for code in form.lists["household_type"].codes}
    assert ("poor" in types) == (day.year < 2021)


def test_nobody_writes_into_a_phase_that_is_closed() -> None:
    publish_pack(actor=system_actor("test", NATION), path="sichuan")
    with pytest.raises(Refused) as refused:
        check_upload(
            actor=officer(), sources=[("登记.xlsx", book_of(household("H1", member("H1", "1"))))],
            division=COUNTY, data_date=date(2019, 6, 1),
        )  # fmt: skip
    assert [each.code for each in refused.value.problems] == ["policy.phase_frozen"]
