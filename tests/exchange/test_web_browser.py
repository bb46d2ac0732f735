"""The pages of departments' lists in Chromium: at a desk and on a phone, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from bangfu.exchange.api import FeedList, ListRow, settle_row
from bangfu.foundation.clock.api import today
from bangfu.registry.queries.divisions import forget_divisions
from exchange.making import PEOPLE, check, hand_in, home, make_register, of, officer
from registry.making import make_id, make_places
from support.browser import DESK, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import SettingsWrapper

    from support.browser import Visit
    from support.people import Worker

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def county(settings: SettingsWrapper) -> Iterator[None]:
    """A list long ago, one of last month with rows that wait, and one that is being checked."""
    settings.BANGFU_DEMO = True
    forget_divisions()
    make_places()
    make_register()
    day = today()
    at = day - timedelta(days=3)
    hand_in(of("H3", date=day - timedelta(days=60)), feed="deaths", day=day - timedelta(days=47))
    born = day.replace(year=1980, month=1, day=1)
    hand_in(
        of("H1", date=at),
        of("H2", name="王贵", date=at, note="住院"),
        of("H3", date=at, name="何福"),
        of("H1", date=at, id_number=make_id(born), name="外地人"),
        day=day - timedelta(days=2),
    )
    settled = ListRow.objects.get(outcome="unmatched", position=2)
    settle_row(actor=officer(), row_id=settled.id, decision="wrong_number")
    check(
        of("H1", date=at, amount=8_000_00),
        of("H2", date=at, amount=None),
        of("H3", date=day, amount=1),
        of("H1", date=at),
        day=day - timedelta(days=1),
    )
    yield
    forget_divisions()


def addresses() -> dict[str, str]:
    """Every page, by the name of its picture."""
    done = FeedList.objects.get(feed="medical_costs", committed_at__isnull=False)
    waiting = FeedList.objects.get(committed_at=None)
    row = ListRow.objects.get(outcome="unmatched", position=1)
    settled = ListRow.objects.get(outcome="settled")
    one = reverse("exchange:row", args=[row.id])
    return {
        "desk": reverse("exchange:desk"),
        "lists": reverse("exchange:lists"),
        "new": reverse("exchange:new"),
        "check": reverse("exchange:list", args=[waiting.id]),
        "check-all": reverse("exchange:list", args=[waiting.id]) + "?state=all",
        "done": reverse("exchange:list", args=[done.id]),
        "withdraw": reverse("exchange:withdraw", args=[done.id]),
        "unmatched": reverse("exchange:unmatched"),
        "row": one,
        "row-found": f"{one}?q=%E7%8E%8B",
        "row-nobody": f"{one}?q=%E9%BE%99",
        "row-settled": reverse("exchange:row", args=[settled.id]),
        "household": reverse("registry:household", args=[home("H1").id]),
    }


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_page_is_whole(
    visit: Callable[..., Visit], worker: Callable[[str], Worker], width: int, language: str
) -> None:
    person = worker("officer").person
    seen = visit(width, language)
    seen.sign_in(person)
    for name, address in addresses().items():
        seen.open(address)
        seen.picture(f"exchange-{name}-{language[:2]}")
        seen.check()


def test_a_row_is_matched_by_hand_and_taken_back(
    visit: Callable[..., Visit], worker: Callable[[str], Worker]
) -> None:
    seen = visit(PHONE)
    seen.sign_in(worker("officer").person)
    page = seen.open(addresses()["row"])
    page.get_by_role("searchbox").or_(page.locator("#q")).first.fill(PEOPLE["H2"])
    page.get_by_role("button", name="查找").click()
    page.get_by_role("button", name="匹配到这一户").click()
    page.get_by_role("heading", name="已匹配到 王大贵 户").wait_for()
    page.get_by_role("button", name="撤销，重新认定").click()
    page.get_by_role("heading", name="号码对，姓名不一样").wait_for()
    seen.check()
