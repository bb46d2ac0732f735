"""Values in the words people read: money, areas, days, time left, masked numbers.

Every function takes a plain value and gives a plain text in the active language; None, which
means "not known", becomes the word for it and never a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bangfu.kernel.clock import CHINA
from bangfu.kernel.money import format_hundredths

__all__ = [
    "Due",
    "amount",
    "count",
    "day",
    "day_in_full",
    "due_in",
    "mask_identity",
    "mask_phone",
    "moment",
    "mu",
    "share",
    "unknown",
    "wan_yuan",
    "yuan",
]

_WEEKDAYS: Final = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)
_FEN_IN_WAN: Final = 1_000_000
_KEEP_OF_IDENTITY: Final = 6
_KEEP_OF_PHONE: Final = (3, 4)


def unknown() -> str:
    """The word for what is not known."""
    return _("缺数据")


def count(value: int | None) -> str:
    """A count with thousands commas: `1,043`."""
    return unknown() if value is None else f"{value:,}"


def share(part: int, whole: int) -> str:
    """A part of a whole in percent with one decimal, rounded half up; of nothing, a dash."""
    if whole == 0:
        return "–"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def amount(fen: int | None, *, decimals: bool = False) -> str:
    """Fen as yuan without the unit: `18,420`, or `18,420.00` for ledgers."""
    return unknown() if fen is None else format_hundredths(fen, decimals=decimals)


def yuan(fen: int | None) -> str:
    """Fen as yuan with the unit, for sentences: `18,420 元`."""
    return unknown() if fen is None else _("%(amount)s 元") % {"amount": amount(fen)}


def wan_yuan(fen: int | None) -> str:
    """Fen in units of ten thousand yuan with one decimal, for totals: `1,277.0 万元`."""
    if fen is None:
        return unknown()
    sign, size = ("-" if fen < 0 else ""), abs(fen)
    tenths = (size * 10 + _FEN_IN_WAN // 2) // _FEN_IN_WAN
    return _("%(amount)s 万元") % {"amount": f"{sign}{tenths // 10:,}.{tenths % 10}"}


def mu(hundredths: int | None) -> str:
    """An area in mu with its unit and without idle zeros: `3.2 亩`."""
    if hundredths is None:
        return unknown()
    plain = format_hundredths(hundredths).rstrip("0").rstrip(".")
    return _("%(area)s 亩") % {"area": plain}


def day(value: date | None, *, today: date) -> str:
    """A day as lists show it: `11-20` within the year of `today`, otherwise `2025-11-20`."""
    if value is None:
        return unknown()
    return f"{value:%m-%d}" if value.year == today.year else value.isoformat()


def day_in_full(value: date) -> str:
    """A day as a heading shows it: `2026 年 11 月 20 日 周五`."""
    return _("%(year)d 年 %(month)d 月 %(day)d 日 %(weekday)s") % {
        "year": value.year,
        "month": value.month,
        "day": value.day,
        "weekday": _WEEKDAYS[value.weekday()],
    }


def weekday(value: date) -> str:
    """The name of a day's weekday: `周一`."""
    return str(_WEEKDAYS[value.weekday()])


def moment(value: datetime | None, *, today: date) -> str:
    """A moment in China's civil time: `今天 06:10`, `昨天 17:30`, `11-16 10:05`."""
    if value is None:
        return unknown()
    local = value.astimezone(CHINA)
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return _("今天 %(clock)s") % {"clock": clock}
    if local.date() == today - timedelta(days=1):
        return _("昨天 %(clock)s") % {"clock": clock}
    return f"{day(local.date(), today=today)} {clock}"


@dataclass(frozen=True, slots=True)
class Due:
    """Time left in words, and whether it must be done today (the only use of red)."""

    text: str
    now: bool


def due_in(days: int, *, working: bool = True) -> Due:
    """Time left until a limit, in working days unless the limit counts calendar days.

    Args:
        days: days left; 0 is today, negative is overdue.
        working: whether these are working days; the words say which.
    """
    if days == 0:
        return Due(_("今天到期"), now=True)
    size = abs(days)
    if days < 0:
        words = (
            ngettext("逾期 %(days)d 个工作日", "逾期 %(days)d 个工作日", size)
            if working
            else ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", size)
        )
    else:
        words = (
            ngettext("还有 %(days)d 个工作日", "还有 %(days)d 个工作日", size)
            if working
            else ngettext("还有 %(days)d 天", "还有 %(days)d 天", size)
        )
    return Due(words % {"days": size}, now=days < 0)


def mask_identity(number: str) -> str:
    """The first six digits of an identity number and stars for the rest."""
    return number[:_KEEP_OF_IDENTITY] + "*" * max(len(number) - _KEEP_OF_IDENTITY, 0)


def mask_phone(number: str) -> str:
    """A phone number as `199****0000`; a short one is hidden altogether."""
    head, tail = _KEEP_OF_PHONE
    if len(number) <= head + tail:
        return "*" * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]
