"""A list as its pages draw it: the bar, the tabs, the figures beside last month's, the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bangfu.exchange.models import FeedList, RowOutcome
from bangfu.exchange.permissions import REGISTER
from bangfu.exchange.queries.lists import count_problems, find_before
from bangfu.exchange.queries.rows import RowFilters, list_rows
from bangfu.exchange.web.tables import about, row_state, row_why
from bangfu.foundation.pages.api import bar_of, file_words, placed
from bangfu.foundation.ui.api import amount, count, mask_identity
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.exchange.queries.lists import ProblemCount
    from bangfu.exchange.queries.rows import ShownRow
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.pages.api import FileWords, Piece, PlacedProblem
    from bangfu.registry.api import Page

LINES_A_PAGE: Final = 20
_FAR: Final = 50
"""From a change of so many per cent on, a figure is pointed at."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the rows."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure beside that of the list before, both in words; `far` when it changed a lot."""

    label: str
    before: str
    now: str
    change: str
    far: bool


@dataclass(frozen=True, slots=True)
class LineWords:
    """A row in words, with its problems placed."""

    row: ShownRow
    about: str
    number: str
    state: str
    why: str
    problems: list[PlacedProblem]


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of rows with the way on and back."""

    rows: list[LineWords]
    page: Page[ShownRow]
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything the page of a checked list says."""

    each: FeedList
    place: str
    knows: bool
    bar: list[Piece]
    refusals: list[ProblemCount]
    notices: list[ProblemCount]
    tabs: list[Tab]
    lines: Lines
    figures: list[Figure]
    before: FeedList | None
    file: FileWords | None
    code: str


def list_url(list_id: object) -> str:
    """The address of a list."""
    return reverse("exchange:list", args=[list_id])


def _bar(each: FeedList) -> list[Piece]:
    """Taken, skipped and refused rows as one bar; the last piece reaches its end."""
    parts = {"taken": each.taken, "same": each.known, "refused": each.refused}
    return bar_of(parts)


def figures_of(each: FeedList, before: FeedList | None) -> list[Figure]:
    """Rows, people, sum and median beside those of the list before."""
    parts: list[tuple[str, int | None, int | None, bool]] = [
        (_("行数"), before.rows if before else None, each.rows, False),
        (_("人数"), before.people if before else None, each.people, False),
    ]
    if each.total is not None:
        parts += [
            (_("金额合计，元"), before.total if before else None, each.total, True),
            (_("金额中位，元"), before.middle if before else None, each.middle, True),
        ]
    return [_figure(*part) for part in parts]


def _figure(label: str, before: int | None, now: int | None, money: bool) -> Figure:
    write = amount if money else count
    change = "" if not before or now is None else f"{(now - before) * 100 / before:+.1f}%"
    far = bool(before and now is not None and abs(now - before) * 100 >= _FAR * before)
    old, new = (write(value) if value is not None else "–" for value in (before, now))
    return Figure(label, str(old), str(new), change or "–", far)


def _tabs(each: FeedList, state: str, *, knows: bool, narrowed: bool) -> list[Tab]:
    every = [
        (RowOutcome.REFUSED.value, _("要改"), each.refused),
        *(
            [
                (RowOutcome.UNMATCHED.value, _("待匹配"), each.unmatched),
                (RowOutcome.MATCHED.value, _("已匹配"), each.matched),
            ]
            if knows
            else []
        ),
        (RowOutcome.KNOWN.value, _("以前报过"), each.known),
        ("all", _("全部"), each.rows),
    ]
    return [
        Tab(label, n, f"?{urlencode({'state': code})}#lines", code == state and not narrowed)
        for code, label, n in every
        if n
    ]


def line_words(row: ShownRow) -> LineWords:
    """A row in words."""
    return LineWords(
        row,
        about(row),
        mask_identity(row.number),
        row_state(row),
        row_why(row),
        placed(row.problems),
    )


def _asked(each: FeedList, params: Mapping[str, str], knows: bool) -> dict[str, str]:
    """What the address asks for, made good where it is nonsense."""
    page, state = params.get("page", ""), params.get("state", "")
    first = RowOutcome.REFUSED.value if each.refused else "all"
    if each.unmatched and knows and not each.refused:
        first = RowOutcome.UNMATCHED.value
    return {
        "state": state if state in {*RowOutcome.values, "all"} else first,
        "code": params.get("code", "")[:64],
        "page": page if page.isascii() and page.isdigit() and int(page[:6]) > 0 else "1",
    }


def _lines(actor: Actor, each: FeedList, asked: Mapping[str, str]) -> Lines:
    every = asked["code"] or asked["state"] == "all"
    filters = RowFilters(outcomes=() if every else (asked["state"],), code=asked["code"])
    page = list_rows(actor, each, filters, page=int(asked["page"]), size=LINES_A_PAGE)

    def address(number: int) -> str:
        kept = {**asked, "page": str(number)}
        return f"?{urlencode({k: v for k, v in kept.items() if v})}#lines"

    return Lines(
        [line_words(row) for row in page.rows],
        page,
        address(page.number - 1) if page.number > 1 else "",
        address(page.number + 1) if page.number < page.pages else "",
    )


def show_check(actor: Actor, each: FeedList, params: Mapping[str, Any]) -> CheckPage:
    """The page of a list that was checked and waits for somebody to decide."""
    knows = actor.may(REGISTER, each.division)
    asked = _asked(each, params, knows)
    problems = count_problems(each)
    before = find_before(each)
    return CheckPage(
        each=each,
        place=division_name(each.division),
        knows=knows,
        bar=_bar(each),
        refusals=[found for found in problems if found.refuses],
        notices=[found for found in problems if not found.refuses],
        tabs=_tabs(each, asked["state"], knows=knows, narrowed=bool(asked["code"])),
        lines=_lines(actor, each, asked),
        figures=figures_of(each, before),
        before=before,
        file=file_words(actor, each.file),
        code=asked["code"],
    )
