"""The register's search and list pages over many households, in PostgreSQL."""

from __future__ import annotations

import time
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.foundation.access.api import system_actor
from bangfu.registry.api import (
    HouseholdFilters,
    list_households,
    load_divisions,
    search_households,
)
from bench.filling import fill
from bench.place import spread, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bench.filling import Filled

    Ask = Callable[[], Any]

HOUSEHOLDS: Final = 1_000_000
TIMES: Final = 40


def run(home: Path, households: int, before: dict[str, Any]) -> None:
    """Fill the register, ask, and print how long the answers took."""
    load_divisions()
    filled = fill(households)
    tell(
        {
            "benchmark": "search and list pages",
            "machine": before,
            "database": connection.vendor,
            "shape": {
                "households": households,
                "members": filled.members,
                "loading_seconds": filled.seconds,
            },
            "asks": {name: _measure(ask) for name, ask in _asks(filled).items()},
        }
    )


def _asks(filled: Filled) -> dict[str, Ask]:
    province, county = system_actor("bench", "51"), system_actor("bench", filled.county)

    def find(texts: Sequence[str], actor: Any) -> Ask:
        turn = cycle(texts)
        return lambda: search_households(actor, next(turn))

    def page(actor: Any, number: int, **filters: Any) -> Ask:
        wanted = HouseholdFilters(**filters)
        return lambda: list_households(actor, wanted, page=number)

    one_kind = {"division": filled.village, "household_type": "alleviated"}
    return {
        "search by whole name, province": find(filled.names, province),
        "search by surname, county": find([name[:1] for name in filled.names], county),
        "search by document number, province": find(filled.identities, province),
        "search by household number, province": find(filled.numbers, province),
        "search for nobody, province": find(["不存在的人"], province),
        "first page of a county": page(county, 1, division=filled.county),
        "page 50 of a county": page(county, 50, division=filled.county),
        "first page of the province": page(province, 1),
        "first page of a village, one type": page(county, 1, **one_kind),
    }


def _measure(ask: Ask) -> dict[str, Any]:
    """How long an ask takes, and how many statements it sends; the first is told apart."""
    begun = time.perf_counter()
    found = ask()
    first = time.perf_counter() - begun
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        found = ask()
        seconds.append(time.perf_counter() - begun)
    with CaptureQueriesContext(connection) as caught:
        ask()
    rows = found.rows if hasattr(found, "rows") else found
    return {
        **spread(seconds),
        "first_ms": round(1000 * first, 1),
        "statements": len(caught),
        "rows_of_the_last": len(rows),
    }
