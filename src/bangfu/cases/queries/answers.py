"""What a receipt says: where the matter is, what comes next and by when, in plain words.

Whoever holds the number may read it. It names no household and no official, and of what was said
it repeats nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bangfu.cases.models import Appeal, CaseClue, Declaration
from bangfu.cases.queries.appeal_codes import number_on_day, words_of
from bangfu.cases.queries.appeals import reply_of
from bangfu.cases.queries.receipts import APPEAL, DECLARATION, find_receipt
from bangfu.foundation.ui.api import reader_language
from bangfu.procedures.api import pinned_procedure, working_calendar
from bangfu.registry.api import division_name, division_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.cases.models import Case, Clue


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens.

    Attributes:
        mark: `done`, `now` or `later`.
        day: when it was done, or by when it will be.
    """

    label: str
    mark: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receipt says.

    Attributes:
        kind: `declaration` or `appeal`.
        headline: where it is, in a sentence.
        result: what was decided, with the reason; empty before.
        closed: whether nothing more will happen.
        about: what was ticked, or the kind of appeal.
        place: the village named.
        township: who can be asked.
    """

    kind: str
    headline: str
    result: str
    closed: bool
    about: str
    place: str
    township: str
    received_on: date
    steps: Sequence[Step] = field(default_factory=tuple)


def find_answer(typed: str) -> Answer | None:
    """What the receipt of this number says; None for a number nobody was given."""
    receipt = find_receipt(typed, DECLARATION, APPEAL)
    if receipt is None:
        return None
    if receipt.kind == APPEAL:
        return _of_appeal(receipt.subject_id)
    return _of_declaration(receipt.subject_id)


def _places(division: str) -> tuple[str, str]:
    path = division_path(division)
    return "".join(path[2:]), division_name(division[:9])


def _of_appeal(appeal_id: UUID) -> Answer:
    appeal = Appeal.objects.select_related("matter").get(pk=appeal_id)
    matter = appeal.matter
    closed = matter.closed_at is not None
    taken = matter.state != "received"
    place, township = _places(appeal.division)
    (kind,) = words_of("kind", [appeal.kind])
    table = pinned_procedure(matter.version_id)
    state = table.states[matter.state].label.text(reader_language())
    replied = localtime(matter.closed_at).date() if matter.closed_at else None
    received = localtime(appeal.received_at).date()
    due = _after(received, "appeal_reply_days", appeal.division)
    steps = (
        Step(_("收到"), "done", received),
        Step(_("派两个人调查"), "done" if taken else "now"),
        Step(_("答复"), "done" if closed else "now" if taken else "later", replied or due),
    )
    return Answer(
        kind=APPEAL,
        headline=state,
        result=reply_of(appeal),
        closed=closed,
        about=kind,
        place=place,
        township=township,
        received_on=received,
        steps=steps,
    )


def _after(start: date, parameter: str, division: str) -> date | None:
    days = number_on_day(parameter, division)
    return None if days is None else working_calendar(start).after(start, days).day


def _of_declaration(declaration_id: UUID) -> Answer:
    rows = Declaration.objects.select_related("clue", "clue__matter")
    row = rows.get(pk=declaration_id)
    clue = row.clue
    case = _case_of(clue)
    headline, result, closed = _where(row, clue, case)
    place, township = _places(row.division)
    return Answer(
        kind=DECLARATION,
        headline=headline,
        result=result,
        closed=closed,
        about="、".join(words_of("trouble", row.troubles)),
        place=place,
        township=township,
        received_on=localtime(row.received_at).date(),
        steps=() if row.discarded_on else tuple(_steps(row, clue, case)),
    )


def _case_of(clue: Clue | None) -> Case | None:
    if clue is None:
        return None
    link = CaseClue.objects.select_related("case", "case__matter").filter(clue=clue).first()
    return link.case if link else None


def _where(row: Declaration, clue: Clue | None, case: Case | None) -> tuple[str, str, bool]:
    """The sentence, the result, and whether it is over."""
    if row.discarded_on is not None:
        return _("没有办"), _("没有找到您说的这一户。请打电话或者到镇里再说一次。"), True
    if clue is None:
        return _("收到了，镇里正在看"), "", False
    if case is not None:
        state = pinned_procedure(case.matter.version_id).states[case.matter.state]
        words = state.label.text(reader_language())
        return words, _result(case, words), case.matter.closed_at is not None
    return _where_clue(clue)


def _where_clue(clue: Clue) -> tuple[str, str, bool]:
    if clue.matter.state == "dismissed":
        table = pinned_procedure(clue.matter.version_id)
        choice = table.choice("dismissed_reason", clue.dismissed_reason)
        why = choice.label.text(reader_language()) if choice else clue.dismissed_reason
        return _("没有纳入"), _("原因：%(why)s。") % {"why": why}, True
    sentences = {
        "new": _("收到了，等镇里转村"),
        "assigned": _("镇里收下了，正在安排上门"),
        "verified": _("核实了，情况属实，转入识别认定"),
    }
    return sentences[clue.matter.state], "", False


def _result(case: Case, words: str) -> str:
    """The end of a case, with its reason where the table lists one."""
    if case.matter.closed_at is None:
        return ""
    table = pinned_procedure(case.matter.version_id)
    for name in ("not_eligible_reason", "coverage"):
        choice = table.choice(name, case.closing_reason) if name in table.lists else None
        if choice is not None:
            return _("%(end)s。原因：%(why)s。") % {
                "end": words,
                "why": choice.label.text(reader_language()),
            }
    return words


def _steps(row: Declaration, clue: Clue | None, case: Case | None) -> list[Step]:
    received = localtime(row.received_at).date()
    state = clue.matter.state if clue else "new"
    passed_on = state != "new"
    checked = state in {"verified", "dismissed"}
    over = state == "dismissed" or (case is not None and case.matter.closed_at is not None)
    pass_by = _after(received, "clue_assign_days", row.division)
    visit_by = clue.matter.due_on if clue and state == "assigned" else None
    if visit_by is None and pass_by is not None:
        visit_by = _after(pass_by, "clue_verify_days", row.division)
    answer_by = _after(received, "recognition_days", row.division)
    return [
        Step(_("您说了"), "done", received),
        Step(
            _("镇里收下，转给村里"), "done" if passed_on else "now", None if passed_on else pass_by
        ),
        Step(
            _("两个人上门看，会带工作证，不收任何钱"),
            "done" if checked else "now" if passed_on else "later",
            None if checked else visit_by,
        ),
        Step(
            _("告诉您结果；没有纳入，也会写明原因"),
            "done" if over else "now" if checked else "later",
            None if over else answer_by,
        ),
    ]
