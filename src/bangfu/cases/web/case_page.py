"""A case as its page draws it: the answer in the title, the track, the board, papers, moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangfu.cases.queries.case_filters import onward_move
from bangfu.cases.queries.case_movers import movers_at, who_may
from bangfu.cases.queries.case_steps import span_of
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import day as short_day
from bangfu.foundation.ui.api import due_in, reader_language
from bangfu.procedures.api import pinned_procedure, tiers_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bangfu.cases.models import Case
    from bangfu.cases.queries.case_movers import Mover
    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.cases.queries.case_steps import Span, Step
    from bangfu.kernel.problems import Problem
    from bangfu.procedures.api import Offer, Passed, Procedure, PublicNotice

MOST_BOXES: Final = 30
"""A bar of more boxes says less than its sentence."""


@dataclass(frozen=True, slots=True)
class BoardDay:
    """One day of a notice."""

    day: date
    past: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The public notice of a case.

    Attributes:
        nth: which day today is, counted from the day after it was put up; 0 on that day.
        left: whole days still to hang, today not among them; 0 when it is over.
    """

    number: str
    posted_on: date
    ends_on: date
    days: tuple[BoardDay, ...]
    nth: int
    left: int
    place: str
    limit_words: str
    objections: int


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One line of "who may do what next"."""

    name: str
    label: str
    target_label: str
    shows_target: bool
    tiers: str
    people: str
    allowed: bool
    first: bool
    needs: str
    problems: tuple[Problem, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The bar of days with its sentence."""

    label: str
    boxes: tuple[str, ...]
    sentence: str
    remark: str


def title_of(row: CaseRow, board: Board | None) -> str:
    """What the case is waiting for, in one sentence: the page's answer."""
    return _("%(name)s 户：%(answer)s") % {"name": row.head_name, "answer": _answer(row, board)}


def _answer(row: CaseRow, board: Board | None) -> str:
    if board is not None and not row.closed:
        return _on_board(board)
    if row.closed or row.days_left is None:
        return row.state_label
    return _("%(state)s，%(due)s") % {"state": row.state_label, "due": due_in(row.days_left).text}


def _on_board(board: Board) -> str:
    said = (
        ngettext("有 %(n)d 条异议", "有 %(n)d 条异议", board.objections) % {"n": board.objections}
        if board.objections
        else _("没有异议")
    )
    if board.left <= 0:
        return _("公示已经期满，%(said)s") % {"said": said}
    if board.nth == 0:
        return _("公示今天贴出，还剩 %(left)d 天，%(said)s") % {"left": board.left, "said": said}
    words = _("公示第 %(nth)d 天，还剩 %(left)d 天，%(said)s")
    return words % {"nth": board.nth, "left": board.left, "said": said}


def board_of(case: Case, notice: PublicNotice | None, objections: int) -> Board | None:
    """The notice of the state the case is in; None when none hangs."""
    if notice is None or notice.state != case.matter.state:
        return None
    state = pinned_procedure(case.matter.version_id).states[notice.state]
    length = (notice.ends_on - notice.posted_on).days
    each = [notice.posted_on + timedelta(days=after) for after in range(length + 1)]
    limit = state.notice.limit if state.notice else None
    unit = (
        _("不少于 %(n)d 个工作日")
        if limit and limit.kind == "working_days"
        else _("不少于 %(n)d 天（日历日）")
    )
    return Board(
        number=notice.number,
        posted_on=notice.posted_on,
        ends_on=notice.ends_on,
        days=tuple(BoardDay(one, one < today(), one == today()) for one in each),
        nth=(today() - notice.posted_on).days,
        left=max((notice.ends_on - today()).days, 0),
        place=state.notice.place.text(reader_language()) if state.notice else "",
        limit_words=unit % {"n": notice.days},
        objections=objections,
    )


def track_of(
    steps: Sequence[Step], board: Board | None, due_on: date | None
) -> list[dict[str, Any]]:
    """The steps with what stands below each: who did it, or how much time there is."""
    last = max((place for place, step in enumerate(steps) if step.whole), default=-1)
    return [
        {
            "label": step.label,
            "done": step.done,
            "current": step.current,
            "day": step.day,
            "remark": _before(due_on)
            if place == last and step.day is None and due_on
            else _remark(step, board),
        }
        for place, step in enumerate(steps)
    ]


def _remark(step: Step, board: Board | None) -> str:
    if step.current and board is not None:
        return _("第 %(n)d 天") % {"n": max(board.nth, 1)}
    if step.day is not None:
        return step.who
    if step.limit is None or step.whole:
        return ""
    return (_("限 %(n)d 个工作日") if step.working else _("不少于 %(n)d 天")) % {"n": step.limit}


def _before(due_on: date) -> str:
    return _("%(day)s 前") % {"day": short_day(due_on, today=today())}


def clock_of(case: Case, board: Board | None) -> Clock | None:
    """The bar of days; None when nothing limits the step."""
    span = span_of(case.matter)
    if span is None or span.total <= 0:
        return None
    return Clock(
        label=_("全程用时") if span.whole else _("这一步用时"),
        boxes=_boxes(span) if max(span.total, span.used) <= MOST_BOXES else (),
        sentence=_sentence(span),
        remark=_ends(span, board),
    )


def _boxes(span: Span) -> tuple[str, ...]:
    made = []
    for place in range(1, max(span.total, span.used) + 1):
        name = "over" if place > span.total else "ahead" if place > span.used else ""
        made.append(f"{name} today".strip() if place == span.used else name)
    return tuple(made)


def _sentence(span: Span) -> str:
    words = (
        _("第 %(used)d 个工作日，限 %(total)d 个")
        if span.working
        else _("第 %(used)d 天，限 %(total)d 天")
    )
    return words % {"used": max(span.used, 0), "total": span.total}


def _ends(span: Span, board: Board | None) -> str:
    day = short_day(span.due_on, today=today())
    ends = _("%(day)s 到期（暂定）") if span.provisional else _("%(day)s 到期")
    if board is None or board.left <= 0:
        return ends % {"day": day}
    hangs = _("公示 %(day)s 24:00 结束") % {"day": short_day(board.ends_on, today=today())}
    return _("%(ends)s；%(hangs)s") % {"ends": ends % {"day": day}, "hangs": hangs}


def moves_of(case: Case, offers: Sequence[Offer], history: Sequence[Passed]) -> list[MoveRow]:
    """Every move that leads on, each exactly once: the way on first, then what the reader may."""
    procedure = pinned_procedure(case.matter.version_id)
    movers = who_may(
        movers_at(case.division), (procedure.moves[each.move] for each in offers), history
    )
    onward = onward_move(procedure, case.matter.state)
    name = onward.name if onward else ""
    ordered = sorted(offers, key=lambda each: (each.move != name, not each.allowed))
    return [
        _move_row(case, procedure, each, movers[each.move], first=each.move == name)
        for each in ordered
    ]


def _move_row(
    case: Case, procedure: Procedure, offer: Offer, movers: Sequence[Mover], *, first: bool
) -> MoveRow:
    return MoveRow(
        name=offer.move,
        label=offer.label,
        target_label=offer.target_label,
        shows_target=offer.target != case.matter.state,
        tiers=tiers_text(procedure.moves[offer.move].tiers),
        people=_names(movers),
        allowed=offer.allowed,
        first=first and offer.allowed,
        needs=_needs(offer),
        problems=offer.problems,
        url=reverse("case:do", args=[case.pk, offer.move]),
    )


def _names(movers: Sequence[Mover], most: int = 3) -> str:
    names = _("、").join(each.name for each in movers[:most])
    return (
        _("%(names)s等 %(n)d 人") % {"names": names, "n": len(movers)}
        if len(movers) > most
        else names
    )


def _needs(offer: Offer) -> str:
    """What the form will ask for, before it is opened."""
    wanted = [each.label.text(reader_language()) for each in offer.papers]
    if offer.note_required:
        wanted.append(_("书面理由"))
    return _("要有：%(what)s。") % {"what": _("、").join(wanted)} if wanted else ""
