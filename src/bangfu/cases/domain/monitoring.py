"""What monitoring counts and asks: months, who can work, what visitors answered.

No Django, no clock, no I/O. What is not known is None and never counts as satisfied.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

GUARANTEES: Final = ("unsafe_housing", "out_of_school", "unsafe_water", "uninsured")
"""The four questions of the forms, asked at identification, at elimination and at every look-back.

Each is true when the guarantee is missing (三保障和饮水安全, facts of the 2021 form).
"""
ELIMINATING: Final = (*GUARANTEES, "income_stable", "rigid_settled")
"""What the two visitors answer before an elimination."""
LOOKING_BACK: Final = GUARANTEES
"""What they answer when they look back; the risks that are back stand beside."""

_MONTHS: Final = range(1, 13)

ABSENT: Final = "absent"
"""Risks that the visitors looked for and did not find, by code: they answer what data cannot."""
BACK: Final = "back"
"""Risks that a look-back found again, by code."""
AFTER: Final = "after_move"
"""The number of the last move when a visit was recorded: it serves that stretch of the case."""


def full_months(start: date, end: date) -> int:
    """Whole months from `start` to `end`; a month is full on the same day of the next, or its last.

    From 31 August to 28 February are six months.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    last = monthrange(end.year, end.month)[1]
    return months - (end.day < min(start.day, last))


def last_day_of(month: int | None) -> date | None:
    """The last day of a month written `YYYYMM`: nobody is credited days that are not known."""
    if not month:
        return None
    year, number = divmod(month, 100)
    if number not in _MONTHS:
        return None
    return date(year, number, monthrange(year, number)[1])


def month_of(day: date) -> int:
    """A day's month as the register writes it, `YYYYMM`."""
    return day.year * 100 + day.month


def is_without_labour(
    safety_net: bool | None, labour: Sequence[str | None], able: Collection[str]
) -> bool | None:
    """Whether nobody of a household can work; None when it cannot be told.

    Args:
        safety_net: whether the register calls it wholly without labour (整户无劳动能力).
        labour: each member's labour capability; None or empty where nobody recorded it.
        able: the codes that count as able to work.
    """
    if safety_net:
        return True
    if any(each in able for each in labour):
        return False
    return None if not labour or any(not each for each in labour) else True


def unanswered_risks(
    risks: Iterable[str],
    outcomes: Mapping[str, Collection[str]],
    absent: Collection[str],
) -> frozenset[str]:
    """The risks for which neither the rules nor the visitors have an answer.

    Args:
        risks: the case's own risks.
        outcomes: what the rules of each risk say: `fired`, `clear`, `unknown`.
        absent: the risks the visitors looked for and did not find.
    """
    silent = {risk for risk in risks if not outcomes.get(risk)}
    unknown = {risk for risk, said in outcomes.items() if "unknown" in said}
    return frozenset((silent | unknown) - set(absent))


def is_trouble(findings: Mapping[str, Any]) -> bool:
    """Whether a look-back found a risk again or a guarantee lost."""
    return bool(findings.get(BACK)) or any(findings.get(name) for name in GUARANTEES)


def review_due(months: int, marks: Sequence[int], reviewed_at: Sequence[int]) -> int:
    """The mark of months that calls for a special review, 0 when none does.

    Args:
        months: how long the household has been monitored.
        marks: after how many months it is reviewed, the first the smallest.
        reviewed_at: how many months it had been monitored at each review.
    """
    passed = [mark for mark in marks if months >= mark]
    if not passed:
        return 0
    mark = max(passed)
    return 0 if any(each >= mark for each in reviewed_at) else mark
