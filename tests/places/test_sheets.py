"""Sheets of tags and records: checked, told with the row, committed once, and given back."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404
from openpyxl import load_workbook

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import AuditEvent
from bangfu.kernel.problems import Refused
from bangfu.places.api import (
    ItemChange,
    Origin,
    change_item,
    check_sheet,
    commit_sheet,
    compare_tags,
    divisions_with,
    load_tags,
    load_village_records,
    tags_of,
)
from bangfu.places.domain.catalogue import RECORD, TAG
from bangfu.places.imports import write_sheet_errors
from bangfu.places.models import AreaTag, PlacesSheet, VillageRecord
from bangfu.places.queries.records import history_of, values_of
from bangfu.places.queries.sheets import problems_of
from bangfu.places.services.sheets import discard_sheet
from places.making import DAY, SOURCE, keeper, record, record_sheet, tag, tag_sheet
from registry.making import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, VILLAGE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor


def check(
    kind: str, data: bytes, division: str = COUNTY, actor: Actor | None = None
) -> PlacesSheet:
    who = actor or keeper()
    return check_sheet(actor=who, kind=kind, division=division, name="表.xlsx", data=data)


def bring(kind: str, data: bytes, division: str = COUNTY) -> PlacesSheet:
    sheet = check(kind, data, division, keeper(division))
    return commit_sheet(actor=keeper(division), sheet_id=sheet.pk)


def counts(sheet: PlacesSheet) -> tuple[int, int, int, int]:
    return sheet.new, sheet.changed, sheet.unchanged, sheet.refused


def test_a_checked_list_writes_nothing_until_it_is_committed_once() -> None:
    sheet = check(TAG, tag_sheet({"division": COUNTY}))
    assert (counts(sheet), AreaTag.objects.count()) == ((1, 0, 0, 0), 0)
    for _again in range(2):
        commit_sheet(actor=keeper(), sheet_id=sheet.pk)
    assert AreaTag.objects.count() == 1
    assert divisions_with("national_key_county", DAY) == {COUNTY}
    assert AuditEvent.objects.filter(action="places.tags_loaded", kind="changed").count() == 1


def test_the_same_list_again_changes_nothing() -> None:
    data = tag_sheet({"division": COUNTY}, {"division": VILLAGE, "kind": "poor_village",
                                            "name": "朱元村"})  # fmt: skip
    bring(TAG, data)
    assert counts(bring(TAG, data)) == (0, 0, 2, 0)
    assert AreaTag.objects.count() == 2


def test_an_end_is_a_new_row_and_the_row_before_stays() -> None:
    bring(TAG, tag_sheet({"division": COUNTY}))
    end = date(2026, 1, 1)
    assert counts(bring(TAG, tag_sheet({"division": COUNTY, "valid_to": end}))) == (0, 1, 0, 0)
    rows = AreaTag.objects.order_by("recorded_at").values_list("current", "valid_to")
    assert set(rows) == {(False, None), (True, end)}
    assert divisions_with("national_key_county", end) == frozenset()
    assert divisions_with("national_key_county", date(2025, 12, 31)) == {COUNTY}


BAD_TAGS: list[tuple[dict[str, Any], str, str]] = [
    ({"division": "511921999"}, "places.division_unknown", "区划代码"),
    ({"division": "nonsense"}, "places.division_unknown", "区划代码"),
    ({"division": "511922"}, "places.division_outside", "区划代码"),
    ({"division": "51"}, "places.division_outside", "区划代码"),
    ({"division": VILLAGE, "name": "朱元村"}, "places.tier_wrong", "区划代码"),
    ({"division": COUNTY, "valid_to": date(2021, 8, 1)}, "places.period_backwards", "终止日期"),
    ({"division": COUNTY, "kind": "exited_county", "batch": "2015"}, "places.batch_unknown",
     "批次"),
    ({"division": COUNTY, "source": None}, "importing.required_empty", "来源文件"),
    ({"division": COUNTY, "kind": "没有这一类"}, "importing.unknown_code", "标签类别"),
]  # fmt: skip


def test_bad_lines_are_refused_with_their_places_and_the_good_one_is_taken() -> None:
    good = {"division": COUNTY, "kind": "qinba"}
    sheet = check(TAG, tag_sheet(good, *(row for row, *_rest in BAD_TAGS)))
    assert counts(sheet) == (1, 0, 0, len(BAD_TAGS))
    found = {
        each.place.row: (each.code, each.place.header)
        for each in problems_of(sheet)
        if each.refuses
    }
    assert found == {at: (code, head) for at, (_row, code, head) in enumerate(BAD_TAGS, start=3)}
    book = load_workbook(BytesIO(write_sheet_errors(actor=keeper(), sheet_id=sheet.pk)))
    explained = [
        [cell.value for cell in row][-1] for row in book.worksheets[0].iter_rows(min_row=2)
    ]
    assert explained[0] is None
    assert all("。" in str(each) for each in explained[1:])


def test_a_line_twice_is_refused_the_second_time() -> None:
    sheet = check(TAG, tag_sheet({"division": COUNTY}, {"division": COUNTY, "batch": "x"}))
    assert counts(sheet) == (1, 0, 0, 1)
    assert problems_of(sheet)[-1].code == "places.row_twice"


def test_a_name_finds_its_place_and_one_that_finds_none_is_kept_as_unmatched() -> None:
    sheet = bring(TAG, tag_sheet({}, {"name": "巴山县"}))
    assert (counts(sheet), sheet.unmatched) == ((2, 0, 0, 0), 1)
    assert divisions_with("national_key_county", DAY) == {COUNTY}
    lines = {each.kind.code: each for each in compare_tags(DAY) if not each.batch}
    found = lines["national_key_county"]
    assert (found.ours, found.difference, found.unmatched) == (1, -24, ("巴山县",))
    assert lines["provincial_key_county"].difference == -25


def test_a_village_has_its_county_s_tags_and_the_county_not_the_village_s() -> None:
    load_tags(actor=keeper(), rows=[tag(), tag(VILLAGE, kind="poor_village", name="朱元村")])
    assert [(each.kind.code, each.inherited) for each in tags_of(VILLAGE, DAY)] == [
        ("poor_village", False),
        ("national_key_county", True),
    ]
    assert [each.kind.code for each in tags_of(OTHER_VILLAGE, DAY)] == ["national_key_county"]
    assert [each.kind.code for each in tags_of(COUNTY, DAY)] == ["national_key_county"]
    assert tags_of(FAR_VILLAGE, DAY) == []
    assert tags_of(VILLAGE, date(2021, 7, 31)) == []


def test_nobody_loads_tags_or_records_of_elsewhere() -> None:
    with pytest.raises(AccessRefused):
        load_tags(actor=keeper(), rows=[tag(), tag("511922", name="南江县")])
    with pytest.raises(AccessRefused):
        load_village_records(actor=keeper(), rows=[record(VILLAGE), record(FAR_VILLAGE)])
    with pytest.raises(AccessRefused):
        check(TAG, tag_sheet({"division": "511922"}), division="511922")
    with pytest.raises(AccessRefused):
        load_tags(actor=keeper(COUNTY, "places.read"), rows=[tag()])
    assert (AreaTag.objects.count(), VillageRecord.objects.count()) == (0, 0)


def test_a_sheet_is_nobody_s_business_elsewhere() -> None:
    sheet = check(TAG, tag_sheet({"division": COUNTY}))
    for act in (commit_sheet, discard_sheet, write_sheet_errors):
        with pytest.raises(Http404):
            act(actor=keeper("511922"), sheet_id=sheet.pk)


def test_a_sheet_that_was_dropped_is_gone_and_a_committed_one_stays() -> None:
    sheet = check(TAG, tag_sheet({"division": COUNTY}))
    discard_sheet(actor=keeper(), sheet_id=sheet.pk)
    assert not PlacesSheet.objects.exists()
    done = bring(TAG, tag_sheet({"division": COUNTY}))
    with pytest.raises(Refused, match="sheet_committed"):
        discard_sheet(actor=keeper(), sheet_id=done.pk)


def test_a_record_keeps_what_a_later_sheet_leaves_empty() -> None:
    bring(RECORD, record_sheet({"village_code": VILLAGE, "clinic": True, "groups": 7}))
    later = {"village_code": VILLAGE, "groups": 8, "day": date(2026, 11, 10)}
    assert counts(bring(RECORD, record_sheet(later))) == (0, 1, 0, 0)
    found = VillageRecord.objects.get(current=True)
    assert values_of(found) == {"clinic": True, "groups": 8}
    assert found.origins == {"clinic": [SOURCE, "2026-11-01"], "groups": [SOURCE, "2026-11-10"]}
    assert counts(bring(RECORD, record_sheet(later))) == (0, 0, 1, 0)


BAD_RECORDS: list[tuple[dict[str, Any], str]] = [
    ({"village_code": "511921103299"}, "places.division_unknown"),
    ({"village_code": FAR_VILLAGE}, "places.division_outside"),
    ({"village_code": OTHER_VILLAGE, "day": date(2026, 11, 21)}, "places.day_not_come"),
    ({"village_code": OTHER_VILLAGE, "record_year": 2027}, "places.day_not_come"),
    ({"village_code": VILLAGE, "record_year": 2024, "groups": 3, "groups_with_road": 4},
     "places.groups_exceeded"),
    ({"village_code": VILLAGE, "clinic": False, "day": date(2026, 10, 1)},
     "places.older_than_known"),
]  # fmt: skip


def test_bad_rows_of_villages_are_refused_with_their_places() -> None:
    load_village_records(actor=keeper(), rows=[record(VILLAGE, clinic=True)])
    sheet = bring(RECORD, record_sheet(*(row for row, _code in BAD_RECORDS)))
    assert counts(sheet) == (0, 0, 0, len(BAD_RECORDS))
    found = {each.place.row: each.code for each in problems_of(sheet)}
    assert found == {at: code for at, (_row, code) in enumerate(BAD_RECORDS, start=2)}
    assert VillageRecord.objects.count() == 1


def test_one_item_changes_with_its_reason_and_the_row_before_stays() -> None:
    load_village_records(actor=keeper(), rows=[record(VILLAGE, clinic=True, doctors=1)])
    told = ItemChange("doctors", 2, "乡镇核对", DAY, "漏了一人")
    assert change_item(actor=keeper(), village=VILLAGE, year=2025, change=told)
    latest, first = history_of(keeper(), VILLAGE, 2025)
    assert (values_of(latest), values_of(first)) == (
        {"clinic": True, "doctors": 2},
        {"clinic": True, "doctors": 1},
    )
    assert (latest.reason, latest.origins["doctors"]) == ("漏了一人", ["乡镇核对", "2026-11-01"])
    assert latest.origins["clinic"] == [SOURCE, "2026-11-01"]
    row = AuditEvent.objects.get(action="places.item_changed")
    assert (row.division, '"doctors"' in row.filters) == (VILLAGE, True)
    assert not change_item(actor=keeper(), village=VILLAGE, year=2025, change=told)


def test_an_item_may_become_unknown_and_is_then_no_value() -> None:
    load_village_records(actor=keeper(), rows=[record(VILLAGE, clinic=True, leading_industry="茶")])
    for item in ("clinic", "leading_industry"):
        told = ItemChange(item, None, "乡镇核对", DAY, "说不清")
        assert change_item(actor=keeper(), village=VILLAGE, year=2025, change=told)
    assert values_of(VillageRecord.objects.get(current=True)) == {}


def test_nobody_changes_an_item_elsewhere_or_against_sense() -> None:
    load_village_records(actor=keeper(), rows=[record(VILLAGE, groups=3)])
    told = ItemChange("groups_with_road", 4, "乡镇核对", DAY, "错")
    with pytest.raises(Refused, match="groups_exceeded"):
        change_item(actor=keeper(), village=VILLAGE, year=2025, change=told)
    for stranger in (keeper("511922"), keeper(COUNTY, "places.read")):
        with pytest.raises(Http404):
            change_item(actor=stranger, village=VILLAGE, year=2025, change=told)


def test_what_is_made_up_is_marked() -> None:
    load_tags(actor=keeper(), rows=[tag()], origin=Origin(demo=True))
    load_village_records(actor=keeper(), rows=[record(VILLAGE)], origin=Origin(demo=True))
    assert AreaTag.objects.get().demo
    assert VillageRecord.objects.get().demo
