"""Ties monitoring to the core of cases; called once, when the app is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.queries.case_facts import register_facts
from bangfu.cases.queries.monitoring_facts import monitoring_facts
from bangfu.cases.services import monitoring
from bangfu.cases.services.case_moves import register_effect

if TYPE_CHECKING:
    from bangfu.cases.services.case_moves import Effect

RECOGNISING: Final = "announce"
"""The move by which a recognition ends in `recognised`."""


def register_monitoring() -> None:
    """Let monitoring's facts, and what its moves leave behind, take part in every move."""
    register_facts(CaseKind.MONITORING, monitoring_facts)
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
