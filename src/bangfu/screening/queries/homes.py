"""The households behind the keys of a snapshot. Keys name nobody outside this home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.db.models import Max

from bangfu.foundation.bulk.api import fetch_by
from bangfu.kernel.division import DivisionCode, Level
from bangfu.registry.api import Household
from bangfu.screening.domain.outcomes import KEY

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID


def with_homes(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with `home` (household id as text) and `number` for its keys.

    A key that this register does not know, as in a made-up snapshot, has no home and its own
    digits for a number.
    """
    keys = frame[KEY].unique().to_list()
    rows = Household.objects.values_list("household_key", "id", "household_number")
    known = pl.DataFrame(
        [(key, str(home), number) for key, home, number in fetch_by(rows, "household_key", keys)],
        schema={KEY: frame.schema[KEY], "home": pl.String, "number": pl.String},
        orient="row",
    )
    joined = frame.join(known, on=KEY, how="left", validate="m:1", maintain_order="left")
    return joined.with_columns(pl.col("number").fill_null(pl.col(KEY).cast(pl.String)))


def keys_of(households: Collection[UUID]) -> dict[UUID, int]:
    """The snapshot keys of households, by id."""
    rows = Household.objects.values_list("id", "household_key")
    return dict(fetch_by(rows, "id", households))


def counties_of(households: Collection[UUID]) -> set[str]:
    """The counties in which households are registered."""
    rows = Household.objects.values_list("id", "village_code")
    found = fetch_by(rows, "id", households)
    return {str(DivisionCode(village).at(Level.COUNTY)) for _, village in found}


def newest_data_date(division: str) -> date | None:
    """The newest day for which a household's facts are known to hold; None without households."""
    place = DivisionCode(division)
    inside = Household.objects.filter(
        village_code__gte=place, village_code__lt=place.ceiling, active=True
    )
    newest: date | None = inside.aggregate(newest=Max("data_date"))["newest"]
    return newest
