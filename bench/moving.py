"""The procedure engine: moves made one by one and in batches, with guards, history and notices."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from bangfu.foundation.access.api import Actor, Grant, load_roles, system_actor
from bangfu.foundation.clock.api import new_id, using_clock
from bangfu.kernel.clock import CHINA, FixedClock
from bangfu.kernel.division import DivisionCode
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import (
    MoveRequest,
    Subject,
    get_matter,
    list_moves,
    make_move,
    make_moves,
    open_matters,
)
from bench.place import spread, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from uuid import UUID

HOUSEHOLDS: Final = 10_000
"""Matters moved one by one, and as many in batches."""
BATCH: Final = 100
BUTTONS: Final = 1_000
COUNTY: Final = "511921"
VILLAGES: Final = [f"{COUNTY}101{number}" for number in range(201, 231)]
MOMENT: Final = datetime(2026, 11, 20, 9, tzinfo=CHINA)
FACTS: Final[dict[str, Any]] = {
    "on_rolls": True,
    "monitored": False,
    "visitors": 2,
    "consent_in_force": True,
    "category_given": True,
    "category_in_phase": True,
    "category_fits": True,
    "risks": 1,
    "answers_missing": 0,
    "flags_unexplained": 0,
    "meeting_on_record": True,
    "quorate": True,
    "passed": True,
    "mover_visited": False,
    "mover_handled": False,
}
"""What the guards look at, all in order."""
SHOWN: Final = {"head": "李○秀", "people": 5, "votes": "26 / 27"}


def run(home: Path, households: int, before: dict[str, Any]) -> None:
    """Open the matters, move them, and print how many moves a second were made."""
    with using_clock(FixedClock(MOMENT)):
        _measure(households, before)


def _measure(households: int, before: dict[str, Any]) -> None:
    publish_pack(actor=system_actor("bench"), path="sichuan", valid_from=date(2021, 5, 14))
    village, county = _officer("township_reviewer"), _officer("county_officer")
    opening, matters = _timed(lambda: _open(2 * households))
    single, batched = matters[:households], matters[households:]
    used = time.process_time()
    singly = [_timed(lambda each=each: _check(village, each))[0] for each in single]
    alone = time.process_time() - used
    moved = {
        move: _in_batches(actor, move, batched)
        for actor, move in (
            (village, "check"),
            (county, "compare"),
            (village, "review"),
            (village, "post_notice"),
        )
    }
    buttons = [_timed(lambda each=each: _buttons(village, each))[0] for each in single[:BUTTONS]]
    tell(
        {
            "benchmark": "moves of a procedure",
            "machine": before,
            "database": connection.vendor,
            "shape": {
                "procedure": "recognition",
                "matters": len(matters),
                "villages": len(VILLAGES),
                "batch": BATCH,
            },
            "opened_a_second": round(len(matters) / opening),
            "one_by_one": _told(len(single), singly, alone),
            "in_batches": {
                move: _told(len(batched), seconds, processor)
                for move, (seconds, processor) in moved.items()
            },
            "buttons_of_a_page": spread(buttons),
        }
    )


def _told(moves: int, seconds: list[float], processor: float) -> dict[str, Any]:
    """Moves a second, and the processor's part of one: that one hardly knows a busy machine."""
    return {
        "moves_a_second": round(moves / sum(seconds)),
        "processor_ms_a_move": round(1000 * processor / moves, 2),
        **spread(seconds),
    }


def _timed(work: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def _officer(role: str) -> Actor:
    grant = Grant(role, DivisionCode(COUNTY), load_roles()[role].capabilities)
    return Actor(new_id(), new_id(), role, role, grants=(grant,))


def _open(count: int) -> list[UUID]:
    subjects = [
        Subject(VILLAGES[number % len(VILLAGES)], "household", new_id()) for number in range(count)
    ]
    actor = system_actor("bench", COUNTY)
    return [
        each.pk for each in open_matters(actor=actor, procedure="recognition", subjects=subjects)
    ]


def _check(actor: Actor, matter: UUID) -> None:
    make_move(actor=actor, matter_id=matter, move="check", facts=FACTS, note="核实", seen=0)


def _in_batches(actor: Actor, move: str, matters: Sequence[UUID]) -> tuple[list[float], float]:
    """Seconds of each batch, and the processor's seconds of them all."""
    used = time.process_time()
    seconds = [_timed(lambda part=part: _move(actor, move, part))[0] for part in _parts(matters)]
    return seconds, time.process_time() - used


def _parts(matters: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for first in range(0, len(matters), BATCH):
        yield matters[first : first + BATCH]


def _move(actor: Actor, move: str, matters: Sequence[UUID]) -> None:
    requests = [
        MoveRequest(each, FACTS, {"minutes": ["file"]}, "办理", shown=SHOWN) for each in matters
    ]
    refused = make_moves(actor=actor, move=move, requests=requests).refused
    if refused:
        codes = {problem.code for problems in refused.values() for problem in problems}
        raise RuntimeError(f"{move}: {codes}")


def _buttons(actor: Actor, matter: UUID) -> None:
    list_moves(actor, get_matter(actor, matter), FACTS)
