"""Checks the frames that are to be judged, and gives their columns the engine's types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from bangfu.kernel.problems import Problem
from bangfu.rules.kinds import MOST_MEMBERS, Base
from bangfu.rules.values import DataUnfit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.kinds import Signature
    from bangfu.rules.pack import Pack

KEY: Final = "household_key"
MEMBERS: Final = "|members"
"""Column with a household's number of member rows; `|` stands in no name of a pack."""
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


def prepare(
    pack: Pack, households: pl.DataFrame | pl.LazyFrame, members: pl.DataFrame | pl.LazyFrame
) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """The columns the pack reads, in the engine's types.

    Raises:
        DataUnfit: a column that is missing or of the wrong type, a value out of its bounds.
    """
    known = _typed(households.lazy(), pack.items["household"])
    people = _typed(members.lazy(), pack.items["member"])
    extremes = pl.collect_all([
        _extremes(known, pack.items["household"]), _extremes(people, pack.items["member"])
    ])  # fmt: skip
    for found, entity in zip(extremes, ("household", "member"), strict=True):
        _check_bounds(found.row(0, named=True), pack.items[entity])
    return known, people


def in_order(judged: pl.DataFrame) -> pl.DataFrame:
    """What was judged, sorted by household.

    Raises:
        DataUnfit: a household that stands there twice or without a key, or has too many members.
    """
    key = judged[KEY]
    if key.null_count():
        raise DataUnfit(Problem("rules.wrong_type", values={"name": KEY}))
    if not key.is_sorted():
        judged = judged.sort(KEY)
    if (judged[KEY] == judged[KEY].shift(1)).any():
        raise DataUnfit(Problem("rules.doubled_household"))
    if judged.filter(pl.col(MEMBERS) > MOST_MEMBERS).height:
        raise DataUnfit(Problem("rules.too_many_members", values={"most": str(MOST_MEMBERS)}))
    return judged
