"""The register's pages in Chromium: at a desk and on a phone, by eye, by ear and by key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import today
from bangfu.foundation.jobs.api import run_worker
from bangfu.policy.api import publish_pack
from bangfu.registry.api import Household, ImportBatch
from bangfu.registry.queries.divisions import forget_divisions
from registry.making import OTHER_VILLAGE, bring, check, household, make_places, member
from registry.web_making import book_of
from support.browser import DESK, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import SettingsWrapper

    from support.browser import Visit
    from support.people import Worker

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

INCOME = {
    "wage_income": 46_800_00,
    "business_income": 9_600_00,
    "business_expenses": 7_700_00,
    "transfer_income": 8_400_00,
    "claims_income": 0,
    "self_paid_expenses": 23_650_00,
}


@pytest.fixture(autouse=True)
def county(settings: SettingsWrapper) -> Iterator[None]:
    """Two households, one changed since, a pack with a line, and a file that waits."""
    settings.BANGFU_DEMO = True
    forget_divisions()
    make_places()
    publish_pack(actor=system_actor("tests"), path="demo", valid_from=today())
    before, after = today() - timedelta(days=40), today() - timedelta(days=2)
    people = (
        member("H1", "1", name="李春秀"),
        member("H1", "2", name="王小军", relation="son", labour=None, medical_insured=None),
    )
    year = {"income_year": today().year, **INCOME}
    other = household("H2", member("H2", "1", name="王大贵"), village_code=OTHER_VILLAGE)
    bring(household("H1", *people, **year), other, day=before)
    bring(household("H1", *people, **year, housing_grade="D"), day=after)
    faulty = household("H3", member("H3", "1", name="陈玉梅"), size=9)
    changed = household("H1", *people, **year, housing_grade="C")
    check(changed, faulty, household("H4", member("H4", "1", name="罗开芳")), day=today())
    yield
    forget_divisions()


@pytest.fixture
def officer(worker: Callable[[str], Worker]) -> Worker:
    return worker("officer")


def addresses() -> dict[str, str]:
    """Every page of the register, by the name of its picture."""
    found = Household.objects.get(household_number="H1").id
    waiting = ImportBatch.objects.get(committed_at=None).id
    done = ImportBatch.objects.exclude(committed_at=None).order_by("checked_at")[0].id
    earlier = (today() - timedelta(days=20)).isoformat()
    house = reverse("registry:household", args=[found])
    return {
        "households": reverse("registry:households"),
        "households-filtered": reverse("registry:households") + "?housing_grade=D&q=%E6%9D%8E",
        "household-compared": reverse("registry:compare", args=[found]),
        "register-ask": reverse("registry:register_ask"),
        "household": house,
        "household-earlier": f"{house}?day={earlier}",
        "household-refused-day": f"{house}?day=x",
        "household-not-registered": f"{house}?day=2020-01-01",
        "household-history": reverse("registry:history", args=[found]),
        "household-reveal": reverse("registry:reveal", args=[found, "phone"]),
        "imports": reverse("registry:imports"),
        "import-new": reverse("registry:import_new"),
        "import-check": reverse("registry:import", args=[waiting]),
        "import-check-changed": reverse("registry:import", args=[waiting]) + "?outcome=changed",
        "import-done": reverse("registry:import", args=[done]),
        "import-reverse": reverse("registry:import_reverse", args=[done]),
    }


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_pages_are_clean(visit: Callable[..., Visit], officer: Worker, width: int) -> None:
    seen = visit(width)
    seen.sign_in(officer.person)
    for name, address in addresses().items():
        seen.open(address)
        seen.check()
        seen.picture(name)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_secret_is_shown_in_a_dialog_and_gone_when_it_closes(
    visit: Callable[..., Visit], officer: Worker, width: int
) -> None:
    seen = visit(width)
    seen.sign_in(officer.person)
    page = seen.open(addresses()["household"])
    page.get_by_role("link", name="看全号 电话").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="看全号").click()
    dialog.get_by_text("请写一句理由").wait_for()
    seen.check()
    dialog.get_by_label("做什么用").fill("核对电话")
    dialog.get_by_role("button", name="看全号").click()
    dialog.get_by_text("19900000000").wait_for()
    seen.check()
    seen.picture("household-revealed")
    page.keyboard.press("Escape")
    assert not page.get_by_text("19900000000").is_visible()


def test_everything_is_reached_without_script(visit: Callable[..., Visit], officer: Worker) -> None:
    seen = visit()
    seen.sign_in(officer.person)
    pages = addresses()
    browser = seen.page.context.browser
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    context.add_cookies(seen.page.context.cookies())
    page = context.new_page()
    page.goto(seen.server + pages["household"])
    page.get_by_role("link", name="看全号 电话").click()
    page.get_by_label("做什么用").fill("核对电话")
    page.get_by_role("button", name="看全号").click()
    assert page.get_by_text("19900000000").is_visible()
    page.goto(seen.server + pages["import-check"])
    page.get_by_text("放弃这个文件，什么都不留").click()
    page.get_by_role("button", name="确定放弃").click()
    assert page.get_by_text("已放弃，文件已经删除").is_visible()
    context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_workbook_goes_from_the_file_into_the_register(
    visit: Callable[..., Visit], officer: Worker, width: int
) -> None:
    seen = visit(width)
    seen.sign_in(officer.person)
    page = seen.open(addresses()["import-new"])
    book = book_of(household("H9", member("H9", "1", name="罗开芳")))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("文件", exact=True).set_input_files(
        {"name": "登记.xlsx", "mimeType": kind, "buffer": book}
    )
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("heading", name="2 行都可以写入，还没有写入任何数据").wait_for()
    seen.check()
    page.get_by_role("button", name="写入 1 户").click()
    page.wait_for_url("**/imports/jobs/**")
    seen.check()
    seen.picture("import-running")
    run_worker(once=True)
    page.get_by_role("heading", name="通江县已写入：新增 1 户").wait_for()
    seen.check()
    assert Household.objects.filter(household_number="H9").exists()


def test_errors_are_walked_by_keys(visit: Callable[..., Visit], officer: Worker) -> None:
    seen = visit()
    seen.sign_in(officer.person)
    page = seen.open(addresses()["import-check"])
    page.keyboard.press("n")
    assert "家庭人口数" in page.evaluate("document.activeElement.textContent")
