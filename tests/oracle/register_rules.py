"""Rules about what the register says of a household, read from their prose. Part of the oracle."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from oracle.people import (
    GROSS,
    NO,
    YES,
    members_of,
    minus,
    net_income,
    reference_income,
    times,
    total,
)
from oracle.three_values import below, both, either, negated, one_of, reaches

if TYPE_CHECKING:
    from datetime import date

    from oracle.limits import Limits
    from oracle.people import Member
    from oracle.sheets import HouseholdRows
    from oracle.three_values import Answer

UNSAFE = ("C级", "D级")


def line_of(household: HouseholdRows, yuan: int) -> Decimal:
    """A line for each member row."""
    return Decimal(yuan * len(household.members))


def income_below_line(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """参考收入低于监测线乘以人数即触发。"""
    (line,) = limits.of("monitoring_line")
    return below(reference_income(household), line_of(household, line))


def medical_burden(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """医疗自付支出达到限额即触发。"""
    (limit,) = limits.of("medical_burden_limit")
    return reaches(total(household, "医疗自付支出（元）"), Decimal(limit))


def unsafe_housing(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """住房安全等级为 C 级或 D 级即触发。"""
    return one_of(household.row["住房安全等级"], UNSAFE)


def child_out_of_school(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有义务教育年龄（含首尾）的成员不在校即触发。"""
    first, last = limits.of("compulsory_school_from", "compulsory_school_to")
    return either(
        both(member.aged(day, first, last + 1), member.at_no_school)
        for member in members_of(household)
    )


def disability_without_labour(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有一级或二级残疾成员，且没有普通或技能劳动力即触发。"""
    members = members_of(household)
    return both(
        either(member.severely_disabled for member in members),
        negated(either(member.able for member in members)),
    )


def wages_carry(household: HouseholdRows) -> Answer:
    """Whether twice the wages are at least the gross income."""
    return reaches(times(total(household, GROSS[0]), 2), total(household, *GROSS))


def unstable_work(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """工资收入的两倍达到总收入，有人务工，且务工最长月数少于稳定务工月数即触发。"""
    (months,) = limits.of("stable_work_months")
    members = members_of(household)
    return both(
        wages_carry(household),
        either(member.works for member in members),
        shorter_than(months, members),
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


def income_fall(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """上年纯收入大于零，且今年纯收入的一百倍低于（100 减比例）乘以上年纯收入，即触发。"""
    (percent,) = limits.of("income_fall_percent")
    last = None if household.before is None else net_income(household.before)
    return both(
        below(Decimal(0), last),
        below(times(net_income(household.row), 100), times(last, 100 - percent)),
    )


def serious_illness(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有人患大病，且参考收入的一百倍低于比例乘以监测线即触发。"""
    percent, line = limits.of("serious_illness_line_percent", "monitoring_line")
    return both(
        either(member.seriously_ill for member in members_of(household)),
        below(times(reference_income(household), 100), line_of(household, line) * percent),
    )


def uninsured(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有人居民医保和职工医保都没有参加即触发。"""
    return either(member.uninsured for member in members_of(household))


def unsafe_water(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """没有解决安全饮用水即触发。"""
    return one_of(household.row["是否解决安全饮用水"], NO)


def no_labour(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """没有普通、技能、弱劳动力，没有人享受低保或特困供养，也不是兜底保障户，即触发。"""
    members = members_of(household)
    return both(
        negated(either(member.able_at_all for member in members)),
        negated(either(member.supported for member in members)),
        one_of(household.row["整户无劳动能力兜底保障户"], NO),
    )


def alleviated(household: HouseholdRows) -> Answer:
    """Whether the household is registered as poverty-alleviated."""
    return one_of(household.row["户类型"], ("脱贫户",))


def low_income_group(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """脱贫户，纯收入低于低收入线乘以人数，而参考收入不低于监测线，即触发。"""
    low, line = limits.of("low_income_line", "monitoring_line")
    return both(
        alleviated(household),
        below(net_income(household.row), line_of(household, low)),
        negated(below(reference_income(household), line_of(household, line))),
    )


def mostly_transfers(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """脱贫户，有普通或技能劳动力，转移性收入达到总收入的比例，即触发。"""
    (percent,) = limits.of("transfer_share_percent")
    return both(
        reaches(times(total(household, GROSS[3]), 100), times(total(household, *GROSS), percent)),
        either(member.able for member in members_of(household)),
        alleviated(household),
    )


def elderly_alone(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """人人都已高龄，至少一人患病或残疾，没有人享受低保或特困供养，即触发。"""
    (old,) = limits.of("elderly_from")
    members = members_of(household)
    return both(
        *(member.aged(day, old) for member in members),
        either(member.unwell for member in members),
        negated(either(member.supported for member in members)),
    )


def orphan_child(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有儿童而没有成年人即触发。"""
    child_to, adult_from, adult_to = limits.of("child_to", "adult_from", "adult_to")
    members = members_of(household)
    return both(
        either(member.aged(day, 0, child_to) for member in members),
        negated(either(member.aged(day, adult_from, adult_to) for member in members)),
    )


def left_behind_child(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有儿童，有成年人，成年人都在县外，也没有健康的老人，即触发。"""
    child_to, adult_from, adult_to = limits.of("child_to", "adult_from", "adult_to")
    members = members_of(household)
    grown = [(member, member.aged(day, adult_from, adult_to)) for member in members]
    return both(
        either(member.aged(day, 0, child_to) for member in members),
        either(is_grown for _, is_grown in grown),
        negated(either(both(is_grown, negated(each.works_far)) for each, is_grown in grown)),
        negated(either(both(each.aged(day, adult_to), each.healthy) for each in members)),
    )


def relocated_without_work(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """易地搬迁户，有劳动力，没有人务工，也没有人在公益性岗位，即触发。"""
    members = members_of(household)
    return both(
        one_of(household.row["是否易地搬迁户"], YES),
        either(member.able for member in members),
        negated(either(member.works for member in members)),
        negated(either(member.in_a_post for member in members)),
    )


def dibao_unhelped(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """有人享受低保或特困供养，另有大病、重残、危房或失学，没有产业帮扶、公益岗和医疗救助，即触发。"""
    members = members_of(household)
    return both(
        either(member.supported for member in members),
        either(
            [
                *(member.seriously_ill for member in members),
                *(member.severely_disabled for member in members),
                unsafe_housing(household, limits, day),
                child_out_of_school(household, limits, day),
            ]
        ),
        one_of(household.row["到户产业帮扶类型"], ("无",)),
        negated(either(member.in_a_post for member in members)),
        negated(either(member.aided for member in members)),
    )


def education_burden(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """教育自付支出达到限额即触发。"""
    (limit,) = limits.of("education_burden_limit")
    return reaches(total(household, "教育自付支出（元）"), Decimal(limit))


def business_fails(household: HouseholdRows) -> Answer:
    """Whether a business that earns at least half of the income spends more than it earns."""
    earned, spent = total(household, GROSS[1]), total(household, "生产经营性支出（元）")
    return both(
        below(Decimal(0), minus(spent, earned)),
        reaches(times(earned, 2), total(household, *GROSS)),
    )
