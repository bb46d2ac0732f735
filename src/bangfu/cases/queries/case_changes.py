"""What a decided case brings to the register: item by item, as it is now and as it would be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.monitoring import GUARANTEES, month_of
from bangfu.cases.queries.recognition_register import known, recognising
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import day as short_day
from bangfu.foundation.ui.api import reader_language
from bangfu.registry.api import items_of, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bangfu.cases.models import Case, CaseVisit

_HELPED: Final = frozenset({"monitored", "suspended", "left", "eliminated"})
"""States of monitoring in which nothing is about to be brought to the register."""


@dataclass(frozen=True, slots=True)
class BroughtItem:
    """One item of the register that would change.

    Attributes:
        before: as it is now; empty when it is not known.
        after: as it would be; empty when it would be taken out.
        basis: what the new value rests on.
    """

    name: str
    label: str
    before: str
    after: str
    basis: str


def brought_items(case: Case, visits: Sequence[CaseVisit]) -> list[BroughtItem]:
    """What would change if the case were decided as it stands; nothing once it is closed.

    Args:
        case: with household and handler joined.
        visits: its visits, the latest first.
    """
    visit = visits[0] if visits else None
    if case.matter.closed_at is not None:
        return []
    if case.kind == CaseKind.RECOGNITION and case.category:
        contact = case.handler.name if case.handler else ""
        change = recognising(case, visit, contact)
        items = {each.item: each.after for each in change.corrections} if change else {}
        return _differing(case, items, visit)
    if case.kind == CaseKind.MONITORING and case.matter.state not in _HELPED:
        return _differing(case, _eliminated(visit), visit)
    return []


def _eliminated(visit: CaseVisit | None) -> dict[str, Any]:
    answers: Mapping[str, Any] = visit.findings if visit else {}
    left = {f"left_{name}": answers.get(name) for name in GUARANTEES}
    return {"risk_eliminated_month": month_of(today()), **left}


def _differing(case: Case, items: Mapping[str, Any], visit: CaseVisit | None) -> list[BroughtItem]:
    language, listed = reader_language(), items_of("household")
    return [
        BroughtItem(
            name,
            listed[name].label(language),
            shown(listed[name], known(case.household, name), language),
            shown(listed[name], value, language),
            _basis(case, name, visit),
        )
        for name, value in items.items()
        if name in listed and known(case.household, name) != value
    ]


def _basis(case: Case, name: str, visit: CaseVisit | None) -> str:
    if name.endswith(("_month", "_contact")) or visit is None:
        return case.number
    return short_day(visit.visited_on, today=today())
