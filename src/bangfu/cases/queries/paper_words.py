"""Words that stand on papers: Chinese, whatever language the reader works in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.ui.api import amount
from bangfu.kernel.clock import civil_day
from bangfu.kernel.division import DivisionCode, Level
from bangfu.registry.api import code_label, division_name, division_path
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from bangfu.procedures.api import Procedure

ZH: Final = "zh"
_FIRST_VILLAGE: Final = 200
_COMMITTEES: Final = ("委员会", "村委会", "居委会")
"""How the statistical bureau's names of villages end: they name the committee already."""
YES: Final = "是"
NO: Final = "否"


def day_words(day: date | None) -> str | None:
    """`2026 年 11 月 20 日`; None when nobody knows the day."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else None


def moment_day(moment: datetime) -> str:
    """The day of a moment in China's civil time, as `2026-11-20`."""
    return civil_day(moment).isoformat()


def yuan_words(fen: int | None) -> str | None:
    """Fen as yuan with two decimals, as ledgers write them; None when not known."""
    return None if fen is None else amount(fen, decimals=True)


def yes_no(value: bool | None) -> str | None:
    """Yes or no; None when nobody answered."""
    if value is None:
        return None
    return YES if value else NO


def risk_words(risks: Iterable[str]) -> str:
    """Risks, or before 2021 causes, in words and in their order."""
    lists = load_layout().lists
    found = []
    for each in risks:
        name = "risk_type" if lists["risk_type"].find(each) else "poverty_cause"
        found.append(code_label(name, each, ZH))
    return "、".join(found)


def choice_words(procedure: Procedure, name: str, code: str) -> str:
    """A code of one of a table's lists in words; the code itself where the list has it not."""
    listed = procedure.lists.get(name, ())
    return next((each.label.text(ZH) for each in listed if each.code == code), code)


def place_words(division: str, group: str = "", on: date | None = None) -> str:
    """`四川省巴中市通江县铁溪镇朱元村 2 组`, named as on a day."""
    names = "".join(division_path(division, on))
    return f"{names} {group}".strip()


def county_words(division: str) -> str:
    """The names of county and township above a village: `通江县铁溪镇`."""
    place = DivisionCode(division)
    above = [each for each in (*place.ancestors(), place) if each]
    named = zip(above, division_path(division), strict=True)
    return "".join(name for each, name in named if Level.COUNTY <= each.level <= Level.TOWNSHIP)


def committee_words(division: str) -> str:
    """The committee that hangs the notices: `通江县铁溪镇朱元村村民委员会`.

    Source: the last three digits of a village's statistical code, 001 to 199 for residents'
    committees, from 200 on for villagers'.
    """
    name = division_name(division)
    if name.endswith(_COMMITTEES):
        return f"{county_words(division)}{name}"
    residents = int(division[-3:] or "0") < _FIRST_VILLAGE
    kind = "居民委员会" if residents else "村民委员会"
    return f"{county_words(division)}{name}{kind}"


def pair(label: str, value: Any, *, wide: bool = False) -> dict[str, Any]:
    """A label with its value, as forms hold them; `wide` takes the whole row."""
    return {"label": label, "value": value, "wide": wide}


def ticked(labels: Mapping[str, str], chosen: Iterable[str]) -> list[dict[str, Any]]:
    """Choices with the chosen ones marked."""
    held = set(chosen)
    return [{"label": label, "chosen": code in held} for code, label in labels.items()]
