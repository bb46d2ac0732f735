"""Pages read in English: no Chinese but names, and what is marked as Chinese."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bangfu.cases.api import Clue
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.jobs.api import run_worker
from bangfu.policy.api import publish_pack
from bangfu.registry.api import Household, ImportBatch
from bangfu.screening.api import run_screening
from bangfu.screening.models import Run
from registry.conftest import places
from registry.making import COUNTY, PLACES, household, member
from registry.web_making import book_of, signed_in
from support.people import PASSWORD, WHO
from support.read_pages import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from registry.making import Pair
    from support.people import Worker

__all__ = ["places"]

pytestmark = pytest.mark.django_db

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff，。、；：？！（）]")
HEADS = ("李春秀", "王大贵")
FILE_WORDS = ("农户信息", "家庭人口数", "饮水是否困难")
NAMES = sorted(
    {
        *HEADS,
        "王小军",
        "3 组",
        "传错了文件",
        *FILE_WORDS,
        *(name for _, name in PLACES),
        *(word for row in WHO.values() for word in (row[1], row[3], row[4])),
    },
    key=len,
    reverse=True,
)
"""What people have entered: names of people, places, offices and posts, a reason, a file's sheet
and column. It stays as it was entered, and may stand in the middle of a sentence."""


def chinese_in(page: str) -> list[str]:
    """What is left in Chinese when names and whatever is marked as Chinese are taken away."""
    found = []
    for text in texts_of(page):
        words = text.words
        for name in NAMES:
            words = words.replace(name, "")
        if not text.language.startswith("zh") and HAN.search(words):
            found.append(f"{text.element}: {text.words}")
    return found


def poor(number: str, head: str, **changes: Any) -> Pair:
    """A household on which a rule fires, with a member of whom little is known."""
    son = member(number, "2", name="王小军", relation="son", labour=None, work_place=None)
    return household(
        number,
        member(number, "1", name=head),
        son,
        housing_grade="D",
        helper_name="周敏",
        **changes,
    )


def send(client: Client, *pairs: Pair, day: str) -> str:
    """Upload a workbook of these households; answer the batch's address."""
    file = SimpleUploadedFile("farmers.xlsx", book_of(*pairs))
    form = {"data_date": day, "division": COUNTY, "upload": [file]}
    answer: Any = client.post(reverse("registry:import_new"), form)
    assert answer.status_code == 302, texts_of(answer.text)
    return str(answer.url)


def read_in_english(worker: Worker) -> Client:
    """A browser in which this person has signed in and chosen English."""
    client = signed_in(worker)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def county(places: None, settings: SettingsWrapper, tmp_path: Path) -> Iterator[None]:
    """A demo home with its pack in force."""
    people = [{"username": "zhou.min", "password": PASSWORD, "name": "周敏", "title": "县级经办"}]
    (tmp_path / "demo.json").write_text(json.dumps({"people": people}), encoding="utf-8")
    settings.BANGFU_HOME = tmp_path
    cache.clear()
    publish_pack(actor=system_actor("tests"), path="demo", valid_from=date(2021, 1, 1))
    yield
    cache.clear()


@pytest.fixture
def desk(county: None, worker: Callable[[str], Worker]) -> Client:
    """The county officer's desk with two households on which a rule fired, and their clues."""
    client = read_in_english(worker("officer"))
    address = send(client, *(poor(f"H{n}", head) for n, head in enumerate(HEADS)), day="2026-11-01")
    client.post(f"{address}commit/")
    run_worker(once=True)
    assert Clue.objects.count() == 2
    return client


def check(client: Client, *addresses: str) -> None:
    """Every page is there, and has no Chinese left."""
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert '<html lang="en">' in answer.text, address
        assert (address, chinese_in(answer.text)) == (address, [])


def test_the_reader_finds_chinese_and_knows_what_is_marked() -> None:
    page = '<p lang="en">Head 李春秀<br>户主</p><p lang="zh"><b>户主</b></p><i title="看">a</i>'
    assert chinese_in(page) == ["p: 户主", "i[title]: 看"]


def test_signing_in(county: None, client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = reverse("shell:login")
    check(client, page)
    refused = client.post(page, {"username": "zhou.min", "password": "wrong"})
    assert "You were not signed in" in refused.text
    assert chinese_in(refused.text) == []


def test_a_browser_that_prefers_english_is_answered_in_english(client: Client) -> None:
    answer = client.get(reverse("shell:login"), headers={"Accept-Language": "en-GB,zh;q=0.5"})
    assert "<h1" in answer.text
    assert "Sign in" in answer.text


def test_home_and_search(desk: Client) -> None:
    search = reverse("shell:search")
    check(desk, reverse("shell:home"), search, f"{search}?q=王大贵", f"{search}?q=H9")


def test_clues(desk: Client) -> None:
    page, clue = reverse("cases:clues"), Clue.objects.earliest("pk")
    check(desk, page, f"{page}?due=overdue", reverse("cases:clue", args=[clue.pk]))
    form = {"move": "dismiss", "seen": "1", "reason": "no_risk", "note": ""}
    refused = desk.post(reverse("cases:move", args=[clue.pk]), form, follow=True)
    assert "needs a note" in refused.text
    assert chinese_in(refused.text) == []
    for picked in ([], [str(clue.pk)]):
        answer = desk.post(reverse("cases:assign"), {"pick": picked, "to": ""}, follow=True)
        assert chinese_in(answer.text) == []


def test_households(desk: Client) -> None:
    each = Household.objects.earliest("pk")
    page, browse = reverse("registry:household", args=[each.pk]), reverse("places:tree")
    check(desk, reverse("registry:households"), browse, page)
    check(desk, f"{page}?day=2026-11-02", f"{page}?day=2020-01-01", f"{page}?day=x")
    check(desk, reverse("registry:history", args=[each.pk]))
    secret = reverse("registry:reveal", args=[each.pk, "bank_account"])
    check(desk, secret)
    assert chinese_in(desk.post(secret, {"reason": "传错了文件"}).text) == []


def test_imports(desk: Client) -> None:
    changed, wrong = poor("H0", HEADS[0], farmland=900), poor("H3", HEADS[1], size=9)
    waiting = send(desk, changed, wrong, day="2026-11-10")
    check(desk, reverse("registry:imports"), reverse("registry:import_new"))
    check(desk, waiting, f"{waiting}?outcome=all", f"{waiting}?code=registry.size_differs")
    batch = ImportBatch.objects.earliest("checked_at")
    page, reverse_page = (
        reverse(f"registry:{name}", args=[batch.pk]) for name in ("import", "import_reverse")
    )
    check(desk, page, reverse_page)
    done = desk.post(reverse_page, {"reason": "传错了文件"}, follow=True)
    assert "This batch has been reversed" in done.text
    assert chinese_in(done.text) == []


def test_a_file_that_cannot_be_read(desk: Client) -> None:
    file = SimpleUploadedFile("farmers.xlsx", b"%PDF-1.7")
    form = {"data_date": "2026-11-01", "division": COUNTY, "upload": [file]}
    answer = desk.post(reverse("registry:import_new"), form)
    assert "This is not an Excel workbook" in answer.text
    assert chinese_in(answer.text) == []


def test_runs(desk: Client) -> None:
    run_screening(
        actor=system_actor("tests"), division=COUNTY, overrides={"monitoring_line": 12_000_00}
    )
    pages = [reverse("screening:run", args=[each.pk]) for each in Run.objects.all()]
    assert len(pages) == 2
    start = reverse("screening:start")
    check(desk, reverse("screening:runs"), start, *pages)
    wrong = desk.post(start, {"division": COUNTY, "as_of": "2027-01-01", "set-x": "a", "wish": "1"})
    assert chinese_in(wrong.text) == []
    waiting: Any = desk.post(start, {"division": COUNTY, "as_of": "", "wish": "2"})
    check(desk, waiting.url)


def test_the_audit(desk: Client, worker: Callable[[str], Worker]) -> None:
    check(desk, reverse("shell:home"))
    check(read_in_english(worker("auditor")), reverse("shell:audit"))


@pytest.mark.parametrize(("name", "status"), [("shell:audit", 403), ("registry:imports", 404)])
def test_refusals(desk: Client, name: str, status: int) -> None:
    answer = desk.get(reverse(name) + ("nothing/" if status == 404 else ""))
    assert answer.status_code == status
    assert chinese_in(answer.text) == []
