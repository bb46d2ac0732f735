"""An import batch as its pages draw it: the bar, the tabs, the places of problems, the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bangfu.foundation.pages.api import bar_of, file_words, placed
from bangfu.registry.models import ImportBatch, Outcome
from bangfu.registry.models.batches import BatchState
from bangfu.registry.queries.batches import count_problems, list_lines
from bangfu.registry.queries.divisions import division_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.pages.api import FileWords, Piece, PlacedProblem
    from bangfu.registry.queries.batches import ProblemCount, ShownLine
    from bangfu.registry.queries.pages import Page

LINES_A_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the lines."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line with its problems placed."""

    shown: ShownLine
    outcome: str
    problems: list[PlacedProblem]


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of lines with the way on and back."""

    rows: list[LineWords]
    page: Page[ShownLine]
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything the page of a checked batch says."""

    batch: ImportBatch
    place: str
    accepted: int
    households: int
    bar: list[Piece]
    refusals: list[ProblemCount]
    notices: list[ProblemCount]
    tabs: list[Tab]
    lines: Lines
    files: list[FileWords]
    code: str


def _bar(batch: ImportBatch) -> list[Piece]:
    """Written, skipped and refused households as one bar; the last piece reaches its end."""
    parts = {
        "taken": batch.new + batch.changed,
        "same": batch.unchanged,
        "refused": batch.refused,
    }
    return bar_of(parts)


def files_of(actor: Actor, batch: ImportBatch) -> list[FileWords]:
    """The batch's files; one that is gone is left out."""
    found = (file_words(actor, UUID(each)) for each in batch.files)
    return [each for each in found if each is not None]


def _tabs(batch: ImportBatch, outcome: str, *, narrowed: bool) -> list[Tab]:
    total = batch.new + batch.changed + batch.unchanged + batch.refused
    every = [
        (Outcome.REFUSED.value, _("要改"), batch.refused),
        (Outcome.CHANGED.value, _("会改变已有值"), batch.changed),
        (Outcome.NEW.value, _("新增"), batch.new),
        (Outcome.UNCHANGED.value, _("没有变化"), batch.unchanged),
        ("all", _("全部"), total),
    ]
    return [
        Tab(label, n, f"?{urlencode({'outcome': code})}#lines", code == outcome and not narrowed)
        for code, label, n in every
        if n
    ]


def _first_tab(batch: ImportBatch) -> str:
    """What is looked at first: what is to be put right, else what changes."""
    if batch.refused:
        return Outcome.REFUSED.value
    return Outcome.CHANGED.value if batch.changed else "all"


def _line(shown: ShownLine) -> LineWords:
    return LineWords(shown, str(Outcome(shown.line.outcome).label), placed(shown.problems))


def _lines(actor: Actor, batch: ImportBatch, asked: Mapping[str, str]) -> Lines:
    page = list_lines(
        actor,
        batch.id,
        outcome="" if asked["code"] or asked["outcome"] == "all" else asked["outcome"],
        code=asked["code"],
        page=int(asked["page"]),
        size=LINES_A_PAGE,
    )

    def address(number: int) -> str:
        kept = {**asked, "page": str(number)}
        return f"?{urlencode({k: v for k, v in kept.items() if v})}#lines"

    return Lines(
        [_line(each) for each in page.rows],
        page,
        address(page.number - 1) if page.number > 1 else "",
        address(page.number + 1) if page.number < page.pages else "",
    )


def _asked(batch: ImportBatch, params: Mapping[str, str]) -> dict[str, str]:
    """What the address asks for, made good where it is nonsense."""
    page, outcome = params.get("page", ""), params.get("outcome", "")
    known = {*Outcome.values, "all"}
    return {
        "outcome": outcome if outcome in known else _first_tab(batch),
        "code": params.get("code", "")[:64],
        "page": page if page.isascii() and page.isdigit() and int(page[:6]) > 0 else "1",
    }


def show_check(actor: Actor, batch: ImportBatch, params: Mapping[str, Any]) -> CheckPage:
    """The page of a batch that was checked and waits for somebody to decide.

    Raises:
        AccessRefused: without the right to import there.
    """
    asked = _asked(batch, params)
    problems = count_problems(actor, batch.id)
    accepted = batch.new + batch.changed + batch.unchanged
    return CheckPage(
        batch=batch,
        place=division_name(batch.division),
        accepted=accepted,
        households=accepted + batch.refused,
        bar=_bar(batch),
        refusals=[each for each in problems if each.refuses],
        notices=[each for each in problems if not each.refuses],
        tabs=_tabs(batch, asked["outcome"], narrowed=bool(asked["code"])),
        lines=_lines(actor, batch, asked),
        files=files_of(actor, batch),
        code=asked["code"],
    )


def state_words(batch: ImportBatch) -> str:
    """How far a batch has come, in a word."""
    return {
        BatchState.CHECKED: _("等提交"),
        BatchState.COMMITTED: _("已写入"),
        BatchState.REVERSED: _("已撤回"),
        BatchState.DISCARDED: _("已放弃"),
    }[batch.state]


def batch_url(batch_id: object) -> str:
    """The address of a batch."""
    return reverse("registry:import", args=[batch_id])
