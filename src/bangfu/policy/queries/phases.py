"""The phases of the policy, and the income line of a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.domain.phase_reading import read_phases
from bangfu.policy.domain.phases import FILE, find_phase
from bangfu.policy.queries.versions import find_pack
from bangfu.rules.api import load_pack
from bangfu.rules.layout import load_layout
from bangfu.rules.units import show_number

if TYPE_CHECKING:
    from datetime import date

    from bangfu.policy.domain.phases import Phase
    from bangfu.rules.api import Pack, Parameter, ParameterValue
    from bangfu.rules.layout import Language

_NATION = "nation"


@dataclass(frozen=True, slots=True)
class Line:
    """The income line of a phase on a day in a division; `value` None while nobody entered one."""

    parameter: Parameter
    value: ParameterValue | None

    def shown(self, language: Language) -> str:
        """`6,000 元/人/年`; empty while there is no value."""
        if self.value is None:
            return ""
        return show_number(self.value.value, self.parameter.unit, language)


@lru_cache(maxsize=8)
def _nation() -> Pack:
    return load_pack(_NATION)


@lru_cache(maxsize=32)
def _phases_in(text: str, parameters: frozenset[str]) -> tuple[Phase, ...]:
    return read_phases(text, load_layout(), parameters)


def phases_of(pack: Pack) -> tuple[Phase, ...]:
    """The phases a pack knows: of the narrowest pack of its chain that brings them; may be none.

    Raises:
        PackInvalid: when its table is wrong.
    """
    texts = [source.files[FILE] for source in pack.sources if FILE in source.files]
    return _phases_in(texts[-1], frozenset(pack.parameters)) if texts else ()


def _pack_with_phases() -> Pack:
    # Phases are history that every home shares: without a published table the product's holds.
    pack = find_pack(today())
    return pack if pack is not None and phases_of(pack) else _nation()


def list_phases() -> tuple[Phase, ...]:
    """The phases as the pack in force today tells them, the earliest first.

    Policy concerns nobody in person: it is read without an actor.
    """
    return phases_of(_pack_with_phases())


def find_phase_on(day: date) -> Phase | None:
    """The phase a day lies in; None before the first."""
    return find_phase(list_phases(), day)


def phase_on(day: date) -> Phase:
    """The phase a day lies in.

    Raises:
        Refused: `policy.before_phases`, a day before the first phase.
    """
    phase = find_phase_on(day)
    if phase is None:
        raise Refused(Problem("policy.before_phases", values={"day": day.isoformat()}))
    return phase


def _closed_phase(day: date) -> Phase | None:
    phase = find_phase_on(day)
    return phase if phase is not None and phase.is_frozen(today()) else None


def check_writable(day: date) -> None:
    """Refuse to let a person write data of a day in a phase that is closed today.

    Raises:
        Refused: `policy.phase_frozen`.
    """
    phase = _closed_phase(day)
    if phase is not None:
        values = {"day": day.isoformat(), "phase": phase.code}
        raise Refused(Problem("policy.phase_frozen", values=values))


def can_write(day: date) -> bool:
    """Whether a person may write data of a day (see `check_writable`)."""
    return _closed_phase(day) is None


def line_on(day: date, division: str) -> Line:
    """The income line that the phase of a day uses, with its value in a division.

    Raises:
        Refused: `policy.before_phases`, a day before the first phase.
    """
    parameter = _pack_with_phases().parameters[phase_on(day).line]
    return Line(parameter, parameter.value_on(day, division))
