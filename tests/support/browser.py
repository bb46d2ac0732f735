"""Chromium against the running product: every page is watched while a test drives it.

A page fails its test by a message in the console, a broken content security policy, an answer
of 4xx or 5xx that was not expected, anything axe finds, or scrolling sideways.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.live_server_helper import LiveServer

    from bangfu.foundation.accounts.api import Person

CHROMIUM: Final = os.environ.get("BANGFU_CHROMIUM", "/usr/bin/chromium")
FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK: Final = 1440
PHONE: Final = 360
HEIGHT: Final = 900
PICTURES: Final = Path(__file__).parents[2] / "test-results" / "pictures"
# Remembers broken policies from the first line of every document on.
WATCH_POLICY: Final = """
window.brokenPolicies = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.brokenPolicies.push(event.violatedDirective + " " + event.blockedURI));
"""


@dataclass
class Visit:
    """A page in the browser, with everything that went wrong on it so far."""

    page: Page
    server: str
    wrong: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def open(self, path: str) -> Page:
        """Go to a path and wait until it is quiet."""
        self.page.goto(self.server + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def sign_in(self, person: Person) -> None:
        """Carry the session of somebody who has signed in."""
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.server}]
        )

    def check(self) -> None:
        """Fail on anything wrong with the page as it is now."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        viewport = self.page.viewport_size
        assert viewport is not None
        assert width <= viewport["width"], f"{self.page.url} scrolls sideways: {width}"
        assert self.page.evaluate("window.brokenPolicies") == []
        found = Axe().run(self.page).response["violations"]
        assert [(each["id"], _places(each)) for each in found] == [], self.page.url
        assert self.wrong == [], self.page.url

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page, for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        size = self.page.viewport_size
        assert size is not None
        path = PICTURES / f"{name}-{size['width']}.png"
        self.page.screenshot(path=str(path), full_page=True)


def _places(violation: dict[str, Any]) -> list[Any]:
    return [node["target"] for node in violation["nodes"]]


def _watch(visit: Visit) -> None:
    """Collect what the browser complains about."""
    page = visit.page
    page.add_init_script(WATCH_POLICY)
    page.on("pageerror", lambda error: visit.wrong.append(f"error: {error}"))
    page.on(
        "console",
        lambda message: (
            visit.wrong.append(f"{message.type}: {message.text}")
            if not (visit.expected and "the server responded with a status of" in message.text)
            else None
        ),
    )
    page.on(
        "response",
        lambda answer: (
            visit.wrong.append(f"{answer.status}: {answer.url}")
            if answer.status >= 400 and answer.status not in visit.expected
            else None
        ),
    )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    if not Path(settings.BANGFU_ASSETS, "build").is_dir():
        pytest.fail("The front end is not built: run `npm ci` and `npm run build`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Visit]]:
    """Opens a watched page of a width, in a language: `visit(PHONE, "en-US")`."""
    contexts = []

    def start(width: int = DESK, language: str = "zh-CN") -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale=language,
            device_scale_factor=1 if width > PHONE else 2,
            has_touch=width <= PHONE,
        )
        contexts.append(context)
        made = Visit(context.new_page(), live_server.url)
        _watch(made)
        return made

    yield start
    for context in contexts:
        context.close()
