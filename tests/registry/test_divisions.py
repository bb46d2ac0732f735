"""Divisions: loaded once, read level by level, renamed and merged without losing the past."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.bulk.api import insert_rows
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid
from bangfu.kernel.problems import Refused
from bangfu.registry.api import (
    Division,
    division_name,
    division_path,
    find_division,
    find_successors,
    list_children,
    list_villages,
    load_divisions,
    merge_divisions,
    rename_division,
)
from bangfu.registry.models import BEGINNING
from bangfu.registry.services.divisions import packaged_divisions
from registry.making import COUNTY, VILLAGE, officer

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

BEFORE, DAY, AFTER = date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2)
SYSTEM = system_actor("tests")


def test_what_the_product_carries_is_whole() -> None:
    packaged = dict(packaged_divisions())
    assert len(packaged) == 1 + 21 + 183 + 3111 + 34412
    assert packaged[DivisionCode("511921")] == "通江县"
    orphans = [code for code in packaged if code.parent and code.parent not in packaged]
    assert orphans == []


@pytest.mark.usefixtures("places")
def test_loading_again_writes_nothing_and_corrects_names() -> None:
    rows = list(Division.objects.values_list("code", "name"))
    audited = AuditEvent.objects.count()
    assert load_divisions(rows=rows) == 0
    assert AuditEvent.objects.count() == audited
    assert load_divisions(rows=[(COUNTY, "通江")]) == 1
    assert division_name(COUNTY) == "通江"
    assert Division.objects.get(code=COUNTY).sort_key == "tong1jiang1"


def test_a_text_that_is_no_code_is_refused_and_nothing_is_loaded() -> None:
    with pytest.raises(DivisionCodeInvalid):
        load_divisions(rows=[("51", "四川省"), ("511", "?")])
    assert not Division.objects.exists()


def test_only_who_runs_the_system_loads_and_changes_divisions() -> None:
    with pytest.raises(AccessRefused):
        load_divisions(actor=officer(), rows=[("51", "四川省")])
    assert not Division.objects.exists()


@pytest.mark.usefixtures("places")
def test_names_and_paths() -> None:
    assert division_path(VILLAGE) == ("四川省", "巴中市", "通江县", "铁溪镇", "朱元村")
    assert division_name("") == "全国"
    assert division_name("519999") == "519999"


@pytest.mark.usefixtures("places")
def test_a_path_is_asked_for_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        division_path(VILLAGE)
        division_path(VILLAGE)
        division_name(COUNTY)


@pytest.mark.usefixtures("places")
def test_a_name_is_found_inside_a_place_when_it_is_the_only_one() -> None:
    found = find_division("朱元村", inside=COUNTY)
    assert found is not None
    assert found.code == VILLAGE
    assert find_division("朱元村", inside="511922") is None
    load_divisions(rows=[("511921104", "某镇"), ("511921104201", "朱元村")])
    assert find_division("朱元村", inside=COUNTY) is None


@pytest.mark.usefixtures("places")
def test_a_renamed_division_keeps_its_old_name_for_the_days_before() -> None:
    rename_division(actor=SYSTEM, code=VILLAGE, name="朱元新村", day=DAY, source="民政公告")
    assert division_name(VILLAGE, BEFORE) == "朱元村"
    assert division_name(VILLAGE, DAY) == "朱元新村"
    assert find_successors(VILLAGE, AFTER) == [VILLAGE]
    assert len(list_children("511921103", BEFORE)) == len(list_children("511921103", DAY)) == 2


@pytest.mark.usefixtures("places")
def test_merged_villages_end_and_point_to_what_took_over() -> None:
    ending = [VILLAGE, "511921103202"]
    merge_divisions(
        actor=SYSTEM, codes=ending, into="511921103299", name="朱红村", day=DAY, source="民政公告"
    )
    assert [node.code for node in list_children("511921103", BEFORE)] == ending
    assert [node.code for node in list_children("511921103", DAY)] == ["511921103299"]
    assert find_successors(VILLAGE, AFTER) == ["511921103299"]
    assert find_successors(VILLAGE, BEFORE) == [VILLAGE]
    assert list_villages(COUNTY, BEFORE) == set(ending)
    assert list_villages(COUNTY, DAY) == {"511921103299"}


@pytest.mark.usefixtures("places")
def test_a_township_is_merged_with_everything_in_it_or_not_at_all() -> None:
    load_divisions(rows=[("511921104", "沙溪镇")])
    wrong = {
        "actor": SYSTEM, "codes": ["511921103"], "into": "511921104", "name": "沙溪镇",
        "day": DAY, "source": "民政公告",
    }  # fmt: skip
    with pytest.raises(Refused) as refusal:
        merge_divisions(**wrong, moved={VILLAGE: "511921104201"})
    assert refusal.value.problems[0].values == {"code": "511921103202"}
    moved = {VILLAGE: "511921104201", "511921103202": "511921104202"}
    merge_divisions(**wrong, moved=moved)
    assert [node.name for node in list_children("511921104", DAY)] == ["朱元村", "红云村"]
    assert list_children("511921103", DAY) == []
    assert find_successors(VILLAGE, DAY) == ["511921104201"]


@pytest.mark.usefixtures("places")
def test_successors_are_followed_through_several_changes() -> None:
    for old, new, day in (
        (VILLAGE, "511921103301", DAY),
        ("511921103301", "511921103302", date(2026, 8, 1)),
    ):
        merge_divisions(actor=SYSTEM, codes=[old], into=new, name="村", day=day, source="公告")
    assert find_successors(VILLAGE, DAY) == ["511921103301"]
    assert find_successors(VILLAGE, date(2026, 9, 1)) == ["511921103302"]
    assert find_successors("511921999", DAY) == []


@pytest.fixture(scope="module")
def big_tree() -> list[tuple[object, ...]]:
    """150,000 divisions: 1 province, 20 prefectures, 200 counties, 4,000 townships, villages."""
    rows = []

    def add(code: str, level: int, parent: str) -> None:
        key, name = f"k{code}", f"地方{code}"
        rows.append((new_id(), code, name, level, parent, key, BEGINNING, None, "made up"))

    add("60", 2, "")
    for city in range(20):
        add(f"60{city:02d}", 4, "60")
        for county in range(10):
            place = f"60{city:02d}{county:02d}"
            add(place, 6, place[:4])
            for township in range(20):
                town = f"{place}{township:03d}"
                add(town, 9, place)
                for village in range(37 if len(rows) < 150_000 else 0):
                    add(f"{town}{village:03d}", 12, town)
    return rows[:150_000]


def test_a_tree_of_150_000_is_read_level_by_level(
    big_tree: list[tuple[object, ...]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    columns = (
        *("id", "code", "name", "level", "parent_code", "sort_key"),
        *("valid_from", "valid_to", "source"),
    )
    assert insert_rows(Division, columns, big_tree) == 150_000
    for code, width in (("", 1), ("60", 20), ("6007", 10), ("600703", 20), ("600703005", 37)):
        with django_assert_num_queries(1):
            nodes = list_children(code, DAY)
        assert len(nodes) == width
        assert {node.has_children for node in nodes} == {len(code) < 9}
        assert [node.code for node in nodes] == sorted(node.code for node in nodes)


@pytest.mark.usefixtures("places")
def test_listing_children_reads_by_the_index_of_the_parent() -> None:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        list_children(COUNTY, DAY)
    plan = Division.objects.filter(parent_code=COUNTY).explain()
    assert len(captured) == 1
    assert "division_children" in plan or connection.vendor == "postgresql"
