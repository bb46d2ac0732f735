"""Ages, months and the days of parameters, against plain reckoning."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.kernel.division import DivisionCode
from bangfu.kernel.period import Period
from bangfu.rules.api import Parameter, ParameterValue, month_index, month_text
from bangfu.rules.engines.lowering import Lowering, number_literal
from bangfu.rules.engines.ranges import evaluate
from bangfu.rules.engines.reference import judge_expression
from bangfu.rules.expressions import compile_expression
from bangfu.rules.kinds import LATEST_MONTH, MONTH, PLAIN, Signature
from bangfu.rules.pack import Origin
from bangfu.rules.text import Text

quick = settings(max_examples=60, deadline=None, database=None)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
FEW_DAYS = st.integers(0, 40).map(lambda number: date(2020, 1, 1) + timedelta(number * 30))
SCOPES = st.sampled_from(["", "51", "5119", "511921", "52"])
MONTHS = dict.fromkeys(("born", "day"), Signature(MONTH, 0, LATEST_MONTH))
AGE = compile_expression("age(born, day)", MONTHS, {})


@quick
@given(DAYS, DAYS)
def test_an_age_is_the_years_completed_by_the_month(born: date, day: date) -> None:
    years = day.year - born.year - (day.month < born.month)
    months = {"born": month_index(born), "day": month_index(day)}
    assert judge_expression(AGE, months) == years
    assert evaluate(AGE.tree, months) == years
    lowered, _ = Lowering({name: number_literal(each) for name, each in months.items()}).number(
        AGE.tree
    )
    assert pl.select(lowered).item() == years


@quick
@given(DAYS)
def test_a_months_number_tells_the_month(day: date) -> None:
    assert month_text(month_index(day)) == day.strftime("%Y-%m")


def valued(values: list[tuple[date, date | None, str]]) -> Parameter:
    origin = Origin("trial", "parameters/all.yaml", 1)
    text = Text("限额", "Limit")
    return Parameter(
        "limit", text, "people", PLAIN, "试验", None, origin,
        tuple(
            ParameterValue(position, Period(start, end), DivisionCode(scope), "试验", origin)
            for position, (start, end, scope) in enumerate(values)
        ),
    )  # fmt: skip


@quick
@given(st.lists(st.tuples(FEW_DAYS, st.one_of(st.none(), FEW_DAYS), SCOPES), max_size=6), FEW_DAYS)
def test_the_value_on_a_day_is_that_of_the_narrowest_division(
    drawn: list[tuple[date, date | None, str]], day: date
) -> None:
    values: list[tuple[date, date | None, str]] = []
    for start, end, scope in drawn:
        if end is not None and end <= start:
            continue
        if all(
            scope != other or not overlap((start, end), (one, two)) for one, two, other in values
        ):
            values.append((start, end, scope))
    for division in ("511921", "511922", "5101", "52"):
        holding = {
            scope: position
            for position, (start, end, scope) in enumerate(values)
            if division.startswith(scope) and start <= day and (end is None or day < end)
        }
        found = valued(values).value_on(day, division)
        wanted = [
            holding[scope] for scope in ("511921", "5119", "51", "52", "") if scope in holding
        ]
        assert (None if found is None else found.value) == (wanted[0] if wanted else None)


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether some day lies in both, by trying the days."""
    days = [date(2020, 1, 1) + timedelta(number * 30) for number in range(42)]

    def inside(day: date, period: tuple[date, date | None]) -> bool:
        return period[0] <= day and (period[1] is None or day < period[1])

    return any(inside(day, one) and inside(day, other) for day in days)
