"""The words of the appeal table's lists, and what its numbers are on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.policy.api import active_pack
from bangfu.procedures.api import load_procedure

if TYPE_CHECKING:
    from collections.abc import Iterable

APPEAL: Final = "appeal"
"""The procedure."""


def list_choices(name: str) -> list[tuple[str, str]]:
    """Codes and words of a list of the appeal table, in the reader's language."""
    language = reader_language()
    table = load_procedure(APPEAL)
    return [(each.code, each.label.text(language)) for each in table.lists[name]]


def list_troubles() -> list[tuple[str, str]]:
    """What people tick when they declare: only risks that the pack in force knows."""
    risks = active_pack(today()).risks
    return [(code, words) for code, words in list_choices("trouble") if code in risks]


def words_of(name: str, codes: Iterable[str]) -> list[str]:
    """Codes of a list in words; a code nobody knows stands for itself."""
    known = dict(list_choices(name))
    return [known.get(each, each) for each in codes]


def number_on_day(parameter: str, division: str) -> int | None:
    """A parameter of the pack in force for a place today; None when it has no value."""
    day = today()
    return active_pack(day).parameters_on(day, division).get(parameter)
