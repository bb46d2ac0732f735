"""A home in which no pack is in force yet: pages say so, none breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.people import Worker


@pytest.fixture
def officer(worker: Callable[[str], Worker]) -> Client:
    client = Client()
    client.force_login(worker("officer").person)
    return client


def test_the_home_page_works_before_any_policy(officer: Client) -> None:
    assert officer.get(reverse("shell:home")).status_code == 200


@pytest.mark.parametrize("name", ["screening:start", "cases:clues"])
def test_what_needs_a_policy_says_that_none_is_in_force(officer: Client, name: str) -> None:
    answer = officer.get(reverse(name))
    assert answer.status_code == 409
    assert "政策包" in answer.content.decode()
