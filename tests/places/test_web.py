"""The pages of places: what they say, to whom, and that figures add up."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.ui.panels import Panel
from bangfu.places import counting
from bangfu.places.api import load_tags, load_village_records
from bangfu.places.counting import PlaceCount, register_count
from bangfu.places.models import AreaTag, PlacesSheet, VillageRecord
from bangfu.registry.api import merge_divisions
from places.making import keeper, record, tag, tag_sheet
from registry.making import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, bring, household, member
from registry.web_making import signed_in, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from support.people import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

TREE, TAGS = reverse("places:tree"), reverse("places:tags")
TOWNSHIP = VILLAGE[:9]


@pytest.fixture
def register(places: None) -> None:
    """Three households in two villages, one monitored, one living in the other village."""
    bring(
        household("H1", member("H1", "1"), member("H1", "2", relation="son"), living_code=VILLAGE),
        household("H2", village_code=OTHER_VILLAGE, living_code=VILLAGE),
        household("H3", monitoring_category="prevention"),
    )


@pytest.fixture
def officer(worker: Callable[[str], Worker], register: None) -> Client:
    return signed_in(worker("officer"))


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What higher rooms bring is theirs to test."""
    monkeypatch.setattr(counting, "_counts", {})
    monkeypatch.setattr("bangfu.places.web.village.panels_for", lambda place, request, subject: [])


@pytest.fixture
def counts(alone: None) -> None:
    """Another room counts clues: one in each village, open and due today."""

    def by_place(actor: object, division: str, width: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for village in (VILLAGE, OTHER_VILLAGE):
            if village.startswith(division):
                found[village[:width]] = found.get(village[:width], 0) + 1
        return found

    register_count(PlaceCount("open", 1, "%(n)s 条线索", "cases.read", by_place))
    register_count(PlaceCount("due", 1, "%(n)s 条线索今天到期", "cases.read", by_place, today=True))


@pytest.mark.usefixtures("counts")
def test_the_tree_adds_up_and_says_what_it_counts_by(officer: Client) -> None:
    text = words(officer.get(TREE))
    assert "通江县 3 户、4 人，监测 1 户" in text
    assert "按登记地数" in text
    assert "铁溪镇 3 户 4 人 监测 1 户 2 条线索" in text
    assert text.endswith("合计 3 户 4 人 监测 1 户 2 条线索")


def test_by_living_unknown_is_said_and_not_in_the_sum(officer: Client) -> None:
    text = words(officer.get(reverse("places:branch", args=[TOWNSHIP]), {"by": "living"}))
    assert "铁溪镇 2 户、3 人，监测 0 户" in text
    assert "朱元村 2 户 3 人 监测 0 户 红云村 0 户 0 人" in text
    assert text.endswith("登记在这里，不知道住在哪里 1 户 1 人 监测 1 户")


def test_a_branch_answers_only_its_lines(officer: Client) -> None:
    part = officer.get(reverse("places:branch", args=[TOWNSHIP]), HTTP_HX_REQUEST="true")
    assert "<html" not in part.content.decode()
    assert words(part).startswith("朱元村 2 户 3 人 监测 1 户 红云村 1 户 1 人")


@pytest.mark.parametrize("code", [FAR_VILLAGE, "511922", "12345", "nowhere"])
def test_places_out_of_reach_are_not_there(officer: Client, code: str) -> None:
    assert officer.get(reverse("places:branch", args=[code])).status_code == 404
    assert officer.get(reverse("places:village", args=[code])).status_code == 404


def test_a_villager_sees_one_village(worker: Callable[[str], Worker], register: None) -> None:
    client = signed_in(worker("villager"))
    for page in (TREE, reverse("places:branch", args=[TOWNSHIP])):
        text = words(client.get(page))
        assert "朱元村 2 户 3 人" in text
        assert "红云村" not in text
    assert client.get(reverse("places:village", args=[OTHER_VILLAGE])).status_code == 404
    assert client.get(reverse("places:sheet_new")).status_code == 403


def test_a_count_is_a_row_of_the_audit_without_ids(officer: Client) -> None:
    before = AuditEvent.objects.count()
    officer.get(TREE)
    rows = list(AuditEvent.objects.order_by("at")[before:])
    assert {(row.kind, row.subject_ids in ("", "[]")) for row in rows} == {("counted", True)}


def test_the_tree_is_a_workbook(officer: Client) -> None:
    answer = officer.get(reverse("places:branch", args=[TOWNSHIP]), {"export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert [row[:5] for row in rows[1:]] == [
        (VILLAGE, "朱元村", 2, 3, 1),
        (OTHER_VILLAGE, "红云村", 1, 1, 0),
    ]


@pytest.mark.usefixtures("counts")
def test_the_title_of_a_village_is_the_answer(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Panel("places/figures.html", {"line": {"figures": ("网格长周敏",)}}, "side")
    monkeypatch.setattr(
        "bangfu.places.web.village.panels_for", lambda place, request, subject: [shown]
    )
    text = words(officer.get(reverse("places:village", args=[VILLAGE])))
    assert "朱元村 2 户，1 户在监测，1 条线索今天到期" in text
    assert "脱贫户 2 户" in text
    assert "还没有村情" in text
    assert "网格长周敏" in text


def test_a_village_shows_its_years_its_tags_and_the_standard(officer: Client) -> None:
    load_village_records(
        actor=keeper(),
        rows=[
            record(VILLAGE, 2024, collective_income=10_000_00, clinic=False),
            record(VILLAGE, 2025, collective_income=20_000_00, clinic=True, network=False),
        ],
    )
    load_tags(actor=keeper(), rows=[tag(), tag(VILLAGE, kind="poor_village", name="朱元村")])
    page = officer.get(reverse("places:village", args=[VILLAGE]))
    text = words(page)
    assert "村集体经济收入（元） 20,000.00 （与上一年不同） 10,000.00" in text
    assert "贫困村 2021-08-01 起" in text
    assert "国家乡村振兴重点帮扶县 通江县" in text
    assert "缺数据 贫困发生率：缺数据" in text
    assert "达标 卫生室：是" in text
    assert "未达标 通信网络：否" in text
    assert reverse("places:item", args=[VILLAGE, 2025, "clinic"]) in page.content.decode()


def test_an_item_is_corrected_with_its_source_and_reason(officer: Client) -> None:
    load_village_records(actor=keeper(), rows=[record(VILLAGE, collective_income=10_000_00)])
    page = reverse("places:item", args=[VILLAGE, 2025, "collective_income"])
    assert "现在是 10,000.00" in words(officer.get(page))
    told = {"value": "12000.5", "source": "村级账本", "day": "2026-11-02", "reason": "漏记"}
    refused = words(officer.post(page, {**told, "value": "一万"}))
    assert "最多两位小数" in refused
    answer = officer.post(page, told, follow=True)
    assert "已更正" in words(answer)
    assert VillageRecord.objects.get(current=True).collective_income == 12_000_50


def test_what_was_merged_shows_what_took_its_place(officer: Client) -> None:
    merge_divisions(
        actor=system_actor("tests"),
        codes=[VILLAGE, OTHER_VILLAGE],
        into=OTHER_VILLAGE,
        name="红云村",
        day=date(2026, 6, 1),
        source="民政公告",
    )
    page = officer.get(reverse("places:village", args=[VILLAGE]))
    assert "从 2026-06-01 起不再是一个村" in words(page)
    assert reverse("places:village", args=[OTHER_VILLAGE]) in page.content.decode()


def test_a_list_goes_through_the_pages_and_out_again_unchanged(officer: Client) -> None:
    file = SimpleUploadedFile("名单.xlsx", tag_sheet({"division": COUNTY}, {"name": "巴山县"}))
    sent = {"upload": file, "kind": "area_tag", "division": COUNTY}
    page = officer.post(reverse("places:sheet_new"), sent, follow=True)
    assert "可以写入 2 行" in words(page)
    assert "“巴山县”没有对上唯一的地方" in words(page)
    sheet = PlacesSheet.objects.get()
    done = officer.post(reverse("places:sheet_commit", args=[sheet.pk]), follow=True)
    assert "写入了 2 行" in words(done)
    assert AreaTag.objects.count() == 2
    out = officer.get(TAGS, {"export": "xlsx"})
    again = SimpleUploadedFile("导出.xlsx", out.content)
    page = officer.post(reverse("places:sheet_new"), {**sent, "upload": again}, follow=True)
    assert "可以写入 0 行" in words(page)
    assert PlacesSheet.objects.exclude(pk=sheet.pk).get().unchanged == 2


def test_records_go_out_and_in_again_unchanged(officer: Client) -> None:
    values = {"clinic": True, "network": False, "farmland": 1234_50, "leading_industry": "茶叶"}
    load_village_records(
        actor=keeper(), rows=[record(VILLAGE, **values), record(VILLAGE, 2024, groups=0)]
    )
    out = officer.get(reverse("places:villages"), {"export": "xlsx", "year": "all"})
    sent = {
        "upload": SimpleUploadedFile("导出.xlsx", out.content),
        "kind": "village_record",
        "division": COUNTY,
    }
    page = officer.post(reverse("places:sheet_new"), sent, follow=True)
    assert "可以写入 0 行" in words(page)
    sheet = PlacesSheet.objects.get()
    assert (sheet.new, sheet.changed, sheet.unchanged, sheet.refused) == (0, 0, 2, 0)


def test_the_list_of_villages_is_of_the_reader_s_places(
    officer: Client, worker: Callable[[str], Worker]
) -> None:
    load_village_records(
        actor=system_actor("tests"),
        rows=[record(each, 2025) for each in (VILLAGE, OTHER_VILLAGE, FAR_VILLAGE)],
    )
    load_village_records(actor=keeper(), rows=[record(VILLAGE, 2024)])
    assert "通江县村情 2 条" in words(officer.get(reverse("places:villages")))
    assert "村情 3 条" in words(officer.get(reverse("places:villages"), {"year": "all"}))
    text = words(signed_in(worker("villager")).get(reverse("places:villages")))
    assert "村情 1 条" in text
    assert "红云村" not in text


def test_the_comparison_says_how_many_kinds_differ(officer: Client) -> None:
    load_tags(actor=keeper(), rows=[tag()])
    text = words(officer.get(reverse("places:compare"), {"on": "2026-11-20"}))
    assert "2026-11-20：" in text
    assert "国家乡村振兴重点帮扶县 1 25 -24" in text
    assert "秦巴山区 0 没有公布数 – –" in text
    assert "不是一个日期" in words(officer.get(reverse("places:compare"), {"on": "x"}))
