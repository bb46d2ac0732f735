"""The phase of a day, as the register's pages name it: categories, form and line of that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Refused
from bangfu.policy.api import find_phase_on, line_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.policy.api import Phase
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """A day's phase in words.

    Attributes:
        name: what the phase is called.
        form, edition: the form in use on the day.
        line_name, line: the income line and its value with the unit; empty where none is entered.
        unverified: whether the dates of the phase are still to be confirmed.
    """

    name: str
    form: str
    edition: str
    line_name: str
    line: str
    unverified: bool


def phase_of(day: date) -> Phase | None:
    """The phase of a day; None before the first, or while no policy is in force."""
    try:
        return find_phase_on(day)
    except Refused:
        return None


def show_phase(day: date, division: str) -> ShownPhase | None:
    """What a page says of the day's phase in a division."""
    phase = phase_of(day)
    if phase is None:
        return None
    language = reader_language()
    form = phase.form_on(day)
    line = line_on(day, division)
    return ShownPhase(
        phase.label(language),
        form.text.of(language),
        form.edition,
        line.parameter.text.of(language),
        line.shown(language),
        phase.unverified,
    )


def category_name(
    phase: Phase | None, item: str, value: Any, household: Mapping[str, Any], language: Language
) -> str | None:
    """What a value is called in the phase; None where the phase has no name for the item."""
    if phase is None or not value or not phase.has(item):
        return None
    return phase.relabel(item, value, household).shown(language)
