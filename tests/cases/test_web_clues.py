"""The clue desk and one clue's page: words, moves, refusals, what it keeps in the audit."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from bangfu.cases.models import Clue
from bangfu.cases.web.detail import _MOVES
from bangfu.foundation.access.api import end_posting, system_actor
from bangfu.foundation.access.models import Posting
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.procedures.api import load_procedure
from screening.conftest import FRIDAY
from screening.register import VILLAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from cases.conftest import Office

Clues = dict[str, Clue]
DESK = reverse("cases:clues")


@pytest.fixture(autouse=True)
def friday(on_friday: None) -> Iterator[None]:
    """The desk as it stands on the day the clues came."""
    with using_clock(FixedClock(FRIDAY)):
        yield


def desk_of(office: Office, name: str) -> Client:
    """Somebody who has signed in."""
    client = Client()
    client.force_login(office.people[name])
    return client


def words(answer: HttpResponse) -> str:
    """The visible text, spaces evened out."""
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def page_of(clue: Clue) -> str:
    return reverse("cases:clue", args=[clue.pk])


def move(client: Client, clue: Clue, name: str, **form: str) -> HttpResponse:
    """Press a button of the page as it was shown."""
    seen = str(Clue.objects.select_related("matter").get(pk=clue.pk).matter.lock_version)
    address = reverse("cases:move", args=[clue.pk])
    return client.post(address, {"move": name, "seen": seen, **form})


def test_the_desk_says_how_many_and_why(clues: Clues, office: Office) -> None:
    answer = desk_of(office, "officer").get(DESK)
    text = words(answer)
    assert "在办线索 6 条" in text
    assert "未分派 6" in text
    assert all(f"{clue.household.head_name} 户" in text for clue in clues.values())
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert AuditEvent.objects.get(action="clue.listed").count == 6


def test_a_village_sees_its_own_clues_only(clues: Clues, office: Office) -> None:
    page = desk_of(office, "villager").get(DESK).content.decode()
    for clue in clues.values():
        assert (page_of(clue) in page) == (clue.division == VILLAGE)


def test_filters_and_views_narrow_the_desk(clues: Clues, office: Office) -> None:
    client = desk_of(office, "officer")
    risk = clues["poor"].risk
    inside = [clue for clue in clues.values() if clue.risk == risk]
    text = words(client.get(DESK, {"risk": risk}))
    assert f"共 {len(inside)} 条" in text
    assert "没有符合筛选的" in words(client.get(DESK, {"state": "verified"}))
    assert "没有符合筛选的" in words(client.get(DESK, {"due": "overdue"}))


def test_picked_clues_are_assigned_and_the_rest_say_why(clues: Clues, office: Office) -> None:
    client = desk_of(office, "officer")
    villager = office.people["villager"]
    picked = [str(clue.pk) for clue in clues.values()]
    form = {"pick": picked, "to": str(villager.pk), "back": f"{DESK}?sort=name"}
    answer = client.post(reverse("cases:assign"), form)
    assert answer.url == f"{DESK}?sort=name"
    text = words(client.get(DESK))
    inside = sum(clue.division == VILLAGE for clue in clues.values())
    assert f"已分派 {inside} 条，交给 岳鹏。" in text
    assert f"{6 - inside} 条没有分派：这个人没有这一户所在村的核实权限" in text
    assert Clue.objects.filter(assigned_to=villager).count() == inside


def test_going_back_stays_in_the_house(clues: Clues, office: Office) -> None:
    client = desk_of(office, "officer")
    form = {"pick": [str(clues["poor"].pk)], "to": "", "back": "//elsewhere.example/"}
    assert client.post(reverse("cases:assign"), form).url == DESK


def test_the_workbook_has_the_chosen_rows_and_says_who_took_it(
    clues: Clues, office: Office
) -> None:
    answer = desk_of(office, "officer").get(DESK, {"export": "xlsx", "risk": clues["poor"].risk})
    book = load_workbook(BytesIO(answer.content))
    names = {row[0].value for row in book.worksheets[0].iter_rows(min_row=2)}
    expected = {
        clue.household.head_name for clue in clues.values() if clue.risk == clues["poor"].risk
    }
    assert expected <= names
    about = [cell.value for row in book.worksheets[1].iter_rows() for cell in row]
    assert any("周敏" in str(value) for value in about)
    assert AuditEvent.objects.get(action="clue.exported").count == len(expected)


def test_a_clue_shows_its_reason_its_numbers_and_what_may_be_done(
    clues: Clues, office: Office
) -> None:
    text = words(desk_of(office, "officer").get(page_of(clues["poor"])))
    parts = clues["poor"].document["reason"]["zh"]
    assert re.sub(r"\s+", " ", "".join(part["text"] for part in parts)) in text
    assert "怎么算出来的" in text
    assert "分派核实" in text
    event = AuditEvent.objects.get(action="clue.opened")
    assert str(clues["poor"].household_id) in event.subject_ids


def test_a_clue_goes_from_assigned_to_confirmed(clues: Clues, office: Office) -> None:
    clue, villager = clues["poor"], office.people["villager"]
    assert move(desk_of(office, "officer"), clue, "assign", to=str(villager.pk)).status_code == 302
    hands = desk_of(office, "villager")
    answer = move(hands, clue, "verify", note="两人入户，情况属实。")
    assert answer.url == page_of(clue)
    text = words(hands.get(page_of(clue)))
    assert "核实属实 → 属实 · 岳鹏" in text
    assert "两人入户，情况属实。" in text


def test_what_was_typed_survives_a_refusal(clues: Clues, office: Office) -> None:
    clue = clues["poor"]
    officer = desk_of(office, "officer")
    answer = move(officer, clue, "dismiss", reason="not-on-the-list", note="查过了，没有风险。")
    assert answer.status_code == 409
    text = words(answer)
    assert "不纳入原因不在代码表里" in text
    assert "查过了，没有风险。" in text
    assert Clue.objects.get(pk=clue.pk).matter.state == "new"


def test_a_stale_page_is_told_who_was_first(clues: Clues, office: Office) -> None:
    clue = clues["poor"]
    seen = str(clue.matter.lock_version)
    first, second = desk_of(office, "officer"), desk_of(office, "other_officer")
    villager = str(office.people["villager"].pk)
    address = reverse("cases:move", args=[clue.pk])
    assert first.post(address, {"move": "assign", "seen": seen, "to": villager}).status_code == 302
    answer = second.post(address, {"move": "assign", "seen": seen, "to": villager})
    assert answer.status_code == 409
    assert "周敏" in words(answer)


def test_strangers_find_nothing(clues: Clues, office: Office) -> None:
    stranger = desk_of(office, "stranger")
    assert stranger.get(page_of(clues["poor"])).status_code == 404
    assert move(stranger, clues["poor"], "assign").status_code == 404
    form = {"pick": [str(clues["poor"].pk)], "to": ""}
    assert stranger.post(reverse("cases:assign"), form).status_code == 404
    assert Clue.objects.filter(assigned_to=None).count() == 6


def test_a_removed_right_is_gone_at_the_next_request(clues: Clues, office: Office) -> None:
    client = desk_of(office, "villager")
    assert client.get(page_of(clues["poor"])).status_code == 200
    posting = Posting.objects.get(person=office.people["villager"])
    end_posting(actor=system_actor("tests"), posting_id=posting.pk)
    assert client.get(DESK).status_code == 403


def test_every_move_of_the_table_has_its_service(pack: None) -> None:
    assert set(_MOVES) == set(load_procedure("clue").moves)


def test_the_home_page_brings_the_work(clues: Clues, office: Office) -> None:
    text = words(desk_of(office, "officer").get(reverse("shell:home")))
    assert "分派线索" in text
    assert f"{clues['poor'].household.head_name} 户" in text
