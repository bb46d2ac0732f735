"""What the oracle reads from rows: members, ages, and amounts of a household."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oracle.sheets import amount_of, count_of, day_of
from oracle.three_values import both, names, negated, one_of

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from oracle.sheets import HouseholdRows
    from oracle.three_values import Answer

Row = dict[str, str | None]
YES, NO = ("是",), ("否",)
GROSS = ("工资性收入（元）", "生产经营性收入（元）", "财产性收入（元）", "转移性收入（元）")
EXPENSES = "生产经营性支出（元）"


@dataclass(frozen=True)
class Member:
    """What the rules look at in one member's row."""

    born: date | None
    at_no_school: Answer
    severely_disabled: Answer
    able: Answer
    able_at_all: Answer
    works: Answer
    works_far: Answer
    months: int | None
    in_a_post: Answer
    healthy: Answer
    seriously_ill: Answer
    unwell: Answer
    uninsured: Answer
    aided: Answer
    supported: Answer

    def aged(self, day: date, first: int, end: int | None = None) -> Answer:
        """Whether the completed years are `first` or more, and below `end`."""
        if self.born is None:
            return None
        age = age_of(self.born, day)
        return first <= age and (end is None or age < end)


def school_of(row: Row) -> str | None:
    """School status. The form leaves it empty for who is not at school and fills in education."""
    if row["在校生状况"] is None and row["文化程度"] is not None:
        return "不在校"
    return row["在校生状况"]


def disability_of(row: Row) -> str | None:
    """Disability grade. The form leaves it empty for who is not disabled and fills in health.

    Beside a health that names a disability the grade was forgotten: then it is not known.
    """
    grade, health = row["残疾等级"], row["健康状况"]
    if grade is None and health is not None and "残疾" not in health:
        return "无"
    return grade


def work_place_of(row: Row) -> str | None:
    """Place of work. The form leaves it empty for who does not work away and fills in labour."""
    if row["务工所在地"] is None and row["劳动技能"] is not None:
        return "未务工"
    return row["务工所在地"]


def category_of(row: Row) -> str | None:
    """Category of monitoring. Left empty beside a household type, it is "not monitored"."""
    if row["监测对象类别"] is None and row["户类型"] is not None:
        return "未纳入监测"
    return row["监测对象类别"]


def member_of(row: Row) -> Member:
    """The member as read from a row of the sheet 家庭成员."""
    health, place = row["健康状况"], work_place_of(row)
    post, dibao = count_of(row["公益性岗位聘用月数"]), one_of(row["是否享受低保"], YES)
    extreme = one_of(row["是否特困供养"], YES)
    residents = one_of(row["是否参加城乡居民基本医疗保险"], NO)
    employees = one_of(row["是否参加职工基本医疗保险"], NO)
    unwell = [names(health, word) for word in ("长期慢性病", "患有大病", "残疾")]
    return Member(
        born=day_of(row["出生日期"]),
        at_no_school=one_of(school_of(row), ("不在校",)),
        severely_disabled=one_of(disability_of(row), ("一级", "二级")),
        able=one_of(row["劳动技能"], ("普通劳动力", "技能劳动力")),
        able_at_all=one_of(row["劳动技能"], ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")),
        works=negated(one_of(place, ("未务工",))),
        works_far=negated(one_of(place, ("未务工", "乡镇内", "乡镇外县内"))),
        months=count_of(row["务工时间（月）"]),
        in_a_post=None if post is None else post > 0,
        healthy=names(health, "健康"),
        seriously_ill=names(health, "患有大病"),
        unwell=None if health is None else True in unwell,
        uninsured=both(residents, employees),
        aided=one_of(row["是否接受医疗救助"], YES),
        supported=negated(both(negated(dibao), negated(extreme))),
    )


def members_of(household: HouseholdRows) -> list[Member]:
    """Everybody of the household."""
    return [member_of(row) for row in household.members]


def age_of(born: date, day: date) -> int:
    """Completed years, counted in months: the day of the month does not matter."""
    return (day.year * 12 + day.month - born.year * 12 - born.month) // 12


def total_of(row: Row, *headers: str) -> Decimal | None:
    """The sum of amounts in yuan; unknown when one of them is missing."""
    amounts = [amount_of(row[header]) for header in headers]
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if len(known) == len(amounts) else None


def total(household: HouseholdRows, *headers: str) -> Decimal | None:
    """The sum of amounts of the household's row."""
    return total_of(household.row, *headers)


def minus(amount: Decimal | None, other: Decimal | None) -> Decimal | None:
    """A difference; unknown when one of the two is."""
    return None if amount is None or other is None else amount - other


def times(amount: Decimal | None, number: int) -> Decimal | None:
    """A product with a whole number; unknown when the amount is."""
    return None if amount is None else amount * number


def net_income(row: Row) -> Decimal | None:
    """纯收入：四项收入之和，减生产经营性支出。"""
    return minus(total_of(row, *GROSS), total_of(row, EXPENSES))


def reference_income(household: HouseholdRows) -> Decimal | None:
    """参考收入：四项收入 - 生产经营性支出 + 理赔收入 - 合规自付支出。"""
    gains = total(household, *GROSS, "理赔收入（元）")
    return minus(gains, total(household, EXPENSES, "合规自付支出（元）"))
