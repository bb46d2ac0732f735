"""The oracle's rules of the wider register, on households whose answer a person can see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from oracle.cases import QUIET, TRIGGERS, household, member, report
from oracle.oracle import CLEAR, DEMO, FIRED, RULES, UNKNOWN, judge
from oracle.situations import CHILD, FIRES, NO_WORK, OLD

if TYPE_CHECKING:
    from oracle.sheets import HouseholdRows

DAY = date(2026, 11, 20)
FROM_ONE_REPORT = {
    "accident": "accident",
    "dropout_reported": "dropout",
    "housing_reported": "housing",
    "water_cut": "water_cut",
    "new_disability": "disability",
    "unpaid_wages": "unpaid_wages",
    "serious_illness_reported": "serious_illness",
    "newly_on_dibao": "dibao",
}
FROM_A_SUM = {
    "medical_cost_reported": ("medical", 20_000),
    "disaster_loss": ("disaster", 5_000),
    "overdue_credit": ("overdue", 1_000),
    "large_aid": ("temporary_aid", 3_000),
    "industry_failure": ("industry_loss", 8_000),
    "heavy_debt": ("loan", 105_000),
}
NEEDED = {
    "monitoring_line": {"income_below_line", "serious_illness", "low_income_group"},
    "low_income_line": {"low_income_group"},
    "compulsory_school_from": {"child_out_of_school", "dibao_unhelped"},
    "compulsory_school_to": {"child_out_of_school", "dibao_unhelped"},
    "medical_burden_limit": {"medical_burden", "medical_cost_reported"},
    "education_burden_limit": {"education_burden"},
    "stable_work_months": {"unstable_work"},
    "income_fall_percent": {"income_fall"},
    "serious_illness_line_percent": {"serious_illness"},
    "disaster_loss_limit": {"disaster_loss"},
    "industry_loss_limit": {"industry_failure"},
    "overdue_limit": {"overdue_credit"},
    "large_aid_limit": {"large_aid"},
    "debt_percent": {"heavy_debt"},
    "elderly_from": {"elderly_alone"},
    "child_to": {"orphan_child", "left_behind_child"},
    "adult_from": {"orphan_child", "left_behind_child"},
    "adult_to": {"orphan_child", "left_behind_child"},
    "transfer_share_percent": {"mostly_transfers"},
    "price_fall_percent": {"price_fall"},
    "product_share_percent": {"price_fall"},
    "feed_window_months": {
        *FROM_ONE_REPORT,
        *FROM_A_SUM,
        "worker_died",
        "job_lost",
        "price_fall",
    },
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_household_it_fires_on(rule: str) -> None:
    assert judge(FIRES[rule], DAY)[rule] == FIRED


@pytest.mark.parametrize("parameter", NEEDED)
def test_a_parameter_without_a_value_leaves_its_rules_open_for_everybody(parameter: str) -> None:
    for rule, case in {**FIRES, "": household()}.items():
        verdicts = judge(case, DAY, replace(DEMO, **{parameter: None}))
        open_ones = {name for name in NEEDED[parameter] if verdicts[name] == UNKNOWN}
        assert open_ones == NEEDED[parameter], rule


@pytest.mark.parametrize(("rule", "trigger"), FROM_ONE_REPORT.items())
@pytest.mark.parametrize(
    ("month", "received", "expected"),
    [
        ("2026-11", True, FIRED),
        ("2025-12", True, FIRED),
        ("2025-11", True, CLEAR),
        ("2026-12", True, CLEAR),
        ("2025-12", False, FIRED),
        ("2025-11", False, UNKNOWN),
        (None, True, CLEAR),
        (None, False, UNKNOWN),
    ],
)
def test_one_report_within_the_window_is_enough(
    rule: str, trigger: str, month: str | None, received: bool, expected: str
) -> None:
    feeds = TRIGGERS if received else tuple(each for each in TRIGGERS if each != trigger)
    rows = (report(trigger, month),) if month else ()
    assert judge(household(reports=rows, feeds=feeds), DAY)[rule] == expected


@pytest.mark.parametrize(("rule", "trigger", "limit"), [(r, *t) for r, t in FROM_A_SUM.items()])
@pytest.mark.parametrize(
    ("first", "month", "second", "received", "expected"),
    [
        ("1", "2025-12", "0", True, FIRED),
        ("1", "2025-11", "0", True, CLEAR),
        ("1", "2026-11", "-0.01", True, CLEAR),
        ("1", "2026-11", "-0.01", False, UNKNOWN),
        ("1", "2026-11", "0", False, FIRED),
        (None, "2026-11", "-0.01", True, UNKNOWN),
        (None, "2026-11", "1", True, FIRED),
    ],
)
def test_amounts_are_added_up_to_the_fen(
    rule: str,
    trigger: str,
    limit: int,
    first: str | None,
    month: str,
    second: str,
    received: bool,
    expected: str,
) -> None:
    rows = (
        report(trigger, month, amount=first),
        report(trigger, amount=str(limit - 1 + Decimal(second))),
    )
    feeds = TRIGGERS if received else ()
    assert judge(household(reports=rows, feeds=feeds), DAY)[rule] == expected


CHILD_AWAY = (CHILD, member())
JUST_OLD = {**OLD, "出生日期": "1956-11-30"}
NEARLY_OLD = {**OLD, "出生日期": "1956-12-01"}
IN_A_POST = member(公益性岗位聘用月数="1", **NO_WORK)
POST_UNKNOWN = member(公益性岗位聘用月数=None, **NO_WORK)
POORLY = {"工资性收入": "0", "生产经营性收入": "0"}
ON_DIBAO = member(是否享受低保="是", 健康状况="患有大病")
CASES: list[tuple[str, HouseholdRows, str]] = [
    ("income_fall", household(before={**QUIET, "工资性收入（元）": "60000"}), CLEAR),
    ("income_fall", household(before={**QUIET, "工资性收入（元）": "60000.01"}), FIRED),
    ("income_fall", household(before={**QUIET, "工资性收入（元）": None}), UNKNOWN),
    ("income_fall", household(before=None), UNKNOWN),
    ("income_fall", household(before={**QUIET, "生产经营性支出（元）": "70000"}), CLEAR),
    ("serious_illness", household(member(健康状况="患有大病"), 生产经营性收入="0"), CLEAR),
    ("serious_illness", household(member(健康状况=None)), CLEAR),
    ("serious_illness", household(member(健康状况=None), **POORLY), UNKNOWN),
    ("uninsured", household(member(是否参加职工基本医疗保险=None)), CLEAR),
    ("uninsured", household(member(是否参加城乡居民基本医疗保险=None)), UNKNOWN),
    ("unsafe_water", household(是否解决安全饮用水=None), UNKNOWN),
    ("industry_failure", household(生产经营性支出="40000.01", feeds=()), FIRED),
    ("industry_failure", household(生产经营性支出="40000"), CLEAR),
    ("industry_failure", household(生产经营性支出="90000", 工资性收入="40000.01"), CLEAR),
    ("job_lost", household(reports=(report("job_loss"),)), CLEAR),
    ("job_lost", household(工资性收入="40000", reports=(report("job_loss"),)), FIRED),
    ("worker_died", household(reports=(report("death", labour="弱劳动力或半劳动力"),)), CLEAR),
    ("worker_died", household(reports=(report("death"),)), UNKNOWN),
    ("worker_died", household(feeds=()), UNKNOWN),
    ("no_labour", household(member(劳动技能="弱劳动力或半劳动力")), CLEAR),
    ("no_labour", household(member(劳动技能="无劳动力", 是否享受低保="是")), CLEAR),
    ("no_labour", household(member(劳动技能="无劳动力"), 整户无劳动能力兜底保障户="是"), CLEAR),
    ("no_labour", household(member(劳动技能="无劳动力", 是否特困供养=None)), UNKNOWN),
    ("heavy_debt", household(生产经营性支出="90000"), CLEAR),
    (
        "heavy_debt",
        household(生产经营性支出="90000", reports=(report("loan", amount="0.01"),)),
        FIRED,
    ),
    ("low_income_group", household(工资性收入="9500", 生产经营性收入="0"), CLEAR),
    ("low_income_group", household(工资性收入="8499.99", 生产经营性收入="0"), CLEAR),
    ("low_income_group", household(工资性收入="8500", 生产经营性收入="0"), FIRED),
    (
        "low_income_group",
        household(户类型="一般农户", 工资性收入="9000", 生产经营性收入="0"),
        CLEAR,
    ),
    ("elderly_alone", household(member(健康状况="残疾", **OLD), member()), CLEAR),
    ("elderly_alone", household(member(健康状况="残疾", **JUST_OLD)), FIRED),
    ("elderly_alone", household(member(健康状况="残疾", **NEARLY_OLD)), CLEAR),
    ("elderly_alone", household(member(健康状况="残疾", 是否享受低保="是", **OLD)), CLEAR),
    ("orphan_child", household(member(出生日期="2010-12-01", **NO_WORK)), FIRED),
    ("orphan_child", household(member(出生日期="2010-11-30", **NO_WORK)), CLEAR),
    ("orphan_child", household(CHILD, member(出生日期="2008-11-30")), CLEAR),
    ("orphan_child", household(CHILD, member(出生日期="1966-11-30")), FIRED),
    ("left_behind_child", household(*CHILD_AWAY, member(务工所在地="乡镇外县内")), CLEAR),
    ("left_behind_child", household(*CHILD_AWAY, member(务工所在地="其他")), FIRED),
    ("left_behind_child", household(*CHILD_AWAY, member(**OLD)), CLEAR),
    ("left_behind_child", household(*CHILD_AWAY, member(健康状况=None, **OLD)), UNKNOWN),
    ("left_behind_child", household(CHILD), CLEAR),
    (
        "newly_on_dibao",
        household(监测对象类别="防止返贫致贫对象", reports=(report("dibao"),)),
        CLEAR,
    ),
    ("newly_on_dibao", household(户类型=None, reports=(report("dibao"),)), UNKNOWN),
    ("mostly_transfers", household(转移性收入="104999.99"), CLEAR),
    ("mostly_transfers", household(member(劳动技能="无劳动力"), 转移性收入="105000"), CLEAR),
    ("mostly_transfers", household(户类型=None, 转移性收入="105000"), UNKNOWN),
    ("price_fall", household(reports=(report("price", percent="19"),)), CLEAR),
    ("price_fall", household(reports=(report("price"),)), UNKNOWN),
    (
        "price_fall",
        household(工资性收入="93333.34", reports=(report("price", percent="90"),)),
        CLEAR,
    ),
    (
        "price_fall",
        household(reports=tuple(report("price", percent=each) for each in ("5", "20"))),
        FIRED,
    ),
    (
        "price_fall",
        household(reports=tuple(report("price", percent="15") for _ in range(2))),
        CLEAR,
    ),
    ("relocated_without_work", household(IN_A_POST, 是否易地搬迁户="是"), CLEAR),
    ("relocated_without_work", household(POST_UNKNOWN, 是否易地搬迁户="是"), UNKNOWN),
    ("relocated_without_work", household(是否易地搬迁户=None), CLEAR),
    ("dibao_unhelped", household(ON_DIBAO), CLEAR),
    ("dibao_unhelped", household(member(是否享受低保="是"), 到户产业帮扶类型="无"), CLEAR),
    (
        "dibao_unhelped",
        household(member(是否享受低保="是"), 到户产业帮扶类型="无", 住房安全等级="C级"),
        FIRED,
    ),
    (
        "dibao_unhelped",
        household(ON_DIBAO, 到户产业帮扶类型=None),
        UNKNOWN,
    ),
    (
        "dibao_unhelped",
        household(member(是否特困供养="是", 健康状况="患有大病"), 到户产业帮扶类型="无"),
        FIRED,
    ),
    ("education_burden", household(教育自付支出="11999.99"), CLEAR),
]


@pytest.mark.parametrize(
    ("rule", "case", "expected"), CASES, ids=[f"{i}-{rule}" for i, (rule, _, _) in enumerate(CASES)]
)
def test_near_misses_are_seen(rule: str, case: HouseholdRows, expected: str) -> None:
    assert judge(case, DAY)[rule] == expected


def test_a_window_of_one_month_holds_the_month_judged_alone() -> None:
    short = replace(DEMO, feed_window_months=1)
    for month, expected in (("2026-11", FIRED), ("2026-10", CLEAR)):
        case = household(reports=(report("accident", month),))
        assert judge(case, DAY, short)["accident"] == expected
