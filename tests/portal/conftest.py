"""The village of the recognition tests, seen by people without an account."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cases.conftest import demo_home, pack, places, recognition_people, walk

__all__ = ["demo_home", "pack", "places", "recognition_people", "walk"]


@dataclass
class Visitor:
    """Somebody with a telephone and no account."""

    client: Client
    address: str = "203.0.113.7"

    def get(self, path: str, **more: Any) -> Any:
        """Open a page."""
        return self.client.get(path, REMOTE_ADDR=self.address, **more)

    def post(self, path: str, form: dict[str, Any]) -> Any:
        """Send a form in."""
        return self.client.post(path, form, REMOTE_ADDR=self.address)

    def text(self, path: str) -> str:
        """A page's text."""
        return str(self.get(path).content.decode())


def token_in(page: Any) -> str:
    """The mark of the form on a page."""
    found = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found.group(1)


def code_in(page: Any) -> str:
    """The receipt's number on a page."""
    found = re.search(r'class="public-code">([^<]+)<', page.content.decode())
    assert found is not None, page.content.decode()
    return found.group(1)


@pytest.fixture
def visitor() -> Visitor:
    """A visitor whom nobody has counted yet."""
    cache.clear()
    return Visitor(Client())
