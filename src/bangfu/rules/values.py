"""Values as engines see them: known, unknown, or somewhere in a range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from bangfu.kernel.problems import Problem, Refused
from bangfu.rules.kinds import MOST_MEMBERS, MOST_REPORTS, Base, Signature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Range:
    """A whole number known only to lie between two ends; None means no end is known there."""

    low: int | None
    high: int | None


Value = bool | int | str | tuple[str, ...] | Range | None
"""None is "not known"."""


class DataUnfit(Refused):
    """Data that no rule may be asked about; the run stops."""


def refuse_value(name: str, value: object, signature: Signature) -> DataUnfit:
    """The refusal of a value that is outside what the layout promises for `name`."""
    values = {"name": name, "low": str(signature.low), "high": str(signature.high)}
    code = "rules.wrong_type"
    if isinstance(value, int) and not isinstance(value, bool) and signature.kind.is_number:
        code = "rules.out_of_bounds"
    return DataUnfit(Problem(code, values=values))


def _is_number(value: object, signature: Signature) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return signature.low <= value <= signature.high


def _fits(value: object, signature: Signature) -> bool:
    match signature.kind.base:
        case Base.NUMBER:
            return _is_number(value, signature)
        case Base.TRUTH:
            return isinstance(value, bool)
        case Base.CODE:
            return isinstance(value, str)
        case Base.CODES:
            return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def known_values(given: Mapping[str, object], names: Mapping[str, Signature]) -> dict[str, Value]:
    """Those of `given` that are known and may be read; a missing or None item is not known.

    Raises:
        DataUnfit: a value of the wrong type or outside its bounds.
    """
    found: dict[str, Value] = {}
    for name, signature in names.items():
        value = given.get(name)
        if value is None:
            continue
        if not _fits(value, signature):
            raise refuse_value(name, value, signature)
        found[name] = cast("Value", tuple(value) if isinstance(value, list) else value)
    return found


def check_member_count(members: Sequence[object]) -> None:
    """Refuse a household with more member rows than any household has."""
    if len(members) > MOST_MEMBERS:
        raise too_many_members()


def too_many_members() -> DataUnfit:
    """The refusal of a household with too many member rows."""
    return DataUnfit(Problem("rules.too_many_members", values={"most": str(MOST_MEMBERS)}))


def too_many_reports() -> DataUnfit:
    """The refusal of a household with too many reports of one trigger."""
    return DataUnfit(Problem("rules.too_many_reports", values={"most": str(MOST_REPORTS)}))
