"""Lists as workbooks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import unquote

from django.http import QueryDict
from openpyxl import load_workbook

from bangfu.foundation.access.api import Actor
from bangfu.foundation.clock.api import using_clock
from bangfu.foundation.pages.api import filters_in_words, list_workbook, workbook_answer
from bangfu.foundation.ui.api import Choice, Column, Filter, Table, present, read_state
from bangfu.kernel.clock import FixedClock

CLOCK = FixedClock(datetime(2026, 11, 20, 2, 0, tzinfo=UTC))
ACTOR = Actor(None, None, "周敏", "县级经办")


@dataclass(frozen=True, slots=True)
class Clue:
    name: str
    paid: int | None
    due: date


TABLE: Table[Clue] = Table(
    name="clues",
    sort="name",
    columns=(
        Column("name", "农户", lambda row: row.name, heading=True, sortable=True),
        Column("paid", "自付，元", lambda row: row.paid, kind="hundredths"),
        Column("due", "期限", lambda row: row.due, kind="day"),
    ),
    filters=(Filter("risk", "风险", (Choice("illness", "因病"),)),),
)
ROWS = [
    Clue("=cmd|' /C calc'!A0", 1_842_050, date(2026, 11, 24)),
    Clue("李春秀", None, date(2026, 12, 1)),
]


def test_a_list_becomes_a_workbook_with_its_chosen_columns_and_its_origin() -> None:
    state = read_state(TABLE, QueryDict("risk=illness&cols=paid&cols=due"))
    view = present(TABLE, state, ROWS, total=2, key=lambda row: row.name)
    with using_clock(CLOCK):
        made = list_workbook(
            ACTOR, TABLE, state, ROWS, title="线索", filters=filters_in_words(view)
        )
    book = load_workbook(io.BytesIO(made))
    first, second = book.worksheets
    rows = [[cell.value for cell in row] for row in first.iter_rows()]
    assert rows[0] == ["农户", "自付，元", "期限"]
    assert rows[1][1] == 18_420.5
    assert rows[2][:2] == ["李春秀", None]
    assert [row[2].date() for row in rows[1:]] == [date(2026, 11, 24), date(2026, 12, 1)]
    assert first.cell(2, 1).data_type != "f"
    about = {row[0].value: row[1].value for row in second.iter_rows()}
    assert about == {"导出人": "周敏 · 县级经办", "导出时间": "2026-11-20 10:00", "风险": "因病"}


def test_a_workbook_is_downloaded_under_its_name() -> None:
    with using_clock(CLOCK):
        answer = workbook_answer("待核实线索", b"PK")
    assert unquote(answer.headers["Content-Disposition"]).endswith("待核实线索 2026-11-20.xlsx")
    assert answer.headers["Content-Disposition"].isascii()
