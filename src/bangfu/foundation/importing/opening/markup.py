"""XML parts, read piece by piece with entities off."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from bangfu.foundation.importing.opening.refusal import FileRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def local_name(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def read_markup(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Parse a part and call `start` and `end` with every element's full name.

    A document type is refused by the parser's own event, so that no encoding hides it.

    Raises:
        FileRefused: when the part has a document type or is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        raise FileRefused("importing.damaged") from None


def _refuse_document_type(*_: object) -> None:
    raise FileRefused("importing.document_type")
