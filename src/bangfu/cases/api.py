"""The door to cases: others import only this."""

from bangfu.cases.domain.comparison import ComparisonOutcome, ComparisonTable
from bangfu.cases.domain.dues import DueGroup, Horizon
from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.pictures import MOST_PICTURES
from bangfu.cases.domain.recognition import Visit
from bangfu.cases.models import Case, Clue
from bangfu.cases.permissions import (
    ASSIGN,
    CHECK,
    COMPARE,
    DECIDE,
    EXPORT,
    READ,
    RECORD,
    REVIEW,
    VERIFY,
)
from bangfu.cases.queries.answers import find_answer
from bangfu.cases.queries.appeal_codes import list_troubles, number_on_day
from bangfu.cases.queries.appeal_facts import case_of_matter
from bangfu.cases.queries.case_filters import CaseFilters
from bangfu.cases.queries.case_lists import case_counts, list_cases
from bangfu.cases.queries.case_pages import OpenedCase, open_case_page
from bangfu.cases.queries.case_rows import CaseRow
from bangfu.cases.queries.cases import find_case_by_number
from bangfu.cases.queries.consents import find_consent
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
from bangfu.cases.queries.monitoring_timeline import Band, Event, list_timeline, timeline_of
from bangfu.cases.queries.people import Assignee, list_assignees
from bangfu.cases.queries.previews import Preview, preview_assignment
from bangfu.cases.queries.quality_lists import DoubtFilters, list_doubts
from bangfu.cases.queries.recognition_table import categories_on, comparison_table, risks_on
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
from bangfu.cases.services.appeals import NewAppeal, answer_appeal, file_appeal, investigate_appeal
from bangfu.cases.services.case_moves import (
    CaseMove,
    CasesMoved,
    move_case,
    move_cases,
    preview_case_moves,
)
from bangfu.cases.services.declarations import Declared, declare
from bangfu.cases.services.exits import open_exit, record_exit_visit
from bangfu.cases.services.look_back import record_look_back
from bangfu.cases.services.monitoring_upkeep import take_over_monitored
from bangfu.cases.services.monitoring_visits import Visited, record_elimination_visit
from bangfu.cases.services.own_side import fetch_file
from bangfu.cases.services.quality import look_through
from bangfu.cases.services.recognition_comparing import Answer, ask_comparison, record_answer
from bangfu.cases.services.recognition_consents import Signed, record_consent, withdraw_consent
from bangfu.cases.services.recognition_opening import open_recognition
from bangfu.cases.services.recognition_visits import propose_category, record_visit

__all__ = [
    "ASSIGN",
    "BY_HAND",
    "CHECK",
    "COMPARE",
    "DAYS_AHEAD",
    "DECIDE",
    "EXPORT",
    "FACETS",
    "MOST_PICTURES",
    "READ",
    "RECORD",
    "REVIEW",
    "SORTS",
    "VERIFY",
    "Answer",
    "Assigned",
    "Assignee",
    "Band",
    "Case",
    "CaseFilters",
    "CaseKind",
    "CaseMove",
    "CaseRow",
    "CasesMoved",
    "Choice",
    "Clue",
    "ClueDetail",
    "ClueFilters",
    "ClueRow",
    "ComparisonOutcome",
    "ComparisonTable",
    "Declared",
    "DoubtFilters",
    "DueCounts",
    "DueGroup",
    "Event",
    "Horizon",
    "NewAppeal",
    "OpenedCase",
    "OpenedClues",
    "Preview",
    "Report",
    "Signed",
    "Visit",
    "Visited",
    "Work",
    "WorkGroup",
    "answer_appeal",
    "ask_comparison",
    "assign_clues",
    "case_counts",
    "case_of_matter",
    "categories_on",
    "clues_of",
    "comparison_table",
    "count_due",
    "count_open",
    "declare",
    "dismiss_clue",
    "export_clues",
    "fetch_file",
    "file_appeal",
    "find_answer",
    "find_case_by_number",
    "find_consent",
    "get_clue",
    "investigate_appeal",
    "list_assignees",
    "list_cases",
    "list_clues",
    "list_doubts",
    "list_facets",
    "list_timeline",
    "list_troubles",
    "look_through",
    "move_case",
    "move_cases",
    "my_work",
    "number_on_day",
    "open_case_page",
    "open_clues",
    "open_exit",
    "open_recognition",
    "open_row_clues",
    "preview_assignment",
    "preview_case_moves",
    "propose_category",
    "record_answer",
    "record_clue",
    "record_consent",
    "record_elimination_visit",
    "record_exit_visit",
    "record_look_back",
    "record_visit",
    "reopen_clue",
    "risks_on",
    "take_over_monitored",
    "timeline_of",
    "verify_clue",
    "withdraw_consent",
]
