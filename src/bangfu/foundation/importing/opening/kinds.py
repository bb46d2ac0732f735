"""What a file is, by its first bytes; its name is not asked."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from bangfu.foundation.importing.opening.refusal import FileRefused

_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_SIGNATURES: Final = (
    (b"%PDF", "PDF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"{\\rtf", "RTF"),
    (b"GIF8", "GIF"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
)
_MARKUP: Final = re.compile(
    rb"\s*<(?:(!doctype\s+html|html|table|head|body|meta|style|script)|(\?xml|[a-z!]))", re.I
)


class Kind(StrEnum):
    """The kinds of files that are opened."""

    ZIP = "zip"
    TEXT = "text"


def kind_of(data: bytes) -> Kind:
    """A zip (perhaps a workbook) or a text (perhaps CSV).

    Raises:
        FileRefused: for an empty file and for every kind that is recognised and not read.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise FileRefused("importing.empty_file")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Kind.ZIP
    if data.startswith(_OLE):
        raise FileRefused(
            "importing.encrypted" if _ENCRYPTED_STREAM in data else "importing.old_excel"
        )
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise FileRefused("importing.kind_not_read", found=name)
    markup = _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    if markup:
        raise FileRefused("importing.kind_not_read", found="HTML" if markup.group(1) else "XML")
    return Kind.TEXT
