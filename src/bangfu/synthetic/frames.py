"""Write households in the shape of a snapshot: Parquet files of keys, codes and whole numbers.

No name, number, address, telephone or day of birth: a household is a random key, a member has a
month of birth. Months are year x 12 + month - 1, money is fen, areas are 0.01 mu. Blanks of the
forms are resolved (`not_in_school`, `none`); null is "not known".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from bangfu.synthetic.dice import Dice
from bangfu.synthetic.sheets import ENTITIES, list_forms, snapshot_items
from bangfu.synthetic.world import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from bangfu.synthetic.people import Fact, Household, Person
    from bangfu.synthetic.reporting import Report

_KEY_BITS: Final = 63
_TYPES: Final[dict[str, pl.DataType]] = {
    "code": pl.String(),
    "codes": pl.List(pl.String()),
    "flag": pl.Boolean(),
    "count": pl.Int64(),
    "month": pl.Int64(),
    "fen": pl.Int64(),
    "mu": pl.Int64(),
    "sqm": pl.Int64(),
    "km": pl.Int64(),
    "division": pl.String(),
}
_BEFORE: Final = "last_year_net_income"
_REPORT: Final[dict[str, pl.DataType]] = {
    "household_key": pl.Int64(),
    "trigger": pl.String(),
    "month": pl.Int64(),
    "amount": pl.Int64(),
    "percent": pl.Int64(),
    "labour": pl.String(),
    "product": pl.String(),
}
_CHUNK: Final = 50_000
_COUNTY_DIGITS: Final = 6


def household_key(seed: int, number: str) -> int:
    """The random key that names a household in snapshots."""
    return Dice(seed, "key", number).between(1, (1 << _KEY_BITS) - 1)


def _schema(entity: str, day: date) -> dict[str, pl.DataType]:
    own = {name: _TYPES[kind] for name, kind in snapshot_items(entity, day).items()}
    if entity == "household":
        return {"household_key": pl.Int64(), **own}
    return {"household_key": pl.Int64(), "birth_month": pl.Int64(), **own}


class SnapshotFrames:
    """Takes households and writes them sorted by county and key."""

    def __init__(self, folder: Path, seed: int, day: date) -> None:
        self._folder = folder
        self._seed = seed
        self._day = day
        self._schemas = {entity: _schema(entity, day) for entity in ENTITIES}
        self._items = {entity: tuple(snapshot_items(entity, day)) for entity in ENTITIES}
        self._schemas["report"] = _REPORT
        self._rows: dict[str, list[tuple[Fact, ...]]] = {name: [] for name in self._schemas}
        self._frames: dict[str, list[pl.DataFrame]] = {name: [] for name in self._schemas}
        self._before: list[int | None] = []

    def add(self, household: Household, reports: Iterable[Report]) -> int:
        """Take a household with what was reported of it; its key."""
        key = household_key(self._seed, household.number)
        facts = household.facts
        own = tuple(facts[name] for name in self._items["household"])
        self._rows["household"].append((key, *own))
        self._before.append(household.net_before or None)
        self._rows["report"].extend(_report(key, report) for report in reports)
        self._rows["member"].extend(self._member(key, person) for person in household.people)
        if len(self._rows["household"]) >= _CHUNK:
            self._flush()
        return key

    def _member(self, key: int, person: Person) -> tuple[Fact, ...]:
        birth = person.birth.year * MONTHS + person.birth.month - 1
        return (key, birth, *(person.facts[name] for name in self._items["member"]))

    def _flush(self) -> None:
        for entity, schema in self._schemas.items():
            frame = pl.DataFrame(self._rows[entity], schema=schema, orient="row")
            if entity == "household":
                before = pl.Series(_BEFORE, self._before, dtype=pl.Int64())
                frame = frame.with_columns(before, pl.lit(_triggers()).alias("feeds"))
            self._frames[entity].append(frame)
            self._rows[entity] = []
        self._before = []

    def close(self) -> tuple[Path, ...]:
        """Write the files; their paths: households, members, reports."""
        self._flush()
        county = pl.col("village_code").str.slice(0, _COUNTY_DIGITS)
        households = _months_counted(pl.concat(self._frames["household"]), self._day)
        households = households.sort(county, "household_key")
        order = households.select("household_key").with_row_index("place")
        frames = {"households": households}
        for entity in ("member", "report"):
            frames[f"{entity}s"] = (
                pl.concat(self._frames[entity])
                .join(order, on="household_key", how="left", maintain_order="left")
                .sort("place", maintain_order=True)
                .drop("place")
            )
        paths = {name: self._folder / f"{name}.parquet" for name in frames}
        for name, frame in frames.items():
            frame.write_parquet(paths[name])
        return tuple(paths.values())


def _report(key: int, report: Report) -> tuple[Fact, ...]:
    labour = report.person.facts["labour"] if report.person else None
    month = report.month // 100 * MONTHS + report.month % 100 - 1
    product = report.product or None
    return key, report.trigger, month, report.amount, report.percent, labour, product


def _triggers() -> list[str]:
    """Every matter: the lists of all of them came."""
    return [form.trigger for form in list_forms()]


def _months_counted(households: pl.DataFrame, day: date) -> pl.DataFrame:
    """Months as YYYYMM turned into months counted from year 0."""
    names = [name for name, kind in snapshot_items("household", day).items() if kind == "month"]
    month = pl.col(names)
    return households.with_columns(month // 100 * MONTHS + month % 100 - 1)
