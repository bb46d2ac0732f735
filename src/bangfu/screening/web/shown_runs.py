"""Runs as the pages draw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bangfu.foundation.ui.api import in_words
from bangfu.registry.api import division_name
from bangfu.rules.units import show_number

if TYPE_CHECKING:
    from bangfu.rules.layout import Language
    from bangfu.screening.models import Run


@dataclass(frozen=True, slots=True)
class ShownCount:
    """A rule's counts in a run."""

    rule: str
    label: str
    fired: int
    clear: int
    unknown: int
    missing: str


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place one tier below the run's, with the sums over all rules."""

    code: str
    name: str
    fired: int
    unknown: int


def shown_counts(run: Run) -> list[ShownCount]:
    """The rules of a run in the pack's order."""
    return [
        ShownCount(
            each.rule,
            in_words(each.label),
            each.fired,
            each.clear,
            each.unknown,
            ", ".join(run.missing.get(each.rule, ())),
        )
        for each in run.counts.all()
    ]


def shown_places(run: Run) -> list[ShownPlace]:
    """The places of a run, the most verdicts first."""
    found = [
        ShownPlace(
            code,
            division_name(code),
            sum(fired for fired, _ in rules.values()),
            sum(unknown for _, unknown in rules.values()),
        )
        for code, rules in run.places.items()
    ]
    return sorted(found, key=lambda place: (-place.fired, place.code))


@dataclass(frozen=True, slots=True)
class ShownMove:
    """How a rule's count moves under the values tried."""

    label: str
    before: int
    after: int

    @property
    def difference(self) -> str:
        """Signed."""
        return f"{self.after - self.before:+,}"


@dataclass(frozen=True, slots=True)
class ShownTrial:
    """What a simulation says: values, movements, places, and some of the households."""

    values: list[tuple[str, str, str]]
    enters: int
    leaves: int
    moves: list[ShownMove]
    places: list[tuple[str, int, int]]
    examples: list[dict[str, Any]]


def shown_trial(run: Run, language: Language) -> ShownTrial | None:
    """The comparison of a simulation; None for other runs."""
    found = run.comparison
    if not found:
        return None
    return ShownTrial(
        values=[_values(each, language) for each in found["parameters"]],
        enters=found["households"]["enters"],
        leaves=found["households"]["leaves"],
        moves=[
            ShownMove(in_words(each["label"]), each["before"]["fired"], each["after"]["fired"])
            for each in found["rules"]
        ],
        places=[
            (division_name(each["division"]), each["enters"], each["leaves"])
            for each in found["divisions"]
        ],
        examples=found["examples"],
    )


def _values(parameter: dict[str, Any], language: Language) -> tuple[str, str, str]:
    """Name, value in force, value tried; of the first county, for the override holds in all."""
    held = next(iter(parameter["in_force"].values()), None)
    tried = next(iter(parameter["tried"].values()), None)
    shown = [
        "–" if each is None else show_number(each, parameter["unit"], language)
        for each in (held, tried)
    ]
    return in_words(parameter["label"]), shown[0], shown[1]
