"""Households written by hand for the oracle's own tests: a quiet one, and changes to it."""

from __future__ import annotations

from oracle.sheets import HouseholdRows, Report

QUIET = {
    "户编号": "H1",
    "户类型": "脱贫户",
    "监测对象类别": None,
    "整户无劳动能力兜底保障户": "否",
    "是否易地搬迁户": "否",
    "是否解决安全饮用水": "是",
    "到户产业帮扶类型": "种植业",
    "住房安全等级": "A级",
    "工资性收入（元）": "30000",
    "生产经营性收入（元）": "40000",
    "财产性收入（元）": "0",
    "转移性收入（元）": "0",
    "生产经营性支出（元）": "0",
    "理赔收入（元）": "0",
    "合规自付支出（元）": "0",
    "医疗自付支出（元）": "0",
    "教育自付支出（元）": "0",
}
GROWN = {
    "户编号": "H1",
    "出生日期": "1980-05-20",
    "文化程度": "初中",
    "在校生状况": None,
    "健康状况": "健康",
    "残疾等级": None,
    "劳动技能": "普通劳动力",
    "务工所在地": "省外",
    "务工时间（月）": "10",
    "公益性岗位聘用月数": "0",
    "是否参加城乡居民基本医疗保险": "是",
    "是否参加职工基本医疗保险": "否",
    "是否接受医疗救助": "否",
    "是否享受低保": "否",
    "是否特困供养": "否",
}
TRIGGERS = (
    "medical",
    "serious_illness",
    "disability",
    "dibao",
    "temporary_aid",
    "death",
    "dropout",
    "job_loss",
    "unpaid_wages",
    "housing",
    "water_cut",
    "disaster",
    "accident",
    "industry_loss",
    "price",
    "loan",
    "overdue",
)


def member(**changes: str | None) -> dict[str, str | None]:
    """A healthy grown-up who works ten months a year in another province, with changes."""
    return {**GROWN, **by_header(changes)}


def household(
    *members: dict[str, str | None],
    reports: tuple[Report, ...] = (),
    feeds: tuple[str, ...] = TRIGGERS,
    before: dict[str, str | None] | None = QUIET,
    **changes: str | None,
) -> HouseholdRows:
    """A household no rule fires on, with changes; one grown-up when no member is given.

    Every department's list was received and none names it; last year was as quiet as this one.
    """
    return HouseholdRows(
        "H1",
        {**QUIET, **by_header(changes)},
        list(members or [member()]),
        before=before,
        reports=list(reports),
        feeds=frozenset(feeds),
    )


def report(trigger: str, month: str = "2026-11", **more: str | None) -> Report:
    """A row of a department's list."""
    nothing = dict.fromkeys(("amount", "percent", "labour", "product"))
    return {"trigger": trigger, "household": "H1", "month": month, **nothing, **more}


def by_header(changes: dict[str, str | None]) -> dict[str, str | None]:
    """Python words cannot hold full-width brackets: `务工时间` stands for `务工时间（月）`."""
    known = {header.split("（", maxsplit=1)[0]: header for header in (*QUIET, *GROWN)}
    return {known[name]: value for name, value in changes.items()}
