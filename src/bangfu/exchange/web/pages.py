"""A list as its pages draw it: the bar, the tabs, the figures beside last month's, the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bangfu.exchange.models import FeedList, RowOutcome
from bangfu.exchange.permissions import REGISTER
from bangfu.exchange.queries.lists import count_problems, find_before
from bangfu.exchange.queries.rows import RowFilters, list_rows
from bangfu.exchange.web.tables import about, row_state, row_why
from bangfu.foundation.files.api import get_stored, name_of
from bangfu.foundation.ui.api import amount, count, mask_identity
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.exchange.queries.lists import ProblemCount, ShownProblem
    from bangfu.exchange.queries.rows import ShownRow
    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Place
    from bangfu.registry.api import Page

LINES_A_PAGE: Final = 20
_BAR: Final = 1000
_THINNEST: Final = 4
_LETTERS: Final = 26
_KIB: Final = 1024
_FAR: Final = 50
"""From a change of so many per cent on, a figure is pointed at."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the bar, in thousandths."""

    kind: str
    x: int
    width: int


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
class FileWords:
    """The uploaded file: its name, size in KB and the beginning of its hash."""

    name: str
    size: int
    mark: str


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem with its place in words."""

    problem: ShownProblem
    place: str


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


def _letters(column: int) -> str:
    """A column as spreadsheets name it: 1 is A, 27 is AA; empty for none."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_words(place: Place) -> str:
    """Where a problem lies, as people look for it: `B12（证件号码）`, or the line of a mapping."""
    where = [place.sheet or place.file]
    if place.row:
        cell = f"{_letters(place.column)}{place.row}"
        where.append(cell if place.column else _("第 %(row)d 行") % {"row": place.row})
    elif place.line:
        where.append(_("第 %(row)d 行") % {"row": place.line})
    words = " ".join(each for each in where if each)
    values = {"where": words, "header": place.header}
    return _("%(where)s（%(header)s）") % values if place.header else words


def bar_of(each: FeedList) -> list[Piece]:
    """Taken, skipped and refused rows as one bar; the last piece reaches its end."""
    parts = {"taken": each.taken, "same": each.known, "refused": each.refused}
    whole = sum(parts.values())
    found = [(kind, n) for kind, n in parts.items() if n]
    pieces, x = [], 0
    for position, (kind, n) in enumerate(found, start=1):
        rest = _BAR - x - _THINNEST * (len(found) - position)
        width = rest if position == len(found) else min(max(n * _BAR // whole, _THINNEST), rest)
        pieces.append(Piece(kind, x, width - (position < len(found))))
        x += width
    return pieces


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


def file_of(actor: Actor, each: FeedList) -> FileWords | None:
    """The list's file, for whoever may open it; None when it is gone."""
    try:
        stored = get_stored(actor, each.file)
    except Http404:
        return None
    mark = f"{stored.sha256[:4]} {stored.sha256[4:8]} … {stored.sha256[-4:]}"
    return FileWords(name_of(stored), -(-stored.size // _KIB), mark)


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
    problems = [PlacedProblem(each, place_words(each.place)) for each in row.problems]
    return LineWords(
        row, about(row), mask_identity(row.number), row_state(row), row_why(row), problems
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
        bar=bar_of(each),
        refusals=[found for found in problems if found.refuses],
        notices=[found for found in problems if not found.refuses],
        tabs=_tabs(each, asked["state"], knows=knows, narrowed=bool(asked["code"])),
        lines=_lines(actor, each, asked),
        figures=figures_of(each, before),
        before=before,
        file=file_of(actor, each),
        code=asked["code"],
    )
