"""`bangfu cases`: list cases, show one, move one.

Lists and pages are shown to whoever may run the command on this machine. A move is a decision
about a household, and those are a person's: it asks for their name and password and is made with
their own rights, as on the page.
"""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import authenticate

from bangfu.cases.api import (
    CaseFilters,
    CaseKind,
    case_counts,
    find_case_by_number,
    list_cases,
    move_case,
    open_case_page,
)
from bangfu.config.command.speaking import problem_line
from bangfu.foundation.access.api import actor_of, system_actor
from bangfu.foundation.accounts.api import Person
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from uuid import UUID

    from bangfu.cases.api import CaseRow
    from bangfu.config.command.speaking import Speaker
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Offer, Passed

__all__ = ["act_on_cases"]

PURPOSE: Final = "命令行办理"


def act_on_cases(asked: argparse.Namespace, speaker: Speaker) -> int:
    """Do what `bangfu cases` was asked."""
    return _ACTIONS[asked.action](asked, speaker)


def _list(asked: argparse.Namespace, speaker: Speaker) -> int:
    actor = system_actor("command")
    if asked.kind and asked.kind not in {each.value for each in CaseKind}:
        raise Refused(Problem("command.no_such_kind", values={"kind": asked.kind}))
    filters = CaseFilters(
        kinds=(asked.kind,) if asked.kind else (),
        states=(asked.state,) if asked.state else (),
        divisions=(str(asked.division),) if asked.division else (),
        closed=asked.closed,
    )
    total = case_counts(actor, filters).total
    rows = list_cases(actor, filters, total=total, size=asked.limit).rows
    lines = [
        f"{row.number}  {row.state_label}  {row.village}  {row.head_name}  {row.due_on or ''}"
        for row in rows
    ]
    document = {"total": total, "cases": [_row(each) for each in rows]}
    speaker.answer(document, "\n".join([*lines, f"{len(rows):,} / {total:,}"]))
    return 0


def _row(row: CaseRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind,
        "state": row.state,
        "household": row.household_number,
        "division": row.division,
        "category": row.category,
        "risks": list(row.risks),
        "opened_on": row.opened_on.isoformat(),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "days_left": row.days_left,
        "seen": row.seen,
    }


def _show(asked: argparse.Namespace, speaker: Speaker) -> int:
    actor = _person(asked.user) if asked.user else system_actor("command")
    opened = open_case_page(actor, _case(actor, asked.number))
    document = {
        **_row(opened.row),
        "history": [_passed(each) for each in opened.history],
        "moves": [_offer(each) for each in opened.offers],
        "objections_open": opened.objections_open,
    }
    lines = [f"{opened.row.number}  {opened.row.state_label}  {opened.row.head_name}"]
    lines += [
        f"  {each.at:%Y-%m-%d}  {each.label}  {each.by_name}  -> {each.to_label}"
        for each in opened.history
    ]
    for offer in opened.offers:
        why = "; ".join(problem_line(each) for each in offer.problems)
        lines.append(f"  {offer.move}: {offer.label}" + (f"  ({why})" if why else ""))
    speaker.answer(document, "\n".join(lines))
    return 0


def _passed(each: Passed) -> dict[str, Any]:
    return {
        "number": each.number,
        "move": each.move,
        "to": each.to_state,
        "at": each.at.isoformat(),
        "by": each.by_name,
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "move": offer.move,
        "to": offer.target,
        "allowed": offer.allowed,
        "note": offer.note_required,
        "papers": [each.name for each in offer.papers],
        "asks": list(offer.asks),
        "problems": [{"code": each.code, "words": problem_line(each)} for each in offer.problems],
    }


def _move(asked: argparse.Namespace, speaker: Speaker) -> int:
    actor = _person(asked.user)
    case = move_case(
        actor=actor,
        case_id=_case(actor, asked.number),
        move=asked.move,
        answers=dict(asked.answers),
        note=asked.note,
        seen=asked.seen,
    )
    document = {"number": case.number, "state": case.matter.state, "seen": case.matter.lock_version}
    speaker.answer(document, f"{case.number}: {case.matter.state}")
    return 0


def _case(actor: Actor, number: str) -> UUID:
    found = find_case_by_number(actor, number)
    if found is None:
        raise Refused(Problem("command.no_such_case", values={"number": number}))
    return found


def _person(username: str) -> Actor:
    """Somebody who proved who they are: by the password on the terminal or standard input.

    Raises:
        Refused: `command.not_signed_in` for a wrong name or password.
    """
    found = authenticate(username=username, password=_password())
    if not isinstance(found, Person):
        raise Refused(Problem("command.not_signed_in", values={"user": username}))
    return actor_of(found, purpose=PURPOSE)


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass()
    return sys.stdin.readline().rstrip("\n")


_ACTIONS: Final[dict[str, Callable[[argparse.Namespace, Speaker], int]]] = {
    "list": _list,
    "show": _show,
    "move": _move,
}
