"""Months in addresses and on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bangfu.attendance.domain.months import month_of, parse_month
from bangfu.foundation.clock.api import today

if TYPE_CHECKING:
    from bangfu.attendance.domain.months import Month


def month_asked(text: str) -> Month:
    """The month an address names; the running one for anything else, and for months to come."""
    running = month_of(today())
    asked = parse_month(text)
    return asked if asked is not None and asked.first <= running.first else running


def month_words(month: Month) -> str:
    """A month in words: `2026 年 11 月`."""
    return _("%(year)s 年 %(month)s 月") % {"year": month.year, "month": month.month}


def latest_months(chosen: Month, number: int = 13) -> list[tuple[str, str]]:
    """The running month and those before, the chosen one among them, as choices."""
    months = [month_of(today())]
    while len(months) < number:
        months.append(months[-1].before)
    if chosen not in months:
        months.append(chosen)
    return [(str(each), month_words(each)) for each in months]
