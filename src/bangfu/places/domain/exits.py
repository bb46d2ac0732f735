"""The standard by which a poor village left the list, 一低五有, over a village's record.

One low: the share of registered poor people below a limit. Five there: a collective economy, a
hardened road, a clinic, a culture room, a network. Each answer is met, not met or unknown; what is
missing is never taken for met.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

INCIDENCE: Final = "village_exit_incidence_percent"
COLLECTIVE: Final = "village_exit_collective_income"
FLAGS: Final = ("road_to_village", "clinic", "culture_room", "network")


class Outcome(StrEnum):
    """As rules answer: `fired` is a standard that is not met."""

    FIRED = "fired"
    CLEAR = "clear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ExitCheck:
    """One part of the standard.

    Attributes:
        name: `incidence`, `collective_income`, or the flag's item.
        value: what it rests on: poor people, fen, or the flag; None when unknown.
        of: people registered, for the incidence.
        limit: the parameter's value, in percent or fen; None where there is none.
    """

    name: str
    outcome: Outcome
    value: Any
    of: int | None = None
    limit: int | None = None


def check_exit(record: Mapping[str, Any], parameters: Mapping[str, int]) -> tuple[ExitCheck, ...]:
    """The six parts of the standard, for what a record says and the parameters of its day."""
    flags = (ExitCheck(name, _flag(record.get(name)), record.get(name)) for name in FLAGS)
    return (_incidence(record, parameters.get(INCIDENCE)), _collective(record, parameters), *flags)


def _flag(value: bool | None) -> Outcome:
    if value is None:
        return Outcome.UNKNOWN
    return Outcome.CLEAR if value else Outcome.FIRED


def _incidence(record: Mapping[str, Any], limit: int | None) -> ExitCheck:
    poor, people = record.get("population_poor"), record.get("population_registered")
    if poor is None or not people or limit is None:
        return ExitCheck("incidence", Outcome.UNKNOWN, poor, people, limit)
    below = 100 * poor < limit * people
    return ExitCheck("incidence", _flag(below), poor, people, limit)


def _collective(record: Mapping[str, Any], parameters: Mapping[str, int]) -> ExitCheck:
    """Without a figure of the province, any income counts as a collective economy."""
    income, least = record.get("collective_income"), parameters.get(COLLECTIVE)
    if income is None:
        return ExitCheck("collective_income", Outcome.UNKNOWN, None, limit=least)
    enough = income > 0 if least is None else income >= least
    return ExitCheck("collective_income", _flag(enough), income, limit=least)
