"""What a new run means for the findings that stand: which are new, which go on, which are over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Spot = tuple[UUID, str]
"""A household and a rule."""


class Ending(StrEnum):
    """Why a finding is over."""

    CLEAR = "clear"
    LEFT = "left"
    RULE_WITHDRAWN = "rule_withdrawn"


@dataclass(frozen=True, slots=True)
class Changes:
    """The findings to write. What cannot be judged any more is in none of them: it stands."""

    new: tuple[Spot, ...]
    continuing: tuple[Spot, ...]
    ended: Mapping[Spot, Ending]


def compare_findings(
    standing: Collection[Spot],
    fired: Collection[Spot],
    unknown: Collection[Spot],
    households: Collection[UUID],
    rules: Collection[str],
) -> Changes:
    """Compare the standing findings with a run over `households` by `rules`.

    A finding ends when its rule is clear, its household left the register, or its rule is no
    longer in the pack. Unknown is not clear: data that went missing end nothing.
    """
    now, unsure, known, judged = set(fired), set(unknown), set(households), set(rules)
    before = set(standing)
    ended: dict[Spot, Ending] = {}
    for spot in before - now - unsure:
        household, rule = spot
        if household not in known:
            ended[spot] = Ending.LEFT
        else:
            ended[spot] = Ending.CLEAR if rule in judged else Ending.RULE_WITHDRAWN
    return Changes(tuple(sorted(now - before)), tuple(sorted(now & before)), ended)
