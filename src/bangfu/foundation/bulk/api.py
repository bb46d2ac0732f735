"""Insert, update and fetch thousands of rows with a handful of statements.

What differs, and nothing else does:

| | SQLite | PostgreSQL |
|---|---|---|
| insert | `INSERT`, one prepared statement, `executemany` | `COPY ... FROM STDIN` |
| update | `UPDATE ... WHERE`, `executemany` | `COPY` into a temporary table, `UPDATE ... FROM` |
| UUID | 32 hexadecimal digits | `uuid` |
| date, moment | text, moments in UTC without a zone | `date`, `timestamptz` |
| keys in one `IN` | as many as the build admits | 10,000 |

Model `save()` and signals are not called; a row is a tuple of Python values (UUID, date, aware
datetime, bytes, text, int, bool, None) in the order of the columns named.
"""

from __future__ import annotations

from datetime import UTC
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

__all__ = ["chunks_of", "fetch_by", "insert_rows", "update_rows"]

_CHUNK: Final = 10_000
_Key = TypeVar("_Key")
_Row = TypeVar("_Row")


def _hex(value: UUID) -> str:
    return value.hex


def _day(value: date) -> str:
    return value.isoformat()


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def _uuid_column(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.ForeignKey):
        return _uuid_column(field.target_field)
    return isinstance(field, models.UUIDField)


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What turns a value into what SQLite stores; None when it goes in as it is."""
    if _uuid_column(field):
        return _hex
    if isinstance(field, models.DateTimeField):
        return _moment
    return _day if isinstance(field, models.DateField) else None


def _stored(
    fields: Sequence[models.Field[Any, Any]], rows: Sequence[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """The rows as SQLite stores them, converted column by column."""
    columns = list(zip(*rows, strict=True))
    for position, field in enumerate(fields):
        write = _writer(field)
        if write is not None:
            columns[position] = tuple(
                None if value is None else write(value) for value in columns[position]
            )
    return list(zip(*columns, strict=True))


def _fields(model: type[models.Model], names: Sequence[str]) -> list[models.Field[Any, Any]]:
    by_column = {field.column: field for field in model._meta.concrete_fields}
    return [by_column[name] for name in names]


def _quoted(names: Sequence[str]) -> list[str]:
    return [connection.ops.quote_name(name) for name in names]


def _listed(parts: Sequence[str]) -> str:
    return "(" + ", ".join(parts) + ")"


def _copy(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    statement = " ".join(("COPY", table, _listed(_quoted(columns)), "FROM STDIN"))
    # The driver's own cursor: its errors are turned into Django's here, as elsewhere.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _execute_many(statement: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(" ".join(statement), rows)


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> int:
    """Insert rows; answer how many.

    Args:
        model: whose table.
        columns: database columns in the order of a row's values (`household_id`, not `household`).
        rows: the values. A column that is not named must admit NULL.

    Raises:
        IntegrityError: when a constraint refuses a row; the caller's transaction is then over.
    """
    if not rows:
        return 0
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        _copy(table, columns, rows)
    else:
        places = _listed(["%s"] * len(columns))
        statement = ("INSERT INTO", table, _listed(_quoted(columns)), "VALUES", places)
        _execute_many(statement, _stored(_fields(model, columns), rows))
    return len(rows)


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> int:
    """Set columns of rows that are there, each found by its first column; answer how many.

    Args:
        model: whose table.
        columns: the key's column first, then the columns to set.
        rows: the values in that order.

    Raises:
        IntegrityError: when a constraint refuses a row; the caller's transaction is then over.
    """
    if not rows:
        return 0
    table = connection.ops.quote_name(model._meta.db_table)
    key, *changed = _quoted(columns)
    if connection.vendor == "postgresql":
        _update_from_copy(table, columns, rows)
    else:
        settings = ", ".join(f"{name} = %s" for name in changed)
        stored = _stored(_fields(model, columns), rows)
        statement = ("UPDATE", table, "SET", settings, "WHERE", key, "= %s")
        _execute_many(statement, [(*row[1:], row[0]) for row in stored])
    return len(rows)


def _update_from_copy(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    fresh = connection.ops.quote_name("bulk_update")
    key, *changed = _quoted(columns)
    make = (
        "CREATE TEMPORARY TABLE",
        fresh,
        "ON COMMIT DROP AS SELECT",
        ", ".join(_quoted(columns)),
        "FROM",
        table,
        "WITH NO DATA",
    )
    settings = ", ".join(f"{name} = {fresh}.{name}" for name in changed)
    same = f"{table}.{key} = {fresh}.{key}"
    update = (
        "UPDATE",
        table,
        "SET",
        settings,
        "FROM",
        fresh,
        "WHERE",
        same,
    )
    with connection.cursor() as cursor:
        cursor.execute(" ".join(make))
    _copy(fresh, columns, rows)
    with connection.cursor() as cursor:
        cursor.execute(" ".join(update))
        cursor.execute(" ".join(("DROP TABLE", fresh)))


def chunks_of(keys: Collection[_Key]) -> Iterator[list[_Key]]:
    """The keys in lists short enough for one `IN` of either database."""
    most = min(connection.features.max_query_params or _CHUNK, _CHUNK)
    remaining = iter(keys)
    while chunk := list(islice(remaining, most)):
        yield chunk


def fetch_by(rows: QuerySet[Any, _Row], field: str, keys: Collection[Any]) -> Iterator[_Row]:
    """The rows whose `field` is one of `keys`, however many keys there are."""
    for chunk in chunks_of(keys):
        yield from rows.filter(**{f"{field}__in": chunk}).iterator(chunk_size=_CHUNK)
