"""A list page as its template draws it: heads, cells, applied filters, facets, pager, columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bangfu.foundation.ui.tables import Choice, Column, Filter, Kind, ListState, Table

__all__ = ["TableView", "present"]

Row = TypeVar("Row")
Choices = Mapping[str, Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, with the way it is sorted and the address that sorts by it."""

    label: str
    number: bool
    sorted: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, the template that draws it, and the label it carries on a phone."""

    label: str
    value: Any
    template: str
    kind: Kind
    number: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: what it is about, its key for picking, and its cells."""

    key: str
    subject: Any
    name: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Chip:
    """An applied filter with the address that takes it away."""

    filter: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter or of the columns, as a tick box."""

    code: str
    label: str
    count: int | None
    ticked: bool
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its choices."""

    name: str
    label: str
    single: bool
    options: list[Option]


@dataclass(frozen=True, slots=True)
class TableView:
    """Everything `ui/list.html` draws. Counts are rows; `first` and `last` count from 1."""

    name: str
    state: ListState
    heads: list[Head]
    rows: list[RowView]
    total: int
    chips: list[Chip]
    facets: list[Facet]
    columns: list[Option]
    words_label: str
    pick: bool

    @property
    def first(self) -> int:
        """The number of the first row shown; 0 when there is none."""
        return self.state.offset + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.state.offset + len(self.rows)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(-(-self.total // self.state.page_size), 1)

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self.state.address(page=self.state.page - 1) if self.state.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        return self.state.address(page=self.state.page + 1) if self.state.page < self.pages else ""

    @property
    def clear_url(self) -> str:
        """The list without filters."""
        return self.state.address(filters={}, words="", page=1)

    @property
    def export_url(self) -> str:
        """The workbook of every row of this list."""
        return self.state.address(export=True, page=1)

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        """What the form of filters must carry along: sort and columns."""
        return [pair for pair in self.state.pairs() if pair[0] in {"sort", "cols"}]

    @property
    def kept_by_columns(self) -> list[tuple[str, str]]:
        """What the form of columns must carry along: filters, words and sort."""
        return [pair for pair in self.state.pairs() if pair[0] not in {"cols", "page"}]


def _head(column: Column[Any], state: ListState) -> Head:
    """A head; sorting by the column sorted by turns it round."""
    current = state.sort_column == column.name
    target = column.name if not current or state.descending else f"-{column.name}"
    direction = ("descending" if state.descending else "ascending") if current else ""
    return Head(
        label=str(column.label),
        number=column.number,
        sorted=direction,
        url=state.address(sort=target, page=1) if column.sortable else "",
    )


def _row(columns: Sequence[Column[Row]], row: Row, key: str) -> RowView:
    """A row; its name is the text of its heading, for the tick box's label."""
    cells = [
        Cell(
            label="" if each.bare else str(each.label),
            value=each.value(row),
            template=each.template,
            kind=each.kind,
            number=each.number,
            heading=each.heading,
        )
        for each in columns
    ]
    name = next((str(cell.value) for cell in cells if cell.heading), key)
    return RowView(key=key, subject=row, name=name, cells=cells)


def _facet(each: Filter, state: ListState, choices: Choices) -> Facet:
    """A filter with what is ticked."""
    chosen = state.chosen(each.name)
    options = [
        Option(choice.code, str(choice.label), choice.count, ticked=choice.code in chosen)
        for choice in choices.get(each.name, each.choices)
    ]
    return Facet(each.name, str(each.label), each.single, options)


def _chips(facets: Iterable[Facet], state: ListState) -> list[Chip]:
    """The applied filters as removable words; a value nobody names shows as it is."""
    chips = []
    for facet in facets:
        labels = {option.code: option.label for option in facet.options}
        chosen = state.chosen(facet.name)
        for code in chosen:
            rest = (other for other in chosen if other != code)
            url = state.with_filter(facet.name, rest).address()
            chips.append(Chip(facet.label, labels.get(code, code), url))
    return chips


def _columns(table: Table[Any], state: ListState) -> list[Option]:
    """The columns to choose from."""
    return [
        Option(each.name, str(each.label), None, each.name in state.columns, fixed=each.heading)
        for each in table.columns
    ]


def present(
    table: Table[Row],
    state: ListState,
    rows: Iterable[Row],
    *,
    total: int,
    key: Callable[[Row], object],
    choices: Choices | None = None,
    pick: bool = False,
) -> TableView:
    """One page of a list, ready to draw.

    Args:
        rows: the rows of this page.
        total: how many rows the filters leave, all pages together.
        key: the row's identity, sent when rows are picked.
        choices: choices of filters that depend on the reader.
        pick: whether rows can be picked for a bulk act.
    """
    columns = [table.column(name) for name in state.columns]
    facets = [_facet(each, state, choices or {}) for each in table.filters]
    chips = _chips(facets, state)
    if state.words:
        chips.append(Chip(str(table.words), state.words, state.address(words="", page=1)))
    return TableView(
        name=table.name,
        state=state,
        heads=[_head(column, state) for column in columns],
        rows=[_row(columns, row, str(key(row))) for row in rows],
        total=total,
        chips=chips,
        facets=[facet for facet in facets if facet.options],
        columns=_columns(table, state),
        words_label=str(table.words),
        pick=pick,
    )
