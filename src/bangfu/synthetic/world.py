"""The world the made-up people live in: its day, its thresholds and its shares.

Nothing here is read from a policy pack. The thresholds are the generator's own and are what its
near misses lie beside; the demo's overlay happens to set the same made-up numbers. The shares aim
at a Sichuan mountain county; where no source is named they are made up to look right.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bangfu.synthetic.dice import Odds

MONTHS: Final = 12
ADULT: Final = 16
"""Working age begins (labour law, article 15); below it nobody has labour capability."""
OLD: Final = 60
"""The rural pension begins."""
_OCTOBER: Final = 10
_STABLE_MONTHS: Final = (6, 8)
"""Room for work three months shorter and four months longer within a year."""
_SCHOOL_YEARS: Final = 4
"""Room for a child clearly of school age."""


@dataclass(frozen=True, slots=True)
class World:
    """The day the registers are filled in and the thresholds that near misses lie beside.

    Attributes:
        day: the data date; incomes are those of its year.
        line: monitoring line in fen a person and year (made up).
        medical_limit: out-of-pocket medical expenses of a household and year, in fen (made up).
        school_from: first year of age of compulsory schooling, in completed years.
        school_to: last year of age of compulsory schooling, included.
        stable_months: months of work a year that count as stable (made up).
        education_limit: out-of-pocket education expenses of a household and year, in fen.
        low_income_line: net income a person and year below which the alleviated are a group of
            low income, in fen.
        fall_percent: fall of net income from last year's that counts.
        serious_percent: percent of the line below which a serious illness counts.
        disaster_limit, industry_limit, overdue_limit, aid_limit: sums of departments' reports, fen.
        debt_percent: loans in percent of net income.
        elderly_from, child_to, adult_from, adult_to: ages; `to` is not included.
        transfer_percent, product_percent: shares of gross income.
        price_percent: fall of a price that counts.
        window_months: months for which reports count.
        round_length: how many households it takes to meet every situation once.

    Raises:
        ValueError: when the thresholds leave no room for what is planted beside them.
    """

    day: date = date(2026, 11, 20)
    line: int = 8_500_00
    medical_limit: int = 20_000_00
    school_from: int = 6
    school_to: int = 15
    stable_months: int = 6
    education_limit: int = 12_000_00
    low_income_line: int = 9_500_00
    fall_percent: int = 30
    serious_percent: int = 150
    disaster_limit: int = 5_000_00
    industry_limit: int = 8_000_00
    overdue_limit: int = 1_000_00
    debt_percent: int = 150
    elderly_from: int = 70
    child_to: int = 16
    adult_from: int = 18
    adult_to: int = 60
    transfer_percent: int = 60
    price_percent: int = 20
    product_percent: int = 30
    aid_limit: int = 3_000_00
    window_months: int = 12
    round_length: int = 2400

    def __post_init__(self) -> None:
        if not _STABLE_MONTHS[0] <= self.stable_months <= _STABLE_MONTHS[1]:
            raise ValueError("stable_months")
        if not (0 < self.school_from <= self.school_to - _SCHOOL_YEARS and self.school_to <= ADULT):
            raise ValueError("school_from, school_to")

    @property
    def income_year(self) -> int:
        """The year of the last yearly statement: October to September."""
        return self.day.year - (self.day.month < _OCTOBER)

    @property
    def month(self) -> int:
        """The month of the day, counted from year 0."""
        return self.day.year * MONTHS + self.day.month - 1

    def on(self, day: date) -> World:
        """The same world on another day."""
        return replace(self, day=day)

    def year_before(self) -> World:
        """The same world a year earlier."""
        year, month = self.day.year - 1, self.day.month
        return self.on(date(year, month, min(self.day.day, monthrange(year, month)[1])))


ALLEVIATED: Final = 18
"""Percent of households registered poor by 2020 and since alleviated (Tongjiang's order)."""
MONITORED: Final = 1.6
"""Percent of untroubled households still on the list (1,862 of 168,420 in the drawn pages)."""
MONITORED_AT_RISK: Final = 35
"""Percent of households in trouble that are already on the list."""

SHAPES: Final = Odds(
    {
        "elder_alone": 70,
        "elder_couple": 150,
        "alone": 35,
        "couple": 68,
        "couple_child": 118,
        "couple_children": 140,
        "three_generations": 185,
        "elder_head": 90,
        "grown_child": 90,
        "one_parent": 35,
        "siblings": 14,
        "son_in_law": 18,
        "with_uncle": 10,
    }
)
"""Shapes of families, tuned to 3.25 members a household (65,000 in 20,000 households)."""

EDUCATION_BY_BIRTH: Final = (
    (1950, Odds({"illiterate": 40, "primary": 50, "junior": 9, "senior": 1})),
    (1970, Odds({"illiterate": 12, "primary": 48, "junior": 32, "senior": 8})),
    (1990, Odds({"illiterate": 2, "primary": 25, "junior": 55, "senior": 12, "college": 6})),
    (9999, Odds({"primary": 6, "junior": 46, "senior": 22, "college": 16, "bachelor": 10})),
)
"""Education by the year of birth before which it holds (made up)."""

HEALTH_BY_AGE: Final = (
    (16, Odds({"disabled": 8, "serious": 2, "chronic": 10, "healthy": 980})),
    (40, Odds({"disabled": 20, "serious": 5, "chronic": 30, "healthy": 945})),
    (60, Odds({"disabled": 45, "serious": 15, "chronic": 130, "healthy": 810})),
    (999, Odds({"disabled": 95, "serious": 40, "chronic": 300, "healthy": 565})),
)
"""Health by the age below which it holds, per thousand (made up; disabled 5 % in all)."""
DISABILITY_CATEGORY: Final = Odds(
    {
        "physical": 52,
        "visual": 13,
        "hearing": 12,
        "mental": 9,
        "intellectual": 8,
        "multiple": 4,
        "speech": 2,
    }
)
DISABILITY_GRADE: Final = Odds({"4": 38, "3": 30, "2": 22, "1": 10})

WORK_PLACE: Final = Odds(
    {"elsewhere": 42, "province": 30, "county": 15, "township": 12, "other": 1}
)
MONTHLY_WAGE: Final = {
    "elsewhere": (3800, 6500),
    "province": (3200, 5500),
    "county": (2400, 4000),
    "township": (1800, 3200),
    "other": (2000, 4500),
}
"""Yuan a month by place of work (made up)."""
AWAY_BY_AGE: Final = ((30, 0.82), (45, 0.74), (55, 0.58), (66, 0.25))
"""Share of able people who work away, by the age below which it holds (made up)."""

ROAD: Final = Odds({"cement": 82, "asphalt": 8, "gravel": 7, "dirt": 3})
SAFE_HOUSING: Final = Odds({"A": 54, "B": 46})
STANDARD: Final = Odds({"national": 88, "provincial": 12})

GAPS: Final = {
    "phone": 3.0,
    "bank_account": 5.0,
    "address": 1.0,
    "sanitary_toilet": 1.0,
    "forest_land": 1.5,
    "filled_by": 1.0,
    "fuel": 1.0,
    "helper_name": 2.0,
}
"""Percent of households in which an item that no risk depends on is left empty."""
