"""A province officer goes down to a village: every level's counts are the sum of the next.

The figures on the pages are compared with the register's own rows, by registration and by living.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db.models import Count, Q, Sum
from playwright.sync_api import expect

from bangfu.foundation.access.api import grant_posting, system_actor
from bangfu.foundation.accounts.api import create_person
from bangfu.places.api import Origin, RecordRow, TagRow, load_tags, load_village_records
from bangfu.registry.models import Household
from bangfu.synthetic.api import STORY
from support.browser import DESK, PHONE, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from bangfu.foundation.accounts.api import Person

pytestmark = [pytest.mark.e2e]

SOURCE = "演示名单（虚构）"
FIGURES = re.compile(r"([\d,]+) 户.*?([\d,]+) 人.*?监测 ([\d,]+) 户", re.DOTALL)


@pytest.fixture
def province_officer(demo_county: tuple[str, ...]) -> Person:
    """Somebody of the province, where the demo has one county; their village has a record."""
    actor = system_actor("tests")
    person = create_person(actor=actor, username="shengji", name="税宏", password="niulan-shan-9")
    grant_posting(
        actor=actor, person=person, organisation="四川省农业农村厅", title="省级督导",
        role="province_supervisor", divisions=["51"],
    )  # fmt: skip
    village = busiest_village()
    told = {"clinic": True, "network": False, "collective_income": 50_000_00}
    rows = [RecordRow(village, year, SOURCE, STORY.day, told) for year in range(2021, 2026)]
    load_village_records(actor=actor, rows=rows, origin=Origin(demo=True))
    tag = TagRow("exited_county", STORY.division, "通江县", "51", STORY.day, SOURCE)
    load_tags(actor=actor, rows=[tag], origin=Origin(demo=True))
    return person


def busiest_village() -> str:
    """The village with the most households."""
    counted = Household.objects.filter(active=True).values_list("village_code")
    found = counted.annotate(n=Count("id")).order_by("-n", "village_code").first()
    assert found is not None
    return str(found[0])


def figures(text: str) -> tuple[int, ...]:
    """Households, people, monitored households."""
    found = FIGURES.search(text)
    assert found is not None, text
    return tuple(int(each.replace(",", "")) for each in found.groups())


def in_register(place: str, column: str = "village_code") -> tuple[int, ...]:
    """The same of a place, from the rows themselves."""
    rows = Household.objects.filter(active=True, **{f"{column}__startswith": place})
    watched = rows.exclude(Q(monitoring_category="") | Q(monitoring_category="none"))
    people = rows.aggregate(n=Sum("size"))["n"] or 0
    return rows.count(), people, watched.count()


def lines(page: Page) -> list[tuple[int, ...]]:
    """The figures of the top lines of the tree."""
    found = page.locator(".tree > li > details > summary, .tree > li > .leaf").all_inner_texts()
    return [figures(each) for each in found]


@pytest.mark.parametrize(
    ("by", "column"), [("registered", "village_code"), ("living", "living_code")]
)
def test_a_province_officer_sees_counts_that_add_up_to_the_villages(
    visit: Callable[..., Visit], province_officer: Person, by: str, column: str
) -> None:
    village = busiest_village()
    officer = visit(DESK)
    officer.sign_in(province_officer)
    for place in ("51", village[:4], village[:6], village[:9]):
        page = officer.open(f"/places/{place}/?by={by}")
        title = figures(page.locator("h1").inner_text())
        assert title == in_register(place, column)
        assert tuple(map(sum, zip(*lines(page), strict=True))) == title
        officer.check()
    if by == "registered":
        page = officer.open(f"/villages/{village}/")
        households, _people, monitored = in_register(village)
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{households} 户")
        if monitored:
            expect(page.get_by_role("heading", level=1)).to_contain_text(f"{monitored} 户在监测")


def test_the_tree_opens_by_keyboard_and_the_village_answers_on_a_phone(
    visit: Callable[..., Visit], province_officer: Person
) -> None:
    village = busiest_village()
    officer = visit(PHONE)
    officer.sign_in(province_officer)
    page = officer.open(f"/places/{village[:6]}/")
    first = page.locator(".tree > li > details > summary").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tree > li > details .leaf a").first).to_be_visible()
    officer.check()
    for path in (
        f"/villages/{village}/",
        f"/villages/{village}/2025/clinic/",
        "/villages/",
        "/places/tags/",
        "/places/tags/compare/",
        "/places/sheets/new/",
    ):
        officer.open(path)
        officer.check()
    page = officer.open(f"/villages/{village}/")
    expect(page.get_by_text("脱贫摘帽县").first).to_be_visible()
    expect(page.get_by_text("未达标").first).to_be_visible()
