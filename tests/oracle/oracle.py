"""The oracle: the rules of the pack `sichuan`, read from their prose, in plain Python.

It exists to be different. It shares no code with the pack, the engines, the generator, the
register, the import kit or the exchange; it reads the workbook's rows by their Chinese headers,
last year's workbook and the rows of departments' lists, and says for each household and rule
whether the rule fires, is clear, or cannot be known. What both sides agree on over thousands of
households, neither got wrong by itself.

A missing item makes what needs it unknown (`three_values`). A number taken over members or
reports, some of which cannot be judged, lies in a range; a comparison with it is unknown when the
range lies on both sides of the limit. A rule whose parameter has no value on the day is unknown
for everybody (`limits`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oracle import register_rules, report_rules
from oracle.limits import DEMO, Limits, NotInForce

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from oracle.sheets import HouseholdRows
    from oracle.three_values import Answer

__all__ = ["CLEAR", "DEMO", "FIRED", "RULES", "UNKNOWN", "Limits", "judge"]
FIRED, CLEAR, UNKNOWN = "fired", "clear", "unknown"
_WORDS = {True: FIRED, False: CLEAR, None: UNKNOWN}

RULES: dict[str, Callable[[HouseholdRows, Limits, date], Answer]] = {
    rule.__name__: rule
    for rule in (
        register_rules.income_below_line,
        register_rules.medical_burden,
        register_rules.unsafe_housing,
        register_rules.child_out_of_school,
        register_rules.disability_without_labour,
        register_rules.unstable_work,
        register_rules.income_fall,
        report_rules.medical_cost_reported,
        register_rules.serious_illness,
        register_rules.uninsured,
        register_rules.unsafe_water,
        report_rules.disaster_loss,
        report_rules.accident,
        report_rules.industry_failure,
        report_rules.job_lost,
        report_rules.worker_died,
        register_rules.no_labour,
        report_rules.overdue_credit,
        report_rules.heavy_debt,
        register_rules.low_income_group,
        register_rules.elderly_alone,
        register_rules.orphan_child,
        register_rules.left_behind_child,
        report_rules.newly_on_dibao,
        register_rules.mostly_transfers,
        report_rules.price_fall,
        register_rules.relocated_without_work,
        register_rules.dibao_unhelped,
        register_rules.education_burden,
        report_rules.dropout_reported,
        report_rules.housing_reported,
        report_rules.water_cut,
        report_rules.new_disability,
        report_rules.large_aid,
        report_rules.unpaid_wages,
        report_rules.serious_illness_reported,
    )
}


def judge(household: HouseholdRows, day: date, limits: Limits = DEMO) -> dict[str, str]:
    """`fired`, `clear` or `unknown` by rule, for a household on a day.

    Raises:
        Unreadable: when a cell a rule needs makes no sense.
    """
    return {name: _said(rule, household, day, limits) for name, rule in RULES.items()}


def _said(
    rule: Callable[[HouseholdRows, Limits, date], Answer],
    household: HouseholdRows,
    day: date,
    limits: Limits,
) -> str:
    try:
        return _WORDS[rule(household, limits, day)]
    except NotInForce:
        return UNKNOWN
