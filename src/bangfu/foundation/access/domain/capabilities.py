"""The capabilities that features declare: what can be allowed at all."""

from __future__ import annotations

import re
from typing import Final, Literal

Language = Literal["zh", "en"]

_SHAPE: Final = re.compile(r"[a-z]+\.[a-z_]+\Z")


class CapabilityInvalid(ValueError):
    """A capability with a wrong name, or declared twice with different words."""


class Capability(str):
    """The name of something that can be allowed (`registry.read`), with words for people.

    It is a `str`: grants, templates and tests may use the plain name.
    """

    __slots__ = ("en", "zh")

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Capability:
        made = super().__new__(cls, code)
        made.zh = zh
        made.en = en
        return made

    def label(self, language: Language) -> str:
        """The words in the reader's language."""
        return self.zh if language == "zh" else self.en

    @property
    def feature(self) -> str:
        """The feature that declares it."""
        return self.partition(".")[0]


_declared: dict[str, Capability] = {}


def capability(code: str, *, zh: str, en: str) -> Capability:
    """Declare a capability; a feature calls this in its `permissions.py`.

    Raises:
        CapabilityInvalid: for a name that is not `feature.verb`, or a second one that differs.
    """
    if not _SHAPE.match(code):
        raise CapabilityInvalid(f"{code!r} is not feature.verb")
    made = Capability(code, zh, en)
    known = _declared.setdefault(code, made)
    if (known.zh, known.en) != (zh, en):
        raise CapabilityInvalid(f"{code} is declared twice")
    return known


def declared_capabilities() -> dict[str, Capability]:
    """All declared capabilities by name, sorted."""
    return dict(sorted(_declared.items()))


def reading(code: str) -> str | None:
    """The capability that reading needs in the feature of `code`; None when it declares none."""
    read = f"{code.partition('.')[0]}.read"
    return read if read in _declared else None
