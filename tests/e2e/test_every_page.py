"""Every page there is, as somebody who may see it, in both languages, at a desk and on a phone.

The routes, what to ask them for and who may are those of the access matrix: a new route is visited
without a word here, or named as one that nobody can visit. A page is opened once in each language
at the desk's width and then narrowed to the phone's; at both it must answer, scroll nowhere
sideways and say nothing to the console. axe reads the Chinese pages at both widths: the English
ones are the same elements, of which the words are read. A file is fetched instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as product
from django.urls import reverse
from playwright.sync_api import Error

from access_matrix.asking import WORKBOOK
from access_matrix.evaluator import OPEN, door
from access_matrix.routes import ROUTES
from access_matrix.world import MOMENT, NOBODY, PLACES, A, World, make_world
from bangfu.changes.models import ChangeRequest
from bangfu.exchange.jobs import COMMIT_LIST
from bangfu.foundation.access.api import actor_of
from bangfu.foundation.clock import api as clock
from bangfu.foundation.jobs.api import Job, JobState, enqueue, run_in_foreground
from bangfu.kernel.clock import FixedClock
from bangfu.policy.jobs import CHECK_PROPOSAL
from bangfu.registry.jobs import COMMIT_BATCH, WRITE_REGISTER
from bangfu.teams.jobs import COMMIT_LIST as COMMIT_SHEET
from e2e.conftest import copy_from
from e2e.own_samples import own_samples
from support.browser import DESK, HEIGHT, PHONE, Visit
from support.read_pages import texts_of
from ui.test_english_pages import HAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from access_matrix.world import Who

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

CHINESE, ENGLISH = "zh-CN", "en-US"
OFFICER, PROVINCE = "county_officer", "province_supervisor"
ENTERED: Final = re.compile(
    "|".join(
        [
            r"(不是)?[甲乙丙丁][春夏秋冬书帮][兰生记手]",
            *(name for _, name in PLACES),
            *("水利局", "蒲艳", "干部", "一组", "3 组", "登记", "演示名单（虚构）", "名单", "证明"),
            *("任职", "入户核查", "不是", "签到表", "主持人", "记录人", "没有登记的人"),
            *("办事拖拉", "家里有事", "签收单", "已经到户", "危房改造", "岗位推荐和技能培训"),
            r"公开页面：[^.]*",
        ]
    )
)
"""What people have entered, and laws as a refusal quotes them: both stay in every language."""
LATIN: Final = re.compile(r"[A-Za-z]{2,}")
IN_CODE: Final = frozenset({"code", "kbd", "pre"})
SPELT: Final = re.compile(r"\b(nation|sichuan|demo)\b|\S*[0-9_]\S*|\w*\.(xlsx|csv|yaml|txt|png)\b")
"""Packs with their versions, numbers of households, hashes, codes of problems, names of files."""
ALLOWED: Final = frozenset(
    {"Excel", "English", "KB", "MB", "zip", "version", "extends", "flag", "tests"}
    | {"PDF", "JPEG", "PNG", "WebP", "YAML"}
)
"""`version` and `extends` stand in a pack, `flag` is a list of codes that no single item takes, and
the last is the name of who filled the counties."""
UNNAMED: Final = "Failed to load resource"
"""Every answer that fails is noted by its address; this message names none, and also comes, late,
for the icon that Chromium asks for beside an answer that is no page (the health check's)."""
SAMPLES: Final = "shell:gallery"
"""Shows every component with rows that are made up in Chinese; its words are not read."""


@dataclass
class Matrix:
    """The world of the access matrix with somebody for every route, and where to find it."""

    world: World = field(default_factory=World)
    made: dict[str, tuple[str, tuple[object, ...]]] = field(default_factory=dict)

    def address(self, name: str) -> tuple[str, str]:
        """Who opens a route, and its path."""
        if name in self.made:
            who, arguments = self.made[name]
            return who, reverse(name, args=arguments)
        route = ROUTES[name]
        people = self.world.people
        asked = [NOBODY] if route.capability == OPEN else [OFFICER, PROVINCE, *people]
        for who in (people[each] for each in asked):
            if door(who.rights, route.capability) is None:
                for case in route.cases(self.world, who):
                    if case.found(who.rights):
                        return who.name, reverse(name, args=case.arguments)
        pytest.fail(f"nobody can visit {name}: give it a case, or make one for it here")


def job(world: World, who: str, kind: str, payload: dict[str, Any], key: str = "") -> Job:
    """Work that somebody asked for and that has not begun."""
    actor = actor_of(world.people[who].person)
    return enqueue(actor=actor, kind=kind, payload=payload, idempotency_key=f"page:{kind}{key}")


def jobs_of(world: World) -> Iterator[tuple[str, str, Job]]:
    """Work that its page tells of: the matrix's own jobs are screenings."""
    batch, feed_list = next(iter(world.checked)), next(iter(world.checked_lists))
    sheet = next(iter(world.team.uploads))
    asked: dict[str, Any] = {"division": A, "reason": "年底核对"}
    of_pages: dict[str, tuple[str, str, dict[str, Any]]] = {
        "registry:import_job": (OFFICER, COMMIT_BATCH, {"batch": str(batch)}),
        "registry:register_job": (OFFICER, WRITE_REGISTER, asked),
        "exchange:job": (OFFICER, COMMIT_LIST, {"list": str(feed_list)}),
        "teams:import_job": (
            OFFICER,
            COMMIT_SHEET,
            {"upload": str(sheet)},
        ),
        "policy:job": (PROVINCE, CHECK_PROPOSAL, {"proposal": str(world.proposal)}),
    }
    for name, (who, kind, payload) in of_pages.items():
        yield name, who, job(world, who, kind, payload)
    written = job(world, OFFICER, WRITE_REGISTER, asked, "done")
    actor = actor_of(world.people[OFFICER].person)
    written.result = run_in_foreground(WRITE_REGISTER, asked, actor, lambda *_: None)
    written.state = JobState.DONE
    written.save()
    yield "registry:register_done", OFFICER, written
    yield "registry:register_fetch", OFFICER, written


MATRIX: Final = Matrix()


def fill_matrix(folder: Path) -> None:
    """Make the matrix's world, with work that is under way."""
    with clock.using_clock(FixedClock(MOMENT)):
        MATRIX.world = make_world()
        for name, who, each in jobs_of(MATRIX.world):
            MATRIX.made[name] = (who, (each.pk,))
        request = ChangeRequest.objects.filter(division__startswith=A).earliest("pk")
        for name, who, arguments in own_samples(MATRIX.world):
            MATRIX.made[name] = (who, arguments)
        case, file, _place = next(iter(MATRIX.world.consents.values()))
        MATRIX.made["case:file"] = (OFFICER, (case, file))
        MATRIX.made["changes:evidence"] = (OFFICER, (request.pk, request.evidence[0]))


@pytest.fixture
def matrix(
    transactional_db: None,
    kept: Callable[[str, Callable[[Path], None]], Path],
    settings: SettingsWrapper,
    monkeypatch: pytest.MonkeyPatch,
) -> Matrix:
    """The matrix's two counties, on their own day for the server as well."""
    folder = kept("matrix", fill_matrix)
    settings.BANGFU_HOME, settings.BANGFU_DEMO = folder / "home", True
    copy_from(folder / "filled.sqlite3")
    monkeypatch.setattr(clock, "_SYSTEM", FixedClock(MOMENT))
    return MATRIX


def latin_in(page: str) -> list[str]:
    """Words in Latin letters where a reader of Chinese has no use for them."""
    found = []
    for text in texts_of(page):
        if text.element in IN_CODE or not text.language.startswith("zh"):
            continue
        words = set(LATIN.findall(SPELT.sub(" ", text.words))) - ALLOWED
        found += [f"{text.element}: {word} in {text.words[:60]}" for word in sorted(words)]
    return found


def han_in(page: str) -> list[str]:
    """What is left in Chinese, besides what people entered and what is marked as Chinese."""
    return [
        f"{text.element}: {text.words[:60]}"
        for text in texts_of(page)
        if not text.language.startswith("zh") and HAN.search(ENTERED.sub("", text.words))
    ]


class Walk:
    """One browser window that goes through all pages and notes what is wrong with each."""

    def __init__(self, visit: Visit, matrix: Matrix, language: str) -> None:
        self._visit, self._matrix, self._language = visit, matrix, language
        self._as = ""
        self.problems: list[str] = []

    def go(self, name: str) -> None:
        """Visit a route."""
        who, path = self._matrix.address(name)
        self._become(self._matrix.world.people[who])
        page = self._visit.page
        page.set_viewport_size({"width": DESK, "height": HEIGHT})
        try:
            answer = page.goto(self._visit.server + path)
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            self._fetch(name, path)
            return
        assert answer is not None
        if answer.status != 200:
            self._note(name, [f"answers {answer.status}"])
        # What is no page of ours, as a PDF that the browser shows itself, is not read.
        page_of_ours = answer.headers.get("content-type", "").startswith("text/html")
        if page_of_ours and answer.text().lstrip().lower().startswith("<!doctype html"):
            self._note(name, self._read(name, page))
            self._note(name, [each for each in self._visit.wrong if UNNAMED not in each])
        self._visit.wrong.clear()

    def _note(self, name: str, problems: Iterable[str]) -> None:
        self.problems += [f"{name}: {each}" for each in problems]

    def _become(self, who: Who) -> None:
        if who.name == self._as:
            return
        self._as = who.name
        if who.person is None:
            self._visit.page.context.clear_cookies(name=product.SESSION_COOKIE_NAME)
        else:
            self._visit.sign_in(who.person)

    def _fetch(self, name: str, path: str) -> None:
        answer = self._visit.page.request.get(self._visit.server + path)
        if answer.status != 200 or "attachment" not in answer.headers["content-disposition"]:
            self._note(name, [f"no file: {answer.status}"])
        if WORKBOOK in answer.headers["content-type"] and not answer.body().startswith(b"PK"):
            self._note(name, ["no workbook"])

    def _read(self, name: str, page: Page) -> Iterator[str]:
        words = latin_in if self._language == CHINESE else han_in
        if name != SAMPLES:
            yield from words(page.content())
        yield from self._at(page, DESK)
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})
        yield from self._at(page, PHONE)
        yield from page.evaluate("window.brokenPolicies")

    def _at(self, page: Page, width: int) -> Iterator[str]:
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            yield f"scrolls sideways at {width}: {needed}"
        if self._language == CHINESE:
            for each in Axe().run(page).response["violations"]:
                yield f"axe at {width}: {each['id']} {[n['target'] for n in each['nodes']][:3]}"


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_every_page_is_sound(visit: Callable[..., Visit], matrix: Matrix, language: str) -> None:
    walk = Walk(visit(DESK, language), matrix, language)
    pages = [name for name, route in ROUTES.items() if "GET" in route.methods.split()]
    assert len(pages) > 70
    for name in sorted(pages, key=lambda each: (matrix.address(each)[0], each)):
        walk.go(name)
    assert walk.problems == [], "\n".join(walk.problems)
