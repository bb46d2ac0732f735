"""The reader's language, and words that are given in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.layout import Language


def reader_language() -> Language:
    """Chinese unless English was chosen."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def in_words(words: Mapping[str, str]) -> str:
    """A wording in the reader's language."""
    return words[reader_language()]
