"""A village as its page draws it: title, households by kind, the record by year, the standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bangfu.foundation.ui.api import reader_language, share, yuan
from bangfu.places.domain.catalogue import load_catalogue
from bangfu.places.queries.records import values_of
from bangfu.places.queries.villages import check_record
from bangfu.registry.api import code_label, shown
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bangfu.places.domain.exits import ExitCheck
    from bangfu.places.models import VillageRecord
    from bangfu.places.queries.villages import Village, VillageFigures
    from bangfu.rules.layout import Item

YEARS: Final = 5
"""How many years stand beside each other."""

_CHECKS: Final = {
    "incidence": gettext_lazy("贫困发生率"),
    "collective_income": gettext_lazy("集体经济"),
    "road_to_village": gettext_lazy("硬化路"),
    "clinic": gettext_lazy("卫生室"),
    "culture_room": gettext_lazy("文化室"),
    "network": gettext_lazy("通信网络"),
}
_OUTCOMES: Final = {
    "fired": gettext_lazy("未达标"),
    "clear": gettext_lazy("达标"),
    "unknown": gettext_lazy("缺数据"),
}


@dataclass(frozen=True, slots=True)
class KindLine:
    """How many households are of a kind, with the list of them."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """An item in a year: its text (empty when unknown), whether it differs from the year before."""

    text: str
    changed: bool
    origin: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item through the years, the latest first."""

    name: str
    label: str
    cells: list[Cell]
    edit_url: str


@dataclass(frozen=True, slots=True)
class RecordBlock:
    """A block of the record."""

    label: str
    lines: list[ItemLine]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One part of the standard in words."""

    label: str
    outcome: str
    outcome_label: str
    value: str
    limit: str


def title_of(village: Village, figures: VillageFigures | None) -> str:
    """The answer: how many households, how many monitored, what is due today."""
    if figures is None:
        return village.name
    words = [_("%(name)s %(n)s 户") % {"name": village.name, "n": _n(figures.tally.households)}]
    if figures.tally.monitored:
        words.append(_("%(n)s 户在监测") % {"n": _n(figures.tally.monitored)})
    words += [count.say(number) for count, number in figures.dues if number]
    return _("，").join(words)


def _n(number: int) -> str:
    return f"{number:,}"


def kinds_of(village: Village, figures: VillageFigures) -> list[tuple[str, list[KindLine]]]:
    """The households by type and by category, each with its filtered list."""
    layout, language = load_layout(), reader_language()
    found = []
    for name, counts in figures.codes.items():
        item = layout.item("household", name)
        lines = [
            KindLine(_code(item, code), n, _list_url(village, {name: code} if code else {}))
            for code, n in sorted(counts.items(), key=lambda each: -each[1])
        ]
        found.append((item.label(language), lines))
    return found


def _code(item: Item, code: str) -> str:
    return code_label(item.list, code, reader_language()) if code else _("缺数据")


def _list_url(village: Village, more: Mapping[str, str]) -> str:
    query = urlencode({"division": village.code, **more})
    return f"{reverse('registry:households')}?{query}"


def blocks_of(records: Sequence[VillageRecord], *, may_edit: bool) -> list[RecordBlock]:
    """The latest years beside each other, item by item."""
    years = list(records[:YEARS])
    values = [values_of(each) for each in records[: YEARS + 1]]
    language = reader_language()
    return [
        RecordBlock(
            block.label(language),
            [
                ItemLine(
                    item.name,
                    item.label(language),
                    [_cell(item, year, values, at) for at, year in enumerate(years)],
                    _edit_url(years[0], item) if may_edit and years else "",
                )
                for item in block.items
            ],
        )
        for block in load_catalogue().blocks
    ]


def _cell(item: Item, record: VillageRecord, values: list[dict[str, Any]], at: int) -> Cell:
    before = values[at + 1] if at + 1 < len(values) else {}
    value = values[at].get(item.name)
    changed = item.name in before and before[item.name] != value
    origin = record.origins.get(item.name, ())
    return Cell(shown(item, value, reader_language()), changed, " ".join(origin))


def _edit_url(record: VillageRecord, item: Item) -> str:
    return reverse("places:item", args=[record.village_code, record.record_year, item.name])


def checks_of(record: VillageRecord) -> list[CheckLine]:
    """The standard of exit with the record's values."""
    return [
        CheckLine(
            str(_CHECKS[each.name]),
            each.outcome.value,
            str(_OUTCOMES[each.outcome.value]),
            _value_words(each),
            _limit_words(each),
        )
        for each in check_record(record)
    ]


def _value_words(check: ExitCheck) -> str:
    if check.value is None:
        return _("缺数据")
    if check.name == "incidence":
        return (
            _("%(poor)s / %(people)s 人，%(share)s")
            % {
                "poor": _n(check.value),
                "people": _n(check.of),
                "share": share(check.value, check.of),
            }
            if check.of
            else _("缺数据")
        )
    if check.name == "collective_income":
        return yuan(check.value)
    return code_label("flag", "yes" if check.value else "no", reader_language())


def _limit_words(check: ExitCheck) -> str:
    if check.name == "incidence":
        return _("低于 %(n)d%%") % {"n": check.limit} if check.limit is not None else _("缺数据")
    if check.name == "collective_income":
        if check.limit is None:
            return _("有收入（金额待录入）")
        return _("不低于 %(amount)s") % {"amount": yuan(check.limit)}
    return pgettext("标准", "有")
