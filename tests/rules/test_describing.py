"""Rules in plain words."""

from __future__ import annotations

import pytest

from bangfu.rules.admitted import ADMITTED_FUNCTIONS
from bangfu.rules.api import describe_fact, describe_rule, load_pack
from bangfu.rules.typing_tree import Typist
from bangfu.rules.values import Range
from bangfu.rules.wording import show_value
from rules.packs import fact, load, parameter, rule

DEMO = load_pack("demo")


def words(when: str, language: str = "zh") -> str:
    limits = parameter("[]", "amount_limit")
    pack = load(rules=rule(f"'{when}'"), parameters=limits)
    return describe_rule(pack, pack.rules["trial_rule"], language).condition


@pytest.mark.parametrize(
    ("when", "zh"),
    [
        ("dibao >= amount_limit", "低保金不低于限额"),
        ('housing_grade in ["C", "D"]', "住房安全等级是 C级或 D级"),
        ('housing_grade != "A"', "住房安全等级不是 A级"),
        ("size > 2 && !water_safe", "家庭人口数高于 2，并且是否解决安全饮用水为“否”"),
        (
            "size > 2 && (relocated || size < 9)",
            "家庭人口数高于 2，并且（是否易地搬迁户为“是”，或者家庭人口数低于 9）",
        ),
        ("2 * (dibao + pension) > wage_income", "2 ×（低保金 + 养老金）高于工资性收入"),
        ("dibao - (pension - ecological) > 0", "低保金 −（养老金 − 生态补偿金）高于 0"),
        ("div_floor(dibao, 3) > pension", "低保金 ÷ 3（舍去余数）高于养老金"),
        (
            "months_between(identified_month, as_of) > 12",
            "评估月份 − 识别时间高于 12",
        ),
    ],
)
def test_a_condition_reads_as_a_sentence(when: str, zh: str) -> None:
    assert words(when) == zh


def test_a_condition_reads_in_english() -> None:
    assert words("dibao >= amount_limit", "en") == "Subsistence allowance is at least Limit"


def test_facts_are_explained_with_the_rule() -> None:
    text = describe_rule(DEMO, DEMO.rules["child_out_of_school"], "zh")
    assert dict(text.facts) == {
        "children_out_of_school": (
            "年龄不低于义务教育起始年龄，并且年龄不高于义务教育截止年龄（含），"
            "并且在校生状况是不在校的成员人数"
        )
    }
    assert [(each.name, each.operator, each.limit) for each in text.held] == [
        ("children_out_of_school", ">", "0")
    ]


def test_every_way_of_gathering_has_its_words() -> None:
    written = (
        fact('count: "true"', "all_of_them")
        + fact("any: on_dibao", "somebody")
        + fact("sum: work_months\n  where: on_dibao", "months")
        + fact("max: work_months\n  where: on_dibao\n  nobody: 0", "longest")
    )
    pack = load(facts=written)
    found = [describe_fact(pack, each, "zh") for each in pack.facts.values()]
    assert sorted(found) == sorted([
        "全部成员的人数",
        "有成员是否享受低保为“是”",
        "是否享受低保为“是”的成员的务工时间之和",
        "是否享受低保为“是”的成员中最大的务工时间",
    ])  # fmt: skip


def test_the_admitted_subset_is_what_the_checker_builds() -> None:
    assert set(Typist({}, {}).readable) == ADMITTED_FUNCTIONS


def test_one_of_a_kind_is_said_as_one_in_english_and_ranges_name_the_unit_once() -> None:
    assert show_value(1, "people", None, "en") == "1 person"
    assert show_value(1, "people", None, "zh") == "1 人"
    assert show_value(2, "months", None, "en") == "2 months"
    assert show_value(Range(1, 3), "people", None, "en") == "1 to 3 people"
    assert show_value(Range(1, None), "people", None, "en") == "at least 1 person"
    assert show_value(Range(850_050, 900_000), "yuan", None, "zh") == "8,500.50 至 9,000 元"
