"""What the pack in force says about recognition: departments, flags, categories, numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bangfu.cases.domain.comparison import FILE, NO_TABLE, ComparisonTable, read_comparison
from bangfu.cases.domain.recognition import HOUSEHOLD_TYPE, MONITORING, NOBODY, POOR
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Place, Problem, Refused
from bangfu.policy.api import active_pack, find_phase_on
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from datetime import date

    from bangfu.policy.api import Category, Phase
    from bangfu.rules.api import Pack

_read = lru_cache(maxsize=16)(read_comparison)

RISKS: Final = "risk_type"
CAUSES: Final = "poverty_cause"
"""The code lists of risks: since 2021, and before that the causes of poverty."""


def table_of_pack(pack: Pack) -> ComparisonTable:
    """The comparison as a pack brings it; nobody is asked where it brings none."""
    texts = [source.files[FILE] for source in pack.sources if FILE in source.files]
    return _read(texts[-1]) if texts else NO_TABLE


def comparison_table(on: date | None = None) -> ComparisonTable:
    """The departments and flags of the pack in force on a day (today)."""
    return table_of_pack(active_pack(on or today()))


def check_comparison(pack: Pack) -> None:
    """Refuse a pack whose comparison cannot be worked by.

    Raises:
        Refused: `cases.comparison_unreadable`.
    """
    try:
        table_of_pack(pack)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(Problem("cases.comparison_unreadable", Place(file=FILE, line=1))) from None


def category_item(phase: Phase) -> str:
    """The register's item that says what a recognised household is, in a phase."""
    return MONITORING if phase.has(MONITORING) else HOUSEHOLD_TYPE


def monitors_on(day: date) -> bool:
    """Whether the phase of a day monitors households; before 2021 it registered poor ones."""
    phase = find_phase_on(day)
    return phase is not None and category_item(phase) == MONITORING


def categories_on(day: date) -> tuple[Category, ...]:
    """What a household may be recognised as on a day: the phase says it, not the program."""
    phase = find_phase_on(day)
    if phase is None:
        return ()
    item = category_item(phase)
    found = phase.categories.get(item, ())
    if item == HOUSEHOLD_TYPE:
        return tuple(each for each in found if each.code == POOR)
    return tuple(each for each in found if each.code != NOBODY)


def category_today(category: str, day: date) -> str:
    """What a proposed category counts as on a day; empty when the phase has no such category."""
    phase = find_phase_on(day)
    if phase is None or not category:
        return ""
    named = phase.relabel(category_item(phase), category)
    return named.code if named.code in {each.code for each in categories_on(day)} else ""


def risks_on(day: date) -> tuple[str, ...]:
    """The codes of risks, or before 2021 of causes, that a form may name on a day."""
    phase = find_phase_on(day)
    if phase is None:
        return ()
    name = RISKS if category_item(phase) == MONITORING else CAUSES
    return tuple(each.code for each in load_layout().lists[name].codes if each.holds_on(day))


def number_of(name: str, day: date, division: str) -> int:
    """A whole number that the pack sets for a division on a day.

    Raises:
        Refused: `cases.parameter_missing` when none is entered.
    """
    value = active_pack(day).parameters_on(day, division).get(name)
    if value is None:
        raise Refused(Problem("cases.parameter_missing", values={"name": name}))
    return int(value)
