"""Reading households: in scope, on record, in order."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused, Actor, Grant
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode
from bangfu.registry.api import (
    Household,
    HouseholdFilters,
    commit_batch,
    count_households,
    describe_household,
    describe_income,
    describe_member,
    export_households,
    find_household_by_number,
    get_household,
    list_households,
    list_incomes,
    list_members,
    search_households,
)
from bangfu.registry.queries.households import reach_of
from bangfu.registry.services.checking import check_forms
from registry.making import (
    COUNTY,
    DAY,
    FAR_VILLAGE,
    OTHER_VILLAGE,
    VILLAGE,
    bring,
    household,
    member,
    officer,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

VILLAGER = officer(VILLAGE, "registry.read")


def named(number: str, name: str, **changes: Any) -> Any:
    return household(number, member(number, "1", name=name), **changes)


@pytest.fixture(autouse=True)
def _register(places: None) -> None:
    """Two households in one village, one in the next, one in the next county."""
    bring(
        named("H1", "张三", housing_grade="C"),
        named("H2", "陈静", relocated=True),
        named("H3", "李安", village_code=OTHER_VILLAGE),
    )
    actor = officer("511922")
    far = upload(named("F1", "安宁", village_code=FAR_VILLAGE))
    batch = check_forms(actor=actor, division="511922", data_date=DAY, upload=far)
    commit_batch(actor=actor, batch_id=batch.id)


def id_of(number: str) -> Any:
    return Household.objects.get(household_number=number).id


def numbers(found: Any) -> list[str]:
    return [each.household_number for each in found]


def reads() -> list[AuditEvent]:
    return list(AuditEvent.objects.exclude(kind="changed").order_by("at", "id"))


def the_row() -> AuditEvent:
    (row,) = reads()
    return row


def test_opening_a_household_is_one_audit_row() -> None:
    actor = officer(purpose="核对线索")
    found = get_household(actor, id_of("H1"))
    list_members(actor, found)
    list_incomes(actor, found)
    row = the_row()
    assert (row.kind, row.division, row.purpose) == ("opened", VILLAGE, "核对线索")
    assert json.loads(row.subject_ids) == [str(found.id)]


def test_a_stranger_gets_the_same_answer_as_for_nothing() -> None:
    for wanted in (id_of("H3"), id_of("F1"), new_id()):
        with pytest.raises(Http404):
            get_household(VILLAGER, wanted)
    assert find_household_by_number(VILLAGER, "H3") is None
    assert find_household_by_number(VILLAGER, "H1") == id_of("H1")
    assert reads() == []


def test_a_household_from_elsewhere_gives_a_stranger_no_members_and_no_incomes() -> None:
    there = Household.objects.get(household_number="H3")
    assert list_members(VILLAGER, there) == []
    assert list_incomes(VILLAGER, there) == []


def test_a_list_holds_the_scope_and_is_one_audit_row_with_the_ids_shown() -> None:
    found = list_households(VILLAGER)
    assert numbers(found.rows) == ["H2", "H1"]
    row = the_row()
    assert (row.kind, row.count, row.division) == ("listed", 2, VILLAGE)
    assert set(json.loads(row.subject_ids)) == {str(id_of("H1")), str(id_of("H2"))}


def test_a_page_is_audited_for_what_it_shows_only() -> None:
    page = list_households(officer(), size=2, page=2)
    assert (page.total, page.pages, page.first, page.last) == (3, 2, 3, 3)
    assert the_row().count == 1


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["H2", "H3", "H1"]),
        ("-name", ["H1", "H3", "H2"]),
        ("number", ["H1", "H2", "H3"]),
        ("village", ["H2", "H1", "H3"]),
        ("household_number); --", ["H2", "H3", "H1"]),
    ],
)
def test_lists_sort_by_sound_number_and_village(sort: str, order: list[str]) -> None:
    assert numbers(list_households(officer(), sort=sort).rows) == order


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (HouseholdFilters(division=OTHER_VILLAGE), ["H3"]),
        (HouseholdFilters(division="511922"), []),
        (HouseholdFilters(housing_grade="C"), ["H1"]),
        (HouseholdFilters(relocated=True), ["H2"]),
        (HouseholdFilters(relocated=False), []),
        (HouseholdFilters(household_type="ordinary"), []),
    ],
)
def test_filters_narrow_inside_the_scope(filters: HouseholdFilters, left: list[str]) -> None:
    assert numbers(list_households(officer(), filters).rows) == left


def test_who_has_no_grant_sees_nothing() -> None:
    nobody = Actor(new_id(), None, "无岗")
    assert list_households(nobody).total == 0
    assert search_households(nobody, "张三") == []


def test_counts_are_by_the_places_below_and_name_nobody() -> None:
    found = {
        each.code: (each.households, each.members) for each in count_households(officer(), COUNTY)
    }
    assert found == {"511921103": (3, 3)}
    villages = {each.name: each.households for each in count_households(officer(), "511921103")}
    assert villages == {"朱元村": 2, "红云村": 1}
    assert {row.kind for row in reads()} == {"counted"}
    assert {row.subject_ids for row in reads()} == {"[]"}


def test_counts_of_a_villager_end_at_the_village() -> None:
    assert [(each.code, each.households) for each in count_households(VILLAGER, "511921103")] == [
        (VILLAGE, 2)
    ]
    assert [each.households for each in count_households(VILLAGER, COUNTY)] == [2]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张三", ["H1"]),
        ("陈", ["H2"]),
        ("H3", ["H3"]),
        (" H3 ", ["H3"]),
        ("三", []),
        ("%", []),
        ("", []),
        ("19900000000", ["H2", "H3", "H1"]),
        ("1990000000", []),
        ("安宁", []),
    ],
)
def test_search_finds_names_numbers_and_phones_in_scope(typed: str, found: list[str]) -> None:
    assert numbers(search_households(officer(), typed)) == found


def test_search_finds_a_whole_document_number_only_and_keeps_nothing_of_it() -> None:
    number = member("H2", "1")["id_number"]
    assert numbers(search_households(officer(), number.lower())) == ["H2"]
    assert numbers(search_households(officer(), number[:17])) == []
    for row in reads():
        assert row.kind == "listed"
        assert number[:6] not in row.filters + row.subject_ids


def test_members_stand_head_first_then_by_age() -> None:
    people = [
        member("H9", "1", relation="son", birth_date=date(1975, 1, 1), name="张小"),
        member("H9", "2", relation="spouse", birth_date=date(1960, 1, 1), name="李老"),
        member("H9", "3", name="张大"),
    ]
    bring(household("H9", *people, head_name="张大"))
    actor = officer()
    found = list_members(actor, get_household(actor, id_of("H9")))
    assert [each.name for each in found] == ["张大", "李老", "张小"]


def test_everything_a_page_needs_is_in_words() -> None:
    actor = officer()
    found = get_household(actor, id_of("H1"))
    blocks = describe_household(found)
    assert list(blocks) == ["head", "register", "risk", "living", "production"]
    living = {each.name: each for each in (*blocks["living"], *blocks["production"])}
    assert (living["farmland"].text, living["farmland"].number) == ("3.50", True)
    assert (living["water_safe"].text, living["water_safe"].known) == ("", False)
    person = describe_member(list_members(actor, found)[0])
    assert (person["sex"].text, person["disability_grade"].text) == ("男", "三级")
    assert person["health"].sensitive
    income = describe_income(list_incomes(actor, found)[0])
    assert income["wage_income"].text == "30,000.00"


def test_an_export_needs_its_own_right_and_names_every_id() -> None:
    reader = officer(COUNTY, "registry.read")
    with pytest.raises(AccessRefused):
        export_households(reader)
    assert numbers(export_households(officer())) == ["H2", "H3", "H1"]
    row = the_row()
    assert (row.kind, row.count) == ("listed", 3)
    assert '"export":true' in row.filters


def test_who_may_export_in_two_villages_exports_both() -> None:
    may = frozenset({"registry.export"})
    grants = tuple(Grant("r", DivisionCode(place), may) for place in (VILLAGE, OTHER_VILLAGE))
    actor = Actor(new_id(), new_id(), "周敏", grants=grants)
    assert numbers(export_households(actor)) == ["H2", "H3", "H1"]
    with pytest.raises(AccessRefused):
        export_households(actor, HouseholdFilters(division=COUNTY))


def test_the_reach_of_several_places_is_what_holds_them_all() -> None:
    def actor(*places: str) -> Actor:
        may = frozenset({"registry.read"})
        grants = tuple(Grant("r", DivisionCode(place), may) for place in places)
        return Actor(new_id(), new_id(), "周敏", grants=grants)

    assert reach_of(actor(VILLAGE, OTHER_VILLAGE)) == "511921103"
    assert reach_of(actor(VILLAGE, FAR_VILLAGE)) == "5119"
    assert reach_of(actor(COUNTY)) == COUNTY
    assert reach_of(actor()) == ""
