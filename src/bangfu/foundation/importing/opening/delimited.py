"""Opening CSV: which encoding, which separator, and every record as wide as the header."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.importing.opening.refusal import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.foundation.importing.domain.limits import Limits

_UTF_8_MARK: Final = b"\xef\xbb\xbf"
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_ROWS_A_CHUNK: Final = 2_000
_SEPARATORS: Final = ",\t;"


def decode(data: bytes) -> str:
    """The text in UTF-8, or else in GB18030.

    A file that begins with Chinese characters in UTF-8 is UTF-8: a later byte that is not is damage
    and is refused with its line, since GB18030 would accept the whole as other characters. Chinese
    text in GB18030 does not begin so; its characters are no valid UTF-8, or of other scripts.

    Raises:
        FileRefused: with the line of the first byte that cannot be read, or of the first NUL.
    """
    if data.startswith(_WIDE_MARKS):
        raise FileRefused("importing.encoding", place={"line": 1})
    body = data.removeprefix(_UTF_8_MARK)
    if b"\x00" in body:
        raise FileRefused(
            "importing.control_character_at", place={"line": _line(body, body.index(b"\x00"))}
        )
    marked = len(body) < len(data)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if marked or _HAN.search(body[: error.start].decode("utf-8")):
            raise FileRefused(
                "importing.encoding", place={"line": _line(body, error.start)}
            ) from None
    try:
        return body.decode("gb18030")
    except UnicodeDecodeError as error:
        raise FileRefused("importing.encoding", place={"line": _line(body, error.start)}) from None


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def open_delimited(data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """Check a CSV file and answer it as one sheet.

    Raises:
        FileRefused: for a wrong encoding, broken quotes, or more rows or columns than the limits.
    """
    text = decode(data)
    yield {"sheet": "", "kind": "csv"}
    csv.field_size_limit(limits.text)
    rows: list[list[str]] = []
    first, width = 1, 0
    for number, row in enumerate(_records(text), start=1):
        if number > limits.rows:
            raise FileRefused(
                "importing.too_many_rows", place={"row": number}, limit=f"{limits.rows:,}"
            )
        if len(row) > limits.columns:
            raise FileRefused(
                "importing.too_many_columns", place={"row": number}, limit=f"{limits.columns:,}"
            )
        width = max(width, len(row))
        rows.append(row)
        if len(rows) == _ROWS_A_CHUNK:
            yield _chunk(rows, first, width)
            rows, first = [], number + 1
    if rows:
        yield _chunk(rows, first, width)


def _records(text: str) -> Iterator[list[str]]:
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        long = "field larger than field limit" in str(error)
        code = "importing.text_too_long_at" if long else "importing.quotes"
        raise FileRefused(code, place={"line": reader.line_num}) from None


def _chunk(rows: list[list[str]], first: int, width: int) -> dict[str, Any]:
    columns = [
        [row[number] or None if number < len(row) else None for row in rows]
        for number in range(width)
    ]
    widths = [len(row) for row in rows]
    formulas = [
        (number, place, "formula", cell)
        for place, row in enumerate(rows)
        for number, cell in enumerate(row)
        if cell.startswith("=")
    ]
    return {"first": first, "left": 0, "columns": columns, "special": formulas, "widths": widths}
