"""Templates in tests: what is not defined is an error, never an empty place on the page."""

from __future__ import annotations

from typing import Any

from typing_extensions import override


class UndefinedInTemplate(Exception):
    """A template names a variable that its view does not give."""


class RaisingMark(str):
    """Stands in for Django's `string_if_invalid`: filling in the variable's name raises."""

    __slots__ = ()

    def __new__(cls) -> RaisingMark:
        return super().__new__(cls, "%s")

    @override
    def __mod__(self, name: Any) -> str:
        raise UndefinedInTemplate(str(name))


def strict(templates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The template settings with the mark set."""
    return [
        {**each, "OPTIONS": {**each["OPTIONS"], "string_if_invalid": RaisingMark()}}
        for each in templates
    ]
