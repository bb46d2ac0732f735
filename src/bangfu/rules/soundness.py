"""What a pack must not do although every part of it is well formed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.kernel.problems import Place, Problem
from bangfu.rules.engines.reference import find_facts, judge_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.rules.engines.reference import Known
    from bangfu.rules.pack import Pack

_ANY_DAY: Final = date(2021, 1, 1)
"""For packs without parameters."""


def _days(pack: Pack) -> list[date]:
    """The days on which some parameter changes, so that every set of values is met."""
    starts = {
        value.period.start for parameter in pack.parameters.values() for value in parameter.values
    }
    return sorted(starts) or [_ANY_DAY]


def _nothing_known(pack: Pack) -> Iterator[Known]:
    """What is known of a household of which nothing is, on every day, without and with members."""
    nobody: tuple[list[dict[str, object]], ...] = ([], [{}])
    for day in _days(pack):
        for parameters in ({}, pack.parameters_on(day, pack.scope)):
            for members in nobody:
                known, _ = find_facts(pack, {}, members, day, parameters)
                yield known


def check_sound(pack: Pack) -> Iterator[Problem]:
    """A problem for every rule that is true when nothing is known about a household."""
    nothing = list(_nothing_known(pack))
    for rule in pack.rules.values():
        if any(judge_expression(rule.when, known) is True for known in nothing):
            place = Place(file=rule.origin.file, line=rule.origin.line)
            yield Problem("pack.true_of_nothing", place, {"rule": rule.name})
