"""What a pack must not do although every part of it is well formed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.kernel.problems import Place, Problem
from bangfu.rules.engines.reference import find_facts, judge_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.rules.pack import Pack, Rule

_ANY_DAY: Final = date(2021, 1, 1)
"""For packs without parameters."""


def _days(pack: Pack) -> list[date]:
    """The days on which some parameter changes, so that every set of values is met."""
    starts = {
        value.period.start for parameter in pack.parameters.values() for value in parameter.values
    }
    return sorted(starts) or [_ANY_DAY]


def _fires_on_nothing(pack: Pack, rule: Rule, day: date, parameters: dict[str, int]) -> bool:
    """Whether a household of which nothing is known fires it: without members, or with one."""
    households: tuple[list[dict[str, object]], ...] = ([], [{}])
    for members in households:
        known, _ = find_facts(pack, {}, members, day, parameters)
        if judge_expression(rule.when, known) is True:
            return True
    return False


def check_sound(pack: Pack) -> Iterator[Problem]:
    """A problem for every rule that is true when nothing is known about a household."""
    days = _days(pack)
    for rule in pack.rules.values():
        if any(
            _fires_on_nothing(pack, rule, day, parameters)
            for day in days
            for parameters in ({}, pack.parameters_on(day, pack.scope))
        ):
            place = Place(file=rule.origin.file, line=rule.origin.line)
            yield Problem("pack.true_of_nothing", place, {"rule": rule.name})
