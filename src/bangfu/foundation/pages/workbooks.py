"""Lists as workbooks: the look's tables written by the import kit.

It stands above both, because the import kit takes its words from the look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bangfu.foundation.clock.api import now, today
from bangfu.foundation.importing.api import ColumnKind, TableColumn, write_table
from bangfu.foundation.ui.api import present, sheet_of
from bangfu.kernel.clock import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.ui.api import Choice, ListState, Table, TableView

__all__ = ["WORKBOOK", "answer_workbook", "filters_in_words", "list_workbook", "workbook_answer"]

Row = TypeVar("Row")
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_workbook(
    actor: Actor,
    table: Table[Row],
    state: ListState,
    rows: Iterable[Row],
    *,
    title: str,
    filters: Iterable[tuple[str, str]] = (),
) -> bytes:
    """The rows of a list with its chosen columns, and on a second sheet who took them, when.

    The feature has checked the right to export and put the rows into the audit.

    Args:
        filters: the filters in words, as the page shows them.
    """
    heads, values = sheet_of(table, state, rows)
    kinds = [ColumnKind(table.column(name).kind) for name in state.columns]
    columns = [TableColumn(head, kind) for head, kind in zip(heads, kinds, strict=True)]
    about = [
        (_("导出人"), f"{actor.name} · {actor.title}"),
        (_("导出时间"), f"{now().astimezone(CHINA):%Y-%m-%d %H:%M}"),
        *filters,
    ]
    return write_table(title, columns, values, about)


def answer_workbook(
    actor: Actor,
    table: Table[Row],
    state: ListState,
    rows: Sequence[Row],
    *,
    title: str,
    choices: Mapping[str, Sequence[Choice]],
) -> HttpResponse:
    """Every row of a list as a workbook to download, with its filters in words.

    Args:
        title: of the sheet, and the name of the file.
        choices: of the filters, by which what was chosen gets its words.
    """
    view = present(table, state, (), total=len(rows), key=str, choices=choices)
    words = filters_in_words(view)
    return workbook_answer(
        title, list_workbook(actor, table, state, rows, title=title, filters=words)
    )


def workbook_answer(name: str, workbook: bytes) -> HttpResponse:
    """A workbook to download under a name in any language, dated."""
    file = quote(f"{name} {today().isoformat()}.xlsx")
    headers: dict[str, Any] = {"Content-Disposition": f"attachment; filename*=UTF-8''{file}"}
    return HttpResponse(workbook, content_type=WORKBOOK, headers=headers)


def filters_in_words(view: TableView) -> list[tuple[str, str]]:
    """The applied filters of a list as the page shows them: name and value."""
    return [(chip.filter, chip.label) for chip in view.chips]
