"""What recognition asks and shows: categories, masked names, the answers of a visit.

No Django, no clock, no I/O.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from bangfu.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from uuid import UUID

MOST_RISKS: Final = 5
"""The form has five places for risks, the first the gravest."""

CHECK: Final = "check"
"""The purpose of a visit before recognition."""

GUARANTEES: Final = ("unsafe_housing", "out_of_school", "unsafe_water", "uninsured")
"""The four questions of the form: whether housing, schooling, water or insurance is amiss.

Source: 防返贫监测信息采集表, “识别时”四问.
"""

AMOUNTS: Final = ("income", "rigid_expenses")
"""What visitors estimate for a year, in fen: the household's net income, its rigid expenses."""

NOBODY: Final = "none"
"""The category of a household that is not monitored."""

MONITORING: Final = "monitoring_category"
HOUSEHOLD_TYPE: Final = "household_type"
ALLEVIATED: Final = "alleviated"
POOR: Final = "poor"

_FITTING: Final[Mapping[str, bool]] = {"unstable": True, "marginal": False}
"""Categories that ask for an alleviated household, or for one that is not (facts 2.1)."""


def fits_type(category: str, household_type: str) -> bool | None:
    """Whether a category may be given to a household of a type; None when the type is unknown."""
    if category not in _FITTING:
        return True
    if not household_type:
        return None
    return _FITTING[category] is (household_type == ALLEVIATED)


def masked_name(name: str) -> str:
    """`李春秀` as `李○秀`, `李秀` as `李○`: how many characters were left out is not told."""
    text = name.strip()
    if len(text) < len("李○秀"):
        return f"{text[:1]}○"
    return f"{text[0]}○{text[-1]}"


def completed_years(born: date, day: date) -> int:
    """How old somebody born on `born` is on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


NAMELESS: Final = "○○○"
"""Instead of a name that may not be shown at all: a child's, or one whose age nobody knows."""


def notice_name(name: str, born: date | None, day: date, adult_from: int) -> str:
    """What a public notice calls the head of a household: no child is named.

    Args:
        name: the head's name.
        born: their birth date; None when it is not known, and then nothing of the name is shown.
        day: when the notice is put up.
        adult_from: the age from which a name may be shown.
    """
    if born is None or completed_years(born, day) < adult_from:
        return NAMELESS
    return masked_name(name)


@dataclass(frozen=True, slots=True)
class Visit:
    """What two visitors bring back from a household.

    Attributes:
        visited_on: the day. visitors: ids of the people who went.
        approach: a code of the procedure's list.
        guarantees: answers to `GUARANTEES`; a question nobody could answer is left out.
        amounts: estimates of `AMOUNTS` in fen; what is not known is left out.
        words: what they saw and heard; kept encrypted.
        signed: whether the household signed the form.
        files: ids of the signature and of photos.
        category, risks: what they propose; empty leaves the case's proposal as it is.
    """

    visited_on: date
    visitors: tuple[UUID, ...]
    approach: str = "visit"
    guarantees: Mapping[str, bool] = field(default_factory=dict)
    amounts: Mapping[str, int] = field(default_factory=dict)
    words: str = ""
    signed: bool = False
    files: tuple[UUID, ...] = ()
    category: str = ""
    risks: tuple[str, ...] = ()

    def findings(self) -> dict[str, Any]:
        """The answers as they are kept."""
        return {**self.guarantees, **self.amounts}


def check_visit(visit: Visit, *, opened: date, today: date, needed: int) -> list[Problem]:
    """What is wrong with a visit on its face.

    Args:
        visit: what was brought back.
        opened: the first day on which it counts.
        today: the day it is recorded.
        needed: the least number of visitors.
    """
    problems = []
    if visit.visited_on > today:
        problems.append(Problem("cases.visit_not_yet", values={"day": str(visit.visited_on)}))
    if visit.visited_on < opened:
        problems.append(Problem("cases.visit_before_opening", values={"day": str(opened)}))
    if len(set(visit.visitors)) < needed:
        problems.append(Problem("cases.visitors_few", values={"needed": str(needed)}))
    unknown = (set(visit.guarantees) - set(GUARANTEES)) | (set(visit.amounts) - set(AMOUNTS))
    problems += [Problem("cases.answer_unknown", values={"name": each}) for each in sorted(unknown)]
    if any(amount < 0 for amount in visit.amounts.values()):
        problems.append(Problem("cases.amount_negative"))
    return problems


def check_proposal(
    category: str, risks: Sequence[str], categories: Collection[str], known: Collection[str]
) -> list[Problem]:
    """What is wrong with a proposed category and its risks; nothing proposed is nothing wrong."""
    problems = []
    if category and category not in categories:
        problems.append(Problem("cases.category_unknown", values={"category": category}))
    if len(risks) > MOST_RISKS:
        problems.append(Problem("cases.risks_many", values={"most": str(MOST_RISKS)}))
    if len(set(risks)) < len(risks):
        problems.append(Problem("cases.risk_doubled"))
    strange = [each for each in risks if each not in known]
    problems += [Problem("cases.risk_not_listed", values={"risk": each}) for each in strange]
    return problems


def month_of(day: date) -> int:
    """`YYYYMM`, as the forms write months."""
    return day.year * 100 + day.month
