"""Households written by hand for the oracle's own tests: a quiet one, and changes to it."""

from __future__ import annotations

from oracle.sheets import HouseholdRows

QUIET = {
    "户编号": "H1",
    "住房安全等级": "A级",
    "工资性收入（元）": "30000",
    "生产经营性收入（元）": "40000",
    "财产性收入（元）": "0",
    "转移性收入（元）": "0",
    "生产经营性支出（元）": "0",
    "理赔收入（元）": "0",
    "合规自付支出（元）": "0",
    "医疗自付支出（元）": "0",
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
}


def member(**changes: str | None) -> dict[str, str | None]:
    """A healthy grown-up who works ten months a year in another province, with changes."""
    return {**GROWN, **_by_header(changes)}


def household(*members: dict[str, str | None], **changes: str | None) -> HouseholdRows:
    """A household no rule fires on, with changes; one grown-up when no member is given."""
    return HouseholdRows("H1", {**QUIET, **_by_header(changes)}, list(members or [member()]))


def _by_header(changes: dict[str, str | None]) -> dict[str, str | None]:
    """Python words cannot hold full-width brackets: `务工时间` stands for `务工时间（月）`."""
    known = {header.split("（", maxsplit=1)[0]: header for header in (*QUIET, *GROWN)}
    return {known[name]: value for name, value in changes.items()}
