"""Opening an xlsx workbook: its parts are checked, then the fast reader gives the cells."""

from __future__ import annotations

import io
import posixpath
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import python_calamine

from bangfu.foundation.importing.opening.markup import local_name, read_markup
from bangfu.foundation.importing.opening.parts import megabytes, open_container, unpack
from bangfu.foundation.importing.opening.refusal import FileRefused
from bangfu.foundation.importing.opening.sheet_scan import SheetScan, scan_sheet

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from bangfu.foundation.importing.domain.limits import Limits

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MARKUP_ENDINGS: Final = (".xml", ".rels", ".vml")
_OTHER_KINDS: Final = (
    ("xl/workbook.bin", "XLSB"),
    ("word/document.xml", "Word"),
    ("ppt/presentation.xml", "PowerPoint"),
    ("content.xml", "OpenDocument"),
)
_ROWS_A_CHUNK: Final = 2_000
_TEXT_A_CHUNK: Final = 4_000_000


@dataclass(slots=True)
class _Contents:
    """The workbook's own table: sheets in order with part and state, and the date system."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    epoch_1904: bool = False


def open_workbook(data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """Check a workbook and answer its sheets as messages.

    Raises:
        FileRefused: for anything that is not an honest xlsx workbook within the limits.
    """
    container = open_container(data, limits)
    _check_kind(container)
    contents = _read_contents(container)
    scans = _check_parts(container, contents, limits)
    yield from _read_sheets(data, contents, scans, limits)


def _check_kind(container: zipfile.ZipFile) -> None:
    names = frozenset(container.namelist())
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise FileRefused("importing.macros")
    if _WORKBOOK in names and _RELATIONS in names and _CONTENT_TYPES in names:
        return
    found = next((kind for part, kind in _OTHER_KINDS if part in names), "ZIP")
    raise FileRefused("importing.kind_not_read", found=found)


def _read_contents(container: zipfile.ZipFile) -> _Contents:
    contents, targets = _Contents(), _worksheet_parts(container)

    def start(name: str, attributes: dict[str, str]) -> None:
        bare = local_name(name)
        if bare == "workbookPr":
            contents.epoch_1904 = attributes.get("date1904") in {"1", "true"}
        elif bare == "sheet":
            relation = next((attributes[key] for key in attributes if local_name(key) == "id"), "")
            if relation in targets:
                hidden = attributes.get("state", "visible") != "visible"
                contents.sheets.append((attributes.get("name", ""), targets[relation], hidden))

    read_markup(unpack(container, _WORKBOOK), start)
    if not contents.sheets:
        raise FileRefused("importing.damaged")
    return contents


def _worksheet_parts(container: zipfile.ZipFile) -> dict[str, str]:
    """The parts of worksheets by the id of their relation; charts and the like are left out."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            part = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip(
                "/"
            )
            targets[attributes.get("Id", "")] = part

    read_markup(unpack(container, _RELATIONS), start)
    return targets


def _check_parts(
    container: zipfile.ZipFile, contents: _Contents, limits: Limits
) -> dict[str, SheetScan]:
    """Unpack and parse every markup part once; measure the sheets."""
    names = {part: name for name, part, _ in contents.sheets}
    scans: dict[str, SheetScan] = {}
    for part in container.namelist():
        if part in names:
            scans[part] = scan_sheet(names[part], unpack(container, part), limits)
        elif part == _CONTENT_TYPES:
            read_markup(unpack(container, part), _refuse_macro_type)
        elif part.lower().endswith(_MARKUP_ENDINGS):
            read_markup(unpack(container, part))
    if len(scans) < len(names):
        raise FileRefused("importing.damaged")
    return scans


def _refuse_macro_type(_: str, attributes: dict[str, str]) -> None:
    if "macroenabled" in attributes.get("ContentType", "").lower():
        raise FileRefused("importing.macros")


def _read_sheets(
    data: bytes, contents: _Contents, scans: dict[str, SheetScan], limits: Limits
) -> Iterator[dict[str, Any]]:
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        for name, part, hidden in contents.sheets:
            scan = scans[part]
            yield {
                "sheet": name,
                "kind": "workbook",
                "hidden": hidden,
                "merged": scan.merged,
                "hidden_rows": scan.hidden_rows,
                "hidden_columns": scan.hidden_columns,
                "epoch_1904": contents.epoch_1904,
            }
            yield from _chunks(workbook.get_sheet_by_name(name), limits)
            # The fast reader shows errors as empty cells and formulas by their last value.
            yield {"errors": scan.errors, "formulas": scan.formulas}
    except python_calamine.PasswordError:
        raise FileRefused("importing.encrypted") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise FileRefused("importing.damaged") from None


def _chunks(sheet: Any, limits: Limits) -> Iterator[dict[str, Any]]:
    start = sheet.start
    if start is None:
        return
    rows: list[list[Any]] = []
    size, total, first = 0, 0, 1
    for number, row in enumerate(sheet.iter_rows(), start=1):
        rows.append(row)
        size += sum(len(cell) for cell in row if type(cell) is str)
        if len(rows) == _ROWS_A_CHUNK or size > _TEXT_A_CHUNK:
            yield _chunk(rows, first, start[1])
            total += size
            rows, size, first = [], 0, number + 1
            if total > limits.all_text:
                raise FileRefused("importing.too_large", limit=megabytes(limits.all_text))
    if rows:
        yield _chunk(rows, first, start[1])


def _chunk(rows: list[list[Any]], first: int, left: int) -> dict[str, Any]:
    """A block of cells by column, and the cells that are neither text nor number beside it."""
    columns: list[list[Any]] = []
    special: list[tuple[int, int, str, str]] = []
    for number, cells in enumerate(zip(*rows, strict=True)):
        plain = list(cells)
        for row, cell in enumerate(cells):
            if type(cell) is float or (type(cell) is str and cell):
                continue
            plain[row], odd = _odd(cell)
            if odd is not None:
                special.append((number, row, *odd))
        columns.append(plain)
    return {"first": first, "left": left, "columns": columns, "special": special}


def _odd(cell: Any) -> tuple[str | float | None, tuple[str, str] | None]:
    """How a cell that is no plain text or number is told: its plain value, or its kind and text."""
    if isinstance(cell, str):
        return None, None
    if isinstance(cell, bool):
        return None, ("bool", "1" if cell else "")
    if isinstance(cell, int):
        return float(cell), None
    if isinstance(cell, datetime):
        return None, ("datetime", cell.isoformat())
    if isinstance(cell, date):
        return None, ("date", cell.isoformat())
    return None, ("time", str(cell) if isinstance(cell, time | timedelta) else "")
