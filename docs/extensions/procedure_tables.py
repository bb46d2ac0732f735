"""The tables of procedures: each version with its picture, its states, moves and facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tables import Section, code

from bangfu.foundation.access.api import load_roles
from bangfu.procedures.api import ladder_of, read_procedure
from bangfu.procedures.permissions import holds_at
from bangfu.rules.api import load_pack

if TYPE_CHECKING:
    from bangfu.kernel.division import Level
    from bangfu.procedures.api import Label, Move, Procedure, State
    from bangfu.procedures.domain.table import Fact, Limit

PACKS = ("nation", "sichuan", "demo")


def procedures_of(name: str) -> list[Procedure]:
    """The procedure tables that a pack brings itself."""
    return [
        read_procedure(text, path)
        for path, text in load_pack(name).sources[-1].files.items()
        if path.startswith("procedures/")
    ]


def both(label: Label) -> str:
    """Words in both languages."""
    return f"{label.zh} / {label.en}"


def limit_of(limit: Limit | None) -> str:
    """A time limit in words."""
    if limit is None:
        return ""
    return f"{code(limit.parameter)}, {limit.kind.replace('_', ' ')} from {limit.counted_from}"


def notice_of(state: State) -> str:
    """What hangs in a state, where and how long."""
    if state.notice is None:
        return ""
    return f"{both(state.notice.label)}, {state.notice.place.en}: {limit_of(state.notice.limit)}"


def told_of(state: State) -> str:
    """Who hears of a matter that is overdue."""
    return "; ".join(
        f"{tell.tier.name.lower()} after {tell.after} working days"
        if tell.after
        else f"{tell.tier.name.lower()} at once"
        for tell in state.escalates
    )


def tier_of(move: Move, tier: Level) -> str:
    """A tier with the roles that hold the move's right there."""
    held = [
        code(name) for name, role in load_roles().items() if holds_at(role, move.capability, tier)
    ]
    return f"{tier.name.lower()} ({', '.join(held)})"


def asked_of(procedure: Procedure, move: Move) -> str:
    """What a move asks for beyond its conditions."""
    papers = [procedure.papers[name] for name in move.papers]
    found = [f"{both(paper.label)} ({paper.origin})" for paper in papers]
    found += ["a written reason"] if move.note_required else []
    found += [f"nobody who made {', '.join(map(code, move.not_after))}"] if move.not_after else []
    found += ["may be made during the notice"] if move.during_notice else []
    return "; ".join([*found, *([move.law] if move.law else [])])


def conditions_of(procedure: Procedure, move: Move) -> str:
    """The guards of a move with the reason given when they do not hold."""
    guards = [procedure.guards[name] for name in move.guards]
    return "; ".join(
        f"{code(' '.join(guard.condition.text.split()))}: {guard.reason.en}" for guard in guards
    )


def fact_row(fact: Fact) -> list[str]:
    """A fact and who knows it."""
    kind = fact.type.replace("_", " ") + (f" {code(fact.of)}" if fact.of else "")
    return [code(fact.name), both(fact.label), kind, "with the move" if fact.asked else ""]


def sections_of(each: Procedure) -> list[Section]:
    """One version of a procedure: picture, states, moves, facts."""
    title = f"{each.name} {each.version}: {each.label.zh} ({each.label.en})"
    numbers = [str(number) for number in range(1, len(each.moves) + 1)]
    picture = [[code(state), *marks] for state, marks in ladder_of(each)]
    states = [
        [
            code(state.name),
            both(state.label) + (" (final)" if state.final else ""),
            limit_of(state.limit),
            notice_of(state),
            told_of(state),
        ]
        for state in each.states.values()
    ]
    moves = [
        [
            number,
            code(move.name),
            both(move.label),
            f"{', '.join(map(code, move.sources))} → {code(move.target)}",
            code(move.capability),
            "; ".join(tier_of(move, tier) for tier in sorted(move.tiers, reverse=True)),
            conditions_of(each, move),
            asked_of(each, move),
        ]
        for number, move in zip(numbers, each.moves.values(), strict=True)
    ]
    facts = [fact_row(fact) for fact in each.facts.values()]
    head = ["Move", "", "Name", "From → to", "Capability", "Who", "Refused unless", "Asks besides"]
    return [
        (f"{title}, from {each.valid_from}", ["State", *numbers], picture),
        (f"States of {title}", ["State", "Name", "Limit", "Notice", "Overdue, tells"], states),
        (f"Moves of {title}", head, moves),
        (
            f"Facts of {title}",
            ["Fact", "Name", "Type", "Asked"],
            facts,
        ),
    ]


def procedures() -> list[Section]:
    """Every procedure of every pack, version by version."""
    tables = [table for name in PACKS for table in procedures_of(name)]
    tables.sort(key=lambda table: (table.name, table.valid_from))
    return [section for table in tables for section in sections_of(table)]
