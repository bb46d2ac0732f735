"""From data to a paper: adds what stands on every page, shows by number what no font draws."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import segno
from fontTools.ttLib import TTFont

from bangfu.foundation.documents.compiling import (
    OWN_FONTS,
    SHIPPED_FONTS,
    Order,
    PaperUnmade,
    compile_order,
    written,
)
from bangfu.foundation.documents.domain.characters import (
    cleaned,
    code_point,
    describe,
    missing_in,
    spelled_out,
)
from bangfu.foundation.documents.domain.codes import in_groups
from bangfu.kernel.clock import CHINA
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.foundation.documents.kinds import PaperKind

MOST_CHARACTERS: Final = 16 * 1024 * 1024
"""The most data a paper may be made of; three hundred cards take a tenth."""
LONG: Final = 256 * 1024
"""Characters of data from which a paper is set in a process of its own."""
MOST_SECONDS: Final = 300
_PROGRAM: Final = (sys.executable, "-m", "bangfu.foundation.documents.compiling")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on every page besides the paper's own words.

    Attributes:
        as_of: the day for which the data hold.
        code: the issued paper's code; empty for a draft, which says so.
        address: where the code is checked, `https://.../check/`.
        demo: whether the people are made up, written across every page.
    """

    as_of: date
    code: str = ""
    address: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A paper as PDF, and the characters that stand on it as numbers because no font has them."""

    pdf: bytes
    missing: tuple[str, ...]


@cache
def drawn_characters() -> frozenset[int]:
    """Every code point that one of the shipped fonts draws."""
    found: set[int] = set()
    for path in (*SHIPPED_FONTS.glob("*.otf"), *OWN_FONTS.glob("*.otf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def _picture_of(address: str) -> str:
    """A QR code as SVG; medium correction, which survives a fold and a thumb."""
    return segno.make(address, error="m", micro=False).svg_inline(border=0)


def on_paper(data: Mapping[str, Any], stamp: Stamp) -> tuple[str, tuple[str, ...]]:
    """Everything the template is given, as JSON; and the characters no font has."""
    plain = cleaned(dict(data))
    missing = missing_in(plain, drawn_characters())
    if missing:
        plain = spelled_out(plain, frozenset(missing))
    address = f"{stamp.address}{stamp.code}/" if stamp.code and stamp.address else ""
    day = stamp.as_of
    document = {
        "data": plain,
        "as_of": f"{day.year} 年 {day.month} 月 {day.day} 日",
        "code": in_groups(stamp.code),
        "address": stamp.address.removeprefix("https://").removeprefix("http://"),
        "qr": _picture_of(address) if address else "",
        "demo": stamp.demo,
        "missing": [
            {
                "pattern": f"\\x{{{ord(each):X}}}",
                "ordinal": ord(each),
                "number": code_point(each),
                "is": describe(each),
            }
            for each in missing
        ],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True), missing


def set_paper(kind: PaperKind, data: Mapping[str, Any], stamp: Stamp) -> RenderedPaper:
    """Set a paper; a long one in a process of its own, which takes its memory with it.

    Args:
        kind: the kind, whose template is read.
        data: plain values that JSON can hold, in the words that stand on the paper.
        stamp: what stands on every page.

    Raises:
        Refused: `documents.too_long` for more data than a paper holds, or a paper that is not set
            in `MOST_SECONDS`; `documents.unmade` when the template cannot be set from the data.
    """
    given, missing = on_paper(data, stamp)
    if len(given) > MOST_CHARACTERS:
        raise Refused(Problem("documents.too_long"))
    midnight = datetime.combine(stamp.as_of, time.min, CHINA)
    order = Order(kind.template, given, int(midnight.timestamp()), kind.tagged)
    try:
        pdf = _set_apart(order) if len(given) > LONG else compile_order(order)
    except PaperUnmade:
        raise Refused(Problem("documents.unmade", values={"kind": kind.zh})) from None
    return RenderedPaper(pdf, missing)


def _set_apart(order: Order) -> bytes:
    """Set in another process.

    Raises:
        PaperUnmade: when it could not.
        Refused: `documents.too_long` when it took too long.
    """
    try:
        done = subprocess.run(
            _PROGRAM,
            input=written(order),
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(Problem("documents.too_long")) from None
    if done.returncode != 0 or not done.stdout:
        raise PaperUnmade(order.template)
    return done.stdout
