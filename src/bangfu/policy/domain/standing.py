"""How a pack stands on a day: which parameters have a value, and which rules cannot answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.rules.api import Pack, Parameter, ParameterValue


class Hold(StrEnum):
    """Whether a parameter has a value on the day."""

    HOLDS = "holds"
    AWAITED = "awaited"
    """Rules need it, or it never had a value: somebody has to enter one."""
    OTHER_DAYS = "other_days"
    """It has values on other days only, and no rule needs one today."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One parameter on the day.

    Attributes:
        value: what holds in the pack's own division.
        elsewhere: how many narrower divisions have a value of their own.
        readers: the rules that need it, directly or through facts.
    """

    parameter: Parameter
    value: ParameterValue | None
    hold: Hold
    elsewhere: int
    readers: tuple[str, ...]

    @property
    def blocked(self) -> tuple[str, ...]:
        """The rules that are unknown for everybody because of it."""
        return self.readers if self.hold is Hold.AWAITED else ()


@dataclass(frozen=True, slots=True)
class PackStanding:
    """A pack on a day: its parameters by name, and the rules that cannot answer with what lacks."""

    day: date
    parameters: Mapping[str, Standing]
    blocked: Mapping[str, tuple[str, ...]]

    @property
    def awaited(self) -> tuple[Standing, ...]:
        """The parameters that wait to be entered."""
        return tuple(each for each in self.parameters.values() if each.hold is Hold.AWAITED)


def readers_of(pack: Pack, name: str) -> tuple[str, ...]:
    """The rules that read a fact, item or parameter, directly or through facts."""
    return tuple(rule for rule, names in pack.reads.items() if name in names)


def _standing(pack: Pack, parameter: Parameter, day: date) -> Standing:
    value = parameter.value_on(day, pack.scope)
    readers = readers_of(pack, parameter.name)
    narrower = {
        each.scope
        for each in parameter.values
        if each.period.contains(day) and len(each.scope) > len(pack.scope)
    }
    if value is not None:
        hold = Hold.HOLDS
    else:
        hold = Hold.AWAITED if readers or not parameter.values else Hold.OTHER_DAYS
    return Standing(parameter, value, hold, len(narrower), readers)


def standing_of(pack: Pack, day: date) -> PackStanding:
    """How a pack stands on a day in the division it is made for."""
    parameters = {name: _standing(pack, each, day) for name, each in pack.parameters.items()}
    given = pack.parameters_on(day, pack.scope)
    return PackStanding(day, parameters, pack.missing_parameters(given))
