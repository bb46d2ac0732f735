"""The list of households and the tree of divisions: what they say, to whom, and what they keep."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bangfu.foundation.audit.api import AuditEvent
from bangfu.registry.api import count_households
from bangfu.registry.queries.subjects import count_places
from registry.making import OTHER_VILLAGE, bring, household, member
from registry.making import officer as by_rows
from registry.web_making import signed_in, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from support.people import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

LIST = reverse("registry:households")


@pytest.fixture
def register() -> None:
    """Three households in two villages of the county."""
    bring(
        household("H1", member("H1", "1", name="李春秀"), member("H1", "2", relation="son")),
        household(
            "H2",
            member("H2", "1", name="王大贵"),
            housing_grade="D",
            village_code=OTHER_VILLAGE,
        ),
        household("H3", member("H3", "1", name="陈玉梅"), housing_grade=None),
    )


@pytest.fixture
def officer(worker: Callable[[str], Worker], register: None) -> Client:
    return signed_in(worker("officer"))


def test_the_title_is_the_answer(officer: Client) -> None:
    text = words(officer.get(LIST))
    assert "通江县 3 户、4 人" in text
    assert all(name in text for name in ("李春秀 户", "王大贵 户", "陈玉梅 户"))
    assert "铁溪镇 朱元村" in text


def test_filters_narrow_the_list_and_the_title_says_so(officer: Client) -> None:
    text = words(officer.get(LIST, {"housing_grade": "D"}))
    assert "通江县筛出 1 户、1 人" in text
    assert "王大贵 户" in text
    assert "李春秀 户" not in text


def test_a_place_narrows_the_list_to_what_lies_in_it(officer: Client) -> None:
    text = words(officer.get(LIST, {"division": OTHER_VILLAGE}))
    assert "红云村 1 户、1 人" in text
    assert "李春秀 户" not in text


def test_nonsense_in_the_address_is_no_error(officer: Client) -> None:
    answer = officer.get(LIST, {"division": "x1", "housing_grade": "Z", "water_safe": "maybe"})
    assert answer.status_code == 200


@pytest.mark.parametrize("typed", ["陈玉", "H3", " 陈玉梅 "])
def test_the_search_box_finds_by_name_and_number(officer: Client, typed: str) -> None:
    text = words(officer.get(LIST, {"q": typed}))
    assert "1 户、1 人" in text
    assert "陈玉梅 户" in text


def test_what_is_unknown_is_said_and_is_no_grade(officer: Client) -> None:
    page = officer.get(LIST, {"q": "H3"})
    assert "缺数据" in words(page)
    assert 'class="status unknown"' in page.content.decode()
    for grade in "ABCD":
        assert "陈玉梅 户" not in words(officer.get(LIST, {"housing_grade": grade}))


def test_the_order_turns_round(officer: Client) -> None:
    names = ["陈玉梅", "李春秀", "王大贵"]
    text = words(officer.get(LIST, {"sort": "name"}))
    back = words(officer.get(LIST, {"sort": "-name"}))
    assert sorted(names, key=text.index) == names
    assert sorted(names, key=back.index) == names[::-1]


def test_a_villager_sees_one_village(worker: Callable[[str], Worker], register: None) -> None:
    client = signed_in(worker("villager"))
    text = words(client.get(LIST))
    assert "朱元村 2 户、3 人" in text
    assert "王大贵" not in text
    assert "王大贵" not in words(client.get(LIST, {"division": OTHER_VILLAGE}))
    assert "王大贵" not in words(client.get(LIST, {"q": "王大贵"})).replace("王大贵 ×", "")


def test_a_visitor_signs_in_first_and_an_auditor_is_told_why_not(
    client: Client, worker: Callable[[str], Worker]
) -> None:
    assert client.get(LIST).status_code == 302
    answer = signed_in(worker("auditor")).get(LIST)
    assert answer.status_code == 403
    assert "查看农户" in words(answer)


def test_the_list_is_one_row_of_the_audit_with_the_ids_it_showed(officer: Client) -> None:
    officer.get(LIST, {"housing_grade": "D"})
    (row,) = AuditEvent.objects.filter(kind="listed", subject_type="household")
    assert row.count == 1


def test_the_whole_list_is_exported_with_its_columns(officer: Client) -> None:
    answer = officer.get(LIST, {"export": "xlsx", "cols": ["number", "size"], "sort": "name"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    start = rows.index(("户主", "户编号", "人口"))
    assert rows[start + 1 :] == [("陈玉梅", "H3", 1), ("李春秀", "H1", 2), ("王大贵", "H2", 1)]
    row = AuditEvent.objects.get(kind="listed", subject_type="household")
    assert row.count == 3


def test_who_may_not_export_gets_the_reason(
    worker: Callable[[str], Worker], register: None
) -> None:
    client = signed_in(worker("villager"))
    assert "导出 Excel" not in words(client.get(LIST))
    answer = client.get(LIST, {"export": "xlsx"})
    assert answer.status_code == 403
    assert AuditEvent.objects.filter(kind="refused").count() == 1


def test_the_search_of_the_frame_finds_households(officer: Client) -> None:
    text = words(officer.get(reverse("shell:search"), {"q": "王大贵"}))
    assert "王大贵 户" in text
    assert "铁溪镇 红云村 · 1 人 · 脱贫户" in text


def test_the_foot_says_how_fresh_the_register_is(officer: Client) -> None:
    page = officer.get(LIST).content.decode()
    assert "登记数据截至 2026-11-01，2026-11-20 09:00 导入" in page


def test_the_foot_says_nothing_of_elsewhere(worker: Callable[[str], Worker]) -> None:
    client = signed_in(worker("officer"))
    assert "登记数据截至" not in client.get(LIST).content.decode()


def test_the_quick_count_is_the_count_of_people(register: None) -> None:
    for place in ("", "511921", "511921103", OTHER_VILLAGE):
        assert count_places(by_rows(), place) == count_households(by_rows(), place)
