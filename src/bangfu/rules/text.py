"""Words in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in Chinese and English."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """The wording in the reader's language."""
        return self.zh if language == "zh" else self.en
