"""Who acts, what kinds of events there are, and which values may not enter a row."""

from __future__ import annotations

import json
import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID


class Kind(StrEnum):
    """What happened, in the coarsest words."""

    OPENED = "opened"
    LISTED = "listed"
    COUNTED = "counted"
    CHANGED = "changed"
    REFUSED = "refused"


class Acting(Protocol):
    """Who acts: a person in a posting, or a named part of the system (no person)."""

    @property
    def person_id(self) -> UUID | None:
        """The person, or None for the system."""
        ...

    @property
    def posting_id(self) -> UUID | None:
        """The posting the person acts in."""
        ...

    @property
    def name(self) -> str:
        """The person's or the system part's name."""
        ...

    @property
    def purpose(self) -> str:
        """What the access is for, in the person's words."""
        ...


class Checked(Acting, Protocol):
    """Someone who acts and whose rights can be asked (an actor of access)."""

    def check(self, capability: str, division: str) -> None:
        """Let it pass, or raise."""
        ...


class Ranges(Protocol):
    """A part of the country as a filter (a scope of access)."""

    def q(self, field: str) -> Any:
        """The filter, for the column of division codes."""
        ...


class Scoped(Checked, Protocol):
    """Someone whose rights can be asked as a part of the country."""

    def scope(self, capability: str) -> Ranges:
        """Where they hold the capability."""
        ...


class PersonalValue(ValueError):
    """A value that looks like an identity or telephone number was about to enter the audit."""


_MADE: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[0-9a-f]{32,}\b", re.I)
_NUMBERS: Final = (
    re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)"),
    re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"),
)


def check_text(text: str) -> None:
    """Refuse a text that holds an identity number or a mobile number, full-width ones too.

    Identifiers and hashes made by the application are cut out first: eleven hexadecimal digits
    can be decimal by chance.

    Raises:
        PersonalValue: the message does not repeat the value.
        ValueError: for a text that one of the databases cannot keep (NUL, half a surrogate pair).
    """
    text.encode()
    if "\x00" in text:
        raise ValueError("a text holds NUL")
    plain = _MADE.sub("", unicodedata.normalize("NFKC", text))
    if any(pattern.search(plain) for pattern in _NUMBERS):
        raise PersonalValue("a value looks like an identity or telephone number")


def ids_as_text(ids: Iterable[UUID | str]) -> str:
    """The ids as JSON text, in their order; the text is what gets sealed."""
    return json.dumps([str(each) for each in ids], ensure_ascii=False, separators=(",", ":"))


def filters_as_text(filters: Mapping[str, Any] | None) -> str:
    """The filters as JSON text with sorted names; empty when there are none."""
    if not filters:
        return ""
    return json.dumps(
        filters, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str
    )
