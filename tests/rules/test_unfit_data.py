"""Data no rule may be asked about stop the run, on both engines, and say which item."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from bangfu.rules.api import DataUnfit, judge_frames, judge_household, load_pack
from bangfu.rules.engines.frames import KEY, frame_type
from bangfu.rules.engines.reference import judge_expression

DEMO = load_pack("demo")
DAY = date(2026, 11, 20)
GIVEN = DEMO.parameters_on(DAY, "511921")


def frame(entity: str, rows: list[dict[str, Any]], **columns: Any) -> pl.DataFrame:
    items = DEMO.items[entity]
    schema = {KEY: pl.String(), **{name: frame_type(each) for name, each in items.items()}}
    schema |= columns
    filled = [{name: row.get(name) for name in schema} | {KEY: row.get(KEY, "1")} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def refused_by_reference(household: dict[str, Any], member: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(DataUnfit) as refused:
        judge_household(DEMO, household, [member], DAY, GIVEN)
    return refused.value.problems[0].code, refused.value.problems[0].values["name"]


def refused_by_embedded(households: pl.DataFrame, members: pl.DataFrame) -> tuple[str, str]:
    with pytest.raises(DataUnfit) as refused:
        judge_frames(DEMO, households, members, DAY, GIVEN)
    problem = refused.value.problems[0]
    return problem.code, problem.values.get("name", "")


@pytest.mark.parametrize(
    ("household", "member", "name"),
    [
        ({"wage_income": -1}, {}, "wage_income"),
        ({"wage_income": 10**15 + 1}, {}, "wage_income"),
        ({}, {"work_months": 13}, "work_months"),
        ({}, {"birth_month": -1}, "birth_month"),
    ],
)
def test_a_value_out_of_its_bounds(
    household: dict[str, Any], member: dict[str, Any], name: str
) -> None:
    wanted = ("rules.out_of_bounds", name)
    assert refused_by_reference(household, member) == wanted
    found = refused_by_embedded(frame("household", [household]), frame("member", [member]))
    assert found == wanted


def test_the_bounds_themselves_are_fine() -> None:
    household = {"wage_income": 10**15, "self_paid_medical": 0}
    member = {"work_months": 12, "birth_month": 0}
    verdicts = judge_household(DEMO, household, [member], DAY, GIVEN)
    known = frame("household", [household])
    judged = judge_frames(DEMO, known, frame("member", [member]), DAY, GIVEN, with_clear=True)
    assert judged["outcome"].to_list() == [each.outcome.value for each in verdicts]


@pytest.mark.parametrize("value", ["8500", 85.0, True, [8500]])
def test_a_value_of_another_type(value: object) -> None:
    assert refused_by_reference({"wage_income": value}, {}) == ("rules.wrong_type", "wage_income")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("wage_income", pl.String), ("wage_income", pl.Float64), ("housing_grade", pl.Int64)],
)
def test_a_column_of_another_type(name: str, kind: Any) -> None:
    known = frame("household", [{}], **{name: kind})
    assert refused_by_embedded(known, frame("member", [{}])) == ("rules.wrong_type", name)


def test_a_column_that_is_not_there() -> None:
    known = frame("household", [{}]).drop("housing_grade")
    assert refused_by_embedded(known, frame("member", [])) == (
        "rules.missing_column", "housing_grade",
    )  # fmt: skip
    people = frame("member", [{}]).drop("labour")
    assert refused_by_embedded(frame("household", [{}]), people) == (
        "rules.missing_column", "labour",
    )  # fmt: skip


def test_a_household_that_stands_there_twice() -> None:
    twice = frame("household", [{KEY: "2"}, {KEY: "1"}, {KEY: "2"}])
    assert refused_by_embedded(twice, frame("member", []))[0] == "rules.doubled_household"


def test_more_members_than_any_household_has() -> None:
    crowd: list[dict[str, Any]] = [{}] * 1001
    with pytest.raises(DataUnfit):
        judge_household(DEMO, {}, crowd, DAY, GIVEN)
    found = refused_by_embedded(frame("household", [{}]), frame("member", crowd))
    assert found[0] == "rules.too_many_members"
    assert judge_household(DEMO, {}, crowd[:1000], DAY, GIVEN)


def test_smaller_and_coded_columns_are_taken_as_they_are() -> None:
    row = {"self_paid_medical": 2_000_000, "housing_grade": "D"}
    known = frame("household", [row]).with_columns(
        pl.col("self_paid_medical").cast(pl.Int32),
        pl.col("housing_grade").cast(pl.Categorical()),
    )
    judged = judge_frames(DEMO, known, frame("member", []), DAY, GIVEN)
    fired = judged.filter(pl.col("outcome") == "fired")["rule"].to_list()
    assert fired == ["unsafe_housing", "medical_burden"]


def test_members_of_nobody_and_columns_nobody_reads_change_nothing() -> None:
    known = frame("household", [{"housing_grade": "D"}])
    stranger = frame("member", [{KEY: "9", "disability_grade": "1", "labour": "none"}])
    alone = judge_frames(DEMO, known, frame("member", []), DAY, GIVEN)
    assert judge_frames(DEMO, known.with_columns(x=1.5), stranger, DAY, GIVEN).equals(alone)


def test_an_error_of_the_runtime_is_never_taken_for_something_unknown() -> None:
    expression = DEMO.rules["medical_burden"].when
    with pytest.raises(DataUnfit) as refused:
        judge_expression(expression, {"self_paid_medical": "much", "medical_burden_limit": 1})
    assert refused.value.problems[0].code == "rules.runtime_error"
    assert judge_expression(expression, {"medical_burden_limit": 1}) is None
