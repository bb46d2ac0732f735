"""The list of doubtful data and the page of durations, as people see them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from bangfu.cases.services.quality import look_through
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.audit.models import AuditEvent
from cases.monitoring_making import comfortable, monitor, on, walk
from cases.monitoring_village import demo_home, pack, places, village

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cases.monitoring_making import Village

__all__ = ["demo_home", "pack", "places", "village"]

DAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def evening(village: Village) -> Iterator[None]:
    """It is the day after."""
    with on(DAY + timedelta(days=30)):
        yield


def client_of(village: Village, name: str) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(village.people[name])
    return client


def words(answer: Any) -> str:
    """What a page says."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def doubted(village: Village) -> None:
    """Two households without safe water, one of them in another village."""
    comfortable("H1", water_safe=False)
    comfortable("H2", water_safe=False, village_code="511921103202")
    look_through(actor=system_actor("cases"), county="511921")


def test_the_list_says_what_is_doubtful_why_and_what_to_do(village: Village) -> None:
    doubted(village)
    page = words(client_of(village, "officer").get("/cases/quality/"))
    assert "疑点数据 2 条，涉及 2 户" in page
    assert "饮水不安全：是" in page
    assert "入户核实，情况属实的按程序识别" in page
    assert "不满足就不能消除" in page
    kept = AuditEvent.objects.filter(action="doubt.listed").latest("at")
    assert kept.count == 2


def test_a_villager_sees_the_own_village_alone(village: Village) -> None:
    doubted(village)
    page = words(client_of(village, "villager").get("/cases/quality/"))
    assert "疑点数据 1 条，涉及 1 户" in page
    assert "红云村" not in page
    assert client_of(village, "stranger").get("/cases/quality/").status_code == 200


@pytest.mark.parametrize(
    ("query", "number"),
    [("rule=DQ18", 2), ("rule=DQ26", 0), ("kind=case", 0), ("kind=register", 2),
     ("place=511921103", 2), ("q=H2", 1), ("sort=-since", 2), ("sort=nonsense", 2)],
)  # fmt: skip
def test_the_list_can_be_narrowed(village: Village, query: str, number: int) -> None:
    doubted(village)
    answer = client_of(village, "officer").get(f"/cases/quality/?{query}")
    assert answer.content.decode().count("data-open") == number


def test_the_list_can_be_exported_by_who_may(village: Village) -> None:
    doubted(village)
    answer = client_of(village, "officer").get("/cases/quality/?export=xlsx")
    sheet = load_workbook(BytesIO(answer.getvalue())).worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert sum("DQ18" in cell for cell in cells) == 2
    assert client_of(village, "villager").get("/cases/quality/?export=xlsx").status_code == 403


def test_nothing_doubtful_is_said(village: Village) -> None:
    assert "没有疑点数据" in words(client_of(village, "officer").get("/cases/quality/"))


def test_durations_are_told_of_enough_cases(village: Village) -> None:
    for order in range(5):
        walk(village, monitor(village, comfortable(f"H{order}")), DAY)
    page = words(client_of(village, "officer").get("/cases/durations/"))
    assert "从认定到风险消除，一半在" in page
    assert "风险消除公示中 5 4 4" in page
    answer = client_of(village, "officer").get("/cases/durations/?export=xlsx")
    assert load_workbook(BytesIO(answer.getvalue())).worksheets
    none = words(client_of(village, "officer").get("/cases/durations/?risk=illness"))
    assert "还没有走完的步骤" in none
    assert client_of(village, "villager").get("/cases/durations/?export=xlsx").status_code == 403


def test_few_cases_are_not_told(village: Village) -> None:
    walk(village, monitor(village, comfortable()), DAY)
    page = words(client_of(village, "officer").get("/cases/durations/"))
    assert "少于 5 件，不显示" in page
    for query in ("place=nonsense", "place=511922", "period=never"):
        assert client_of(village, "officer").get(f"/cases/durations/?{query}").status_code == 200


def test_the_households_story_leads_to_what_each_decision_saw(village: Village) -> None:
    home = comfortable()
    case = monitor(village, home)
    walk(village, case, DAY)
    answer = client_of(village, "officer").get(f"/households/{home.pk}/")
    page = words(answer)
    assert "时间线" in page
    assert "风险消除时间： – → 2026-" in page or "风险消除时间：– → 2026-" in page
    assert "公告并标注消除" in page
    number = case.matter.moves.get(move="approve").number
    assert f"/cases/{case.pk}/moves/{number}/" in answer.content.decode()


def test_the_home_page_brings_what_no_due_day_tells_of(village: Village) -> None:
    doubted(village)
    page = words(client_of(village, "villager").get("/"))
    assert "疑点数据" in page
