"""The door to procedures: others import only this."""

from bangfu.procedures.domain.calendar import Due, WorkingCalendar
from bangfu.procedures.domain.diagram import Diagram, Edge, Node, diagram, mermaid
from bangfu.procedures.domain.places import common_division
from bangfu.procedures.domain.reading import ProcedureInvalid, read_procedure
from bangfu.procedures.domain.table import Choice, Label, Move, Procedure, State
from bangfu.procedures.models import Matter, MatterMove, ProcedureVersion
from bangfu.procedures.queries import (
    MoveRequest,
    Offer,
    Passed,
    get_matter,
    list_history,
    list_matters_of,
    list_moves,
    list_procedures,
    load_procedure,
    pinned_procedure,
    preview_moves,
    working_calendar,
)
from bangfu.procedures.services import (
    MoveOutcome,
    Subject,
    lock_matters,
    make_move,
    make_moves,
    open_matter,
    open_matters,
    place_matter,
    recount_due_days,
)

__all__ = [
    "Choice",
    "Diagram",
    "Due",
    "Edge",
    "Label",
    "Matter",
    "MatterMove",
    "Move",
    "MoveOutcome",
    "MoveRequest",
    "Node",
    "Offer",
    "Passed",
    "Procedure",
    "ProcedureInvalid",
    "ProcedureVersion",
    "State",
    "Subject",
    "WorkingCalendar",
    "common_division",
    "diagram",
    "get_matter",
    "list_history",
    "list_matters_of",
    "list_moves",
    "list_procedures",
    "load_procedure",
    "lock_matters",
    "make_move",
    "make_moves",
    "mermaid",
    "open_matter",
    "open_matters",
    "pinned_procedure",
    "place_matter",
    "preview_moves",
    "read_procedure",
    "recount_due_days",
    "working_calendar",
]
