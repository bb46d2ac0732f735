"""What may be planted in a household: the trouble, how close to a threshold, and what it comes to.

A situation says what happened and, because it was made that way, what a fair judge must say about
each risk. The vocabulary is the world's; no policy pack is read here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Risk(StrEnum):
    """Every kind of trouble, under the names a screening's results are compared by."""

    INCOME = "income_below_line"
    ILLNESS = "medical_burden"
    HOUSING = "unsafe_housing"
    SCHOOLING = "child_out_of_school"
    DISABILITY = "disability_without_labour"
    WORK = "unstable_work"
    FALL = "income_fall"
    MEDICAL_TOLD = "medical_cost_reported"
    SERIOUS = "serious_illness"
    UNINSURED = "uninsured"
    WATER = "unsafe_water"
    DISASTER = "disaster_loss"
    ACCIDENT = "accident"
    INDUSTRY = "industry_failure"
    JOB_LOST = "job_lost"
    WORKER_DIED = "worker_died"
    NO_LABOUR = "no_labour"
    OVERDUE = "overdue_credit"
    DEBT = "heavy_debt"
    LOW_INCOME = "low_income_group"
    ELDERLY = "elderly_alone"
    ORPHAN = "orphan_child"
    LEFT_BEHIND = "left_behind_child"
    NEW_DIBAO = "newly_on_dibao"
    TRANSFERS = "mostly_transfers"
    PRICE = "price_fall"
    RELOCATED = "relocated_without_work"
    UNHELPED = "dibao_unhelped"
    EDUCATION = "education_burden"
    DROPOUT_TOLD = "dropout_reported"
    HOUSING_TOLD = "housing_reported"
    WATER_CUT = "water_cut"
    DISABILITY_TOLD = "new_disability"
    AID = "large_aid"
    UNPAID = "unpaid_wages"
    SERIOUS_TOLD = "serious_illness_reported"


class Outcome(StrEnum):
    """What a fair judge says."""

    FIRED = "fired"
    CLEAR = "clear"
    UNKNOWN = "unknown"


class Nature(StrEnum):
    """Why a situation was planted."""

    TROUBLE = "trouble"
    NEAR_MISS = "near_miss"
    GAP = "gap"
    """Something is missing that a judgement needs."""
    HARMLESS_GAP = "harmless_gap"
    """Something is missing, and the judgement stands all the same."""


class Age(StrEnum):
    """An age beside the limits of compulsory schooling, to the month."""

    MONTH_BEFORE = "month_before"
    FIRST_MONTH = "first_month"
    BETWEEN = "between"
    LAST_MONTH = "last_month"
    MONTH_AFTER = "month_after"
    GROWN = "grown"


@dataclass(frozen=True, slots=True)
class Money:
    """How income and expenses were bent.

    Attributes:
        poor: reference income far below the line.
        gap: reference income minus line x members, in fen exactly.
        ill: medical expenses far above the limit.
        bill: medical expenses minus the limit, in fen exactly.
        modest: reference income a little above the line.
        low: net income below the low-income line, reference income above the other.
        percent: of the line, where `gap` lies beside another multiple of it.
        net_gap: net income minus the low-income line x members, in fen exactly.
        tuitions: education expenses far above the limit.
        tuition: education expenses minus the limit, in fen exactly.
        business, transfers: their amount minus the share of gross income that counts, in fen.
        failed: how a business lost money: `failed`, `expenses_even`, `expenses_fen_more`, `half`
            (of the gross income), `half_less`.
        fell: last year's net income was far higher.
        fall: last year's net income minus the highest that this year's is no fall from, in fen.
    """

    poor: bool = False
    gap: int | None = None
    ill: bool = False
    bill: int | None = None
    modest: bool = False
    low: bool = False
    percent: int = 100
    net_gap: int | None = None
    tuitions: bool = False
    tuition: int | None = None
    business: int | None = None
    transfers: int | None = None
    failed: str = ""
    fell: bool = False
    fall: int | None = None

    @property
    def stays_near(self) -> bool:
        """Whether so little is earned that nobody can have worked far away."""
        return self.poor or self.low or self.gap is not None or self.net_gap is not None


@dataclass(frozen=True, slots=True)
class School:
    """A member's age and school status; status None is not known. `also` is a second child's."""

    age: Age
    status: str | None = "not_in_school"
    also: bool = False


@dataclass(frozen=True, slots=True)
class Care:
    """A disabled member (grade None is not known) and whoever may work for the household.

    `labour`: `none` nobody, `weak` a half labourer, `one` one ordinary labourer, `unknown` one
    whose capability is not known, `unknown_and_one` both of the last two.
    """

    grade: str | None
    labour: str = "none"


@dataclass(frozen=True, slots=True)
class Work:
    """One who works away, how long, and how much of the income wages are.

    Attributes:
        over: months worked minus the stable months, from and to; None is not known.
        share: `most`, `half`, `half_less_fen`, `half_more_fen`, `odd_less` (an odd total, half a
            fen short of half) or `little`.
        other: months minus the stable months of a second worker; None when there is none.
        stranger: a further member whose labour and place of work are not known.
    """

    over: tuple[int, int] | None
    share: str = "most"
    other: int | None = None
    stranger: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What a department reports of the household.

    Attributes:
        trigger: the matter.
        limit: the world's limit its amount lies beside; empty for no amount, `net` for the net
            income.
        percent, fen: the amount: so many percent of the limit, rounded up, and fen more.
        back: months before the world's month; None is some month within the window.
        whom: `head`, `child`, `elder`, `other` (the second member) or `anybody`.
    """

    trigger: str
    limit: str = ""
    percent: int = 100
    fen: int = 0
    back: int | None = None
    whom: str = "anybody"


@dataclass(frozen=True, slots=True)
class Situation:
    """Something planted.

    Attributes:
        name: what the truth file calls it.
        nature: why it was planted.
        outcomes: what it comes to; a risk that is not named is clear.
        times: how often it is planted in one round of households.
        event: the life event behind it; empty for a mere gap.
        shape: the shape of family it needs; empty for any.
        grade: housing grade; None is not known.
        blanks: household items left empty.
        act: the name of what is done to the members (see `casting`), before the money is earned.
        aged: a member's relation, a limit of the world in years, and months beside it.
        youth: the eldest child's age in years, from and to.
        sets: household items set at the end.
        notices: what departments report.
        kind: household type it needs: `alleviated`, `ordinary`, or empty for any.
        relocated, dibao: whether the household was moved, or is on the subsistence allowance.
        unlisted, listed: the household is not, or surely, on the list of the monitored.
        unnetted: a household without labour is not in the safety net.
    """

    name: str
    nature: Nature
    outcomes: Mapping[Risk, Outcome] = field(default_factory=dict)
    times: int = 1
    event: str = ""
    shape: str = ""
    money: Money = Money()
    school: School | None = None
    care: Care | None = None
    work: Work | None = None
    grade: str | None = ""
    blanks: tuple[str, ...] = ()
    act: str = ""
    aged: tuple[str, str, int] | None = None
    youth: tuple[int, int] | None = None
    sets: Mapping[str, str | bool | tuple[str, ...] | None] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    kind: str = "ordinary"
    relocated: bool = False
    dibao: bool = False
    unlisted: bool = False
    listed: bool = False
    unnetted: bool = False

    def outcome(self, risk: Risk) -> Outcome:
        """What a fair judge says about a risk."""
        return self.outcomes.get(risk, Outcome.CLEAR)


GROSS: Final = ("wage_income", "business_income", "property_income", "transfer_income")
"""The four incomes; without one of them no share of wages can be told."""
REFERENCE: Final = (*GROSS, "business_expenses", "claims_income", "self_paid_expenses")
"""What reference income is made of."""
