"""The writes: clues are opened, assigned and decided."""

from bangfu.cases.services.assigning import Assigned, assign_clues
from bangfu.cases.services.deciding import dismiss_clue, reopen_clue, verify_clue
from bangfu.cases.services.opening import OpenedClues, open_clues

__all__ = [
    "Assigned",
    "OpenedClues",
    "assign_clues",
    "dismiss_clue",
    "open_clues",
    "reopen_clue",
    "verify_clue",
]
