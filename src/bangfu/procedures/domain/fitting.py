"""Whether a table fits the pack it stands in: its numbers, facts and rights, and who holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.procedures.domain.guards import code_lists, compile_with, possible_kinds
from bangfu.procedures.domain.soundness import moves_nobody_holds, placed
from bangfu.procedures.domain.table import DayKind, FactType
from bangfu.rules.refusals import ExpressionRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bangfu.kernel.problems import Problem
    from bangfu.procedures.domain.soundness import Found
    from bangfu.procedures.domain.table import Fact, Limit, Procedure
    from bangfu.rules.kinds import Kind

_DAY_UNITS: Final = {DayKind.WORKING: "working_days", DayKind.CALENDAR: "days"}


@dataclass(frozen=True, slots=True)
class Number:
    """A parameter of the pack, as far as tables care."""

    kind: Kind
    unit: str
    valued: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a table stands in.

    Attributes:
        numbers: the pack's parameters. facts: the kinds of its facts about households.
        capabilities: those that features declare. holders: (capability, tier) of the roles.
    """

    numbers: Mapping[str, Number]
    facts: Mapping[str, Kind]
    capabilities: frozenset[str]
    holders: frozenset[tuple[str, int]]


def check_fit(procedure: Procedure, around: Surroundings) -> list[Problem]:
    """Everything in the table that its surroundings do not have, with its line."""
    unknown = list(_unknown_facts(procedure, around))
    found = [
        *unknown,
        *_limits(procedure, around),
        *_rights(procedure, around),
        # Kinds are compared only when all are known: no second alarms from a first fault.
        *(() if unknown else _guards(procedure, around)),
    ]
    return placed(procedure, found)


def _unknown_facts(procedure: Procedure, around: Surroundings) -> Iterator[Found]:
    for fact in procedure.facts.values():
        where, values = f"facts.{fact.name}", {"fact": fact.name, "name": fact.of}
        if fact.type is FactType.PARAMETER and fact.of not in around.numbers:
            yield "procedures.table.unknown_parameter", where, values
        elif fact.type is FactType.HOUSEHOLD_FACT and fact.of not in around.facts:
            yield "procedures.table.unknown_household_fact", where, values


def _limits(procedure: Procedure, around: Surroundings) -> Iterator[Found]:
    for state in procedure.states.values():
        where = f"states.{state.name}"
        for limit in (state.limit, state.notice.limit if state.notice else None):
            if limit is not None:
                yield from _limit(limit, where, around)
        number = around.numbers.get(state.notice.limit.parameter) if state.notice else None
        if number is not None and not number.valued:
            yield "procedures.table.notice_without_days", where, {"state": state.name}


def _limit(limit: Limit, where: str, around: Surroundings) -> Iterator[Found]:
    number = around.numbers.get(limit.parameter)
    if number is None:
        name = where.partition(".")[2]
        values = {"fact": name, "name": limit.parameter}
        yield "procedures.table.unknown_parameter", where, values
    elif number.unit != _DAY_UNITS[limit.kind]:
        values = {"name": limit.parameter, "unit": number.unit, "wanted": _DAY_UNITS[limit.kind]}
        yield "procedures.table.limit_in_other_unit", where, values


def _rights(procedure: Procedure, around: Surroundings) -> Iterator[Found]:
    for where, capability in _capabilities(procedure):
        if capability not in around.capabilities:
            yield "procedures.table.unknown_capability", where, {"capability": capability}
    for move, capability in moves_nobody_holds(procedure, set(around.holders)):
        values = {"move": move, "capability": capability}
        yield "procedures.table.move_nobody_holds", f"moves.{move}", values
    for state in procedure.states.values():
        for tell in state.escalates:
            if (procedure.reads, int(tell.tier)) not in around.holders:
                values = {"state": state.name, "tier": tell.tier.name.lower()}
                yield "procedures.table.escalates_to_nobody", f"states.{state.name}", values


def _capabilities(procedure: Procedure) -> Iterator[tuple[str, str]]:
    yield "reads", procedure.reads
    yield "opens", procedure.opening.capability
    yield from ((f"moves.{move.name}", move.capability) for move in procedure.moves.values())


def _guards(procedure: Procedure, around: Surroundings) -> Iterator[Found]:
    """The guards again, with the kinds that the pack gives its numbers and facts."""
    kinds = {name: _kind(fact, around) for name, fact in procedure.facts.items()}
    lists = code_lists(procedure.lists)
    for fact in procedure.facts.values():
        if fact.unit and kinds[fact.name] not in possible_kinds(fact):
            values = {"fact": fact.name, "unit": fact.unit}
            yield "procedures.table.unknown_fact_unit", f"facts.{fact.name}", values
    for guard in procedure.guards.values():
        try:
            compile_with(guard.condition.text, kinds, lists)
        except ExpressionRefused as refused:
            values = {**refused.values, "guard": guard.name, "reason": refused.code}
            yield "procedures.table.guard_invalid", f"guards.{guard.name}", values


def _kind(fact: Fact, around: Surroundings) -> Kind:
    if fact.type is FactType.PARAMETER:
        return around.numbers[fact.of].kind
    if fact.type is FactType.HOUSEHOLD_FACT:
        return around.facts[fact.of]
    return possible_kinds(fact)[0]
