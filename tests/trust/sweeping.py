"""Looking for a person's numbers wherever the product may have left them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from django.apps import apps
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

WINDOW: Final = 10
"""Digits in a row that give a number away: less than a whole number counts as found."""


def spellings(secret: str) -> dict[bytes, str]:
    """Every way the bytes of a part of a secret may lie somewhere -> the part."""
    parts = {secret[at : at + WINDOW] for at in range(max(len(secret) - WINDOW, 0) + 1)}
    found: dict[bytes, str] = {}
    for part in parts:
        for plain in (part.encode(), part.encode("utf-16-le"), part.encode("utf-16-be")):
            found[plain] = part
        found[part.encode().hex().encode()] = part
    return found


def found_in(place: str, content: bytes, secrets: Iterable[str]) -> Iterator[str]:
    """What of the secrets stands in the bytes, packed parts unpacked."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                yield from found_in(f"{place}:{name}", book.read(name), secrets)
    for secret in secrets:
        for bytes_, part in spellings(secret).items():
            if bytes_ in content:
                yield f"{place}: {part} of {secret}"


def found_in_folder(folder: Path, secrets: Iterable[str]) -> Iterator[str]:
    """What of the secrets stands in any file below a folder, Parquet read as a table as well."""
    wanted = tuple(secrets)
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = str(path.relative_to(folder))
        yield from found_in(name, path.read_bytes(), wanted)
        if path.suffix == ".parquet":
            table = repr(pl.read_parquet(path).rows()).encode()
            yield from found_in(f"{name} read", table, wanted)


def _told(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def rows_of_database() -> Iterator[tuple[str, bytes]]:
    """Every row of every table as the database gives it to whoever dumps it."""
    tables = sorted(connection.introspection.table_names())
    assert {model._meta.db_table for model in apps.get_models()} <= set(tables)
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(" ".join(("SELECT * FROM", connection.ops.quote_name(table))))
            for row in cursor.fetchall():
                yield table, b"\x1f".join(map(_told, row))


def found_in_database(secrets: Iterable[str]) -> Iterator[str]:
    """What of the secrets stands in any row."""
    wanted = tuple(secrets)
    tables: dict[str, list[bytes]] = {}
    for table, row in rows_of_database():
        tables.setdefault(table, []).append(row)
    for table, rows in tables.items():
        yield from found_in(f"table {table}", b"\n".join(rows), wanted)
