"""Which departments are asked about a household, and what has to be explained when it is found.

Read from `comparison.yaml` of the pack. No Django, no clock, no I/O.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import yaml

from bangfu.rules.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE: Final = "comparison.yaml"
DIBAO: Final = "dibao"


class ComparisonOutcome(StrEnum):
    """What a department answered."""

    CLEAR = "clear"
    FOUND = "found"
    SUPPORTS = "supports"


@dataclass(frozen=True, slots=True)
class Department:
    """One department of the comparison.

    Attributes:
        spared: whether it is not asked again of a household on subsistence allowance.
    """

    code: str
    text: Text
    spared: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """Something found that asks for an explanation. It never refuses anybody by itself."""

    code: str
    text: Text
    department: str
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """The departments in the order in which they are asked, and the flags."""

    departments: Mapping[str, Department]
    flags: Mapping[str, Flag]
    source: str

    def needed(self, *, on_dibao: bool) -> tuple[str, ...]:
        """The departments to ask about a household."""
        return tuple(
            each.code for each in self.departments.values() if not (on_dibao and each.spared)
        )


NO_TABLE: Final = ComparisonTable({}, {}, "")


def read_comparison(text: str) -> ComparisonTable:
    """The table in a pack's `comparison.yaml`.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: when it cannot be read, or a flag names a
            department that is not there.
    """
    tree: Mapping[str, Any] = yaml.safe_load(text)
    departments = {
        code: Department(code, _text(row), row.get("exempt") == DIBAO)
        for code, row in tree["departments"].items()
    }
    flags = {
        code: Flag(code, _text(row), row["department"], row["source"], bool(row.get("unverified")))
        for code, row in tree["flags"].items()
    }
    for flag in flags.values():
        if flag.department not in departments:
            raise ValueError(flag.department)
    return ComparisonTable(departments, flags, tree["source"])


def _text(row: Mapping[str, Any]) -> Text:
    return Text(row["zh"], row["en"])
