"""Ties monitoring to the core of cases; called once, when the app is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.models import Case
from bangfu.cases.queries.case_facts import register_facts, register_papers
from bangfu.cases.queries.monitoring_facts import monitoring_facts
from bangfu.cases.queries.monitoring_meetings import WAITING, eliminations_waiting
from bangfu.cases.services import monitoring
from bangfu.cases.services.case_moves import (
    CaseMove,
    move_cases,
    register_effect,
    register_showing,
)
from bangfu.cases.services.exits import register_exits
from bangfu.cases.services.recognising import minutes_of, shown_on_notice
from bangfu.meetings.api import CarriedOut, register_agenda, register_outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from bangfu.cases.services.case_moves import Effect
    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.api import Meeting, MeetingResult

RECOGNISING: Final = "announce"
"""The move by which a recognition ends in `recognised`."""


def register_monitoring() -> None:
    """Let the facts of monitoring and exits, and what moves bring, take part in every move."""
    register_exits()
    register_facts(CaseKind.MONITORING, monitoring_facts)
    register_papers(CaseKind.MONITORING, minutes_of)
    register_showing(CaseKind.MONITORING, "post", shown_on_notice)
    register_agenda(eliminations_waiting)
    register_outcome(carry_meeting)
    register_effect(CaseKind.RECOGNITION, RECOGNISING, monitoring.note_recognised)
    effects: dict[str, Effect] = {
        "propose": monitoring.note_proposed,
        "announce": monitoring.note_eliminated,
        "leave": monitoring.note_left,
    }
    effects |= dict.fromkeys(monitoring.BACK_TO_HELP, monitoring.note_back_to_help)
    effects |= dict.fromkeys(monitoring.REOPENING, monitoring.note_reopened)
    for move, effect in effects.items():
        register_effect(CaseKind.MONITORING, move, effect)


def carry_meeting(
    actor: Actor, meeting: Meeting, results: Mapping[UUID, MeetingResult]
) -> list[CarriedOut]:
    """Move the eliminations a closed meeting judged: on when passed, back to help when not."""
    rows = Case.objects.filter(
        kind=CaseKind.MONITORING, matter__in=results, matter__state=WAITING
    ).select_related("matter")
    cases = {each.pk: each for each in rows}
    done: list[CarriedOut] = []
    for move, passed in (("review", True), ("vote_down", False)):
        note = "" if passed else f"{meeting.held_on:%Y-%m-%d} 民主评议未通过"
        asked = [
            CaseMove(key, note=note)
            for key, each in cases.items()
            if results[each.matter_id].quorate and results[each.matter_id].passed is passed
        ]
        if not asked:
            continue
        outcome = move_cases(actor=actor, move=move, requests=asked)
        done += [CarriedOut(each.matter_id) for each in outcome.moved]
        done += [CarriedOut(cases[key].matter_id, why) for key, why in outcome.refused.items()]
    return done
