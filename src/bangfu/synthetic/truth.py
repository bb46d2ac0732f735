"""The truth file: what was planted in every household, and what is wrong with every dirty row.

One JSON object a line. `household` lines carry the number, the situation with its nature, event
and month, the items left empty, and per risk what a fair judge must say: `fired`, `clear` or
`unknown`. `dirty` lines carry the place and the problem code that must be reported there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bangfu.synthetic.events import Outcome, Risk

if TYPE_CHECKING:
    from bangfu.synthetic.people import Household

_UNTROUBLED = {risk.value: Outcome.CLEAR.value for risk in Risk}


def household_truth(household: Household) -> dict[str, Any]:
    """The truth about one household, by construction."""
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
    return line


def _missing(household: Household) -> list[str]:
    own = [name for name, fact in household.facts.items() if fact is None]
    members = {
        f"{number}.{name}"
        for number, person in enumerate(household.people, start=1)
        for name in ("health", "disability_grade", "labour", "work_place")
        if person.facts[name] is None
    }
    members |= {
        f"{number}.work_months"
        for number, person in enumerate(household.people, start=1)
        if person.facts["work_months"] is None and person.facts["work_place"] != "none"
    }
    members |= {
        f"{number}.school_status"
        for number, person in enumerate(household.people, start=1)
        if person.facts["school_status"] is None
    }
    return sorted(own) + sorted(members)


def as_line(truth: dict[str, Any]) -> str:
    """One line of the file."""
    return json.dumps(truth, ensure_ascii=False, separators=(",", ":")) + "\n"
