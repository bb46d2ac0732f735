"""A household splits: asked for on its page, reviewed by another, and both halves show the past."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bangfu.changes.api import ChangeRequest
from bangfu.registry.api import Household
from e2e.test_tour import sign_in
from support.browser import DESK, PHONE, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e]

OFFICER, REVIEWER = "zhoumin", "hejianguo"
KINDS = ("join", "leave", "change_head", "split", "merge", "move", "correct")


def family() -> Household:
    """A household of at least four."""
    found = Household.objects.filter(active=True, size__gte=4)
    household = found.order_by("household_number").first()
    assert household is not None
    return household


def fill_split(page: Page, number: str) -> list[str]:
    """Let the last two members go; answer their names."""
    rows = page.locator("tbody tr")
    names = []
    for place, relation in ((-2, "head"), (-1, "other")):
        row = rows.nth(rows.count() + place)
        names.append(row.locator("th").inner_text().split("\n")[0])
        row.get_by_role("checkbox").check()
        row.get_by_role("combobox").select_option(relation)
    page.get_by_label("新户的户编号").fill(number)
    page.get_by_label("情况说明").fill("儿子成家，另立一户")
    return names


def look_at_forms(visit: Visit, household: Household) -> None:
    """Every form of every kind."""
    page = visit.open(f"/households/{household.pk}/")
    page.get_by_role("link", name="提出变更").click()
    visit.check()
    visit.picture("change-choose")
    for kind in KINDS:
        visit.open(f"/changes/ask/{household.pk}/{kind}/")
        visit.check()
        visit.picture(f"change-{kind}")


def approve(reviewer: Visit) -> None:
    """On a phone, from the list to the decision."""
    request = ChangeRequest.objects.get(kind="split")
    page = reviewer.open("/changes/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("等您审核")
    reviewer.check()
    reviewer.picture("changes")
    page = reviewer.open(f"/changes/{request.pk}/")
    expect(page.get_by_text("FENHU-1")).to_be_visible()
    reviewer.check()
    reviewer.picture("change")
    page.get_by_role("button", name="同意并生效").click()
    expect(page.get_by_text("已办好，记在办理过程里。")).to_be_visible()
    reviewer.check()


def test_a_household_splits_and_both_halves_show_the_past(
    visit: Callable[..., Visit], demo_county: tuple[str, ...]
) -> None:
    household = family()
    officer, reviewer = visit(DESK), visit(PHONE)
    sign_in(officer, OFFICER)
    look_at_forms(officer, household)
    page = officer.open(f"/changes/ask/{household.pk}/split/")
    names = fill_split(page, "FENHU-1")
    page.get_by_role("button", name="提出，交审核").click()
    expect(page.get_by_text("已提出，等待审核。")).to_be_visible()
    officer.check()
    officer.picture("change")
    sign_in(reviewer, REVIEWER)
    look_at_forms(reviewer, household)
    approve(reviewer)
    both_halves(officer, household, names)


def both_halves(officer: Visit, household: Household, names: list[str]) -> None:
    """Who went is in the new household, the others in the old; both show what was before."""
    new = Household.objects.get(household_number="FENHU-1")
    page = officer.open("/changes/")
    officer.check()
    officer.picture("changes")
    page = officer.open(f"/households/{new.pk}/")
    for name in names:
        expect(page.get_by_role("rowheader", name=re.compile(name))).to_be_visible()
    expect(page.get_by_text(f"从 {household.head_name} 户分出")).to_be_visible()
    officer.check()
    officer.picture("half-new")
    page.get_by_role("link", name="看共同的过去").click()
    expect(page.get_by_role("heading", name=re.compile("分户以前"))).to_be_visible()
    expect(page.get_by_text("第一次登记。").first).to_be_visible()
    officer.check()
    officer.picture("half-new-history")
    page = officer.open(f"/households/{household.pk}/")
    expect(page.get_by_text(f"分出 {new.head_name} 户")).to_be_visible()
    officer.check()
    page = officer.open(f"/households/{household.pk}/history/")
    expect(page.get_by_role("heading", name=re.compile("分户"))).to_be_visible()
    expect(page.get_by_text("第一次登记。").first).to_be_visible()
    officer.check()
    officer.picture("half-old-history")
