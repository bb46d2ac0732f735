"""The door to cases: others import only this."""

from bangfu.cases.domain.dues import DueGroup, Horizon
from bangfu.cases.models import Clue
from bangfu.cases.permissions import ASSIGN, EXPORT, READ, RECORD, VERIFY
from bangfu.cases.queries.details import ClueDetail, get_clue
from bangfu.cases.queries.filters import DAYS_AHEAD, SORTS, ClueFilters
from bangfu.cases.queries.lists import (
    FACETS,
    Choice,
    DueCounts,
    clues_of,
    count_due,
    count_open,
    export_clues,
    list_clues,
    list_facets,
)
from bangfu.cases.queries.people import Assignee, list_assignees
from bangfu.cases.queries.previews import Preview, preview_assignment
from bangfu.cases.queries.rows import ClueRow
from bangfu.cases.queries.work import Work, WorkGroup, my_work
from bangfu.cases.services import (
    BY_HAND,
    Assigned,
    OpenedClues,
    Report,
    assign_clues,
    dismiss_clue,
    open_clues,
    open_row_clues,
    record_clue,
    reopen_clue,
    verify_clue,
)

__all__ = [
    "ASSIGN",
    "BY_HAND",
    "DAYS_AHEAD",
    "EXPORT",
    "FACETS",
    "READ",
    "RECORD",
    "SORTS",
    "VERIFY",
    "Assigned",
    "Assignee",
    "Choice",
    "Clue",
    "ClueDetail",
    "ClueFilters",
    "ClueRow",
    "DueCounts",
    "DueGroup",
    "Horizon",
    "OpenedClues",
    "Preview",
    "Report",
    "Work",
    "WorkGroup",
    "assign_clues",
    "clues_of",
    "count_due",
    "count_open",
    "dismiss_clue",
    "export_clues",
    "get_clue",
    "list_assignees",
    "list_clues",
    "list_facets",
    "my_work",
    "open_clues",
    "open_row_clues",
    "preview_assignment",
    "record_clue",
    "reopen_clue",
    "verify_clue",
]
