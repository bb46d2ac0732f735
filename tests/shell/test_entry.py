"""Signing in and out, postings and languages."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.urls import reverse

from bangfu.foundation.access.api import grant_posting, system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from support.people import PASSWORD, TOWNSHIP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from support.people import Worker

HOME = reverse("shell:home")
SIGN_IN = reverse("shell:login")


@pytest.fixture(autouse=True)
def nobody_waits() -> None:
    cache.clear()


@pytest.fixture
def officer(worker: Callable[[str], Worker]) -> Worker:
    return worker("officer")


@pytest.fixture
def demo(settings: SettingsWrapper, tmp_path: Path) -> None:
    people = [{"username": "zhou.min", "password": PASSWORD, "name": "周敏", "title": "县级经办"}]
    (tmp_path / "demo.json").write_text(json.dumps({"people": people}), encoding="utf-8")
    settings.BANGFU_HOME = tmp_path
    settings.BANGFU_DEMO = True


def test_a_visitor_is_sent_to_sign_in_and_comes_back(client: Client, officer: Worker) -> None:
    asked = reverse("shell:search") + "?q=" + quote("李")
    sent = client.get(asked)
    assert sent.status_code == 302
    page = client.get(sent.headers["Location"])
    way_on = page.context["next"]
    answer = client.post(
        SIGN_IN, {"username": "zhou.min", "password": PASSWORD, "next": way_on}, follow=True
    )
    assert answer.request["PATH_INFO"] == reverse("shell:search")
    assert "“李”没有找到" in answer.text


@pytest.mark.parametrize("way_on", ["https://example.org/", "//example.org/", "javascript:x"])
def test_nobody_is_sent_elsewhere_after_signing_in(
    client: Client, officer: Worker, way_on: str
) -> None:
    answer = client.post(SIGN_IN, {"username": "zhou.min", "password": PASSWORD, "next": way_on})
    assert answer.headers["Location"] == HOME


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(
    client: Client, officer: Worker
) -> None:
    answer = client.post(SIGN_IN, {"username": "zhou.min", "password": "wrong"})
    assert answer.status_code == 200
    assert "登录名或者密码不对" in answer.text
    assert 'value="zhou.min"' in answer.text
    assert "wrong" not in answer.text


def test_a_name_waits_after_five_wrong_passwords(client: Client, officer: Worker) -> None:
    moment = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    right = {"username": "zhou.min", "password": PASSWORD}
    with using_clock(FixedClock(moment)):
        for _ in range(5):
            client.post(SIGN_IN, {"username": "Ｚhou.min ", "password": "wrong"})
        refused = client.post(SIGN_IN, right)
        other = client.post(SIGN_IN, {"username": "feng.rong", "password": "wrong"})
    assert refused.status_code == 429
    assert "10 分钟后再试" in refused.text
    assert other.status_code == 200
    with using_clock(FixedClock(moment + timedelta(minutes=10))):
        assert client.post(SIGN_IN, right).status_code == 302


def test_the_right_password_forgets_the_wrong_ones(client: Client, officer: Worker) -> None:
    right = {"username": "zhou.min", "password": PASSWORD}
    for _ in range(3):
        for _ in range(4):
            client.post(SIGN_IN, {**right, "password": "wrong"})
        assert client.post(SIGN_IN, right).status_code == 302


def test_signing_out_needs_a_form_and_ends_the_session(client: Client, officer: Worker) -> None:
    client.force_login(officer.person)
    assert client.get(reverse("shell:sign_out")).status_code == 405
    assert client.get(HOME).status_code == 200
    client.post(reverse("shell:sign_out"))
    assert client.get(HOME).status_code == 302


def test_passwords_are_shown_in_a_demo_home(client: Client, db: None, demo: None) -> None:
    page = client.get(SIGN_IN).text
    assert "周敏" in page
    assert PASSWORD in page


def test_passwords_are_never_shown_elsewhere(
    client: Client, db: None, demo: None, settings: SettingsWrapper
) -> None:
    settings.BANGFU_DEMO = False
    page = client.get(SIGN_IN).text
    assert PASSWORD not in page
    assert "演示" not in page


def test_a_person_of_the_demo_signs_in_with_one_button(
    client: Client, officer: Worker, demo: None
) -> None:
    person = client.get(SIGN_IN).context["people"][0]
    answer = client.post(
        SIGN_IN, {"username": person.username, "password": person.password}, follow=True
    )
    assert "周敏 · 县级经办" in answer.text


def test_another_posting_is_used_from_the_next_page_on(client: Client, officer: Worker) -> None:
    second = grant_posting(
        actor=system_actor("tests"),
        person=officer.person,
        organisation="铁溪镇",
        title="挂职副镇长",
        role="township_reviewer",
        divisions=[TOWNSHIP],
    )
    client.force_login(officer.person)
    assert "周敏 · 县级经办" in client.get(HOME).text
    client.post(reverse("shell:posting"), {"posting": str(second.id)})
    assert "周敏 · 挂职副镇长" in client.get(HOME).text


@pytest.mark.parametrize("posting", ["", "nonsense", "01a2004b-a059-7193-80f4-52c22d3a333c"])
def test_a_posting_that_is_not_one_s_own_is_not_taken(
    client: Client, officer: Worker, worker: Callable[[str], Worker], posting: str
) -> None:
    other = worker("reviewer")
    client.force_login(officer.person)
    client.post(reverse("shell:posting"), {"posting": posting or str(other.posting.id)})
    assert "周敏 · 县级经办" in client.get(HOME).text


def test_the_language_is_kept_and_the_page_too(client: Client, officer: Worker) -> None:
    client.force_login(officer.person)
    back = reverse("shell:search")
    answer = client.post(reverse("shell:language"), {"language": "en", "next": back})
    assert answer.headers["Location"] == back
    assert '<html lang="en">' in client.get(back).text
    client.post(reverse("shell:language"), {"language": "zh-hans", "next": back})
    assert '<html lang="zh-hans">' in client.get(back).text


def test_someone_without_a_posting_is_told_whom_to_ask(client: Client, officer: Worker) -> None:
    officer.posting.granted.all().delete()
    officer.posting.delete()
    client.force_login(officer.person)
    assert "请本单位的安全管理员给您一个岗位" in client.get(HOME).text
