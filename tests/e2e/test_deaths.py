"""A department's list brings a death: what follows from it, until a person has decided.

One row of the list means a member able to work: the register is judged again, the clue says why,
the officer assigns it, the village's own official confirms it, and the change that the list
proposes waits for a decision. The other row means nobody the register knows, until somebody says
whom.
"""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from bangfu.cases.models import Clue
from bangfu.changes.models import ChangeRequest
from bangfu.exchange.api import ListRow
from bangfu.foundation.access.api import actor_of
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.clock.api import today
from bangfu.foundation.jobs.api import run_worker
from bangfu.registry.api import Household, Member, reveal_secret
from e2e.test_tour import sign_in
from registry.making import make_id
from support.browser import DESK, PHONE, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.e2e]

DEPARTMENT, OFFICER = "tangjing", "zhoumin"
OFFICIALS: Final = {"511921124210": "gouzhiming", "511921104203": "xiangqiong"}
"""Village -> its official."""
UNKNOWN: Final = ("外地人", make_id(date(1961, 7, 8)))


def one_able_to_work() -> Member:
    """A member able to work who is not the head, of a village that has its own official."""
    able = Member.objects.filter(active=True, labour__in=("ordinary", "skilled"))
    suspected = Clue.objects.filter(risk="labour", household__isnull=False)
    found = (
        able.exclude(relation="head")
        .exclude(household__in=suspected.values("household"))
        .filter(household__village_code__in=OFFICIALS)
        .select_related("household")
        .order_by("household__household_number", "person_number")
        .first()
    )
    assert found is not None
    return found


def filled_template(template: bytes, rows: list[tuple[str, str]]) -> bytes:
    """The office's list, written into the template as it was downloaded."""
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    for at, (name, number) in enumerate(rows, start=2):
        sheet.cell(at, column["姓名"], name)
        sheet.cell(at, column["证件号码"], number)
        sheet.cell(at, column["死亡日期"], (today() - timedelta(days=3)).isoformat())
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def hand_in(office: Visit, rows: list[tuple[str, str]]) -> None:
    """Download the template, fill it, upload it, read the preview, commit it."""
    page = office.open("/departments/")
    office.check()
    with page.expect_download() as download:
        page.locator('a[href$="/templates/deaths/"]').first.click()
    template = download.value.path().read_bytes()
    page = office.open("/departments/new/")
    page.locator("#id_feed").select_option("deaths")
    file = {
        "name": "死亡人员.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": filled_template(template, rows),
    }
    page.locator("#id_upload").set_input_files(file)
    office.check()
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name="正在核对名单")).to_be_visible()
    run_worker(once=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 行都可以写入")
    page.wait_for_load_state("networkidle")
    office.check()
    office.picture("deaths-preview")
    page.get_by_role("button", name="写入 2 行").click()
    run_worker(once=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 行匹配到农户，1 行等人匹配")
    page.wait_for_load_state("networkidle")
    office.check()


def said_of(clue: Clue) -> str:
    """The clue's reason as the page says it, without the space between its parts."""
    return "".join(part["text"] for part in clue.document["reason"]["zh"])


def assign(officer: Visit, clue: Clue, name: str) -> None:
    """From the desk to the clue, with its reason, and on to whoever is nearest."""
    page = officer.open(f"/clues/?q={name}")
    row = page.locator("tbody tr").filter(has=page.locator(f'a[href="/clues/{clue.pk}/"]'))
    expect(row).to_contain_text(re.compile("劳动力"))
    officer.check()
    row.locator(f'a[href="/clues/{clue.pk}/"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("主要劳动力死亡")
    expect(page.locator(".verdict")).to_contain_text(said_of(clue))
    officer.check()
    officer.picture("deaths-clue")
    page.get_by_role("button", name="分派核实").click()
    expect(page.get_by_text("已办好，记在办理过程里。")).to_be_visible()
    officer.check()


def confirm(villager: Visit, clue: Clue) -> None:
    """On a phone, after the visit."""
    page = villager.open(f"/clues/{clue.pk}/")
    villager.check()
    move = page.locator("form.move").filter(has=page.get_by_role("button", name="核实属实"))
    move.get_by_role("textbox").fill("到家里看过，人已经过世，家里只剩老人。")
    move.get_by_role("button", name="核实属实").click()
    expect(page.get_by_text("已办好，记在办理过程里。")).to_be_visible()
    expect(page.get_by_text("属实").first).to_be_visible()
    villager.check()


def see_change(visit: Visit, member: Member) -> None:
    """The list's proposal waits: the member has not left yet."""
    request = ChangeRequest.objects.get(matter__state="requested", kind="leave", day=day_of_death())
    page = visit.open(f"/changes/{request.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(member.household.head_name)
    expect(page.get_by_text(member.name).first).to_be_visible()
    visit.check()
    visit.picture("deaths-change")
    member.refresh_from_db()
    assert member.active


def day_of_death() -> date:
    """The day that stands in the list."""
    return today() - timedelta(days=3)


def match_by_hand(officer: Visit, household: Household) -> None:
    """The row that means nobody the register knows: a clue without a household gets one."""
    row = ListRow.objects.filter(outcome="unmatched").latest("list__checked_at")
    clue = Clue.objects.get(row_id=row.pk)
    assert clue.household is None
    page = officer.open(f"/clues/{clue.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("还没有对上农户")
    officer.check()
    page.get_by_role("link", name=re.compile("去对农户")).click()
    page.locator("#q").last.fill(household.household_number)
    page.get_by_role("button", name="查找").click()
    officer.check()
    page.get_by_role("button", name="匹配到这一户").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已匹配到")
    run_worker(once=True)
    page = officer.open(f"/clues/{clue.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(household.head_name)
    officer.check()


def test_a_death_reported_by_a_department_becomes_a_clue_that_people_decide(
    visit: Callable[..., Visit], demo_county: tuple[str, ...]
) -> None:
    member = one_able_to_work()
    household = member.household
    officer_actor = actor_of(Person.objects.get(username=OFFICER))
    number = reveal_secret(
        actor=officer_actor, subject=member, item="id_number", reason="核对死亡人员名单"
    )
    office, officer, villager = visit(DESK), visit(DESK), visit(PHONE)
    sign_in(office, DEPARTMENT)
    hand_in(office, [(member.name, number), UNKNOWN])
    clue = Clue.objects.get(household=household, rule="worker_died")
    sign_in(officer, OFFICER)
    assign(officer, clue, member.household.household_number)
    clue.refresh_from_db()
    assert clue.assigned_to is not None
    assert clue.assigned_to.username == OFFICIALS[household.village_code]
    sign_in(villager, clue.assigned_to.username)
    confirm(villager, clue)
    clue.refresh_from_db()
    assert clue.matter.state == "verified"
    see_change(officer, member)
    other = Household.objects.filter(active=True).exclude(pk=household.pk)
    match_by_hand(officer, other.earliest("household_number"))
