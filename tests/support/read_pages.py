"""Reading a page as a person does: every text with the language it is marked to be in."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from typing_extensions import override

_EMPTY: Final = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    }
)
_UNREAD: Final = frozenset({"script", "style"})
_READ_OUT: Final = ("alt", "aria-label", "data-label", "placeholder", "title")


@dataclass(frozen=True, slots=True)
class Text:
    """A text on a page, or an attribute that is read out, and its language."""

    words: str
    language: str
    element: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.found: list[Text] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.open[-1][1]
        for name in _READ_OUT:
            if words := given.get(name):
                self.found.append(Text(words, language, f"{tag}[{name}]"))
        if tag not in _EMPTY:
            self.open.append((tag, language))

    @override
    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1:
            if self.open.pop()[0] == tag:
                return

    @override
    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if data.strip() and tag not in _UNREAD:
            self.found.append(Text(" ".join(data.split()), language, tag))


def texts_of(page: str) -> list[Text]:
    """Every text of a page in order, with the language of the nearest `lang` around it."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
