"""Which value of a parameter holds on a day in a division, and what somebody may try out."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.kernel.problems import Refused
from rules.packs import load, parameter

LINE = parameter(
    "[{value: 100, from: 2020-01-01, to: 2022-01-01, source: 甲},"
    " {value: 200.50, from: 2022-01-01, source: 乙},"
    ' {value: 300, from: 2021-06-01, to: 2023-01-01, scope: "511921", source: 丙}]',
    unit="yuan/person/year",
)


@pytest.mark.parametrize(
    ("day", "division", "value"),
    [
        (date(2019, 12, 31), "511921", None),
        (date(2020, 1, 1), "511921", 10_000),
        (date(2021, 5, 31), "511921", 10_000),
        (date(2021, 6, 1), "511921", 30_000),
        (date(2021, 6, 1), "511921001002", 30_000),
        (date(2021, 6, 1), "511922", 10_000),
        (date(2021, 6, 1), "51", 10_000),
        (date(2021, 12, 31), "511922", 10_000),
        (date(2022, 1, 1), "511922", 20_050),
        (date(2022, 12, 31), "511921", 30_000),
        (date(2023, 1, 1), "511921", 20_050),
        (date(2023, 1, 1), "52", None),
    ],
)
def test_the_narrowest_division_wins_on_its_days(
    day: date, division: str, value: int | None
) -> None:
    assert load(parameters=LINE).parameters_on(day, division).get("limit") == value


def test_an_override_is_read_in_the_units_of_the_pack() -> None:
    pack = load(parameters=LINE + parameter("[]", "months", "months"))
    tried = pack.parameters_on(date(2030, 1, 1), "51", {"limit": "9000.05", "months": 7})
    assert tried == {"limit": 900_005, "months": 7}


@pytest.mark.parametrize(
    ("name", "value", "code", "near"),
    [
        ("limt", "1", "pack.unknown_parameter", "limit"),
        ("limit", "1.005", "pack.bad_amount", None),
        ("limit", "-1", "pack.bad_amount", None),
        ("limit", "1e3", "pack.bad_amount", None),
        ("limit", "10000000000.01", "pack.bad_amount", None),
        ("months", "1.5", "pack.bad_amount", None),
        ("limit", "", "pack.bad_amount", None),
    ],
)
def test_a_wrong_override_is_refused(name: str, value: str, code: str, near: str | None) -> None:
    pack = load(parameters=LINE + parameter("[]", "months", "months"))
    with pytest.raises(Refused) as refused:
        pack.parameters_on(date(2030, 1, 1), "51", {name: value})
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.values.get("near") == near
