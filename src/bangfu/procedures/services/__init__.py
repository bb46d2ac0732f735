"""The writes: matters are opened and moved here, and nowhere else is a state written."""

from bangfu.procedures.services.moving import MoveOutcome, lock_matters, make_move, make_moves
from bangfu.procedures.services.opening import Subject, open_matter, open_matters
from bangfu.procedures.services.placing import place_matter
from bangfu.procedures.services.recounting import recount_due_days

__all__ = [
    "MoveOutcome",
    "Subject",
    "lock_matters",
    "make_move",
    "make_moves",
    "open_matter",
    "open_matters",
    "place_matter",
    "recount_due_days",
]
