"""Facts over rows for many households at once: what each row adds, brought together by household.

Whether a row surely counts, and whether it may, are truths. Their sums stay below 1,024, so six of
them travel through one grouping as one whole number, ten bits each. What facts have in common is
judged and gathered once. `reference.gather` says the same for one household.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import polars as pl

from bangfu.rules.engines.lowering import Ends, Lowering, point
from bangfu.rules.names import AS_OF, TRIGGER
from bangfu.rules.pack import Gathering

if TYPE_CHECKING:
    from bangfu.rules.expressions import Expression
    from bangfu.rules.pack import Fact, Over

_SIZE: Final = 1 << 10
"""Above the most rows of a household; where there are more, the run is refused (`frames`)."""

_TOGETHER: Final = 6
"""Counts in one number: 60 of its 64 bits."""

_NONE: Final = pl.lit(0, dtype=pl.Int64)
_OPEN: Final = pl.lit(None, dtype=pl.Int64)


class Gatherer:
    """Gathers over one kind of rows: asked for facts first, then for the one grouping they need.

    The expressions it answers read the columns of `grouped`, joined to households; what is null
    there belongs to a household without such rows.
    """

    def __init__(self, over: Over, lowering: Lowering) -> None:
        self._over = over
        self._lowering = lowering
        self._counts: dict[object, pl.Expr] = {}
        self._values: dict[object, tuple[str, pl.Expr, Gathering]] = {}

    def truth(self, fact: Fact) -> pl.Expr:
        """Whether some row counts: true, false or null."""
        sure = self._count(fact, "sure") > 0
        settled = self._count(fact, "unsure") == 0
        return pl.when(sure | settled).then(sure)

    def ends(self, fact: Fact) -> Ends:
        """The ends of a number."""
        if fact.gathering is Gathering.COUNT:
            sure = self._count(fact, "sure")
            return (
                (sure, sure + self._count(fact, "unsure"))
                if fact.signature.ranged
                else (point(sure))
            )
        complete = self._count(fact, "incomplete") == 0
        high = pl.when(complete).then(self._value(fact, "possible")).otherwise(_OPEN)
        return self._value(fact, "sure"), high

    def _count(self, fact: Fact, which: str) -> pl.Expr:
        """How many rows surely count, may count, or may count with a value nobody knows."""
        condition = cast("Expression", fact.condition)
        if which == "unsure" and not condition.names - {AS_OF}:
            return _NONE
        value = fact.value.tree if fact.value and which == "incomplete" else None
        key = (condition.tree, fact.feed, value, which)
        if key not in self._counts:
            self._counts[key] = self._counted(fact, which)
        pack, place = divmod(list(self._counts).index(key), _TOGETHER)
        shifted: int = _SIZE**place
        return (pl.col(self._packed(pack)).fill_null(0) // shifted) % _SIZE

    def _counted(self, fact: Fact, which: str) -> pl.Expr:
        counts = self._condition(fact)
        if which == "sure":
            return counts.fill_null(value=False)
        if which == "unsure":
            return counts.is_null()
        value = self._lowering.number(cast("Expression", fact.value).tree)[0]
        return counts.fill_null(value=True) & value.is_null()

    def _condition(self, fact: Fact) -> pl.Expr:
        condition = self._lowering.truth(cast("Expression", fact.condition).tree)
        return (pl.col(TRIGGER) == fact.feed) & condition if fact.feed else condition

    def _value(self, fact: Fact, which: str) -> pl.Expr:
        """The sum, or the greatest, of the values of rows that surely count, or may."""
        tree = cast("Expression", fact.value).tree
        key = (cast("Expression", fact.condition).tree, fact.feed, tree, fact.gathering, which)
        if key not in self._values:
            counts = self._condition(fact)
            chosen = counts if which == "sure" else counts.fill_null(value=True)
            value = pl.when(chosen).then(self._lowering.number(tree)[0])
            name = f"|{self._over}|value{len(self._values)}"
            self._values[key] = (name, value, fact.gathering)
        found = pl.col(self._values[key][0])
        if fact.gathering is Gathering.SUM:
            return found.fill_null(0)
        return pl.max_horizontal(found, pl.lit(fact.nobody, dtype=pl.Int64))

    def _packed(self, number: int) -> str:
        return f"|{self._over}|counts{number}"

    def grouped(self, rows: pl.LazyFrame, key: str, rows_of: str) -> pl.LazyFrame:
        """One row a household that has rows: all that was asked for, and in `rows_of` how many."""
        counts = [each.cast(pl.Int64) for each in self._counts.values()]
        packs = [counts[start : start + _TOGETHER] for start in range(0, len(counts), _TOGETHER)]
        names = [self._packed(number) for number in range(len(packs))]
        packed = [
            pl.sum_horizontal(each * _SIZE**place for place, each in enumerate(pack)).alias(name)
            for name, pack in zip(names, packs, strict=True)
        ]
        values = [value.alias(name) for name, value, _ in self._values.values()]
        reduced = [
            pl.col(name).sum() if gathering is Gathering.SUM else pl.col(name).max()
            for name, _, gathering in self._values.values()
        ]
        return (
            rows.select(key, *packed, *values)
            .group_by(key)
            .agg(*(pl.col(name).sum() for name in names), *reduced, pl.len().alias(rows_of))
        )
