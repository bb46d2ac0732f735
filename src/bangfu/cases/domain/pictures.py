"""Pictures that strangers send: what a file is by its first bytes, never by its name."""

from __future__ import annotations

from typing import Final

MOST_PICTURES: Final = 3
MOST_PICTURE_BYTES: Final = 5 * 1024 * 1024
LEAD: Final = 16
"""How many first bytes tell the kind."""

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", 0, ".jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, ".png"),
    (b"WEBP", 8, ".webp"),
)


def picture_suffix(lead: bytes) -> str:
    """`.jpg`, `.png` or `.webp` by the first bytes of a file; empty when it is no such picture."""
    for mark, at, suffix in _SIGNATURES:
        if lead[at : at + len(mark)] == mark:
            return suffix
    return ""
