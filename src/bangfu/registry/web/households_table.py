"""The list of households as it is declared: columns, filters, and the words of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bangfu.foundation.ui.api import Choice, Column, Filter, Table, reader_language
from bangfu.kernel.division import DivisionCode, Level
from bangfu.registry.domain.display import shown
from bangfu.registry.domain.items import items_of
from bangfu.registry.queries.divisions import division_path
from bangfu.rules.layout import ItemType, load_layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.registry.models import Household

CODES: Final = ("household_type", "monitoring_category", "housing_grade")
FLAGS: Final = ("water_safe", "safety_net_household", "relocated")
FLAG_VALUES: Final = {"yes": True, "no": False}


def item_words(row: Household, name: str) -> str | None:
    """An item of a household in words; None when it is unknown."""
    return shown(items_of("household")[name], getattr(row, name), reader_language()) or None


def place_of(row: Household) -> str:
    """Township and village: `铁溪镇 朱元村`."""
    names = division_path(row.village_code)
    levels = [*DivisionCode(row.village_code).ancestors(), DivisionCode(row.village_code)]
    named = zip(levels[1:], names, strict=True)
    return " ".join(name for code, name in named if code.level >= Level.TOWNSHIP)


def _words(name: str) -> Callable[[Household], str | None]:
    return lambda row: item_words(row, name)


def _choices(name: str) -> list[Choice]:
    """The codes of an item's list, or yes and no."""
    item = items_of("household")[name]
    listed = "flag" if item.type is ItemType.FLAG else item.list
    codes = load_layout().lists[listed].codes
    return [Choice(each.code, each.label(reader_language())) for each in codes]


def choices() -> dict[str, list[Choice]]:
    """The choices of the filters that come from the layout, in the reader's language."""
    return {name: _choices(name) for name in (*CODES, *FLAGS)}


def hit_words(row: Household) -> str:
    """The line below a household that was found."""
    words = [
        place_of(row),
        _("%(n)d 人") % {"n": row.size},
        item_words(row, "household_type") or "",
    ]
    if not row.active:
        words.append(_("已不在册"))
    return " · ".join(each for each in words if each)


TABLE: Final[Table[Household]] = Table(
    name="households",
    sort="name",
    words=gettext_lazy("姓名、户编号、证件号"),
    columns=(
        Column(
            "name",
            gettext_lazy("户主"),
            lambda row: row.head_name,
            template="registry/cell_household.html",
            sortable=True,
            heading=True,
        ),
        Column(
            "number",
            gettext_lazy("户编号"),
            lambda row: row.household_number,
            template="registry/cell_code.html",
            sortable=True,
            chosen=False,
        ),
        Column("village", gettext_lazy("乡镇、村"), place_of, sortable=True, bare=True),
        Column("group", gettext_lazy("村民小组"), lambda row: row.group_name, chosen=False),
        Column("size", gettext_lazy("人口"), lambda row: row.size, kind="whole", sortable=True),
        Column("household_type", gettext_lazy("户类型"), _words("household_type")),
        Column("monitoring_category", gettext_lazy("监测对象类别"), _words("monitoring_category")),
        Column("housing_grade", gettext_lazy("住房"), _words("housing_grade")),
        Column("water_safe", gettext_lazy("饮水安全"), _words("water_safe")),
        Column(
            "safety_net_household",
            gettext_lazy("兜底保障户"),
            _words("safety_net_household"),
            chosen=False,
        ),
        Column("relocated", gettext_lazy("易地搬迁户"), _words("relocated"), chosen=False),
        Column("helper_name", gettext_lazy("帮扶责任人"), _words("helper_name"), chosen=False),
        Column(
            "farmland", gettext_lazy("耕地，亩"), lambda row: row.farmland, kind="hundredths",
            chosen=False,
        ),
        Column(
            "data_date", gettext_lazy("数据日期"), lambda row: row.data_date, kind="day",
            sortable=True,
        ),
    ),
    filters=(
        Filter("division", gettext_lazy("乡镇、村"), single=True),
        Filter("household_type", gettext_lazy("户类型"), single=True),
        Filter("monitoring_category", gettext_lazy("监测对象类别"), single=True),
        Filter("housing_grade", gettext_lazy("住房安全等级"), single=True),
        Filter("water_safe", gettext_lazy("饮水安全"), single=True),
        Filter("safety_net_household", gettext_lazy("兜底保障户"), single=True),
        Filter("relocated", gettext_lazy("易地搬迁户"), single=True),
    ),
)  # fmt: skip
