"""The writes: matters are opened and moved here, and nowhere else is a state written."""

from bangfu.procedures.services.escalating import MATTER_ESCALATED, escalate_overdue
from bangfu.procedures.services.hastening import hasten_matters
from bangfu.procedures.services.moving import MoveOutcome, lock_matters, make_move, make_moves
from bangfu.procedures.services.notices import take_down_ended_notices
from bangfu.procedures.services.opening import Subject, open_matter, open_matters
from bangfu.procedures.services.placing import place_matter
from bangfu.procedures.services.recounting import recount_due_days

__all__ = [
    "MATTER_ESCALATED",
    "MoveOutcome",
    "Subject",
    "escalate_overdue",
    "hasten_matters",
    "lock_matters",
    "make_move",
    "make_moves",
    "open_matter",
    "open_matters",
    "place_matter",
    "recount_due_days",
    "take_down_ended_notices",
]
