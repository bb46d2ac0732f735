"""Reads: tables in force and pinned, the calendar, matters, what may be done next."""

from bangfu.procedures.queries.admission import check_pack
from bangfu.procedures.queries.escalations import list_escalations, tier_told
from bangfu.procedures.queries.judging import MoveRequest, preview_moves
from bangfu.procedures.queries.matters import (
    Offer,
    Passed,
    get_matter,
    list_history,
    list_matters_of,
    list_moves,
)
from bangfu.procedures.queries.notices import list_notices, notice_of
from bangfu.procedures.queries.steps import Clock, Step, StepPlace, clock_of, steps_of
from bangfu.procedures.queries.tables import (
    list_procedures,
    load_procedure,
    pinned_procedure,
    working_calendar,
)

__all__ = [
    "Clock",
    "MoveRequest",
    "Offer",
    "Passed",
    "Step",
    "StepPlace",
    "check_pack",
    "clock_of",
    "get_matter",
    "list_escalations",
    "list_history",
    "list_matters_of",
    "list_moves",
    "list_notices",
    "list_procedures",
    "load_procedure",
    "notice_of",
    "pinned_procedure",
    "preview_moves",
    "steps_of",
    "tier_told",
    "working_calendar",
]
