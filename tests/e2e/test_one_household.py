"""One household from what it says itself to the look-back, as seven people, in both languages.

The villager, two cadres, the county's handler and approver, the township's reviewer and an
evaluator; the days pass by the server's own clock. Fields are found by their names, so that the
same walk reads in both languages. Its Chinese pictures go into the tutorial.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from bangfu.cases.api import Case
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.clock import api as clock
from bangfu.foundation.jobs.api import run_worker
from bangfu.plans.api import Measure
from bangfu.registry.api import Household
from bangfu.screening.api import explain_household
from e2e.test_tour import picture
from support.browser import DESK, PHONE, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

TOWNSHIP: Final = "511921124"
CADRE, SECOND, HANDLER, APPROVER, REVIEWER, EVALUATOR = (
    "ranjie", "yuepeng", "zhoumin", "renhua", "puyan", "fengxue",
)  # fmt: skip
REPRESENTATIVES: Final = 31
PRESENT: Final = 27
GUARANTEES: Final = ("unsafe_housing", "out_of_school", "unsafe_water", "uninsured")
WORDS: Final = "住院花了很多钱，家里周转不开"


class Calendar:
    """The server's clock: it stands still until the test lets days pass."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def pass_days(self, days: int) -> None:
        """Let days pass, and everything that waits for them be done."""
        self.moment += timedelta(days=days)
        run_worker(once=True)


@dataclass
class Walk:
    """The browser, whoever sits before it, and the household it is about."""

    visit: Visit
    home: Household
    calendar: Calendar
    shown: bool

    @property
    def case(self) -> Case:
        """The household's open case, or the last one."""
        rows = Case.objects.filter(household=self.home).select_related("matter")
        found = rows.order_by("open", "opened_on", "pk").last()
        assert found is not None
        return found

    def become(self, username: str) -> None:
        """Somebody else sits down."""
        self.visit.page.context.clear_cookies()
        self.visit.sign_in(Person.objects.get(username=username))

    def open(self, path: str, name: str = "") -> Page:
        """Open a page, look that nothing is wrong with it, and keep its picture."""
        page = self.visit.open(path)
        self.visit.check()
        if name and self.shown:
            size = self.visit.page.viewport_size
            picture(self.visit, name, size["width"] if size else DESK)
        return page

    def send(self, page: Page, form: str = "main form") -> None:
        """Press a form's filled button, or else its first, and wait for what comes."""
        buttons = page.locator(form).first.locator("button.btn")
        filled = page.locator(form).first.locator("button.btn.go")
        (filled if filled.count() else buttons).first.click()
        page.wait_for_load_state("networkidle")

    def move(self, move: str, note: str = "", name: str = "") -> None:
        """Make a move on the case's page, which offers it."""
        case = self.case
        page = self.open(f"/cases/{case.pk}/", name)
        way = page.locator(f'a[href*="/do/{move}/"], form[action*="/do/{move}/"] button')
        assert way.count(), page.locator("main").inner_text()
        way.first.click()
        page.wait_for_load_state("networkidle")
        if page.url.endswith(f"/do/{move}/"):
            if note:
                page.locator("main [name=note]").fill(note)
            self.send(page, "main form")
        self.visit.check()
        made = Case.objects.get(pk=case.pk).matter.lock_version
        assert made == case.matter.lock_version + 1, page.locator("main").inner_text()


def chosen_home() -> Household:
    """A household of Changge that no rule finds: what happens to it is the story's alone."""
    homes = Household.objects.filter(
        village_code__startswith=TOWNSHIP, active=True, monitoring_category__in=("", "none"),
        size__gte=2,
    )  # fmt: skip
    actor = system_actor("tests")
    for home in homes.order_by("household_number"):
        if explain_household(actor, home.pk).count("fired") == 0:
            return home
    pytest.fail("no rule may fire for the household of the story")


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_a_household_is_found_helped_freed_of_risk_and_looked_back_at(
    language: str,
    visit: Callable[..., Visit],
    demo_county: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calendar = Calendar(clock.now())
    monkeypatch.setattr(clock, "_SYSTEM", calendar)
    walk = Walk(visit(DESK, language), chosen_home(), calendar, shown=language == "zh-CN")
    code = declare(Walk(visit(PHONE, language), walk.home, calendar, walk.shown))
    clue_to_case(walk)
    check_and_compare(walk)
    review_and_post(walk)
    read_notice(Walk(visit(PHONE, language), walk.home, calendar, walk.shown))
    decide(walk)
    assert walk.case.kind == "monitoring"
    ask_how_it_went(Walk(visit(PHONE, language), walk.home, calendar, walk.shown), code)
    help_household(walk)
    eliminate(walk)
    look_back(walk)
    evaluate(walk)


def declare(walk: Walk) -> str:
    """The villager says on a phone what is hard; answers the receipt's number."""
    page = walk.open(f"/public/declare/{walk.home.village_code}/", "declare")
    page.locator('[name=trouble][value="illness"]').check()
    page.locator("main [name=words]").fill(WORDS)
    walk.send(page)
    page.locator("main [name=name]").fill(walk.home.head_name)
    walk.send(page)
    walk.visit.check()
    return page.locator(".public-code").inner_text()


def clue_to_case(walk: Walk) -> None:
    """The township finds whose it is and sends a cadre, who confirms it."""
    walk.become(REVIEWER)
    page = walk.open("/appeals/declared/", "declared")
    page.locator('main a[href*="/appeals/declared/0"]').first.click()
    page.wait_for_load_state("networkidle")
    walk.visit.check()
    found = page.locator(f'form:has([name=household][value="{walk.home.pk}"])')
    if found.count() == 0:
        page.locator("main [name=q]").fill(walk.home.household_number)
        walk.send(page, "main form:has([name=q])")
    walk.send(page, f'form:has([name=household][value="{walk.home.pk}"])')
    clue = page.url
    cadre = Person.objects.get(username=CADRE)
    page.locator("main [name=to]").select_option(str(cadre.pk))
    walk.send(page, "main form:has([name=to])")
    walk.become(CADRE)
    page = walk.open(clue.removeprefix(walk.visit.server))
    form = 'main form:has([name=move][value="verify"])'
    page.locator(form).locator("[name=note]").fill("两名干部入户看过，情况属实。")
    walk.send(page, form)
    assert walk.case.matter.state == "opened"


def check_and_compare(walk: Walk) -> None:
    """Two cadres go there, the household signs, departments answer."""
    walk.calendar.pass_days(1)
    page = walk.open(f"/cases/{walk.case.pk}/visit/", "case-visit")
    for name in (CADRE, SECOND):
        page.locator(f'[name=visitors][value="{Person.objects.get(username=name).pk}"]').check()
    for name in GUARANTEES:
        page.locator(f'[name=answer_{name}][value="no"]').check()
    page.locator("[name=amount_income]").fill("21000")
    page.locator("[name=amount_rigid_expenses]").fill("16500")
    page.locator("[name=category]").select_option("prevention")
    page.locator("[name=main_risk]").select_option("illness")
    page.locator("main [name=words]").fill("今年住院三次，积蓄已经用完。")
    page.locator("[name=signed]").check()
    walk.send(page)
    page = walk.open(f"/cases/{walk.case.pk}/consent/")
    for box in page.locator("[name=scope]").all():
        box.check()
    walk.send(page)
    walk.move("check", name="case-opened")
    walk.become(HANDLER)
    page = walk.open(f"/cases/{walk.case.pk}/compare/")
    walk.send(page)
    for number in range(page.locator("[name=department]").count()):
        form = page.locator("main form:has([name=department])").nth(number)
        form.locator('[name=outcome][value="clear"]').check()
        form.locator("button").last.click()
        page.wait_for_load_state("networkidle")
    walk.move("compare", name="case-compare")
    assert walk.case.matter.state == "compared"


def hold_meeting(walk: Walk, name: str = "") -> None:
    """The village's representatives meet about all that waits, and the case goes on."""
    page = walk.open(f"/meetings/plan/?village={walk.home.village_code}")
    values = {"eligible": str(REPRESENTATIVES), "place": "村委会会议室", "chair": "冉杰",
              "recorder": "岳鹏"}  # fmt: skip
    for field, value in values.items():
        page.locator(f"main [name={field}]").fill(value)
    walk.send(page)
    take_attendance(walk, page)
    for box in page.locator('[name^="for-"]').all():
        box.fill(str(PRESENT - 1))
    for box in page.locator('[name^="against-"]').all():
        box.fill("1")
    walk.send(page, 'main form:has([name^="for-"])')
    walk.visit.check()
    if name and walk.shown:
        picture(walk.visit, name)
    walk.send(page, 'main form[action$="/close/"]')
    handing = page.locator('main form[action$="/results/"]')
    if handing.count():
        walk.send(page, 'main form[action$="/results/"]')
    walk.visit.check()


def take_attendance(walk: Walk, page: Page) -> None:
    """Who came: written down the first time, ticked off when the list is known."""
    everybody = page.locator('main form button[name="all"]')
    if everybody.count():
        everybody.click()
        page.wait_for_load_state("networkidle")
        return
    people = [f"代表{number:02}" for number in range(1, PRESENT + 1)]
    form = 'main form:has([name="add"])'
    page.locator(form).locator('[name="add"]').fill("\n".join(people))
    page.locator(form).locator('[name="add_signed"]').check()
    walk.send(page, form)


def review_and_post(walk: Walk) -> None:
    """The village judges the case and puts the notice up."""
    walk.calendar.pass_days(1)
    walk.become(CADRE)
    hold_meeting(walk, "meeting")
    assert walk.case.matter.state == "reviewed"
    walk.move("post_notice")
    assert walk.case.matter.state == "notice"


def read_notice(walk: Walk) -> None:
    """Everybody may read the notice; it shows part of the name, and nothing else of anybody."""
    page = walk.open(f"/public/notices/{walk.home.village_code}/")
    page.locator(f'main a[href*="/notices/{walk.home.village_code}/"]').first.click()
    page.wait_for_load_state("networkidle")
    walk.visit.check()
    said = page.locator("main").inner_text()
    assert walk.home.head_name not in said
    assert walk.home.head_name[0] + "○" in said
    assert walk.home.household_number not in said


def decide(walk: Walk) -> None:
    """The notice hangs its days; the township endorses, the county decides, all is announced."""
    page = walk.open(f"/cases/{walk.case.pk}/", "case-notice")
    expect(page.locator('a[href*="/do/pass_notice/"]')).to_have_count(0)
    walk.calendar.pass_days(6)
    walk.move("pass_notice")
    walk.become(REVIEWER)
    walk.move("endorse")
    walk.calendar.pass_days(1)
    walk.become(APPROVER)
    walk.move("approve", name="case-approve")
    walk.become(REVIEWER)
    walk.move("announce")
    run_worker(once=True)
    walk.home.refresh_from_db()
    assert walk.home.monitoring_category == "prevention"


def ask_how_it_went(walk: Walk, code: str) -> None:
    """The villager looks up what came of it, by the receipt."""
    page = walk.open("/public/status/")
    page.locator("main [name=code]").fill(code)
    walk.send(page)
    walk.visit.check()
    expect(page.locator(".public-steps .now, .public-steps .done").first).to_be_visible()


def help_household(walk: Walk) -> None:
    """The plan is confirmed, decided and carried out, with evidence."""
    walk.become(CADRE)
    measures = list(Measure.objects.filter(plan__household=walk.home).order_by("pk"))
    assert measures
    for each in measures:
        page = walk.open(f"/plans/measure/{each.pk}/change/")
        page.locator("main [name=responsible]").select_option(index=1)
        due = clock.today() + timedelta(days=60)
        page.locator("main [name=due_on]").fill(due.isoformat())
        walk.send(page)
    page = walk.open(f"/plans/{walk.home.pk}/", "plan")
    walk.send(page, 'main form:has([name=move][value="submit"])')
    walk.become(REVIEWER)
    page = walk.open(f"/plans/{walk.home.pk}/")
    walk.send(page, 'main form:has([name=move][value="approve"])')
    walk.become(CADRE)
    for each in measures:
        page = walk.open(f"/plans/measure/{each.pk}/")
        walk.send(page, 'main form:has([name=move][value="start"])')
    walk.calendar.pass_days(30)
    for each in measures:
        page = walk.open(f"/plans/measure/{each.pk}/")
        form = 'main form:has([name=move][value="finish"])'
        page.locator(form).locator("[name=note]").fill("已经到户，农户签收。")
        page.locator(form).locator("[name=evidence]").set_input_files(
            {"name": "签收单.txt", "mimeType": "text/plain", "buffer": "已到户".encode()}
        )
        walk.send(page, form)
    walk.open(f"/plans/{walk.home.pk}/", "plan-done")


def visit_again(walk: Walk) -> None:
    """Two cadres go there again; everything is in order."""
    page = walk.open(f"/cases/{walk.case.pk}/visit/")
    for name in (CADRE, SECOND):
        page.locator(f'[name=visitors][value="{Person.objects.get(username=name).pk}"]').check()
    for name in GUARANTEES:
        page.locator(f'[name=answer_{name}][value="no"]').check()
    for name in ("income_stable", "rigid_settled"):
        answer = page.locator(f'[name=answer_{name}][value="yes"]')
        if answer.count():
            answer.check()
    for box in page.locator("[name=risks]").all():
        if walk.case.matter.state == "proposed":
            box.check()
    page.locator("main [name=words]").fill("收入稳定，医药费已经报销，没有新的困难。")
    page.locator("[name=signed]").check()
    walk.send(page)


def eliminate(walk: Walk) -> None:
    """Half a year on nothing stands against it: proposed, visited, judged, posted, decided."""
    page = walk.open(f"/cases/{walk.case.pk}/", "case-too-early")
    expect(page.locator('a[href*="/do/propose/"]')).to_have_count(0)
    walk.calendar.pass_days(185)
    page = walk.open(f"/cases/{walk.case.pk}/do/propose/")
    page.locator("main form select").select_option("help")
    walk.send(page)
    visit_again(walk)
    walk.move("check")
    hold_meeting(walk)
    walk.move("post")
    walk.calendar.pass_days(8)
    walk.move("pass_notice")
    walk.become(REVIEWER)
    walk.move("endorse")
    walk.become(APPROVER)
    walk.move("approve")
    walk.become(REVIEWER)
    walk.move("announce", name="case-eliminate")
    assert walk.case.matter.state == "eliminated"


def look_back(walk: Walk) -> None:
    """A quarter later they look again: all is still well, and the next look-back falls due."""
    due = walk.case.matter.due_on
    assert due is not None
    walk.calendar.pass_days(80)
    walk.become(CADRE)
    visit_again(walk)
    case = walk.case
    assert case.matter.state == "eliminated"
    assert case.matter.due_on is not None
    assert case.matter.due_on > due
    walk.open(f"/cases/{case.pk}/", "case-look-back")


def evaluate(walk: Walk) -> None:
    """An evaluator reads the whole way on the household's page, and can change nothing."""
    walk.become(EVALUATOR)
    walk.open(f"/households/{walk.home.pk}/", "timeline")
    page = walk.open(f"/cases/{walk.case.pk}/")
    expect(page.locator('main a[href*="/do/"]')).to_have_count(0)
