"""Lists that lie in memory as a whole: narrowed, sorted, cut into pages, and as workbooks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bangfu.foundation.pages.workbooks import answer_workbook
from bangfu.foundation.ui.api import Choice, present, read_state

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.ui.api import ListState, Table, TableView

Row = TypeVar("Row")


@dataclass(frozen=True)
class Kept(Generic[Row]):
    """How rows in memory are narrowed.

    Attributes:
        filters: filter -> the code and the label that a row has for it.
        words: the text that the search box searches.
        key: the row's identity.
        order: column -> what it is sorted by, where that is not its value.
    """

    filters: Mapping[str, Callable[[Row], tuple[str, str]]]
    words: Callable[[Row], str]
    key: Callable[[Row], str]
    order: Mapping[str, Callable[[Row], Any]] = field(default_factory=dict)


def _narrowed(kept: Kept[Row], state: ListState, rows: Sequence[Row]) -> list[Row]:
    wanted = state.words.lower()
    return [
        row
        for row in rows
        if wanted in kept.words(row).lower()
        and all(
            not state.chosen(name) or code_of(row)[0] in state.chosen(name)
            for name, code_of in kept.filters.items()
        )
    ]


def _sorted(table: Table[Row], kept: Kept[Row], state: ListState, rows: list[Row]) -> list[Row]:
    """The rows in the order asked for; those without a value stand last either way."""
    if not state.sort_column:
        return rows
    value = kept.order.get(state.sort_column, table.column(state.sort_column).value)
    known = [row for row in rows if value(row) not in {None, ""}]
    unknown = [row for row in rows if value(row) in {None, ""}]
    return [*sorted(known, key=value, reverse=state.descending), *unknown]


def _choices(kept: Kept[Row], rows: Sequence[Row]) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = {}
    for name, code_of in kept.filters.items():
        counted = Counter(code_of(row) for row in rows)
        found[name] = [Choice(code, label, count) for (code, label), count in counted.items()]
    return found


def answer_list(
    request: ActingRequest, table: Table[Row], kept: Kept[Row], rows: Sequence[Row], title: str
) -> TableView | HttpResponse:
    """The list as its page draws it, or the workbook of all its rows when that was asked for."""
    state = read_state(table, request.GET)
    found = _sorted(table, kept, state, _narrowed(kept, state, rows))
    shown = found[state.offset : state.offset + state.limit]
    choices = _choices(kept, rows)
    if state.export:
        return answer_workbook(request.actor, table, state, found, title=title, choices=choices)
    return present(table, state, shown, total=len(found), key=kept.key, choices=choices)
