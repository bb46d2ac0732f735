"""Checks the frames that are to be judged, and gives their columns the engine's types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from bangfu.kernel.problems import Problem
from bangfu.rules.kinds import MOST_MEMBERS, MOST_REPORTS, Base
from bangfu.rules.names import TRIGGER
from bangfu.rules.pack import Over
from bangfu.rules.values import DataUnfit, too_many_members, too_many_reports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.kinds import Signature
    from bangfu.rules.pack import Pack

KEY: Final = "household_key"
Frame = pl.DataFrame | pl.LazyFrame
_TEXTS: Final = (pl.String, pl.Categorical, pl.Enum)


def _fits(dtype: pl.DataType, signature: Signature) -> bool:
    if dtype == pl.Null:
        return True
    match signature.kind.base:
        case Base.NUMBER:
            return dtype.is_integer()
        case Base.TRUTH:
            return dtype == pl.Boolean
        case Base.CODE:
            return isinstance(dtype, _TEXTS)
        case Base.CODES:
            return isinstance(dtype, pl.List) and isinstance(dtype.inner, _TEXTS)


_TYPES: Final[Mapping[Base, Any]] = {
    Base.NUMBER: pl.Int64,
    Base.TRUTH: pl.Boolean,
    Base.CODE: pl.String,
    Base.CODES: pl.List(pl.String),
}


def frame_type(signature: Signature) -> Any:
    """The column type that values of this signature are judged in."""
    return _TYPES[signature.kind.base]


def _typed(frame: pl.LazyFrame, items: Mapping[str, Signature]) -> pl.LazyFrame:
    schema = frame.collect_schema()
    for name in (KEY, *items):
        if name not in schema:
            raise DataUnfit(Problem("rules.missing_column", values={"name": name}))
    for name, signature in items.items():
        if not _fits(schema[name], signature):
            raise DataUnfit(Problem("rules.wrong_type", values={"name": name}))
    casts = [
        pl.col(name).cast(wanted)
        for name, signature in items.items()
        if schema[name] != (wanted := _TYPES[signature.kind.base])
    ]
    return frame.select(KEY, *items).with_columns(casts) if casts else frame.select(KEY, *items)


def _extremes(frame: pl.LazyFrame, items: Mapping[str, Signature]) -> pl.LazyFrame:
    numbers = [name for name, signature in items.items() if signature.kind.is_number]
    lows = [pl.col(name).min().alias(f"{name}|low") for name in numbers]
    highs = [pl.col(name).max().alias(f"{name}|high") for name in numbers]
    return frame.select(pl.lit(1).alias("|one"), *lows, *highs)


def _check_bounds(row: dict[str, Any], items: Mapping[str, Signature]) -> None:
    for name, signature in items.items():
        low, high = row.get(f"{name}|low"), row.get(f"{name}|high")
        if low is not None and high is not None and (low < signature.low or high > signature.high):
            values = {"name": name, "low": str(signature.low), "high": str(signature.high)}
            raise DataUnfit(Problem("rules.out_of_bounds", values=values))


@dataclass(frozen=True, slots=True)
class Given:
    """The columns a pack reads, in the engine's types."""

    households: pl.LazyFrame
    rows: Mapping[Over, pl.LazyFrame]


def _with_snapshot_items(pack: Pack, frame: pl.LazyFrame) -> pl.LazyFrame:
    """Households with a null column for what snapshots made before did not hold."""
    held = frame.collect_schema()
    kept = {item.name for item in pack.layout.items.get("snapshot", ())}
    lacking = [
        pl.lit(None, dtype=frame_type(signature)).alias(name)
        for name, signature in pack.items[Over.HOUSEHOLD].items()
        if name in kept and name not in held
    ]
    return frame.with_columns(lacking) if lacking else frame


def empty_rows(pack: Pack, over: Over, key: Any) -> pl.DataFrame:
    """No rows, with the columns the pack reads."""
    items = {name: frame_type(each) for name, each in pack.items[over].items()}
    return pl.DataFrame(schema={KEY: key, **items})


def _check_triggers(reports: pl.LazyFrame) -> None:
    counted = reports.group_by(KEY, TRIGGER).len().collect()
    if counted[TRIGGER].null_count():
        raise DataUnfit(Problem("rules.wrong_type", values={"name": TRIGGER}))
    if (counted["len"] > MOST_REPORTS).any():
        raise too_many_reports()


def prepare(pack: Pack, households: Frame, members: Frame, reports: Frame | None) -> Given:
    """The columns the pack reads, in the engine's types; without `reports`, there are none.

    Raises:
        DataUnfit: a column that is missing or of the wrong type, a value out of its bounds, a
            report that does not say what it is about, or too many reports about the same.
    """
    lazy = _with_snapshot_items(pack, households.lazy())
    if reports is None:
        reports = empty_rows(pack, Over.REPORTS, lazy.collect_schema().get(KEY, pl.String()))
    given = {Over.HOUSEHOLD: lazy, Over.MEMBERS: members.lazy(), Over.REPORTS: reports.lazy()}
    typed = {over: _typed(frame, pack.items[over]) for over, frame in given.items()}
    extremes = pl.collect_all([_extremes(typed[over], pack.items[over]) for over in Over])
    for found, over in zip(extremes, Over, strict=True):
        _check_bounds(found.row(0, named=True), pack.items[over])
    if TRIGGER in pack.items[Over.REPORTS]:
        _check_triggers(typed[Over.REPORTS])
    return Given(typed.pop(Over.HOUSEHOLD), typed)


def rows_of(over: Over) -> str:
    """Column with a household's number of rows; `|` stands in no name of a pack."""
    return f"|{over}"


def in_order(homes: pl.DataFrame) -> pl.DataFrame:
    """Households sorted by their keys.

    Raises:
        DataUnfit: a household that stands there twice or without a key.
    """
    if homes[KEY].null_count():
        raise DataUnfit(Problem("rules.wrong_type", values={"name": KEY}))
    if not homes[KEY].is_sorted():
        homes = homes.sort(KEY)
    if (homes[KEY] == homes[KEY].shift(1)).any():
        raise DataUnfit(Problem("rules.doubled_household"))
    return homes


def check_member_count(judged: pl.DataFrame) -> None:
    """Refuse a household with more member rows than any household has."""
    if (judged[rows_of(Over.MEMBERS)] > MOST_MEMBERS).any():
        raise too_many_members()
