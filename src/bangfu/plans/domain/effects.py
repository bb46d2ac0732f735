"""What a measure brought: the household before it began and when it ended, as plain documents.

A document holds amounts in fen, numbers and outcomes of rules by name; nothing that names a person.
It is frozen with the measure: later corrections of the register do not change what was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

Document = dict[str, Any]
FIRED: Final = "fired"
UNKNOWN: Final = "unknown"
CLEAR: Final = "clear"


@dataclass(frozen=True, slots=True)
class Effect:
    """Before and after, compared.

    Attributes:
        income_before, income_after: net income in fen; None when not known.
        people_before, people_after: members of the register then.
        ended: rules that fired before and are clear now. begun: rules that fire only now.
        lasting: rules that fired before and do now.
        secured: guarantees at risk before and not now. lacking: those at risk before; open: now.
        unsure_before, unsure_after: those nobody knew of.
        fired_before, fired_after: how many rules fired.
    """

    day_before: str
    day_after: str
    income_before: int | None
    income_after: int | None
    people_before: int | None
    people_after: int | None
    ended: tuple[str, ...]
    begun: tuple[str, ...]
    lasting: tuple[str, ...]
    secured: tuple[str, ...]
    lacking: tuple[str, ...]
    open: tuple[str, ...]
    unsure_before: tuple[str, ...]
    unsure_after: tuple[str, ...]
    fired_before: int
    fired_after: int

    @property
    def income_change(self) -> int | None:
        """By how much the net income changed, in fen; None when either is not known."""
        if self.income_before is None or self.income_after is None:
            return None
        return self.income_after - self.income_before


def seen(
    day: str,
    pack: str,
    net_income: int | None,
    size: int | None,
    outcomes: Mapping[str, tuple[str, str]],
    guarantees: Sequence[str],
    listed: Collection[str] = (),
) -> Document:
    """A household as it is seen on a day.

    Args:
        day: ISO. pack: the pack's label. net_income: fen. size: members.
        outcomes: rule -> (risk, outcome).
        guarantees: the risks that are guarantees; one is at risk when a rule of it fired, unknown
            when none fired and one is unknown. One that no rule asks about is left out.
        listed: rules that rest on departments' lists. That no list came leaves them unknown, and
            says nothing against what the register says.
    """
    return {
        "day": day,
        "pack": pack,
        "net_income": net_income,
        "size": size,
        "outcomes": {rule: outcome for rule, (_, outcome) in sorted(outcomes.items())},
        "guarantees": {
            risk: _worst(answers)
            for risk in guarantees
            if (answers := _answers(risk, outcomes, listed))
        },
    }


def _answers(
    risk: str, outcomes: Mapping[str, tuple[str, str]], listed: Collection[str]
) -> list[str]:
    """What the rules of a risk answered; of those resting on lists what they know."""
    named = {rule: outcome for rule, (of, outcome) in outcomes.items() if of == risk}
    told = [each for rule, each in named.items() if each != UNKNOWN or rule not in listed]
    return told or list(named.values())


def _worst(outcomes: Sequence[str]) -> str:
    """`fired` before `unknown` before `clear`."""
    if FIRED in outcomes:
        return FIRED
    return UNKNOWN if UNKNOWN in outcomes else CLEAR


def effect_of(document: Mapping[str, Any]) -> Effect | None:
    """The effect of a measure; None before it ended."""
    before, after = document.get("before"), document.get("after")
    if not before or not after:
        return None
    was, now = before["outcomes"], after["outcomes"]
    fired = {rule for rule, outcome in was.items() if outcome == FIRED}
    fires = {rule for rule, outcome in now.items() if outcome == FIRED}
    held, holds = before["guarantees"], after["guarantees"]
    return Effect(
        day_before=before["day"],
        day_after=after["day"],
        income_before=before["net_income"],
        income_after=after["net_income"],
        people_before=before["size"],
        people_after=after["size"],
        ended=tuple(sorted(rule for rule in fired if now.get(rule) == CLEAR)),
        begun=tuple(sorted(fires - fired)),
        lasting=tuple(sorted(fires & fired)),
        secured=tuple(risk for risk in holds if held.get(risk) == FIRED and holds[risk] == CLEAR),
        lacking=_those(held, FIRED),
        open=_those(holds, FIRED),
        unsure_before=_those(held, UNKNOWN),
        unsure_after=_those(holds, UNKNOWN),
        fired_before=len(fired),
        fired_after=len(fires),
    )


def _those(guarantees: Mapping[str, str], outcome: str) -> tuple[str, ...]:
    return tuple(risk for risk, answered in guarantees.items() if answered == outcome)
