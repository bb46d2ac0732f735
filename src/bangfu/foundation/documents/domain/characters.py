"""Characters that the shipped fonts do not draw, and what to say in their place."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_VARIATIONS: Final = ((0xFE00, 0xFE0F), (0x180B, 0x180F), (0xE0100, 0xE01EF))
"""Variation selectors choose between shapes of one character; a paper does without them."""
_NEVER_DRAWN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, directions, private and unassigned characters: shown by number even where a font
would draw them, so that nothing on a paper is turned round, hidden or peculiar to one system."""
_HAN_BLOCKS: Final = (
    (0x3400, 0x4DBF, "扩展 A 区"),
    (0x4E00, 0x9FFF, "基本区"),
    (0xF900, 0xFAFF, "兼容区"),
    (0x20000, 0x2A6DF, "扩展 B 区"),
    (0x2A700, 0x2B73F, "扩展 C 区"),
    (0x2B740, 0x2B81F, "扩展 D 区"),
    (0x2B820, 0x2CEAF, "扩展 E 区"),
    (0x2CEB0, 0x2EBEF, "扩展 F 区"),
    (0x2EBF0, 0x2EE5F, "扩展 I 区"),
    (0x2F800, 0x2FA1F, "兼容增补区"),
    (0x30000, 0x3134F, "扩展 G 区"),
    (0x31350, 0x323AF, "扩展 H 区"),
)
_PRIVATE: Final = "Co"
_SURROGATE: Final = "Cs"
_BOXES: Final = 16
"""How many boxes a text may hold; a longer run of missing characters is no name, and typst groups
only so deep."""


def code_point(character: str) -> str:
    """`U+20BB7`."""
    return f"U+{ord(character):04X}"


def describe(character: str) -> str:
    """What kind of character it is, in Chinese where papers are likely to meet it."""
    number = ord(character)
    for first, last, block in _HAN_BLOCKS:
        if first <= number <= last:
            return f"汉字{block}"
    if unicodedata.category(character) == _PRIVATE:
        return "自造字，没有统一编码"
    return unicodedata.name(character, "没有名称的字符")


def cleaned(value: Any) -> Any:
    """Plain data with texts as a paper can hold them.

    Line ends become `\\n`, tabs become spaces, variation selectors go, and half of a surrogate
    pair, which no encoding can hold, becomes U+FFFD. Keys are the program's own and stay.
    """
    match value:
        case str():
            return _cleaned_text(value)
        case dict():
            return {key: cleaned(each) for key, each in value.items()}
        case list() | tuple():
            return [cleaned(each) for each in value]
        case _:
            return value


def _cleaned_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    whole = plain.encode("utf-8", "replace").decode() if _has_surrogate(plain) else plain
    return "".join(each for each in whole if not _is_variation(ord(each)))


def _has_surrogate(text: str) -> bool:
    return any(unicodedata.category(each) == _SURROGATE for each in text)


def _is_variation(number: int) -> bool:
    return any(first <= number <= last for first, last in _VARIATIONS)


def missing_in(value: Any, drawn: Container[int]) -> tuple[str, ...]:
    """The characters of plain data that cannot be drawn, each once, by code point."""
    found = set().union(*map(set, _texts(value)))
    return tuple(sorted(each for each in found if not _can_be_drawn(each, drawn)))


def _can_be_drawn(character: str, drawn: Container[int]) -> bool:
    if character == "\n":
        return True
    if unicodedata.category(character) in _NEVER_DRAWN:
        return False
    return ord(character) in drawn


def spelled_out(value: Any, missing: frozenset[str]) -> Any:
    """Plain data in which a text with very many missing characters holds their numbers instead."""
    match value:
        case str():
            several = sum(each in missing for each in value) > _BOXES
            return _numbers(value, missing) if several else value
        case dict():
            return {key: spelled_out(each, missing) for key, each in value.items()}
        case list():
            return [spelled_out(each, missing) for each in value]
        case _:
            return value


def _numbers(text: str, missing: frozenset[str]) -> str:
    return "".join(f"〔{code_point(each)}〕" if each in missing else each for each in text)


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from _all_texts(value.values())
        case list() | tuple():
            yield from _all_texts(value)


def _all_texts(values: Iterable[Any]) -> Iterator[str]:
    for each in values:
        yield from _texts(each)
