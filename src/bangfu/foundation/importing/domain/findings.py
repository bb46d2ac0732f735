"""What a cell's reader has to say: a value, and what it found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = str | int | bool | date | tuple[str, ...] | None
"""A typed value: None when the cell is empty or refused."""

_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem without its place: the cell's reader does not know where the cell stands."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    refuses: bool = True


class Outcome(NamedTuple):
    """A cell's value and findings; a refused cell has no value."""

    value: Value
    findings: tuple[Finding, ...] = ()


EMPTY: Final = Outcome(None)


def refused(code: str, **values: str) -> Outcome:
    """No value, one reason."""
    return Outcome(None, (Finding(code, values),))


def notice(code: str, **values: str) -> Finding:
    """Something worth saying that refuses nothing."""
    return Finding(code, values, refuses=False)


def shortened(text: str) -> str:
    """`text` as a message may show it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
