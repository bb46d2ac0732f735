"""What files are kept for, and which capability that asks for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Purpose:
    """A reason to keep files.

    Attributes:
        name: `registry.upload`.
        read: the capability that opens such a file.
        write: the capability that stores and deletes one.
        zh, en: the words for people.
    """

    name: str
    read: str
    write: str
    zh: str
    en: str


class PurposeUnknown(LookupError):
    """No feature registered this purpose."""


_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Add a purpose; a feature calls this when it is ready."""
    _purposes[purpose.name] = purpose


def purpose_of(name: str) -> Purpose:
    """The purpose of this name.

    Raises:
        PurposeUnknown: when nobody registered it.
    """
    try:
        return _purposes[name]
    except KeyError:
        raise PurposeUnknown(name) from None


def list_purposes() -> list[Purpose]:
    """All purposes by name."""
    return sorted(_purposes.values(), key=lambda purpose: purpose.name)
