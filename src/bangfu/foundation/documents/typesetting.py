"""Setting papers with typst: the product's own fonts, no network, the same bytes for the same data.

Compilers are kept a thread each, because one cannot serve two threads at a time; the fonts are read
once and shared. PDF/A-2 with tags is asked for: it suits archives, reads aloud, and refuses to hold
a character that no font draws, so a paper with an empty box in place of a name cannot be made.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import segno
import typst
from fontTools.ttLib import TTFont

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

PACKAGE: Final = Path(str(files("bangfu")))
OWN_FONTS: Final = PACKAGE / "data" / "fonts"
SHIPPED_FONTS: Final = Path(str(files("pylopdf_fonts_zh_cn")))
MOST_BYTES: Final = 32 * 1024 * 1024
"""The most data a paper may be made of; a village's cards take less than a tenth."""
_STANDARD: Final = "a-2a"
_NOWHERE: Final = str(PACKAGE / "data" / "fonts" / "no-packages")
"""Where typst would look for packages of its own; there is no such folder."""
_own = threading.local()


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
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(SHIPPED_FONTS), str(OWN_FONTS)],
    )


@cache
def drawn_characters() -> frozenset[int]:
    """Every code point that one of the shipped fonts draws."""
    found: set[int] = set()
    for path in (*SHIPPED_FONTS.glob("*.otf"), *OWN_FONTS.glob("*.otf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def _compiler() -> typst.Compiler:
    """This thread's compiler."""
    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(
            root=str(PACKAGE),
            font_paths=_fonts(),
            package_path=_NOWHERE,
            package_cache_path=_NOWHERE,
        )
    compiler: typst.Compiler = _own.compiler
    return compiler


def _picture_of(address: str) -> str:
    """A QR code as SVG; medium correction, which survives a fold and a thumb."""
    return segno.make(address, error="m", micro=False).svg_inline(border=0)


def _on_paper(data: Mapping[str, Any], stamp: Stamp) -> tuple[str, tuple[str, ...]]:
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
    """Set a paper.

    Args:
        kind: the kind, whose template is read.
        data: plain values that JSON can hold, in the words that stand on the paper.
        stamp: what stands on every page.

    Raises:
        Refused: `documents.too_long` for more data than a paper holds, `documents.unmade` when the
            template cannot be set from the data; the reason may name a person and is not passed on.
    """
    given, missing = _on_paper(data, stamp)
    if len(given) > MOST_BYTES:
        raise Refused(Problem("documents.too_long"))
    midnight = datetime.combine(stamp.as_of, time.min, CHINA)
    try:
        made = _compiler().compile(
            input=str(PACKAGE / kind.template),
            format="pdf",
            sys_inputs={"paper": given},
            pdf_standards=_STANDARD,
            timestamp=int(midnight.timestamp()),
        )
    except typst.TypstError:
        raise Refused(Problem("documents.unmade", values={"kind": kind.zh})) from None
    if not isinstance(made, bytes):
        raise Refused(Problem("documents.unmade", values={"kind": kind.zh}))
    return RenderedPaper(made, missing)
