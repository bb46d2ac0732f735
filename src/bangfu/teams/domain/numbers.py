"""Numbers of staff: ten characters that are easily read out and not easily mistaken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from uuid import UUID

_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
LENGTH: Final = 10
_BITS: Final = 5


def staff_number(identity: UUID) -> str:
    """The number that goes with a person's id: the last fifty bits of it, which are random."""
    bits = identity.int
    places = range(_BITS * (LENGTH - 1), -1, -_BITS)
    return "".join(_DIGITS[(bits >> place) & (len(_DIGITS) - 1)] for place in places)
