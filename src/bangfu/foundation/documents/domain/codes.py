"""The code on a paper: short, unguessable, with a character that finds slips of the pen.

Thirty-one characters, none of which is mistaken for another (no 0, O, 1, I, L). Eleven are random,
about 54 bits; the twelfth makes the weighted sum a multiple of 31. Because 31 is a prime, one wrong
character and two neighbours in the wrong order are always found.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 12
_GROUP: Final = 4


def check_character(random_part: str) -> str:
    """The last character of a code that begins with these."""
    total = sum(
        ALPHABET.index(each) * weight for weight, each in enumerate(reversed(random_part), start=2)
    )
    return ALPHABET[-total % len(ALPHABET)]


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code of characters that `choose` picks one by one; give it `secrets.choice`."""
    random_part = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return random_part + check_character(random_part)


def read_code(typed: str) -> str | None:
    """The code that somebody typed or scanned, or None when it cannot be one.

    Spaces, dashes, lower case and full-width characters are taken as they are meant.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    bare = "".join(each for each in plain if each.isalnum())
    if len(bare) != LENGTH or any(each not in ALPHABET for each in bare):
        return None
    return bare if check_character(bare[:-1]) == bare[-1] else None


def in_groups(code: str) -> str:
    """The code as it stands on paper: `7KQ2-M9XD-4RTA`."""
    return "-".join(code[each : each + _GROUP] for each in range(0, len(code), _GROUP))
