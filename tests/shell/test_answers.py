"""Error pages, headers, health and search."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.audit.api import unsealed_window
from bangfu.foundation.clock.api import now, using_clock
from bangfu.foundation.jobs.api import enqueue, job_kind
from bangfu.foundation.ui import search as search_module
from bangfu.foundation.ui.api import Found, Hit, register_search
from bangfu.foundation.ui.security import HEADERS, POLICY
from bangfu.kernel.clock import FixedClock
from bangfu.shell.web import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from pytest_django.fixtures import SettingsWrapper

    from support.people import Worker

NUMBER = re.compile(r"\b(\d{3}-[2-9A-HJ-NP-Z]{6})\b")


@pytest.fixture
def officer(client: Client, worker: Callable[[str], Worker]) -> Worker:
    made = worker("officer")
    client.force_login(made.person)
    return made


def test_what_is_not_there_gets_a_number_that_is_in_the_log(
    client: Client, officer: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "bangfu.errors"):
        answer = client.get("/households/nobody/?q=519900199001011234")
    assert answer.status_code == 404
    found = NUMBER.search(answer.text)
    assert found is not None
    logged = [record.getMessage() for record in caplog.records if record.name == "bangfu.errors"]
    assert [found[1] in line and str(officer.person.id) in line for line in logged] == [True]
    assert "519900" not in logged[0]


def test_a_form_without_its_token_changes_nothing_and_says_so(officer: Worker) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer.person)
    answer = strict.post(reverse("shell:sign_out"))
    assert answer.status_code == 403
    assert "什么也没有改" in answer.text
    assert strict.get(reverse("shell:home")).status_code == 200


def test_our_own_faults_are_shown_without_database_or_person(
    settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No `db` fixture: a query would fail this test."""

    def fail(request: HttpRequest) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("bangfu.shell.web.health.unsealed_window", fail)
    request = RequestFactory().get("/")
    answer = errors.broken(request)
    assert answer.status_code == 500
    assert NUMBER.search(answer.content.decode())


@pytest.mark.django_db
def test_an_exception_in_a_page_becomes_the_page_for_it(
    client: Client, officer: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: HttpRequest) -> list[str]:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("bangfu.shell.web.home.work_of", fail)
    client.raise_request_exception = False
    answer = client.get(reverse("shell:home"))
    assert answer.status_code == 500
    assert "不是您的错" in answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "broken on purpose" not in answer.text


def test_a_refusal_gives_its_reason(
    client: Client, officer: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(request: HttpRequest) -> list[str]:
        raise AccessRefused("access.manage", "511921")

    monkeypatch.setattr("bangfu.shell.web.home.work_of", refuse)
    answer = client.get(reverse("shell:home"))
    assert answer.status_code == 403
    assert "没有“" in answer.text
    assert "安全管理员" in answer.text


@pytest.mark.parametrize("name", ["shell:login", "shell:home", "shell:search", "shell:health"])
def test_every_answer_carries_the_headers(client: Client, officer: Worker, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code in {200, 503}
    for header, value in HEADERS.items():
        if header != "Cache-Control":
            assert answer.headers[header] == value
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_health_names_nobody_and_needs_no_sign_in(client: Client, db: None) -> None:
    answer = client.get(reverse("shell:health"))
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert set(answer.json()) == {"ok", "database", "worker", "audit"}


def test_health_sees_that_no_worker_takes_up_the_work(client: Client, db: None) -> None:
    job_kind("shell.test_waits")(lambda context, payload: None)
    enqueue(
        actor=system_actor("tests"), kind="shell.test_waits", payload={}, idempotency_key="waits"
    )
    assert client.get(reverse("shell:health")).json()["worker"]["jobs_due"] == 1
    with using_clock(FixedClock(now() + timedelta(minutes=10))):
        answer = client.get(reverse("shell:health"))
    assert answer.status_code == 503
    assert answer.json()["worker"]["ok"] is False


def test_health_sees_that_the_audit_is_not_sealed(client: Client, officer: Worker) -> None:
    assert unsealed_window().count > 0
    with using_clock(FixedClock(now() + timedelta(minutes=10))):
        answer = client.get(reverse("shell:health"))
    assert answer.json()["audit"]["ok"] is False
    assert answer.json()["audit"]["unsealed_rows"] == unsealed_window().count


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A feature that finds one household, and remembers what it was asked."""
    asked: list[str] = []
    monkeypatch.setattr(search_module, "_sources", {})

    def find(request: HttpRequest, words: str) -> Found:
        asked.append(words)
        return Found([Hit("李春秀 户", "铁溪镇 朱元村", "/h/1/")], 1, "/h/?q=1")

    register_search("households", 1, "农户", "registry.read", find)
    return asked


def test_search_asks_the_features_and_counts(
    client: Client, officer: Worker, finder: list[str]
) -> None:
    page = client.get(reverse("shell:search"), {"q": "  李  "}).text
    assert finder == ["李"]
    assert "“李”找到 1 个" in page
    assert 'href="/h/1/"' in page


def test_search_asks_nothing_for_nothing(
    client: Client, officer: Worker, finder: list[str]
) -> None:
    client.get(reverse("shell:search"), {"q": " "})
    assert finder == []


def test_search_does_not_ask_for_those_who_may_not_read(
    client: Client, worker: Callable[[str], Worker], finder: list[str]
) -> None:
    client.force_login(worker("auditor").person)
    page = client.get(reverse("shell:search"), {"q": "李"}).text
    assert finder == []
    assert "没有找到" in page


def test_the_gallery_is_closed_where_something_is_real(
    client: Client, db: None, settings: SettingsWrapper
) -> None:
    settings.BANGFU_DEMO = False
    assert client.get(reverse("shell:gallery")).status_code == 404
    settings.BANGFU_DEMO = True
    assert client.get(reverse("shell:gallery")).status_code == 200
