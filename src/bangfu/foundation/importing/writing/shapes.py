"""The shapes of cells: number formats, and how a cell stands out."""

from __future__ import annotations

from enum import StrEnum
from itertools import product
from typing import Final


class NumberFormat(StrEnum):
    """Excel's number formats that we write."""

    GENERAL = "General"
    TEXT = "@"
    WHOLE = "0"
    HUNDREDTHS = "0.00"
    DAY = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm"


class Mark(StrEnum):
    """How a cell stands out."""

    NONE = "none"
    REFUSED = "refused"
    NOTICE = "notice"
    HEADER = "header"
    EXPLAINED = "explained"


_FILLS: Final = {Mark.REFUSED: "FFFFC7CE", Mark.NOTICE: "FFFFEB9C", Mark.HEADER: "FFE8EEF4"}
_WRAPPED: Final = frozenset({Mark.HEADER, Mark.EXPLAINED})
# Two fills are the standard's own and stand first.
_FILL_NUMBERS: Final = {mark: number for number, mark in enumerate(_FILLS, start=2)}
_SHAPES: Final = tuple(product(NumberFormat, Mark))
_NUMBERS: Final = {shape: number for number, shape in enumerate(_SHAPES, start=1)}
_FIRST_OWN_FORMAT: Final = 164
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def shape_number(number_format: NumberFormat, mark: Mark = Mark.NONE) -> int:
    """The number by which a cell names its shape."""
    return _NUMBERS[number_format, mark]


def styles_markup() -> str:
    """The part `xl/styles.xml`: every number format with every mark.

    Texts carry `quotePrefix`, so that they stay texts when somebody edits their cell.
    """
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{each}"/>'
        for number, each in enumerate(NumberFormat, start=_FIRST_OWN_FORMAT)
    )
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'
        for colour in _FILLS.values()
    )
    shapes = "".join(_shape_markup(number_format, mark) for number_format, mark in _SHAPES)
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        f'<numFmts count="{len(NumberFormat)}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
        '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
        f'<fills count="{len(_FILLS) + 2}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        f'<cellXfs count="{len(_SHAPES) + 1}">'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{shapes}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _shape_markup(number_format: NumberFormat, mark: Mark) -> str:
    attributes = {
        "numFmtId": _FIRST_OWN_FORMAT + list(NumberFormat).index(number_format),
        "fontId": int(mark is Mark.HEADER),
        "fillId": _FILL_NUMBERS.get(mark, 0),
        "borderId": 0,
        "xfId": 0,
        "applyNumberFormat": 1,
        "applyFill": 1,
        "applyAlignment": 1,
        "quotePrefix": int(number_format is NumberFormat.TEXT),
    }
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    wrap = int(mark in _WRAPPED)
    return f'<xf {written}><alignment vertical="top" wrapText="{wrap}"/></xf>'
