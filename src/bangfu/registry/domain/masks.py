"""How a secret looks to people who may not see it whole."""

from __future__ import annotations

from typing import Final

_STAR: Final = "*"


def _mask(text: str, *, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return _STAR * len(text)
    return text[:first] + _STAR * hidden + (text[-last:] if last else "")


def masked(item: str, text: str) -> str:
    """`text` with all but a few characters starred, for an item of the register.

    A document number keeps its area code (six digits) and no digit of the birth date, a phone
    number its first three and last four, an account its last four; anything else keeps nothing.
    """
    match item:
        case "id_number":
            return _mask(text, first=6, last=0)
        case "phone":
            return _mask(text, first=3, last=4)
        case "bank_account":
            return _mask(text, first=0, last=4)
        case _:
            return _STAR * len(text)
