"""The parameters' values on the day, as the oracle is told them."""

from __future__ import annotations

from dataclasses import dataclass, fields


class NotInForce(LookupError):
    """A parameter has no value on the day: whatever needs it cannot be known of anybody."""


@dataclass(frozen=True)
class Limits:
    """In yuan, years, months and per cent; None where no value is in force."""

    monitoring_line: int | None = None
    medical_burden_limit: int | None = None
    compulsory_school_from: int | None = None
    compulsory_school_to: int | None = None
    stable_work_months: int | None = None
    feed_window_months: int | None = None
    income_fall_percent: int | None = None
    serious_illness_line_percent: int | None = None
    education_burden_limit: int | None = None
    disaster_loss_limit: int | None = None
    industry_loss_limit: int | None = None
    overdue_limit: int | None = None
    debt_percent: int | None = None
    low_income_line: int | None = None
    elderly_from: int | None = None
    child_to: int | None = None
    adult_from: int | None = None
    adult_to: int | None = None
    transfer_share_percent: int | None = None
    price_fall_percent: int | None = None
    product_share_percent: int | None = None
    large_aid_limit: int | None = None

    def of(self, *names: str) -> list[int]:
        """The values of some parameters, by their names.

        Raises:
            NotInForce: when one of them has none.
        """
        found: list[int] = []
        for name in names:
            value = getattr(self, name)
            if value is None:
                raise NotInForce(name)
            found.append(value)
        return found


NAMES = tuple(field.name for field in fields(Limits))

DEMO = Limits(
    monitoring_line=8_500,
    medical_burden_limit=20_000,
    compulsory_school_from=6,
    compulsory_school_to=15,
    stable_work_months=6,
    feed_window_months=12,
    income_fall_percent=30,
    serious_illness_line_percent=150,
    education_burden_limit=12_000,
    disaster_loss_limit=5_000,
    industry_loss_limit=8_000,
    overdue_limit=1_000,
    debt_percent=150,
    low_income_line=9_500,
    elderly_from=70,
    child_to=16,
    adult_from=18,
    adult_to=60,
    transfer_share_percent=60,
    price_fall_percent=20,
    product_share_percent=30,
    large_aid_limit=3_000,
)
"""What the demo overlay puts in force from 2026-01-01, with the school ages of the law."""
