"""The door to what pages share: others import only this."""

from bangfu.foundation.pages.kept import Kept, answer_list
from bangfu.foundation.pages.openings import Looked, who_looked
from bangfu.foundation.pages.picking import ids_of, reasons_of, way_back
from bangfu.foundation.pages.progress import JobWords, answer_progress
from bangfu.foundation.pages.uploads import (
    FileWords,
    Piece,
    PlacedProblem,
    bar_of,
    file_words,
    find_asked_job,
    get_own_job,
    go_on,
    place_words,
    placed,
    tell_problems,
)
from bangfu.foundation.pages.workbooks import (
    answer_workbook,
    filters_in_words,
    list_workbook,
    workbook_answer,
)

__all__ = [
    "FileWords",
    "JobWords",
    "Kept",
    "Looked",
    "Piece",
    "PlacedProblem",
    "answer_list",
    "answer_progress",
    "answer_workbook",
    "bar_of",
    "file_words",
    "filters_in_words",
    "find_asked_job",
    "get_own_job",
    "go_on",
    "ids_of",
    "list_workbook",
    "place_words",
    "placed",
    "reasons_of",
    "tell_problems",
    "way_back",
    "who_looked",
    "workbook_answer",
]
