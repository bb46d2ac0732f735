"""Texts as people type them, made plain: full-width letters and digits, stray spaces."""

from __future__ import annotations

import re
from typing import Final

_FULL_WIDTH: Final = {
    code: code - 0xFEE0
    for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(start, end + 1)
}
_FULL_WIDTH_SIGNS: Final = {ord("．"): ".", ord("，"): ",", ord("－"): "-", ord("／"): "/"}
_SPACES: Final = "\t\n\r \u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_SUSPECT: Final = re.compile(f"^ | $|  |[{_SPACES.replace(' ', '')}０-９Ａ-Ｚａ-ｚ]")
_SPACE_RUN: Final = re.compile(f"[{_SPACES}]+")
_EDGES: Final = re.compile(f"^[{_SPACES}]+|[{_SPACES}]+$")
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACED_HAN: Final = re.compile(f"[{_HAN}]+(?: [{_HAN}]+)+\\Z")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def has_control_characters(text: str) -> bool:
    """Whether `text` holds characters that no text has: NUL, bells, unpaired surrogates."""
    return _CONTROL.search(text) is not None


def plain_text(text: str) -> str:
    """`text` with plain letters and digits, without outer spaces and with single inner ones.

    A text of nothing but Han characters and spaces loses the spaces: two-character names are
    spread to the width of three. Whoever calls compares with what was given and reports it.
    """
    if _SUSPECT.search(text) is None and " " not in text:
        return text
    plain = _SPACE_RUN.sub(" ", _EDGES.sub("", text.translate(_FULL_WIDTH)))
    return plain.replace(" ", "") if _SPACED_HAN.match(plain) else plain


def plain_number(text: str) -> str:
    """`text` without spaces and with plain digits and signs: numbers, dates, codes of digits."""
    if text.isascii() and " " not in text and "\t" not in text and "\n" not in text:
        return text
    return _SPACE_RUN.sub("", text.translate(_FULL_WIDTH).translate(_FULL_WIDTH_SIGNS))


def plain_header(text: str) -> str:
    """A header for comparing: no spaces or line breaks, half-width brackets, small letters."""
    bare = _SPACE_RUN.sub("", text.translate(_FULL_WIDTH))
    return bare.replace("（", "(").replace("）", ")").replace("*", "").lower()
