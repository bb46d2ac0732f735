"""Writes the pack's `calendar.yaml` from the package chinesecalendar.

    python -m bangfu.procedures.seed_calendar > src/bangfu/packs/nation/calendar.yaml

To be run when the package knows another year; the file is what the product reads, so that an
official can check it and correct it without waiting for a package.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from chinese_calendar import constants

if TYPE_CHECKING:
    from datetime import date

FIRST_YEAR: Final = 2014
"""The year poverty registration began; nothing in the register is older."""

_NAMES: Final = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "中国人民抗日战争暨世界反法西斯战争胜利 70 周年纪念日",
}
_HEAD: Final = """\
# 工作日历：每年国务院办公厅公布的放假和调休。rest 为放假（含周末），work 为周末上班。
# 没有列出的日子按周一至周五上班计算；没有列出的年份尚未公布，期限按周一至周五暂算，公布后重算。
# Working days, as announced each year by the General Office of the State Council. Seeded by
# bangfu.procedures.seed_calendar from the package chinesecalendar; corrected here when it errs.
version: "{version}"
source: 国务院办公厅关于部分节假日安排的通知（逐年）
years:
"""


def _grouped(days: dict[date, str]) -> dict[int, dict[str, list[date]]]:
    grouped: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for day in sorted(days):
        grouped[day.year][days[day]].append(day)
    return grouped


def calendar_text() -> str:
    """The whole file."""
    off, worked = _grouped(constants.holidays), _grouped(constants.workdays)
    years = [year for year in sorted(off) if year >= FIRST_YEAR]
    lines = [_HEAD.format(version=years[-1])]
    for year in years:
        lines.append(f'  "{year}":\n')
        for name in dict.fromkeys((*off[year], *worked[year])):
            parts = [f"zh: {_NAMES[name]}", f'en: "{name}"']
            for key, days in (("rest", off[year][name]), ("work", worked[year][name])):
                if days:
                    parts.append(f"{key}: [{', '.join(day.isoformat() for day in days)}]")
            lines.append(f"    - {{{', '.join(parts)}}}\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(calendar_text())
