"""The door to what pages share: others import only this."""

from bangfu.foundation.pages.kept import Kept, answer_list
from bangfu.foundation.pages.openings import Looked, who_looked
from bangfu.foundation.pages.progress import JobWords, answer_progress
from bangfu.foundation.pages.uploads import (
    FileWords,
    Piece,
    PlacedProblem,
    bar_of,
    file_words,
    find_asked_job,
    go_on,
    place_words,
    placed,
    tell_problems,
)
from bangfu.foundation.pages.workbooks import filters_in_words, list_workbook, workbook_answer

__all__ = [
    "FileWords",
    "JobWords",
    "Kept",
    "Looked",
    "Piece",
    "PlacedProblem",
    "answer_list",
    "answer_progress",
    "bar_of",
    "file_words",
    "filters_in_words",
    "find_asked_job",
    "go_on",
    "list_workbook",
    "place_words",
    "placed",
    "tell_problems",
    "who_looked",
    "workbook_answer",
]
