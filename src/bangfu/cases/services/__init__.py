"""The writes: clues are opened, assigned and decided."""

from bangfu.cases.services.assigning import Assigned, assign_clues
from bangfu.cases.services.deciding import dismiss_clue, reopen_clue, verify_clue
from bangfu.cases.services.opening import OpenedClues, open_clues
from bangfu.cases.services.reporting import (
    BY_HAND,
    Report,
    identify_clue,
    note_settled,
    open_row_clues,
    record_clue,
)

__all__ = [
    "BY_HAND",
    "Assigned",
    "OpenedClues",
    "Report",
    "assign_clues",
    "dismiss_clue",
    "identify_clue",
    "note_settled",
    "open_clues",
    "open_row_clues",
    "record_clue",
    "reopen_clue",
    "verify_clue",
]
