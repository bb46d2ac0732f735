"""The tour: sign in as three people, find a clue, read why, hand it over, and see who looked.

It is the tutorial's walk. With BANGFU_PICTURES=docs its pictures go into the tutorial.
"""

from __future__ import annotations

import os
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bangfu.cases.models import Clue
from bangfu.foundation.accounts.api import Person
from bangfu.screening.models import Finding
from support.browser import DESK, PHONE, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e]

PAGES = (
    "/",
    "/clues/",
    "/clues/?state=assigned",
    "/clues/{clue}/",
    "/households/",
    "/places/",
    "/households/{household}/",
    "/households/{household}/history/",
    "/imports/",
    "/imports/new/",
    "/runs/",
    "/runs/new/",
    "/search/?q=李",
)
"""What a county officer opens in a day."""

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "images"


def picture(visit: Visit, name: str, width: int = DESK) -> None:
    """Keep what the tutorial shows at a width: the window, not the whole page."""
    if os.environ.get("BANGFU_PICTURES") == "docs" and visit.page.viewport_size["width"] == width:
        visit.page.screenshot(path=str(TUTORIAL / f"{name}.png"))
    visit.picture(name)


def sign_in(visit: Visit, username: str) -> Page:
    """As a visitor of the demo does: by a click on the person."""
    page = visit.open("/sign-in/")
    page.locator("button.person", has_text=username).click()
    page.wait_for_load_state("networkidle")
    return page


def test_three_people_walk_from_a_clue_to_its_reason(
    visit: Callable[..., Visit], demo_county: tuple[str, ...]
) -> None:
    officer = visit(DESK)
    page = officer.open("/sign-in/")
    expect(page.get_by_text("周敏").first).to_be_visible()
    officer.check()
    picture(officer, "sign-in")

    page = sign_in(officer, "zhoumin")
    officer.check()
    picture(officer, "today")

    page.get_by_role("link", name=re.compile("线索")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("在办线索")
    officer.check()
    picture(officer, "clues")

    clue = Clue.objects.filter(rule="income_below_line", matter__state="new").first()
    assert clue is not None
    page = officer.open(f"/clues/{clue.pk}/")
    sentence = "".join(part["text"] for part in clue.document["reason"]["zh"])
    expect(page.locator(".verdict")).to_contain_text(re.sub(r"\s+", " ", sentence))
    officer.check()
    picture(officer, "clue")

    page.get_by_role("link", name=re.compile("看整户")).click()
    expect(page.get_by_role("heading", name="风险判断")).to_be_visible()
    # A clue gathers the findings of one risk, so several rules may stand behind one clue.
    standing = Finding.objects.filter(household=clue.household, cleared_at=None)
    expect(page.locator("tr.fired")).to_have_count(standing.count())
    officer.check()
    picture(officer, "household")

    hand_over(officer, clue)


def hand_over(officer: Visit, clue: Clue) -> None:
    """Assign the clue: it goes to somebody else than the officer."""
    page = officer.open(f"/clues/{clue.pk}/")
    page.get_by_role("button", name="分派核实").click()
    expect(page.get_by_text("已办好，记在办理过程里。")).to_be_visible()
    expect(page.get_by_text("核实中").first).to_be_visible()
    officer.check()
    clue.refresh_from_db()
    assert clue.assigned_to is not None
    assert clue.assigned_to.username != "zhoumin"


def test_a_village_official_sees_one_village_on_a_phone(
    visit: Callable[..., Visit], demo_county: tuple[str, ...]
) -> None:
    village = visit(PHONE)
    sign_in(village, "gouzhiming")
    village.check()
    picture(village, "village-today")
    page = village.open("/clues/")
    village.check()
    mine = Clue.objects.filter(division="511921124210")
    shown = page.locator("tbody tr").count()
    assert shown == mine.count()
    elsewhere = Clue.objects.exclude(division="511921124210").first()
    assert elsewhere is not None
    village.expected.add(404)
    page = village.open(f"/clues/{elsewhere.pk}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    village.check()
    village.open(f"/households/{elsewhere.household_id}/")
    village.check()


def test_trying_another_line_changes_nothing(
    visit: Callable[..., Visit], demo_county: tuple[str, ...]
) -> None:
    before = Clue.objects.count()
    officer = visit(DESK)
    sign_in(officer, "zhoumin")
    page = officer.open("/runs/")
    officer.check()
    picture(officer, "runs")
    page = officer.open("/runs/new/")
    page.get_by_label("监测收入线").fill("9000")
    officer.check()
    picture(officer, "try")
    assert Clue.objects.count() == before


def test_the_audit_administrator_sees_who_looked(
    visit: Callable[..., Visit], demo_county: tuple[str, ...]
) -> None:
    auditor = visit(DESK)
    sign_in(auditor, "laigang")
    page = auditor.open("/audit/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("封存")
    expect(page.locator("tbody tr").first).to_be_visible()
    auditor.check()
    picture(auditor, "audit")


def test_every_page_is_sound_in_both_languages_and_widths(
    visit: Callable[..., Visit], demo_county: tuple[str, ...]
) -> None:
    clue = Clue.objects.filter(household__isnull=False).order_by("pk").first()
    assert clue is not None
    pages = [page.format(clue=clue.pk, household=clue.household_id) for page in PAGES]
    for width, language in product((DESK, PHONE), ("zh-CN", "en-US")):
        officer = visit(width, language)
        officer.sign_in(Person.objects.get(username="zhoumin"))
        for path in pages:
            officer.open(path)
            officer.check()
