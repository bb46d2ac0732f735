"""The oracle itself, on households whose answer a person can see."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from oracle.cases import household, member
from oracle.oracle import CLEAR, FIRED, RULES, UNKNOWN, judge

DAY = date(2026, 11, 20)
OF_THE_ORACLE = (
    "oracle",
    "limits",
    "lists",
    "people",
    "register_rules",
    "report_rules",
    "sheets",
    "three_values",
)
WHAT_EACH_RULE_NEEDS = {
    "income_below_line": (
        "工资性收入",
        "生产经营性收入",
        "财产性收入",
        "转移性收入",
        "生产经营性支出",
        "理赔收入",
        "合规自付支出",
    ),
    "medical_burden": ("医疗自付支出",),
    "unsafe_housing": ("住房安全等级",),
    "unstable_work": ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入"),
}


def test_nothing_fires_on_a_quiet_household() -> None:
    assert judge(household(), DAY) == dict.fromkeys(RULES, CLEAR)


@pytest.mark.parametrize(
    ("rule", "item"),
    [(rule, item) for rule, items in WHAT_EACH_RULE_NEEDS.items() for item in items],
)
def test_a_missing_item_makes_unknown_the_rules_that_need_it_and_no_others(
    rule: str, item: str
) -> None:
    # Short work, so that only the share of the wage keeps `unstable_work` from firing.
    verdicts = judge(household(member(务工时间="5"), **{item: None}), DAY)
    expected = {name for name, items in WHAT_EACH_RULE_NEEDS.items() if item in items}
    assert rule in expected
    unknown = {name for name, outcome in verdicts.items() if outcome == UNKNOWN}
    assert unknown & WHAT_EACH_RULE_NEEDS.keys() == expected


@pytest.mark.parametrize(
    ("wage", "members", "expected"),
    [
        ("8500", 1, CLEAR),
        ("8499.99", 1, FIRED),
        ("8500.01", 1, CLEAR),
        ("17000", 2, CLEAR),
        ("16999.99", 2, FIRED),
        ("0", 1, FIRED),
    ],
)
def test_income_fires_strictly_below_the_line_for_each_member(
    wage: str, members: int, expected: str
) -> None:
    rows = [member() for _ in range(members)]
    case = household(*rows, 工资性收入=wage, 生产经营性收入="0")
    assert judge(case, DAY)["income_below_line"] == expected


@pytest.mark.parametrize(
    ("item", "amount", "expected"),
    [
        ("生产经营性支出", "61500", CLEAR),
        ("生产经营性支出", "61500.01", FIRED),
        ("合规自付支出", "61500", CLEAR),
        ("合规自付支出", "61500.01", FIRED),
        ("合规自付支出", "99999", FIRED),
    ],
)
def test_expenses_lower_the_reference_income(item: str, amount: str, expected: str) -> None:
    assert judge(household(**{item: amount}), DAY)["income_below_line"] == expected


def test_claims_raise_the_reference_income() -> None:
    poor = {"工资性收入": "0", "生产经营性收入": "8000"}
    assert judge(household(**poor), DAY)["income_below_line"] == FIRED
    assert judge(household(**poor, 理赔收入="500"), DAY)["income_below_line"] == CLEAR


@pytest.mark.parametrize(
    ("spent", "expected"),
    [("19999.99", CLEAR), ("20000", FIRED), ("20000.01", FIRED), ("0", CLEAR)],
)
def test_medical_burden_fires_from_the_limit_on(spent: str, expected: str) -> None:
    assert judge(household(医疗自付支出=spent), DAY)["medical_burden"] == expected


@pytest.mark.parametrize(
    ("grade", "expected"), [("A级", CLEAR), ("B级", CLEAR), ("C级", FIRED), ("D级", FIRED)]
)
def test_grades_c_and_d_are_unsafe(grade: str, expected: str) -> None:
    assert judge(household(住房安全等级=grade), DAY)["unsafe_housing"] == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2020-12-01", CLEAR),  # five years and eleven months
        ("2020-11-30", FIRED),  # six this month; the day does not matter
        ("2010-12-01", FIRED),  # fifteen years and eleven months
        ("2010-11-30", CLEAR),  # sixteen this month
    ],
)
def test_a_child_must_be_at_school_from_six_to_fifteen(born: str, expected: str) -> None:
    case = household(member(), member(出生日期=born, 在校生状况="不在校"))
    assert judge(case, DAY)["child_out_of_school"] == expected


@pytest.mark.parametrize(
    ("status", "education", "expected"),
    [
        ("小学", None, CLEAR),
        ("学龄前儿童", None, CLEAR),
        ("不在校", None, FIRED),
        (None, "小学", FIRED),  # the form leaves "not at school" empty beside an education
        (None, None, UNKNOWN),
    ],
)
def test_an_empty_school_status_is_read_as_the_form_means_it(
    status: str | None, education: str | None, expected: str
) -> None:
    child = member(出生日期="2015-01-01", 在校生状况=status, 文化程度=education)
    assert judge(household(member(), child), DAY)["child_out_of_school"] == expected


def test_one_child_surely_out_of_school_settles_what_another_leaves_open() -> None:
    unsure = member(出生日期="2015-01-01", 在校生状况=None, 文化程度=None)
    out = member(出生日期="2016-01-01", 在校生状况="不在校")
    grown = member(在校生状况=None, 文化程度=None)
    assert judge(household(unsure, out), DAY)["child_out_of_school"] == FIRED
    assert judge(household(unsure), DAY)["child_out_of_school"] == UNKNOWN
    assert judge(household(grown), DAY)["child_out_of_school"] == CLEAR


@pytest.mark.parametrize(
    ("grade", "health", "labour", "expected"),
    [
        ("一级", "残疾", "无劳动力", FIRED),
        ("二级", "残疾", "弱劳动力或半劳动力", FIRED),
        ("三级", "残疾", "无劳动力", CLEAR),
        ("四级", "残疾", "丧失劳动力", CLEAR),
        ("一级", "残疾", "普通劳动力", CLEAR),
        ("一级", "残疾", "技能劳动力", CLEAR),
        (None, "健康", "无劳动力", CLEAR),
        (None, "残疾", "无劳动力", UNKNOWN),  # disabled, and nobody wrote how severely
        (None, "长期慢性病、残疾", "无劳动力", UNKNOWN),
        (None, "长期慢性病", "无劳动力", CLEAR),
        (None, None, "无劳动力", UNKNOWN),
        (None, None, "普通劳动力", CLEAR),  # false and unknown is false
        ("一级", "残疾", None, UNKNOWN),
        ("三级", "残疾", None, CLEAR),
        (None, None, None, UNKNOWN),
    ],
)
def test_severe_disability_without_anyone_able_to_work(
    grade: str | None, health: str | None, labour: str | None, expected: str
) -> None:
    case = household(member(残疾等级=grade, 健康状况=health, 劳动技能=labour, 务工所在地="未务工"))
    assert judge(case, DAY)["disability_without_labour"] == expected


def test_one_able_member_settles_it_whatever_is_missing_about_the_others() -> None:
    disabled = member(残疾等级="一级", 劳动技能="无劳动力")
    unsure = member(劳动技能=None, 务工所在地="未务工")
    assert judge(household(disabled, unsure), DAY)["disability_without_labour"] == UNKNOWN
    assert judge(household(disabled, unsure, member()), DAY)["disability_without_labour"] == CLEAR


@pytest.mark.parametrize(
    ("wage", "business", "months", "expected"),
    [
        ("20000", "20000", "5", FIRED),
        ("20000", "20000", "6", CLEAR),
        ("20000", "20000.01", "5", CLEAR),  # just under half of the gross income
        ("20000.01", "20000", "5", FIRED),
        ("20000", "0", "0", FIRED),
        ("0", "0", "5", FIRED),  # twice nothing is at least nothing
    ],
)
def test_unstable_work_boundaries(wage: str, business: str, months: str, expected: str) -> None:
    case = household(member(务工时间=months), 工资性收入=wage, 生产经营性收入=business)
    assert judge(case, DAY)["unstable_work"] == expected


LONG, SHORT, OPEN = {"务工时间": "6"}, {"务工时间": "5"}, {"务工时间": None}
PLACE_UNKNOWN: dict[str, str | None] = {"务工所在地": None, "劳动技能": None}
AT_HOME = {"务工所在地": "未务工"}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([AT_HOME | SHORT], CLEAR),
        ([{"务工所在地": None} | SHORT], CLEAR),  # empty beside a labour capability: not working
        ([SHORT, SHORT], FIRED),
        ([SHORT, LONG], CLEAR),
        ([SHORT, AT_HOME | LONG], FIRED),
        ([SHORT, AT_HOME | OPEN], FIRED),
        ([SHORT, OPEN], UNKNOWN),
        ([LONG, OPEN], CLEAR),
        ([OPEN], UNKNOWN),
        ([SHORT, PLACE_UNKNOWN | SHORT], FIRED),
        ([SHORT, PLACE_UNKNOWN | LONG], UNKNOWN),
        ([SHORT, PLACE_UNKNOWN | OPEN], UNKNOWN),
        ([LONG, PLACE_UNKNOWN | SHORT], CLEAR),
        ([AT_HOME, PLACE_UNKNOWN | SHORT], UNKNOWN),
        ([PLACE_UNKNOWN | LONG], UNKNOWN),
    ],
)
def test_the_longest_work_is_a_range_where_something_is_missing(
    members: list[dict[str, str | None]], expected: str
) -> None:
    case = household(
        *(member(**changes) for changes in members), 工资性收入="9000", 生产经营性收入="0"
    )
    assert judge(case, DAY)["unstable_work"] == expected


def test_income_that_surely_leans_on_something_else_settles_unknown_work() -> None:
    case = household(member(**OPEN), 工资性收入="1", 生产经营性收入="90000")
    assert judge(case, DAY)["unstable_work"] == CLEAR


def test_the_oracle_imports_nothing_of_the_product() -> None:
    for path in (Path(__file__).with_name(f"{name}.py") for name in OF_THE_ORACLE):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = [
            alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
        ] + [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)]
        assert names
        assert not [name for name in names if name.split(".")[0] in {"bangfu", "importlib"}]
