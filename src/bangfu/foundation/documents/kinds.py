"""The kinds of papers that features make, and which capability each asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from bangfu.foundation.files.api import Purpose, register_purpose


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper.

    Attributes:
        name: `household_card`.
        zh, en: what it is called; the paper itself is Chinese.
        template: the typst file, from the package's folder: `cases/papers/household_card.typ`.
        read: the capability that opens an issued paper of this kind.
        issue: the capability that issues one; `read` when empty.
        tagged: whether its structure is written down for reading aloud; it makes long papers of
            tables five times as large.
    """

    name: str
    zh: str
    en: str
    template: str
    read: str
    issue: str = ""
    tagged: bool = True

    @property
    def purpose(self) -> str:
        """What its files are kept for."""
        return f"documents.{self.name}"

    @property
    def issuing(self) -> str:
        """The capability that issues one."""
        return self.issue or self.read

    def label(self, language: str) -> str:
        """The name in a reader's language."""
        return self.zh if language == "zh" else self.en


class KindTaken(ValueError):
    """Two different kinds of papers want one name."""


class KindUnknown(LookupError):
    """No feature registered this kind of paper."""


class TemplateOutside(ValueError):
    """A template must be a typst file inside the package."""


_kinds: Final[dict[str, PaperKind]] = {}


def register_paper(kind: PaperKind) -> None:
    """Add a kind of paper; a feature calls this once when it is ready.

    Raises:
        KindTaken: when another kind has the name.
        TemplateOutside: when the template is not named as a file inside the package.
    """
    path = PurePosixPath(kind.template)
    if path.is_absolute() or ".." in path.parts or path.suffix != ".typ":
        raise TemplateOutside(kind.template)
    if _kinds.setdefault(kind.name, kind) != kind:
        raise KindTaken(kind.name)
    register_purpose(Purpose(kind.purpose, kind.read, kind.issuing, kind.zh, kind.en))


def paper_kind(name: str) -> PaperKind:
    """The kind of this name.

    Raises:
        KindUnknown: when nobody registered it.
    """
    try:
        return _kinds[name]
    except KeyError:
        raise KindUnknown(name) from None


def list_kinds() -> list[PaperKind]:
    """All kinds by name."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)
