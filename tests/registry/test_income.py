"""Income sums, from the forms' formulas."""

from __future__ import annotations

import pytest

from bangfu.registry.domain.income import gross_income, net_income, reference_income

YEAR = {
    "wage_income": 46_800_00,
    "business_income": 9_600_00,
    "property_income": 1_150_00,
    "transfer_income": 8_450_00,
    "business_expenses": 7_700_00,
    "claims_income": 0,
    "self_paid_expenses": 23_650_00,
}


def test_the_sums_follow_the_form() -> None:
    assert gross_income(YEAR) == 66_000_00
    assert net_income(YEAR) == 58_300_00
    assert reference_income(YEAR) == 34_650_00
    assert reference_income(YEAR | {"claims_income": 100}) == 34_651_00


@pytest.mark.parametrize("missing", YEAR)
def test_a_missing_amount_makes_the_sums_that_need_it_unknown(missing: str) -> None:
    left = {name: amount for name, amount in YEAR.items() if name != missing}
    assert reference_income(left) is None
    assert reference_income({**left, missing: None}) is None
    assert (net_income(left) is None) == (missing not in {"claims_income", "self_paid_expenses"})
    assert (gross_income(left) is None) == missing.endswith(
        ("wage_income", "business_income", "property_income", "transfer_income")
    )
