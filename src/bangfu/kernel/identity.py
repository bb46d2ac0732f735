"""The resident identity number (GB 11643-1999): length, birth date and check digit.

The area code is not judged here: codes come and go, and a person keeps the number of the
place of first registration. The check digit is ISO 7064 MOD 11-2 with the standard's weights.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
LENGTH: Final = 18
UNASSIGNED_AREA: Final = "519900"
"""An area code nobody was given: every made-up person carries it, and production refuses it."""


class IdentityFault(StrEnum):
    """Why a text is not an identity number."""

    LENGTH = "identity.length"
    CHARACTERS = "identity.characters"
    BIRTH_DATE = "identity.birth_date"
    CHECK_DIGIT = "identity.check_digit"


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character for seventeen digits."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True)
    )
    return _CHECKS[total % 11]


def birth_date_of(number: str) -> date | None:
    """The birth date in an 18-character number; None when no such day exists."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_male(number: str) -> bool:
    """Whether the order number (17th digit) is odd, which the standard gives to males."""
    return int(number[16]) % 2 == 1


def identity_fault(number: str) -> IdentityFault | None:
    """The first fault of `number`, or None when length, characters, date and check digit hold."""
    if len(number) != LENGTH:
        return IdentityFault.LENGTH
    if not (
        number.isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")
    ):
        return IdentityFault.CHARACTERS
    if birth_date_of(number) is None:
        return IdentityFault.BIRTH_DATE
    if check_digit(number[:17]) != number[17]:
        return IdentityFault.CHECK_DIGIT
    return None
