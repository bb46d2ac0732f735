"""The door to what pages share: others import only this."""

from bangfu.foundation.pages.openings import Looked, who_looked
from bangfu.foundation.pages.progress import JobWords, answer_progress
from bangfu.foundation.pages.workbooks import filters_in_words, list_workbook, workbook_answer

__all__ = [
    "JobWords",
    "Looked",
    "answer_progress",
    "filters_in_words",
    "list_workbook",
    "who_looked",
    "workbook_answer",
]
