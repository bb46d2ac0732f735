"""The attempts of the whole-matrix test: with all a move needs, and with each thing amiss."""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from procedures.table_oracle import TIERS, Try

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from procedures.table_oracle import Condition, Judge

_Value = TypeVar("_Value")
_ROUNDS = 4_000


class _Dice:
    """Thrown alike in every run."""

    def __init__(self, name: str) -> None:
        self._throws = (sha256(f"{name} {each}".encode()).digest() for each in count())

    def choice(self, values: Sequence[_Value]) -> _Value:
        """One of the values."""
        return values[int.from_bytes(next(self._throws)[:4], "big") % len(values)]


def tries_of(judge: Judge, move: str, tier: str) -> list[Try]:
    """Everything in order, then one thing amiss at a time."""
    rule = judge.table["moves"][move]
    facts = _facts_with(judge, move, tier, wrong="") or {}
    papers = frozenset(rule.get("papers", ()))
    found = [
        Try("ready", facts, papers, "写明"),
        Try("blank note", facts, papers, " \n"),
        Try("no papers", facts, frozenset(), "写明"),
        Try("nothing", {}, frozenset(), ""),
        Try("on notice", facts, papers, "写明", hangs=True),
    ]
    found += [
        Try(f"own {earlier}", facts, papers, "写明", own=earlier)
        for earlier in ("open", *judge.table["moves"])
        if earlier in rule.get("not_after", ()) or earlier == move
    ]
    read = {name for guard in judge.guards_of(move).values() for name in guard.names}
    found += [
        Try(
            f"without {name}",
            {key: value for key, value in facts.items() if key != name},
            papers,
            "写明",
        )
        for name in sorted(read & facts.keys())
    ]
    for name in judge.guards_of(move):
        against = _facts_with(judge, move, tier, wrong=name)
        if against is not None:
            found.append(Try(f"against {name}", against, papers, "写明"))
    return found


def _facts_with(judge: Judge, move: str, tier: str, wrong: str) -> dict[str, Any] | None:
    """Facts with which every guard holds but `wrong`, which does not; None when there are none.

    A walk from the first guess: as long as a guard is not as it should be, one of its facts is
    given another value.
    """
    guards = judge.guards_of(move)
    numbers: dict[str, Any] = judge.numbers() | {"mover_tier": tier}
    domains = {
        name: domain
        for guard in guards.values()
        for name in guard.names - numbers.keys()
        if (domain := list(_domain(judge, name, guard)))
    }
    dice = _Dice(f"{move} {tier} {wrong}")
    facts = {name: domain[0] for name, domain in sorted(domains.items())}
    for _ in range(_ROUNDS):
        amiss = [
            guard
            for name, guard in sorted(guards.items())
            if guard.judge(facts | numbers) is not (name != wrong)
        ]
        if not amiss:
            return facts
        free = sorted(dice.choice(amiss).names & domains.keys())
        if free:
            name = dice.choice(free)
            facts[name] = dice.choice(domains[name])
    return None


def _domain(judge: Judge, name: str, guard: Condition) -> Iterator[Any]:
    """Values of a fact that a guard may tell apart."""
    fact = judge.facts[name]
    if fact["type"] == "flag":
        yield from (True, False)
    elif fact["type"] == "code":
        codes = TIERS if fact["list"] == "tier" else judge.table["lists"][fact["list"]]
        yield from (each if isinstance(each, str) else each["code"] for each in codes)
    elif fact["type"] != "parameter":
        limits = {*guard.numbers, *judge.numbers().values(), 0}
        yield from sorted({max(0, limit + step) for limit in limits for step in (-1, 0, 1)})
