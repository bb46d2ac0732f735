"""The pages of resident duty: sign in, ask for leave, decide, a month's list, recall, gaps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from bangfu.attendance.api import Leave, Recall, SignIn, record_presence
from bangfu.foundation.access.api import system_actor
from bangfu.places.api import load_tags
from bangfu.teams.api import DutyRow, PersonRow, load_duties
from places.making import tag
from registry.making import COUNTY, OTHER_VILLAGE, VILLAGE
from registry.web_making import words
from teams.teams_making import BUREAU, START

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.accounts.api import Person
    from bangfu.teams.api import Duty

    Browser = Callable[[str], Client]
    Office = Callable[[str], Actor]
    Duties = Callable[[str], Duty]

pytestmark = pytest.mark.django_db

WISH = {
    "division": VILLAGE, "kind": "sick", "first_day": "2026-11-23", "last_day": "2026-11-24",
    "words": "去县医院复查",
}  # fmt: skip


@pytest.fixture
def browser(people: dict[str, Person]) -> Browser:
    """A browser in which somebody has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return signed_in


def ask(client: Client, **changes: str) -> Any:
    return client.post("/attendance/leaves/ask/", {**WISH, **changes}, follow=True)


def test_an_official_signs_in_with_one_tap_and_writes_the_day(browser: Browser) -> None:
    client = browser("secretary")
    assert "今天还没有签到" in words(client.get("/"))
    page = client.get("/attendance/", follow=True)
    assert "朱元村：今天还没有签到，本月 0 天" in words(page)
    page = client.post("/attendance/sign/", {"division": VILLAGE}, follow=True)
    assert "朱元村：今天已签到，本月 1 天" in words(page)
    page = client.post(
        "/attendance/sign/", {"division": VILLAGE, "note": "走访三户，修水管"}, follow=True
    )
    assert "走访三户，修水管" in words(page)
    assert "本月 1 天" in words(page)
    row = SignIn.objects.get()
    assert "水管".encode() not in bytes(row.note_sealed or b"")
    assert "今天还没有签到" not in words(client.get("/"))
    assert client.post("/attendance/sign/", {"division": OTHER_VILLAGE}).status_code == 404
    assert browser("officer").post("/attendance/sign/").status_code == 403


def test_leave_is_asked_for_granted_and_counted(browser: Browser, duty: Duties) -> None:
    page = ask(browser("secretary"))
    assert "何磊请假 2 天：11-23 至 11-24" in words(page)
    assert "去县医院复查" in words(page)
    leave = Leave.objects.get()
    assert "医院".encode() not in bytes(leave.sealed)
    reviewer = browser("reviewer")
    assert "11-23 至 11-24，2 天" in words(reviewer.get("/"))
    assert "驻村请假：1 件待批准" in words(reviewer.get("/attendance/leaves/"))
    address = f"/attendance/leaves/{leave.pk}/move/"
    assert browser("stranger").post(address, {"move": "grant"}).status_code == 404
    page = browser("secretary").post(address, {"move": "grant"})
    assert page.status_code == 403
    page = reviewer.post(address, {"move": "refuse", "note": ""})
    assert page.status_code == 409
    page = reviewer.post(address, {"move": "grant", "seen": "0"}, follow=True)
    assert "已批准" in words(page)
    page = reviewer.post(address, {"move": "grant", "seen": "0"})
    assert page.status_code == 409
    found = words(reviewer.get(f"/attendance/officials/{duty('secretary').pk}/"))
    assert "请假 2 天" in found.replace("病假 2 天", "请假 2 天")


def test_a_long_leave_shows_the_township_why_it_cannot_grant(browser: Browser) -> None:
    ask(browser("secretary"), last_day="2026-11-27")
    leave = Leave.objects.get()
    page = words(browser("reviewer").get(f"/attendance/leaves/{leave.pk}/"))
    assert "超过乡镇可以批准的天数，由县级批准" in page
    assert "请假 3 天以内由乡镇批准" in page


def test_a_leave_that_cannot_be_keeps_what_was_typed(browser: Browser) -> None:
    client = browser("secretary")
    page = ask(client, first_day="2026-11-19")
    assert page.status_code == 409
    assert "2026-11-19 已经过了" in words(page)
    assert "去县医院复查" in page.content.decode()
    assert "不是一个日期" in words(ask(client, last_day="下周"))
    assert not Leave.objects.exists()


def test_a_month_is_listed_filtered_sorted_and_exported(
    browser: Browser, office: Office, duty: Duties
) -> None:
    for day in range(1, 21):
        record_presence(
            actor=office("officer"), division=VILLAGE, day=date(2026, 11, day),
            cadre_ids=[duty("secretary").cadre_id],
        )  # fmt: skip
    officer = browser("officer")
    page = officer.get("/attendance/?sort=-present")
    text = words(page)
    assert "驻村干部 3 人次，今天到村 1 人" in text
    assert text.index("何磊") < text.index("苟勇")
    short = words(officer.get("/attendance/?result=short"))
    assert "何磊" not in short
    assert "苟勇" in short
    assert "何磊" in words(officer.get("/attendance/?result=full&role=first_secretary"))
    assert "共 1 条" in words(officer.get(f"/attendance/?place={OTHER_VILLAGE}"))
    assert "2026 年 10 月：驻村干部 3 人次，3 人天数不够" in words(
        officer.get("/attendance/?month=2026-10")
    )
    sheet = officer.get("/attendance/?export=xlsx")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    assert browser("reviewer").get("/attendance/?export=xlsx").status_code == 403
    assert "共 0 条" in words(browser("stranger").get("/attendance/?result="))


def test_one_officials_month_shows_every_day(
    browser: Browser, office: Office, duty: Duties
) -> None:
    mine = duty("secretary")
    record_presence(
        actor=office("officer"), division=VILLAGE, day=date(2026, 11, 2), cadre_ids=[mine.cadre_id]
    )
    address = f"/attendance/officials/{mine.pk}/"
    page = browser("reviewer").get(address)
    assert "何磊：2026 年 11 月到村 1 天" in words(page)
    assert 'class="visit"' in page.content.decode()
    assert "何磊：2026 年 10 月到村 0 天，缺 20 天" in words(
        browser("reviewer").get(f"{address}?month=2026-10")
    )
    assert browser("stranger").get(address).status_code == 404
    assert browser("neighbour").get(address).status_code == 404
    assert "召回" not in words(browser("supervisor").get(address))
    assert "本月到村" in words(browser("reviewer").get(f"/villages/{VILLAGE}/"))


def test_a_recall_is_written_with_its_reason_and_waits_for_a_successor(
    browser: Browser, duty: Duties
) -> None:
    address = f"/attendance/officials/{duty('secretary').pk}/recall/"
    officer = browser("officer")
    assert "召回朱元村第一书记何磊" in words(officer.get(address))
    page = officer.post(address, {"day": "2026-11-21", "words": "长期不在村"})
    assert "这一天还没有到" in words(page)
    page = officer.post(address, {"day": "2026-11-20", "words": "长期不在村"}, follow=True)
    assert "由周敏召回" in words(page)
    assert "长期不在村" in words(page)
    assert Recall.objects.get().replace_by == date(2026, 12, 20)
    assert "11-20 召回，还没有补派" in words(browser("reviewer").get("/"))
    assert "2026-12-20" in words(officer.get("/attendance/gaps/"))
    assert browser("secretary").get(address).status_code == 403
    assert browser("stranger").get(address).status_code == 404
    again = officer.post(address, {"day": "2026-11-20", "words": "长期不在村"})
    assert again.status_code == 409


def test_villages_without_a_team_are_listed(browser: Browser) -> None:
    system = system_actor("tests")
    page = words(browser("officer").get("/attendance/gaps/"))
    assert "每个村都有驻村干部，1 个村没有第一书记" in page
    assert "红云村" in page
    assert "朱元村" not in page
    load_duties(
        actor=system,
        division=COUNTY,
        rows=[
            DutyRow(PersonRow("谢勇", organisation=BUREAU), "education_team", COUNTY, START),
            DutyRow(PersonRow("蒲艳", organisation=BUREAU), "team_member", OTHER_VILLAGE, START,
                    date(2026, 11, 1), "transferred"),
        ],
    )  # fmt: skip
    page = words(browser("officer").get("/attendance/gaps/"))
    assert "1 个村没有驻村工作队" in page
    assert "还没有登记贫困村名单" in page, "not known is not none"
    assert "2026-11-01" in page
    assert "教育组团帮扶队员 1 人" in page
    assert "1 个有农户的村没有驻村工作队" in words(browser("officer").get("/attendance/"))
    assert "没有符合筛选的" in words(browser("officer").get("/attendance/gaps/?kind=poor"))
    load_tags(actor=system, rows=[tag(OTHER_VILLAGE, kind="poor_village", name="红云村")])
    page = words(browser("officer").get("/attendance/gaps/?kind=poor"))
    assert "1 个村没有驻村工作队，其中贫困村 1 个" in page
    sheet = browser("officer").get("/attendance/gaps/?export=xlsx")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    assert browser("reviewer").get("/attendance/gaps/?export=xlsx").status_code == 403
