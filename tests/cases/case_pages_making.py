"""Browsers of the walk's people, and what a page of cases says to them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from django.test import Client

if TYPE_CHECKING:
    from cases.recognition_making import Walk

_TAG: Final = re.compile(r"<[^>]+>")
_ROW: Final = re.compile(r'data-move="([^"]+)">(.*?)</tr>', re.DOTALL)
_LINK: Final = re.compile(r'href="[^"]*/do/([^"/]+)/"')


def browser(walk: Walk, name: str) -> Client:
    """A browser in which somebody of the walk has signed in."""
    client = Client()
    client.force_login(walk.people[name])
    return client


def text_of(answer: Any) -> str:
    """What a page says, without its tags and with single spaces."""
    return re.sub(r"\s+", " ", unescape(_TAG.sub(" ", answer.content.decode())))


def page_of(walk: Walk, name: str, number: str = "H1") -> Any:
    """A case's page as somebody gets it."""
    return browser(walk, name).get(f"/cases/{walk.cases[number]}/")


def moves_on(answer: Any) -> dict[str, list[str]]:
    """The moves that a case's page draws, each with the moves that its row links to."""
    found: dict[str, list[str]] = {}
    for name, row in _ROW.findall(answer.content.decode()):
        assert name not in found, f"{name} stands there twice"
        found[name] = _LINK.findall(row)
    return found


def title_of(answer: Any) -> str:
    """The heading of a page."""
    found = re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    return text_of_html(found.group(1)) if found else ""


def text_of_html(html: str) -> str:
    """The words of a piece of a page."""
    return re.sub(r"\s+", " ", unescape(_TAG.sub("", html))).strip()
