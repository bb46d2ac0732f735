"""Monitoring cases: opened by a recognition, and what their moves leave behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.monitoring import GUARANTEES, month_of
from bangfu.cases.queries.cases import open_case_of
from bangfu.cases.queries.monitoring_facts import elimination_visits
from bangfu.cases.queries.monitoring_visits import moves_of
from bangfu.cases.queries.recognition_table import monitors_on
from bangfu.cases.services.case_moves import move_case
from bangfu.cases.services.case_opening import join_clue, open_case
from bangfu.cases.services.monitoring_register import bring_to_register
from bangfu.foundation.clock.api import today
from bangfu.procedures.api import list_procedures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bangfu.cases.models import Case, Clue
    from bangfu.cases.services.case_moves import CaseMove
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Procedure

MOST_RISKS: Final = 5
"""A form names at most five risks, the first the gravest."""
DECREASE: Final = "decrease"
BACK_TO_HELP: Final = ("withdraw", "return", "reject", "suspend", "vote_down")
REOPENING: Final = ("reopen", "reopen_after_clue", "roll_back")


@transaction.atomic
def open_monitoring(actor: Actor, recognition: Case) -> Case:
    """The monitoring case of a household that was recognised; the one it has, if it has one.

    Raises:
        AccessRefused: when the actor may not open one there.
    """
    standing = open_case_of(recognition.household_id, CaseKind.MONITORING)
    if standing is not None:
        return standing
    return open_case(
        actor=actor,
        kind=CaseKind.MONITORING,
        household_id=recognition.household_id,
        clue=None,
        parent=recognition,
        risks=recognition.risks,
        category=recognition.category,
    )


def reopen_after_clue(*, actor: Actor, clue: Clue) -> Case | None:
    """Monitor an eliminated household again, because a clue about it was confirmed.

    Called with the confirmation, in its transaction, by whoever confirmed. None when the household
    has no eliminated case.

    Raises:
        Refused: with the procedure's reasons.
    """
    if clue.household_id is None:
        return None
    case = open_case_of(clue.household_id, CaseKind.MONITORING)
    if case is None:
        return None
    join_clue(case, clue)
    if case.matter.state != "eliminated":
        return case
    add_risks(case, [clue.risk])
    return move_case(actor=actor, case_id=case.pk, move="reopen_after_clue")


def add_risks(case: Case, risks: Sequence[str]) -> None:
    """Put risks that came before those the case has; the forms hold five."""
    case.risks = list(dict.fromkeys([*risks, *case.risks]))[:MOST_RISKS]
    case.save(update_fields=["risks"])


def note_recognised(actor: Actor, recognition: Case, request: CaseMove) -> None:
    """Monitoring begins on the day the recognition is announced, where the phase has it."""
    if monitors_on(today()):
        open_monitoring(actor, recognition)


def procedures_on(day: date) -> list[Procedure]:
    """The tables that hold on a day."""
    return [each for each in list_procedures(day) if each.valid_from <= day]


def note_proposed(actor: Actor, case: Case, request: CaseMove) -> None:
    """Keep how the risk is to go: what later steps ask depends on it."""
    case.mode = str(request.answers["mode"])
    case.save(update_fields=["mode"])


def note_back_to_help(actor: Actor, case: Case, request: CaseMove) -> None:
    """The proposal is off: the next one says anew how the risk is to go."""
    case.mode = ""
    case.save(update_fields=["mode"])


def note_eliminated(actor: Actor, case: Case, request: CaseMove) -> None:
    """Mark the household in the register; its category stays, as a label of what it was."""
    case.decided_on = today()
    case.save(update_fields=["decided_on"])
    visit = elimination_visits([case], moves_of([case])).get(case.pk)
    answers = visit.findings if visit else {}
    items: dict[str, Any] = {f"left_{name}": answers.get(name) for name in GUARANTEES}
    items["risk_eliminated_month"] = month_of(today())
    bring_to_register(actor, case, items, "风险消除")


def note_reopened(actor: Actor, case: Case, request: CaseMove) -> None:
    """The household is monitored again: the register no longer calls its risk eliminated."""
    case.mode, case.decided_on = "", None
    case.save(update_fields=["mode", "decided_on"])
    items: dict[str, Any] = dict.fromkeys([f"left_{name}" for name in GUARANTEES])
    items["risk_eliminated_month"] = None
    bring_to_register(actor, case, items, "重新监测")


def note_left(actor: Actor, case: Case, request: CaseMove) -> None:
    """The household ceased to be; the register has it from the change that said so."""
    case.mode, case.decided_on = DECREASE, today()
    case.save(update_fields=["mode", "decided_on"])
