"""The pages of meetings: call, tick off, count votes, close, hand on."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.meetings.api import Meeting, close_meeting, decided_on, record_votes
from bangfu.meetings.models import AgendaItem
from meetings.making import Desk, matters_of, meet, votes
from registry.making import VILLAGE
from registry.web_making import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.accounts.api import Person

    Browser = Callable[[str], Client]
    Office = Callable[[str], Actor]

pytestmark = pytest.mark.django_db

CALL = {
    "village": VILLAGE, "kind": "representatives", "held_on": "2026-11-20", "held_at": "09:30",
    "place": "村委会会议室", "chair": "岳鹏", "recorder": "蒲艳", "eligible": "30",
}  # fmt: skip


@pytest.fixture
def browser(people: dict[str, Person], desk: Desk) -> Browser:
    """A browser in which somebody has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return signed_in


def address(meeting: Meeting, name: str = "meeting", *more: Any) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def ticked(present: int, absent: int = 0) -> dict[str, Any]:
    """A form of attendance as the page sends it."""
    every = present + absent
    return {
        "name": [f"代表{n}" for n in range(every)],
        "group": [""] * every,
        "role": ["representative"] * every,
        "signed": [str(n) for n in range(present)],
    }


def counted(item: AgendaItem, in_favour: object, against: object, abstained: object) -> Any:
    values = {"for": in_favour, "against": against, "abstained": abstained}
    return {f"{name}-{item.pk}": value for name, value in values.items()}


def test_a_village_calls_holds_and_closes_a_meeting_by_its_pages(
    browser: Browser, desk: Desk
) -> None:
    client = browser("villager")
    first, second = desk.wait("张三 户"), desk.wait("李四 户")
    assert "2 件等民主评议，在 1 个村" in words(client.get("/meetings/"))
    assert "朱元村：通知开会，2 件等评议" in words(client.get("/meetings/plan/"))

    page = client.post("/meetings/plan/", {**CALL, "pick": [first, second]}, follow=True)
    meeting = Meeting.objects.get()
    assert "朱元村 · 村民代表会议：还差 20 人才能表决" in words(page)
    assert "须到 20 人，还差 20 人" in words(page)

    names = "\n".join(f"代表{n} {n} 组" for n in range(22))
    added = {"add": names, "add_role": "representative", "add_signed": "1", "eligible": "31"}
    page = client.post(address(meeting, "attendance"), added, follow=True)
    assert "应到 31 人，实到 22 人" in words(page)
    assert "须到 21 人，够了" in words(page)
    assert "还有 2 件没有表决" in words(page)

    one, two = AgendaItem.objects.order_by("position")
    typed = {**counted(one, 20, 1, 1), **counted(two, 11, 11, ""), f"remark-{one.pk}": "确有困难"}
    page = client.post(address(meeting, "votes"), typed, follow=True)
    assert "合计 22 票，过半数，通过" in words(page)
    assert "合计 22 票，没有过半数，不通过" in words(page)
    assert "2 件都表决了，可以结束会议" in words(page)

    meeting.refresh_from_db()
    page = client.post(address(meeting, "close"), {"seen": 0}, follow=True)
    assert "朱元村 · 村民代表会议：评议 2 件，通过 1 件" in words(page)
    assert "2 件已有结果，还没有转到下一步" in words(page)
    assert "保存票数" not in words(page)
    page = client.post(address(meeting, "results"), follow=True)
    assert "2 件的结果已经转出" in words(page)
    assert desk.results[first].minutes


def test_the_minutes_are_a_draft_until_the_meeting_is_closed(
    browser: Browser, office: Office, desk: Desk
) -> None:
    meeting = meet(office("villager"), desk, present=20)
    client = browser("villager")
    assert client.get(address(meeting, "minutes")).content.startswith(b"%PDF")
    client.post(address(meeting, "votes"), counted(meeting.items.get(), 20, 0, 0))
    client.post(address(meeting, "close"), {"seen": 0})
    minutes = client.get(address(meeting, "minutes"))
    assert b"".join(minutes.streaming_content).startswith(b"%PDF")
    assert "评议 1 件，通过 1 件" in words(client.get(f"/villages/{VILLAGE}/"))


def test_what_is_refused_comes_back_with_its_reason_and_all_that_was_typed(
    browser: Browser, office: Office, desk: Desk
) -> None:
    meeting = meet(office("villager"), desk, present=20)
    item = meeting.items.get()
    client = browser("villager")
    page = client.post(address(meeting, "votes"), counted(item, 17, 1, 1))
    assert page.status_code == 409
    assert "农户0 户：同意、反对、弃权合计 19 票，到会 20 人" in words(page)
    assert 'value="17"' in page.content.decode()
    page = client.post(address(meeting, "votes"), counted(item, "二十", 0, 0))
    assert "有的票数不是整数" in words(page)
    assert 'value="二十"' in page.content.decode()
    page = client.post(address(meeting, "close"), {"seen": 0})
    assert page.status_code == 409
    assert "有的件还没有表决" in words(page)
    page = client.post(address(meeting, "attendance"), ticked(31))
    assert "名单上有 31 人，应到只有 30 人" in words(page)
    page = client.post(address(meeting, "call_off"), {"note": " "})
    assert page.status_code == 409
    item.refresh_from_db()
    assert item.in_favour is None


def test_votes_without_a_quorum_are_refused_with_the_law(
    browser: Browser, office: Office, desk: Desk
) -> None:
    meeting = meet(office("villager"), desk, present=19)
    page = browser("villager").post(
        address(meeting, "votes"), counted(meeting.items.get(), 19, 0, 0)
    )
    assert "应到 30 人，实到 19 人，不到 20 人不能表决（《村民委员会组织法》第二十六条）" in words(
        page
    )


def test_ticks_and_votes_are_summed_while_they_are_made_and_nothing_is_written(
    browser: Browser, office: Office, desk: Desk
) -> None:
    meeting = meet(office("villager"), desk, present=20)
    item = meeting.items.get()
    client = browser("villager")
    page = client.post(address(meeting, "tally"), ticked(25, absent=5))
    assert "应到 30 人，实到 25 人" in words(page)
    form = {**counted(item, 12, 3, ""), "item": [str(item.pk)]}
    assert "合计 15 票，还差 5 票" in words(client.post(address(meeting, "tally"), form))
    form = {**counted(item, 12, 9, 2), "item": [str(item.pk)]}
    assert "合计 23 票，多了 3 票" in words(client.post(address(meeting, "tally"), form))
    item.refresh_from_db()
    assert (meeting.attendees.filter(signed=True).count(), item.in_favour) == (20, None)


def test_somebody_is_taken_off_the_list_and_everybody_ticked_at_once(
    browser: Browser, office: Office, desk: Desk
) -> None:
    meeting = meet(office("villager"), desk, present=20)
    client = browser("villager")
    client.post(
        address(meeting, "attendance"), {**ticked(0, absent=23), "drop": ["0", "22"], "all": "1"}
    )
    names = list(meeting.attendees.filter(signed=True).order_by("position"))
    assert [each.name for each in names] == [f"代表{n}" for n in range(1, 22)]


def test_an_item_is_added_taken_off_and_votes_taken_back(
    browser: Browser, office: Office, desk: Desk
) -> None:
    meeting = meet(office("villager"), desk, present=20)
    client = browser("villager")
    other = desk.wait("李四 户")
    page = client.get(address(meeting))
    assert "还有 1 件等这个村评议" in words(page)
    client.post(address(meeting, "agenda"), {"pick": [str(other), "nonsense"]})
    assert meeting.items.count() == 2
    first, second = meeting.items.order_by("position")
    client.post(
        address(meeting, "votes"), {**counted(first, 20, 0, 0), **counted(second, 1, 19, 0)}
    )
    client.post(
        address(meeting, "votes"), {**counted(first, 20, 0, 0), **counted(second, "", "", "")}
    )
    second.refresh_from_db()
    assert second.in_favour is None
    client.post(address(meeting, "remove", second.pk))
    assert list(meeting.items.all()) == [first]


def test_the_call_is_changed_before_the_close(browser: Browser, office: Office, desk: Desk) -> None:
    meeting = meet(office("villager"), desk, present=20)
    client = browser("villager")
    assert 'value="村委会会议室"' in client.get(address(meeting, "change")).content.decode()
    page = client.post(
        address(meeting, "change"), {**CALL, "place": "二组院坝", "eligible": "29"}, follow=True
    )
    assert "二组院坝" in words(page)
    assert "应到 29 人" in words(page)
    page = client.post(address(meeting, "change"), {**CALL, "held_on": "2026-11-19"})
    assert page.status_code == 409
    page = client.post(address(meeting, "change"), {**CALL, "held_on": "明天"})
    assert "不是一个日期" in words(page)


def test_a_paper_is_kept_and_read_by_who_may_see_the_meeting(
    browser: Browser, office: Office, desk: Desk
) -> None:
    meeting = meet(office("villager"), desk, present=20)
    scan = BytesIO(b"%PDF-1.4 scan")
    scan.name = "签到表.pdf"
    page = browser("villager").post(
        address(meeting, "papers"), {"kind": "signatures", "file": scan}, follow=True
    )
    assert "签到表.pdf" in words(page)
    file_id = meeting.papers.get().file_id
    read = browser("reviewer").get(address(meeting, "paper", file_id))
    assert b"".join(read.streaming_content) == b"%PDF-1.4 scan"
    assert browser("neighbour").get(address(meeting, "paper", file_id)).status_code == 404
    refused = browser("officer").post(address(meeting, "papers"), {"kind": "photo"})
    assert refused.status_code == 403


def test_a_stranger_finds_nothing_and_a_reader_changes_nothing(
    browser: Browser, office: Office, desk: Desk
) -> None:
    meeting = meet(office("villager"), desk, present=20)
    for name in ("stranger", "neighbour"):
        assert browser(name).get(address(meeting)).status_code == 404
        assert browser(name).get(address(meeting, "minutes")).status_code == 404
    assert browser("neighbour").post(address(meeting, "attendance"), ticked(3)).status_code == 404
    officer = browser("officer")
    page = officer.get(address(meeting))
    assert page.status_code == 200
    assert "保存到会" not in words(page)
    assert officer.post(address(meeting, "attendance"), ticked(3)).status_code == 403
    assert officer.get("/meetings/plan/").status_code == 403
    assert (
        browser("neighbour").get(f"/meetings/plan/?village={VILLAGE}").context["village"] != VILLAGE
    )


def test_the_home_page_tells_a_village_what_waits(
    browser: Browser, office: Office, desk: Desk
) -> None:
    desk.wait("张三 户")
    desk.wait("李四 户")
    page = words(browser("villager").get("/"))
    assert "通知开会，2 件等评议" in page
    assert "民主评议" not in words(browser("officer").get("/"))


def test_the_list_shows_counts_and_is_exported(
    browser: Browser, office: Office, desk: Desk
) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, present=21)
    (matter,) = matters_of(meeting)
    record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(21)})
    close_meeting(actor=chair, meeting_id=meeting.pk)
    assert decided_on([matter])[matter].passed
    page = browser("officer").get("/meetings/?state=closed&sort=-present&cols=day&cols=chair")
    assert re.search(r"2026-11-20\s+岳鹏", words(page))
    assert "没有符合筛选的" in words(browser("officer").get("/meetings/?kind=assembly"))
    sheet = browser("officer").get("/meetings/?export=xlsx")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    assert browser("villager").get("/meetings/?export=xlsx").status_code == 403
