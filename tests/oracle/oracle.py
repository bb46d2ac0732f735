"""The oracle: the six rules of the pack `sichuan`, read from their prose, in plain Python.

It exists to be different. It shares no code with the pack, the engines, the generator, the
register or the import kit; it reads the workbook's rows by their Chinese headers and says for each
household and rule whether the rule fires, is clear, or cannot be known. What both sides agree on
over thousands of households, neither got wrong by itself.

Three values: True, False and None for "cannot be known". A missing item makes what needs it
unknown. "And" is False as soon as one part is; "or" is True as soon as one part is. A number taken
over members, some of whom cannot be judged, lies in a range; a comparison with it is unknown when
the range lies on both sides of the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oracle.sheets import amount_of, count_of, day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from decimal import Decimal

    from oracle.sheets import HouseholdRows

Answer = bool | None
FIRED, CLEAR, UNKNOWN = "fired", "clear", "unknown"


@dataclass(frozen=True)
class Limits:
    """The parameters' values on the day, in yuan, years and months; None where none is in force."""

    monitoring_line: int | None
    medical_burden_limit: int | None
    compulsory_school_from: int | None
    compulsory_school_to: int | None
    stable_work_months: int | None


DEMO = Limits(
    monitoring_line=8_500,
    medical_burden_limit=20_000,
    compulsory_school_from=6,
    compulsory_school_to=15,
    stable_work_months=6,
)
"""What the demo overlay puts in force from 2026-01-01, with the school ages of the law."""


def both(*answers: Answer) -> Answer:
    """Kleene's "and"."""
    if False in answers:
        return False
    return None if None in answers else True


def either(answers: Iterable[Answer]) -> Answer:
    """Kleene's "or"; False of nobody."""
    seen = list(answers)
    if True in seen:
        return True
    return None if None in seen else False


def negated(answer: Answer) -> Answer:
    """Kleene's "not"."""
    return None if answer is None else not answer


def one_of(text: str | None, words: tuple[str, ...]) -> Answer:
    """Whether the cell holds one of the words; unknown when it is empty."""
    return None if text is None else text in words


@dataclass(frozen=True)
class Member:
    """What the rules look at in one member's row."""

    born: date | None
    at_no_school: Answer
    severely_disabled: Answer
    able: Answer
    works: Answer
    months: int | None


def school_of(row: dict[str, str | None]) -> str | None:
    """School status. The form leaves it empty for who is not at school and fills in education."""
    if row["在校生状况"] is None and row["文化程度"] is not None:
        return "不在校"
    return row["在校生状况"]


def disability_of(row: dict[str, str | None]) -> str | None:
    """Disability grade. The form leaves it empty for who is not disabled and fills in health.

    Beside a health that names a disability the grade was forgotten: then it is not known.
    """
    grade, health = row["残疾等级"], row["健康状况"]
    if grade is None and health is not None and "残疾" not in health:
        return "无"
    return grade


def work_place_of(row: dict[str, str | None]) -> str | None:
    """Place of work. The form leaves it empty for who does not work away and fills in labour."""
    if row["务工所在地"] is None and row["劳动技能"] is not None:
        return "未务工"
    return row["务工所在地"]


def member_of(row: dict[str, str | None]) -> Member:
    """The member as read from a row of the sheet 家庭成员."""
    return Member(
        born=day_of(row["出生日期"]),
        at_no_school=one_of(school_of(row), ("不在校",)),
        severely_disabled=one_of(disability_of(row), ("一级", "二级")),
        able=one_of(row["劳动技能"], ("普通劳动力", "技能劳动力")),
        works=negated(one_of(work_place_of(row), ("未务工",))),
        months=count_of(row["务工时间（月）"]),
    )


def age_of(born: date, day: date) -> int:
    """Completed years, counted in months: the day of the month does not matter."""
    return (day.year * 12 + day.month - born.year * 12 - born.month) // 12


def total(household: HouseholdRows, *headers: str) -> Decimal | None:
    """The sum of amounts in yuan; unknown when one of them is missing."""
    amounts = [amount_of(household.row[header]) for header in headers]
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if len(known) == len(amounts) else None


GROSS = ("工资性收入（元）", "生产经营性收入（元）", "财产性收入（元）", "转移性收入（元）")


def income_below_line(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """参考收入 = 四项收入 - 生产经营性支出 + 理赔收入 - 合规自付支出；低于监测线乘以人数即触发。"""
    gains = total(household, *GROSS, "理赔收入（元）")
    losses = total(household, "生产经营性支出（元）", "合规自付支出（元）")
    if gains is None or losses is None or limits.monitoring_line is None:
        return None
    return gains - losses < limits.monitoring_line * len(household.members)


def medical_burden(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """医疗自付支出达到限额即触发。"""
    spent = total(household, "医疗自付支出（元）")
    if spent is None or limits.medical_burden_limit is None:
        return None
    return spent >= limits.medical_burden_limit


def unsafe_housing(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """住房安全等级为 C 级或 D 级即触发。"""
    return one_of(household.row["住房安全等级"], ("C级", "D级"))


def child_out_of_school(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有义务教育年龄（含首尾）的成员不在校即触发。"""
    first, last = limits.compulsory_school_from, limits.compulsory_school_to
    if first is None or last is None:
        return None

    def out(member: Member) -> Answer:
        if member.born is None:
            return both(None, member.at_no_school)
        return both(first <= age_of(member.born, day) <= last, member.at_no_school)

    return either(out(member_of(row)) for row in household.members)


def disability_without_labour(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有一级或二级残疾成员，且没有普通或技能劳动力即触发。"""
    members = [member_of(row) for row in household.members]
    return both(
        either(member.severely_disabled for member in members),
        negated(either(member.able for member in members)),
    )


def unstable_work(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """工资收入的两倍达到总收入，有人务工，且务工最长月数少于稳定务工月数即触发。"""
    members = [member_of(row) for row in household.members]
    wage, gross = total(household, GROSS[0]), total(household, *GROSS)
    if limits.stable_work_months is None:
        return None
    leaning = None if wage is None or gross is None else 2 * wage >= gross
    return both(
        leaning,
        either(member.works for member in members),
        shorter_than(limits.stable_work_months, members),
    )


def shorter_than(limit: int, members: list[Member]) -> Answer:
    """Whether the longest work of those who work is below `limit`.

    One member who surely works and surely long enough settles it. Otherwise whoever may work, and
    may have worked long enough, leaves it open.
    """
    long_enough = [
        both(member.works, None if member.months is None else member.months >= limit)
        for member in members
    ]
    return negated(either(long_enough))


RULES: dict[str, Callable[[HouseholdRows, Limits, date], Answer]] = {
    rule.__name__: rule
    for rule in (
        income_below_line,
        medical_burden,
        unsafe_housing,
        child_out_of_school,
        disability_without_labour,
        unstable_work,
    )
}


def judge(household: HouseholdRows, day: date, limits: Limits = DEMO) -> dict[str, str]:
    """`fired`, `clear` or `unknown` by rule, for a household on a day.

    Raises:
        Unreadable: when a cell a rule needs makes no sense.
    """
    words = {True: FIRED, False: CLEAR, None: UNKNOWN}
    return {name: words[rule(household, limits, day)] for name, rule in RULES.items()}
