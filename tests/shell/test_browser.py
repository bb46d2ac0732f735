"""The shell's pages in Chromium: at a desk and on a phone, by eye, by ear and by key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui import work as work_module
from bangfu.foundation.ui.api import Work, WorkItem, register_work
from support.browser import DESK, PHONE
from support.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper

    from support.browser import Visit
    from support.people import Worker

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

HOME = reverse("shell:home")
GALLERY = reverse("shell:gallery")


@pytest.fixture(autouse=True)
def demo(settings: SettingsWrapper) -> None:
    """The gallery stands open in a demo home."""
    settings.BANGFU_DEMO = True
    settings.BANGFU_HOME.mkdir(parents=True, exist_ok=True)
    (settings.BANGFU_HOME / "demo.json").write_text(
        '{"people": [{"username": "zhou.min", "password": "'
        + PASSWORD
        + '", "name": "周敏", "title": "县级经办"}]}',
        encoding="utf-8",
    )


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day with something overdue, something due, and something later."""
    monkeypatch.setattr(work_module, "_sources", {})
    days = [today() + timedelta(days=each) for each in (-3, 0, 0, 3, 4, 4, 30)]
    items = [
        WorkItem(
            "核实线索",
            f"{name} 户",
            "铁溪镇 朱元村 · 5 人",
            "两人入户核实",
            "10 月住院自付 18,420 元，扣掉后人均 7,215 元，低于监测线 8,500 元。",
            "/",
            "核实",
            day,
            (day - today()).days,
        )
        for name, day in zip(
            ("张明德", "吴永福", "陈家秀", "蒲文周", "向开荣", "苟学珍", "谭绍全"),
            days,
            strict=True,
        )
    ]
    by_day = {day: days.count(day) for day in days}
    register_work("cases", lambda request: Work(items, by_day, 65, "/"))


@pytest.fixture
def officer(worker: Callable[[str], Worker]) -> Worker:
    return worker("officer")


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("home", HOME),
        ("gallery", GALLERY),
        ("gallery-filtered", GALLERY + "?risk=illness&q=%E6%9D%8E&sort=-income"),
        ("search-empty", reverse("shell:search") + "?q=%E6%9D%8E"),
    ],
)
def test_pages_are_clean(
    visit: Callable[..., Visit], officer: Worker, busy: None, width: int, name: str, path: str
) -> None:
    seen = visit(width)
    seen.sign_in(officer.person)
    seen.open(path)
    seen.check()
    seen.picture(name)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_sign_in_page_is_clean_and_works(
    visit: Callable[..., Visit], officer: Worker, width: int
) -> None:
    seen = visit(width)
    page = seen.open(HOME)
    seen.check()
    seen.picture("sign-in")
    page.get_by_label("登录名").fill("zhou.min")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录", exact=True).click()
    assert page.get_by_role("alert").is_visible()
    seen.check()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(seen.server + HOME)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_is_not_there_is_clean(
    visit: Callable[..., Visit], officer: Worker, width: int
) -> None:
    seen = visit(width)
    seen.expected.add(404)
    seen.sign_in(officer.person)
    seen.open("/nothing/here/")
    seen.check()
    seen.picture("not-found")


def test_the_menu_of_a_phone_holds_everything(visit: Callable[..., Visit], officer: Worker) -> None:
    seen = visit(PHONE)
    seen.sign_in(officer.person)
    page = seen.open(HOME)
    page.get_by_text("菜单", exact=True).click()
    seen.check()
    seen.picture("menu")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_escape_closes_the_menu_and_gives_the_focus_back(
    visit: Callable[..., Visit], officer: Worker
) -> None:
    seen = visit()
    seen.sign_in(officer.person)
    page = seen.open(HOME)
    page.locator("details.who > summary").press("Enter")
    assert page.get_by_role("button", name="退出").is_visible()
    seen.check()
    seen.picture("who")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="退出").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_desk_is_worked_by_keys(visit: Callable[..., Visit], officer: Worker, busy: None) -> None:
    seen = visit()
    seen.sign_in(officer.person)
    page = seen.open(GALLERY)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("jx?")
    assert page.locator("#search").input_value() == "jx?"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "熊光明" in page.locator("tr.current").inner_text()
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert page.locator("tr.selected").count() == 1
    assert page.locator("[data-picked]").first.inner_text() == "1"
    assert page.locator("[data-bulk]").is_visible()
    seen.check()
    seen.picture("gallery-picked")
    page.keyboard.press("x")
    assert not page.locator("[data-bulk]").is_visible()
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    seen.check()
    seen.picture("keys")
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


def test_all_on_a_page_are_picked_at_once(visit: Callable[..., Visit], officer: Worker) -> None:
    seen = visit()
    seen.sign_in(officer.person)
    page = seen.open(GALLERY)
    page.get_by_label("选中本页全部").check()
    assert page.locator("tr.selected").count() == 3
    page.get_by_label("选 罗开芳").uncheck()
    assert page.locator("[data-picked]").first.inner_text() == "2"
    assert page.get_by_label("选中本页全部").evaluate("box => box.indeterminate")


def test_columns_are_chosen_without_losing_the_filters(
    visit: Callable[..., Visit], officer: Worker
) -> None:
    seen = visit()
    seen.sign_in(officer.person)
    page = seen.open(GALLERY + "?risk=illness&sort=-income")
    page.get_by_text("选列").first.click()
    page.get_by_label("为什么提出来").first.uncheck()
    page.get_by_role("button", name="就看这些列").first.click()
    page.wait_for_load_state("networkidle")
    assert "risk=illness" in page.url
    assert "sort=-income" in page.url
    heads = page.locator("#list thead th").all_inner_texts()
    assert "农户" in heads
    assert "为什么提出来" not in heads


def test_a_long_job_is_asked_about_until_it_is_over(
    visit: Callable[..., Visit], officer: Worker
) -> None:
    seen = visit()
    seen.sign_in(officer.person)
    page = seen.open(GALLERY)
    with page.expect_response(lambda answer: answer.url.endswith("/ui/progress/")) as asked:
        page.locator(".progress").scroll_into_view_if_needed()
    assert asked.value.status == 200
    page.wait_for_load_state("networkidle")
    assert page.locator(".progress").count() == 1
    assert page.evaluate("window.brokenPolicies") == []


def test_pages_work_without_script(officer: Worker, visit: Callable[..., Visit]) -> None:
    seen = visit(DESK)
    seen.sign_in(officer.person)
    context = seen.page.context.browser.new_context(java_script_enabled=False, locale="zh-CN")
    context.add_cookies(seen.page.context.cookies())
    page = context.new_page()
    page.goto(seen.server + GALLERY)
    page.locator("details.who > summary").click()
    assert page.get_by_role("button", name="退出").is_visible()
    page.get_by_role("link", name="下一页").first.click()
    assert "page=2" in page.url
    context.close()
