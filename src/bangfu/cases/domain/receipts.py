"""The number on a receipt: short enough to copy by hand, too long to guess, wrong copies noticed.

Eleven characters carry 54 bits; the twelfth checks them. The alphabet has 31 characters, a prime,
so that every single wrong character and every two that changed places are noticed: weights modulo
a prime. It has no 0, 1, I, O and U: they are read wrongly, or make words.
"""

from __future__ import annotations

import unicodedata
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
LENGTH: Final = 12
_GROUP: Final = 4
_BASE: Final = len(ALPHABET)
_SECOND: Final = 6


def _check(body: str) -> str:
    total = sum(place * ALPHABET.index(each) for place, each in enumerate(body, start=2))
    return ALPHABET[-total % _BASE]


def _characters(source: bytes, length: int) -> str:
    number, found = int.from_bytes(source, "big"), ""
    for _ in range(length):
        number, place = divmod(number, _BASE)
        found += ALPHABET[place]
    return found


def code_of(source: bytes) -> str:
    """The number made of at least 16 bytes that nobody can guess."""
    body = _characters(source, LENGTH - 1)
    return body + _check(body)


def second_of(source: bytes) -> str:
    """A second secret of six characters, made of at least 16 bytes that nobody can guess."""
    return _characters(source, _SECOND)


def grouped(code: str) -> str:
    """As it is printed: `7K2M-9QXA-H4TB`."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read_code(typed: str) -> str:
    """The number somebody typed, without spaces and dashes, in capitals; empty when it is none."""
    plain = bare(typed)
    whole = len(plain) == LENGTH and all(each in ALPHABET for each in plain)
    return plain if whole and _check(plain[:-1]) == plain[-1] else ""


def bare(typed: str) -> str:
    """What somebody typed, in capitals and half-width, letters and digits only."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(each for each in plain if each.isalnum())
