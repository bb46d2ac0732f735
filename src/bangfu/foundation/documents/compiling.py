"""Compiling with typst: the product's own fonts, no network, the same bytes for the same order.

Compilers are kept a thread each, because one cannot serve two threads at a time; the fonts are read
once and shared. PDF/A-2 is asked for: it suits archives, and it refuses to hold a character that no
font draws, so a paper with an empty box in place of a name cannot be made.

Run as a program (`python -m bangfu.foundation.documents.compiling`) it takes one order from
standard input and answers the PDF: typst keeps what it laid out, more than a megabyte a page of
tables, and a long paper's share goes back to the machine with the process.
"""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typst

if TYPE_CHECKING:
    from typing import BinaryIO

PACKAGE: Final = Path(str(files("bangfu")))
OWN_FONTS: Final = PACKAGE / "data" / "fonts"
SHIPPED_FONTS: Final = Path(str(files("pylopdf_fonts_zh_cn")))
_NOWHERE: Final = str(OWN_FONTS / "no-packages")
"""Where typst would look for packages of its own; there is no such folder."""
_own = threading.local()


class PaperUnmade(ValueError):
    """The template could not be set from the data. Why may name a person, so it is not told."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be set.

    Attributes:
        template: from the package's folder.
        given: everything the template is given, as JSON.
        timestamp: seconds since 1970 that stand in the file as the time of its making.
        tagged: whether the structure is written down for reading aloud.
    """

    template: str
    given: str
    timestamp: int
    tagged: bool


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(SHIPPED_FONTS), str(OWN_FONTS)],
    )


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


def compile_order(order: Order) -> bytes:
    """The PDF of an order.

    Raises:
        PaperUnmade: when the template cannot be set from the data.
    """
    try:
        made = _compiler().compile(
            input=str(PACKAGE / order.template),
            format="pdf",
            sys_inputs={"paper": order.given},
            pdf_standards="a-2a" if order.tagged else "a-2b",
            pdf_tags=order.tagged,
            timestamp=order.timestamp,
        )
    except RuntimeError:
        # Also a template that is not there; typst's own errors are of this kind.
        raise PaperUnmade(order.template) from None
    if not isinstance(made, bytes):
        raise PaperUnmade(order.template)
    return made


def written(order: Order) -> bytes:
    """An order as the program reads it."""
    return json.dumps(asdict(order)).encode()


def serve(given: BinaryIO, answer: BinaryIO) -> int:
    """Set one order; the exit status is 1 when it could not be made."""
    try:
        answer.write(compile_order(Order(**json.load(given))))
    except PaperUnmade:
        return 1
    answer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(serve(sys.stdin.buffer, sys.stdout.buffer))
