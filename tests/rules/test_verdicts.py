"""What people are told about a verdict: values, limits, sentences, and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bangfu.rules.api import Outcome, Range, Verdict, judge_household, load_pack

DEMO = load_pack("demo")
DAY = date(2026, 11, 20)
GIVEN = DEMO.parameters_on(DAY, "511921")
POOR = {
    "size": 2,
    "wage_income": 1_000_000,
    "business_income": 0,
    "property_income": 0,
    "transfer_income": 500_050,
    "business_expenses": 0,
    "claims_income": 0,
    "self_paid_expenses": 100_000,
    "housing_grade": "C",
}
WORKER = {"work_place": "county", "work_months": 3}


def verdict(rule: str, household: dict[str, Any], *members: dict[str, Any]) -> Verdict:
    found = judge_household(DEMO, household, members, DAY, GIVEN)
    return next(each for each in found if each.rule == rule)


def test_evidence_holds_the_value_against_its_limit() -> None:
    found = verdict("income_below_line", POOR, {}, {})
    income, limit, members, line = found.evidence
    assert (income.name, income.value, income.operator) == ("reference_income", 1_400_050, "<")
    assert (income.limit, income.limit_name) == (1_700_000, "income_limit")
    assert income.shown("zh") == "14,000.50 元"
    assert income.limit_shown("en") == "17,000 yuan"
    assert (limit.operator, members.value, line.shown("zh")) == ("", 2, "8,500 元/人/年")


def test_the_sentence_is_filled_in_both_languages() -> None:
    reason = verdict("income_below_line", POOR, {}, {}).reason
    assert reason.in_language("zh") == (
        "家庭参考收入 14,000.50 元，低于监测线 17,000 元"
        "（人均 7,000.25 元，监测线 8,500 元/人/年）。"
    )
    assert "14,000.50 yuan, below 17,000 yuan" in reason.in_language("en")


def test_a_code_is_shown_by_its_label_among_those_that_count() -> None:
    found = verdict("unsafe_housing", POOR)
    (grade,) = found.evidence
    assert found.outcome is Outcome.FIRED
    assert (grade.value, grade.operator, grade.limit) == ("C", "in", ("C", "D"))
    assert (grade.shown("zh"), grade.limit_shown("zh")) == ("C级", "C级、D级")


def test_a_clear_verdict_has_its_own_sentence() -> None:
    found = verdict("unsafe_housing", {"housing_grade": "A"})
    assert found.outcome is Outcome.CLEAR
    assert found.reason.in_language("zh") == "住房安全等级为 A级。"
    assert found.missing == ()


def test_an_unknown_verdict_says_what_is_missing() -> None:
    poor = {name: value for name, value in POOR.items() if name != "transfer_income"}
    found = verdict("income_below_line", poor, {})
    assert found.outcome is Outcome.UNKNOWN
    assert [(each.name, each.label.zh) for each in found.missing] == [
        ("transfer_income", "转移性收入")
    ]
    assert found.evidence[0].shown("zh") == "未知"


def test_what_members_lack_is_told_only_where_it_matters() -> None:
    poor = POOR | {"transfer_income": 0}
    found = verdict("unstable_work", poor, WORKER, {"work_months": 9})
    assert [(each.name, each.of_members) for each in found.missing] == [("work_place", True)]
    settled = verdict("unstable_work", poor, WORKER | {"work_months": 6}, {})
    assert (settled.outcome, settled.missing) == (Outcome.CLEAR, ())


def test_a_missing_parameter_is_told() -> None:
    given = {name: value for name, value in GIVEN.items() if name != "monitoring_line"}
    found = judge_household(DEMO, POOR, [{}], DAY, given)
    income = next(each for each in found if each.rule == "income_below_line")
    assert income.outcome is Outcome.UNKNOWN
    assert [(each.name, each.is_parameter) for each in income.missing] == [
        ("monitoring_line", True)
    ]


@pytest.mark.parametrize(
    ("members", "value", "zh", "en"),
    [
        ([WORKER], 3, "3 个月", "3 months"),
        ([WORKER, {"work_months": 5}], Range(3, 5), "3 至 5 个月", "3 to 5 months"),
        ([WORKER, {"work_place": "county"}], Range(3, None), "至少 3 个月", "at least 3 months"),
    ],
    ids=["known", "between", "open"],
)
def test_a_range_is_shown_as_a_range(
    members: list[dict[str, Any]], value: object, zh: str, en: str
) -> None:
    longest = verdict("unstable_work", POOR, *members).evidence[0]
    assert longest.name == "most_months_worked"
    assert longest.value == value
    assert (longest.shown("zh"), longest.shown("en")) == (zh, en)


def test_verdicts_stand_in_the_order_of_the_pack() -> None:
    found = judge_household(DEMO, {}, [], DAY, GIVEN)
    assert [each.rule for each in found] == list(DEMO.rules)
