"""A doubt as a line of a list, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bangfu.cases.queries.quality_table import quality_table
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import Level
from bangfu.procedures.api import FactType
from bangfu.registry.api import list_divisions
from bangfu.rules.units import show_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from bangfu.cases.models import Doubt
    from bangfu.cases.queries.quality_rules import QualityTable
    from bangfu.procedures.api import Fact
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One line.

    Attributes:
        seen: what the rule looked at, in words.
        remedy: what people do about it.
        case_id, case_number: of the household's case; None and empty without one.
    """

    id: UUID
    household_id: UUID
    number: str
    head_name: str
    township: str
    village: str
    rule: str
    rule_label: str
    remedy: str
    seen: str
    case_id: UUID | None
    case_number: str
    since: datetime


def rows_of(doubts: Iterable[Doubt]) -> list[DoubtRow]:
    """Doubts as lines; they come with household and case joined."""
    shown = list(doubts)
    if not shown:
        return []
    places = {part for x in shown for part in (x.division, x.division[: int(Level.TOWNSHIP)])}
    names = {each.code: each.name for each in list_divisions(places)}
    table, language = quality_table(), reader_language()
    return [_row(each, names, table, language) for each in shown]


def _row(
    doubt: Doubt, names: Mapping[str, str], table: QualityTable | None, language: Language
) -> DoubtRow:
    rule = table.rules.get(doubt.rule) if table else None
    township = doubt.division[: int(Level.TOWNSHIP)]
    facts = table.facts if table else {}
    seen = [
        _("%(label)s：%(value)s")
        % {"label": facts[name].label.text(language), "value": _value(facts[name], value, table)}
        for name, value in doubt.facts.items()
        if name in facts and facts[name].type is not FactType.PARAMETER
    ]
    return DoubtRow(
        id=doubt.pk,
        household_id=doubt.household_id,
        number=doubt.household.household_number,
        head_name=doubt.household.head_name,
        township=names.get(township, township),
        village=names.get(doubt.division, doubt.division),
        rule=doubt.rule,
        rule_label=rule.label.of(language) if rule else doubt.rule,
        remedy=rule.remedy.of(language) if rule else "",
        seen=_("；").join(seen),
        case_id=doubt.case_id,
        case_number=doubt.case.number if doubt.case else "",
        since=doubt.since,
    )


def _value(fact: Fact, value: Any, table: QualityTable | None) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if fact.list and table is not None:
        found = next((x for x in table.lists[fact.list] if x.code == value), None)
        return found.label.text(reader_language()) if found else str(value)
    unit = "yuan" if fact.type is FactType.AMOUNT else ""
    return show_number(value, unit, reader_language())
