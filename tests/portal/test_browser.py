"""The public's pages in Chromium, on a telephone and a desk: axe, sideways scrolling, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from bangfu.cases.api import NewAppeal, file_appeal, find_answer
from bangfu.cases.models import Appeal, Declaration
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import today
from registry.making import VILLAGE
from support.browser import DESK, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cases.recognition_making import Walk
    from support.browser import Visit

pytestmark = pytest.mark.django_db(transaction=True)

SHEET = f"/public/notices/{VILLAGE}/{today().year}-01/"


def plain_pages() -> dict[str, str]:
    """Every public page that opens by an address, by a name for its picture."""
    return {
        "home": "/public/",
        "declare-place": "/public/declare/",
        "declare-what": f"/public/declare/{VILLAGE}/",
        "status": "/public/status/",
        "enquiry": "/public/enquiry/",
        "consent": "/public/consent/",
        "file": "/public/file/",
        "notices": "/public/notices/?at=511921103",
        "village": f"/public/notices/{VILLAGE}/",
        "sheet": SHEET,
        "object": f"{SHEET}object/",
        "complain": f"/public/say/complaint/{VILLAGE}/",
        "correct": f"/public/say/correction/{VILLAGE}/",
    }


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_every_public_page_stands_up_to_axe(
    recognition_people: Walk, visit: Callable[..., Visit], width: int, language: str
) -> None:
    # The server in its own thread reads the true clock: the notice is put up today.
    recognition_people.to("notice")
    opened = visit(width, language)
    for name, path in plain_pages().items():
        opened.open(path)
        opened.check()
        if language == "zh-CN":
            opened.picture(f"public-{name}")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_household_declares_by_thumb_and_reads_what_happens_next(
    walk: Walk, visit: Callable[..., Visit], width: int
) -> None:
    walk.open()
    opened = visit(width)
    page = opened.open("/public/declare/?at=511921103")
    page.get_by_role("link", name="朱元村").click()
    page.get_by_text("看病花钱多").click()
    page.get_by_label("还想说什么").fill("老伴住院两个月。")
    opened.check()
    page.get_by_role("button", name="下一步：您是谁").click()
    page.get_by_label("户主或者家里人的姓名").fill("张三")
    opened.check()
    opened.picture("public-declare-who")
    page.get_by_role("button", name="说好了，交给镇里").click()
    code = page.locator(".public-code").inner_text()
    opened.check()
    opened.picture("public-declared")
    assert find_answer(code) is not None
    assert Declaration.objects.count() == 1
    page.reload()
    assert page.locator(".public-code").inner_text() == code
    opened.open("/public/status/")
    page.get_by_label("回执编号").fill(code.lower())
    page.get_by_role("button", name="查").click()
    page.wait_for_load_state("networkidle")
    assert "收到了，等镇里转村" in page.inner_text("h1")
    opened.check()
    opened.picture("public-answer")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_officers_pages_of_peoples_own_side_stand_up_to_axe(
    walk: Walk, visit: Callable[..., Visit], width: int
) -> None:
    walk.to("notice")
    case = walk.seen()
    actor = system_actor("portal", VILLAGE)
    said = NewAppeal(
        kind="objection", division=VILLAGE, words="他家有房", case_id=case.pk, contact="王二"
    )
    file_appeal(actor=actor, appeal=said, token="1")
    wish = {"name": "张三", "item": "phone", "value": "13800000001"}
    put_right = NewAppeal(
        kind="correction", division=VILLAGE, words="换了", contact="张三", wish=wish
    )
    file_appeal(actor=actor, appeal=put_right, token="2")
    opened = visit(width)
    opened.sign_in(walk.people["reviewer"])
    appeals = [reverse("appeals:appeal", args=[each.pk]) for each in Appeal.objects.all()]
    pages = {
        "list": reverse("appeals:appeals"),
        "appeal": appeals[0],
        "correction": appeals[1],
        "new": reverse("appeals:new"),
        "declarations": reverse("appeals:declarations"),
        "proxy": reverse("appeals:write_down"),
        "own": reverse("appeals:own", args=[case.household_id]),
    }
    for name, path in pages.items():
        opened.open(path)
        opened.check()
        opened.picture(f"appeals-{name}")
