"""Rules about what departments reported, read from their prose. Part of the oracle.

A report counts when it lies in the window: the month judged and the months before it, so many as
the window has. Without the department's list nobody knows whether there is more: what is counted
or added up is then a floor, and only what the floor settles is settled.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from oracle.people import GROSS, category_of, net_income, times, total
from oracle.register_rules import business_fails, wages_carry
from oracle.sheets import amount_of, count_of
from oracle.three_values import both, either, one_of, reaches

if TYPE_CHECKING:
    from datetime import date

    from oracle.limits import Limits
    from oracle.sheets import HouseholdRows, Report
    from oracle.three_values import Answer


def months_ago(month: str, day: date) -> int:
    """How many months a month `2026-03` lies before the day's; negative when after it."""
    year, number = (int(part) for part in month.split("-"))
    return day.year * 12 + day.month - year * 12 - number


def reports(household: HouseholdRows, trigger: str, limits: Limits, day: date) -> list[Report]:
    """What was reported of a matter within the window."""
    (window,) = limits.of("feed_window_months")
    return [
        report
        for report in household.reports
        if report["trigger"] == trigger and 0 <= months_ago(str(report["month"]), day) < window
    ]


def or_untold(household: HouseholdRows, trigger: str, answer: Answer) -> Answer:
    """ "No" is only an answer when the department's list was received."""
    return answer if answer or trigger in household.feeds else None


def reported(household: HouseholdRows, trigger: str, limits: Limits, day: date) -> Answer:
    """Whether the matter was reported at all."""
    found = reports(household, trigger, limits, day)
    return or_untold(household, trigger, answer=bool(found))


def sum_reaches(
    household: HouseholdRows, trigger: str, limits: Limits, day: date, limit: Decimal | None
) -> Answer:
    """Whether the amounts reported come to the limit. One without an amount leaves it open."""
    amounts = [amount_of(each["amount"]) for each in reports(household, trigger, limits, day)]
    floor = sum((amount for amount in amounts if amount is not None), Decimal(0))
    if limit is not None and floor >= limit:
        return True
    if limit is None or None in amounts:
        return None
    return or_untold(household, trigger, answer=False)


def medical_cost_reported(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送的自付医疗费合计达到限额即触发。"""
    (limit,) = limits.of("medical_burden_limit")
    return sum_reaches(household, "medical", limits, day, Decimal(limit))


def disaster_loss(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送的灾害损失合计达到限额即触发。"""
    (limit,) = limits.of("disaster_loss_limit")
    return sum_reaches(household, "disaster", limits, day, Decimal(limit))


def overdue_credit(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送的逾期金额合计达到限额即触发。"""
    (limit,) = limits.of("overdue_limit")
    return sum_reaches(household, "overdue", limits, day, Decimal(limit))


def large_aid(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送的临时救助合计达到限额即触发。"""
    (limit,) = limits.of("large_aid_limit")
    return sum_reaches(household, "temporary_aid", limits, day, Decimal(limit))


def accident(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过意外事故即触发。"""
    return reported(household, "accident", limits, day)


def dropout_reported(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过失学辍学即触发。"""
    return reported(household, "dropout", limits, day)


def housing_reported(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过住房安全隐患即触发。"""
    return reported(household, "housing", limits, day)


def water_cut(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过供水中断即触发。"""
    return reported(household, "water_cut", limits, day)


def new_disability(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过新增残疾即触发。"""
    return reported(household, "disability", limits, day)


def unpaid_wages(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过拖欠工资即触发。"""
    return reported(household, "unpaid_wages", limits, day)


def serious_illness_reported(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过新增大病即触发。"""
    return reported(household, "serious_illness", limits, day)


def industry_failure(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送的产业损失合计达到限额，或者以经营为主而亏损，即触发。"""
    (limit,) = limits.of("industry_loss_limit")
    lost = sum_reaches(household, "industry_loss", limits, day, Decimal(limit))
    return either([lost, business_fails(household)])


def job_lost(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过失业，且工资的两倍达到总收入，即触发。"""
    return both(reported(household, "job_loss", limits, day), wages_carry(household))


def worker_died(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过普通或技能劳动力死亡即触发。"""
    found = reports(household, "death", limits, day)
    died = either(one_of(each["labour"], ("普通劳动力", "技能劳动力")) for each in found)
    return or_untold(household, "death", died)


def heavy_debt(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送的贷款余额合计大于零，且其一百倍达到比例乘以纯收入，即触发。"""
    (percent,) = limits.of("debt_percent")
    net = times(net_income(household.row), percent)
    return both(
        sum_reaches(household, "loan", limits, day, Decimal("0.01")),
        sum_reaches(household, "loan", limits, day, None if net is None else net / 100),
    )


def newly_on_dibao(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送过新增低保，且未纳入监测，即触发。"""
    return both(
        reported(household, "dibao", limits, day),
        one_of(category_of(household.row), ("未纳入监测",)),
    )


def price_fall(household: HouseholdRows, limits: Limits, day: date) -> Answer:
    """推送的最大跌幅达到限度，且生产经营性收入达到总收入的比例，即触发。"""
    fall, share = limits.of("price_fall_percent", "product_share_percent")
    found = [count_of(each["percent"]) for each in reports(household, "price", limits, day)]
    fell = either([fall <= 0, *(None if each is None else each >= fall for each in found)])
    return both(
        or_untold(household, "price", fell),
        reaches(times(total(household, GROSS[1]), 100), times(total(household, *GROSS), share)),
    )
