"""Income of a household in fen: what the forms add and what they take away.

Source: the income groups and formulas of the 2023 county survey form (facts 1.3). An item that is
missing makes the result unknown (None), never zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

GROSS: Final = ("wage_income", "business_income", "property_income", "transfer_income")


def _total(amounts: Mapping[str, int | None], names: tuple[str, ...]) -> int | None:
    total = 0
    for name in names:
        amount = amounts.get(name)
        if amount is None:
            return None
        total += amount
    return total


def gross_income(amounts: Mapping[str, int | None]) -> int | None:
    """家庭总收入: wage + business + property + transfer, in fen; None when one is missing."""
    return _total(amounts, GROSS)


def net_income(amounts: Mapping[str, int | None]) -> int | None:
    """家庭纯收入: gross income - business expenses (生产经营性支出), in fen."""
    gross, expenses = gross_income(amounts), amounts.get("business_expenses")
    return None if gross is None or expenses is None else gross - expenses


def reference_income(amounts: Mapping[str, int | None]) -> int | None:
    """纳入监测对象的收入参考范围: net income + claims (理赔收入) - compliant out-of-pocket
    expenses (合规自付支出), in fen.

    This, not plain net income, is what the newer form compares with the monitoring line. The
    amount per head divides it by the members the policy says count, which is a parameter of the
    policy pack and is not decided here.
    """
    net, claims = net_income(amounts), amounts.get("claims_income")
    expenses = amounts.get("self_paid_expenses")
    return None if net is None or claims is None or expenses is None else net + claims - expenses
