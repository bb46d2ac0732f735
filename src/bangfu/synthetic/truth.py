"""The truth file: what was planted in every household, and what is wrong with every dirty row.

One JSON object a line. `household` lines carry the number, the situation with its nature, event
and month, the items left empty, and per risk what a fair judge must say who has the registers and
the departments' lists written beside it: `fired`, `clear` or `unknown`. `dirty` lines carry the
place and the problem code that must be reported there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bangfu.synthetic.events import Outcome, Risk
from bangfu.synthetic.world import GAPS

if TYPE_CHECKING:
    from bangfu.synthetic.people import Household, Person

_MAY_NOT_APPLY: Final = frozenset({"helper_name"})
_JUDGED: Final = (
    "school_status",
    "health",
    "disability_grade",
    "labour",
    "work_place",
    "work_months",
)
_UNTROUBLED: Final = {risk.value: Outcome.CLEAR.value for risk in Risk}
_FALL_UNKNOWN: Final = {Risk.FALL.value: Outcome.UNKNOWN.value}


def household_truth(household: Household, *, compared: bool = True) -> dict[str, Any]:
    """The truth about one household, by construction.

    Args:
        compared: the register of the year before is at hand, so that a fall of income shows.
    """
    situation = household.situation
    line: dict[str, Any] = {
        "kind": "household",
        "household_number": household.number,
        "members": len(household.people),
        "situation": situation.name if situation else "",
        "nature": situation.nature.value if situation else "",
        "event": situation.event if situation else "",
        "event_month": household.event_month,
        "missing": _missing(household),
        "risks": _UNTROUBLED,
    }
    if situation:
        line["risks"] = {risk.value: situation.outcome(risk).value for risk in Risk}
    if not compared:
        line["risks"] = line["risks"] | _FALL_UNKNOWN
    return line


def _missing(household: Household) -> list[str]:
    """Items of the household that are not known, and of members with their position before it."""
    situation = household.situation
    may_miss = {*GAPS, "housing_grade", *(situation.blanks if situation else ())}
    own = [name for name in may_miss - _MAY_NOT_APPLY if household.facts[name] is None]
    return sorted(own) + [
        f"{person.position}.{name}"
        for person in household.people
        for name in _JUDGED
        if person.facts[name] is None and not _does_not_apply(person, name)
    ]


def _does_not_apply(person: Person, name: str) -> bool:
    return name == "work_months" and person.facts["work_place"] == "none"


def as_line(truth: dict[str, Any]) -> str:
    """One line of the file."""
    return json.dumps(truth, ensure_ascii=False, separators=(",", ":")) + "\n"
