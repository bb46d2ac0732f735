"""The import kit: uploads into typed tables, tables into workbooks."""

from __future__ import annotations

from bangfu.foundation.importing.domain.cells import Raw, RawSheet
from bangfu.foundation.importing.domain.expected import SheetExpected, expected_sheets
from bangfu.foundation.importing.domain.findings import Value
from bangfu.foundation.importing.domain.limits import DEFAULT_LIMITS, Limits
from bangfu.foundation.importing.domain.normalise import plain_header
from bangfu.foundation.importing.domain.problem_log import ProblemLog
from bangfu.foundation.importing.domain.tables import Table
from bangfu.foundation.importing.workbooks import (
    Upload,
    Workbook,
    open_upload,
    read_sources,
    read_workbook,
)
from bangfu.foundation.importing.writing.book import column_letters
from bangfu.foundation.importing.writing.filled import write_filled
from bangfu.foundation.importing.writing.marked import write_error_workbook
from bangfu.foundation.importing.writing.table import ColumnKind, TableColumn, write_table
from bangfu.foundation.importing.writing.template import write_template

__all__ = [
    "DEFAULT_LIMITS",
    "ColumnKind",
    "Limits",
    "ProblemLog",
    "Raw",
    "RawSheet",
    "SheetExpected",
    "Table",
    "TableColumn",
    "Upload",
    "Value",
    "Workbook",
    "column_letters",
    "expected_sheets",
    "open_upload",
    "plain_header",
    "read_sources",
    "read_workbook",
    "write_error_workbook",
    "write_filled",
    "write_table",
    "write_template",
]
