"""The trees of the income statement: totals and the parts they are the sum of."""

from __future__ import annotations

from typing import Final

Amounts = dict[str, int]
"""Fen by the name of an item."""

BUSINESS: Final = ("crop_income", "livestock_income", "forestry_income", "other_business")
BUSINESS_COSTS: Final = (
    "crop_expenses",
    "livestock_expenses",
    "forestry_expenses",
    "other_expenses",
)
POSTS: Final = ("post_industry", "post_township", "post_village")
ECOLOGICAL: Final = ("returned_forest", "public_forest", "grassland", "other_ecological")
OTHER_TRANSFER: Final = (
    "land_fertility",
    "planting_subsidy",
    "old_age_subsidy",
    "preferential",
    "disability_subsidy",
    "education_support",
    "disaster_relief",
    "incapacity_subsidy",
    "children_support",
    "heating_subsidy",
    "social_relief",
    "anti_poverty_insurance",
    "donations",
    "remaining_transfer",
)
DIRECT_TRANSFER: Final = ("family_planning", "dibao", "extreme_poverty", "pension")
TRANSFERS: Final = (*DIRECT_TRANSFER, *ECOLOGICAL, *OTHER_TRANSFER)
PROPERTY: Final = (
    "asset_dividend",
    "land_rent",
    "finance_project",
    "entrusted_farming",
    "other_property",
)
PAID: Final = (
    "self_paid_medical",
    "self_paid_education",
    "self_paid_housing",
    "self_paid_disaster",
    "other_self_paid",
)
TREE: Final = {
    "post_wages": POSTS,
    "wage_income": ("migrant_wages", "post_wages", "gathering_income"),
    "business_income": BUSINESS,
    "property_income": PROPERTY,
    "ecological": ECOLOGICAL,
    "other_transfer": OTHER_TRANSFER,
    "transfer_income": (*DIRECT_TRANSFER, "ecological", "other_transfer"),
    "business_expenses": BUSINESS_COSTS,
    "self_paid_expenses": PAID,
}
"""Every total with its parts, the inner ones before those that hold them."""
LEAVES: Final = (
    "migrant_wages",
    *POSTS,
    "gathering_income",
    *BUSINESS,
    *PROPERTY,
    *TRANSFERS,
    *BUSINESS_COSTS,
    *PAID,
)


def add_up(leaves: Amounts) -> Amounts:
    """All leaves, those not named as zero, with their totals."""
    amounts = dict.fromkeys(LEAVES, 0) | leaves
    for total, parts in TREE.items():
        amounts[total] = sum(amounts[part] for part in parts)
    return amounts


def scaled(amounts: Amounts, whole: int, unit: int) -> Amounts:
    """The amounts made smaller or larger to about `whole` fen together, each in whole `unit`s."""
    total = sum(amounts.values())
    if not total:
        return amounts
    return {name: amount * whole // total // unit * unit for name, amount in amounts.items()}
