"""A list page, declared once: its columns, filters and order, and what the address asks of it.

A feature declares a `Table`, reads the address with `read_state`, asks its own scoped query for
one page of rows, and gives both to `present` (`bangfu.foundation.ui.table_view`). Filters, sort,
page and columns all live in the address, so a list can be kept, sent and gone back to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

__all__ = [
    "Choice",
    "Column",
    "Filter",
    "ListState",
    "Table",
    "read_state",
    "sheet_of",
]

Row = TypeVar("Row")
_LAST_PAGE: Final = 100_000
_LONGEST_SEARCH: Final = 64
EXPORT: Final = "export"
Kind = Literal["text", "whole", "hundredths", "day", "moment"]
"""What a column holds. Hundredths are whole fen or 0.01 mu and show as yuan or mu."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    Attributes:
        name: its identity in the address.
        label: its head, with the unit where it has one.
        value: the plain value of a row: what the export writes, and what is shown when there is
            no template.
        kind: what the value is; it decides how the value is written, here and in a workbook.
        template: draws the cell, with `row` and `value`; for links, tags and second lines.
        sortable: whether the list can be sorted by it, under its name.
        chosen: shown unless the reader chooses otherwise.
        heading: names the row; always shown.
        bare: says on a phone what it is by itself, without its label.
    """

    name: str
    label: str | _StrPromise
    value: Callable[[Row], Any]
    kind: Kind = "text"
    template: str = ""
    sortable: bool = False
    chosen: bool = True
    heading: bool = False
    bare: bool = False

    @property
    def number(self) -> bool:
        """Whether it is set flush right, digit under digit."""
        return self.kind in {"whole", "hundredths"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter may take, with the number of rows that have it where known."""

    code: str
    label: str | _StrPromise
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. Choices that depend on the reader are given when the list is presented."""

    name: str
    label: str | _StrPromise
    choices: Sequence[Choice] = ()
    single: bool = False


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A list page: columns, filters, the order it opens in (`-due` is descending) and page size.

    `words` is the name of the search box; without it the list has none.
    """

    name: str
    columns: Sequence[Column[Row]]
    sort: str
    filters: Sequence[Filter] = ()
    words: str | _StrPromise = ""
    page_size: int = 50

    def column(self, name: str) -> Column[Row]:
        """The column of that name.

        Raises:
            KeyError: when there is none.
        """
        return {column.name: column for column in self.columns}[name]

    def has(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return any(column.name == name for column in self.columns)


@dataclass(frozen=True, slots=True)
class ListState:
    """What the address asks of a list; `default` is what it asks when it says nothing."""

    sort: str
    page: int = 1
    page_size: int = 50
    columns: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    export: bool = False
    default_sort: str = ""
    default_columns: tuple[str, ...] = ()

    @property
    def sort_column(self) -> str:
        """The column sorted by."""
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the order is turned round."""
        return self.sort.startswith("-")

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.page_size

    @property
    def limit(self) -> int:
        """Rows on a page."""
        return self.page_size

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values a filter is set to; empty when it is not set."""
        return self.filters.get(name, ())

    def one(self, name: str) -> str:
        """The value of a single filter; empty when it is not set."""
        return next(iter(self.chosen(name)), "")

    def with_filter(self, name: str, values: Iterable[str]) -> ListState:
        """The same list with a filter set anew, from its first page."""
        filters = {**self.filters, name: tuple(values)}
        return replace(self, page=1, filters={key: each for key, each in filters.items() if each})

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The address's parts, leaving out what is so by default."""
        if self.words:
            yield "q", self.words
        yield from ((name, value) for name in sorted(self.filters) for value in self.filters[name])
        if self.sort != self.default_sort:
            yield "sort", self.sort
        if self.columns != self.default_columns:
            yield from (("cols", name) for name in self.columns)
        if self.page > 1:
            yield "page", str(self.page)
        if self.export:
            yield EXPORT, "xlsx"

    def address(self, **changes: Any) -> str:
        """The query string of this list with changes, `?` included so that a link may be empty."""
        changed = replace(self, **changes) if changes else self
        return "?" + urlencode(list(changed.pairs()))


def _read_sort(table: Table[Any], asked: str) -> str:
    """The sort asked for, when the table has it; otherwise its own."""
    name = asked.removeprefix("-")
    return asked if table.has(name) and table.column(name).sortable else table.sort


def _read_page(asked: str) -> int:
    """A page number; anything else is the first page."""
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    return min(max(number, 1), _LAST_PAGE)


def _read_columns(
    table: Table[Any], asked: Sequence[str], default: tuple[str, ...]
) -> tuple[str, ...]:
    """The columns asked for in the table's order, the headings always among them."""
    if not any(table.has(name) for name in asked):
        return default
    return tuple(each.name for each in table.columns if each.heading or each.name in asked)


def _read_filters(table: Table[Any], params: QueryDict) -> dict[str, tuple[str, ...]]:
    """The filters that are set; a single one takes its last value."""
    found: dict[str, tuple[str, ...]] = {}
    for each in table.filters:
        values = tuple(dict.fromkeys(value for value in params.getlist(each.name) if value))
        if values:
            found[each.name] = values[-1:] if each.single else values
    return found


def read_state(table: Table[Any], params: QueryDict) -> ListState:
    """What an address asks of a list. What the table does not have is left out, never an error."""
    default = tuple(each.name for each in table.columns if each.chosen or each.heading)
    return ListState(
        sort=_read_sort(table, params.get("sort", "")),
        page=_read_page(params.get("page", "")),
        page_size=table.page_size,
        columns=_read_columns(table, params.getlist("cols"), default),
        filters=_read_filters(table, params),
        words=params.get("q", "").strip()[:_LONGEST_SEARCH] if table.words else "",
        export=params.get(EXPORT) == "xlsx",
        default_sort=table.sort,
        default_columns=default,
    )


def sheet_of(
    table: Table[Row], state: ListState, rows: Iterable[Row]
) -> tuple[list[str], Iterator[list[Any]]]:
    """The chosen columns as a sheet: heads in the reader's language, and plain values by row."""
    columns = [table.column(name) for name in state.columns]
    heads = [str(column.label) for column in columns]
    return heads, ([column.value(row) for column in columns] for row in rows)
