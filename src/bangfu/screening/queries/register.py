"""The register and what departments reported of it, as they are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from bangfu.exchange.api import reports_of
from bangfu.foundation.access.api import system_actor
from bangfu.kernel.division import Level
from bangfu.registry.api import frames_of
from bangfu.rules.names import FEEDS
from bangfu.screening.domain.judging import Register

if TYPE_CHECKING:
    from datetime import date

    from bangfu.foundation.access.api import Actor


def register_on(actor: Actor, division: str, as_of: date, *, only: int | None = None) -> Register:
    """Households, members and reports of a division as of a day.

    The column `feeds` of households holds the triggers of which lists of their county were
    received. Departments' lists are read in screening's own name: whoever may see what rules find
    sees what they rest on.

    Args:
        actor: needs `registry.read` in the whole division.
        division: which place.
        as_of: the day.
        only: the key of the one household to read; None for all.

    Raises:
        AccessRefused: when the actor may not read the register of the whole division.
    """
    households, members = frames_of(actor, division, as_of, only=only)
    reports, feeds = reports_of(system_actor("screening", division), division, as_of, only=only)
    return Register(_with_feeds(households, feeds), members, reports)


def _with_feeds(households: pl.DataFrame, feeds: dict[str, tuple[str, ...]]) -> pl.DataFrame:
    told = pl.DataFrame(
        {"|county": list(feeds), FEEDS: [list(triggers) for triggers in feeds.values()]},
        schema={"|county": pl.String, FEEDS: pl.List(pl.String)},
    )
    county = pl.col("village_code").str.slice(0, int(Level.COUNTY)).alias("|county")
    nothing = pl.lit([], dtype=pl.List(pl.String))
    return (
        households.with_columns(county)
        .join(told, on="|county", how="left", maintain_order="left")
        .with_columns(pl.col(FEEDS).fill_null(nothing))
        .drop("|county")
    )
