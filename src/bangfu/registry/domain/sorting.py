"""The order of Chinese names: by sound, character by character, then by tone.

A key is made of lower-case letters and digits only, so that every database and every collation
puts keys in the same order; the tone's digit ends a syllable and sorts before any letter, so
`li` comes before `lian`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from pypinyin import Style, lazy_pinyin

KEY_LENGTH: Final = 160
"""The longest key kept; names that agree so far are ordered by number."""

_SURNAMES: Final = {
    "单": "shan4", "曾": "zeng1", "解": "xie4", "仇": "qiu2", "查": "zha1", "任": "ren2",
    "区": "ou1", "朴": "piao2", "盖": "ge3", "尉": "wei4", "乐": "yue4", "纪": "ji3",
    "冼": "xian3", "种": "chong2", "缪": "miao4", "宓": "mi4", "翟": "zhai2", "黑": "he4",
}  # fmt: skip
"""Characters that sound otherwise as a surname than by themselves."""


@cache
def _syllable(character: str) -> str:
    (sound,) = lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)
    return "".join(each for each in sound.lower() if each.isascii() and each.isalnum())


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The sort key of a person's name; the first character is read as a surname."""
    if not name:
        return ""
    first = _SURNAMES.get(name[0]) or _syllable(name[0])
    return (first + "".join(map(_syllable, name[1:])))[:KEY_LENGTH]


def place_key(name: str) -> str:
    """The sort key of a place's name."""
    return "".join(map(_syllable, name))[:KEY_LENGTH]
