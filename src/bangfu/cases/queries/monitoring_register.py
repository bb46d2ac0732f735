"""What the register says of households that a case's guards ask about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.bulk.api import fetch_by
from bangfu.kernel.problems import Refused
from bangfu.registry.api import Household, IncomeStatement, Member, net_income
from bangfu.rules.api import DataUnfit
from bangfu.screening.api import explain_opened

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

_ANNUAL = "annual"


def labour_of(household_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The labour capability of every member of households; empty where nobody recorded it."""
    rows = Member.objects.filter(active=True).values_list("household_id", "labour")
    found: dict[UUID, list[str]] = defaultdict(list)
    for household_id, labour in fetch_by(rows, "household_id", list(household_ids)):
        found[household_id].append(labour)
    return found


def income_per_person(household_ids: Collection[UUID], since: int) -> dict[UUID, int]:
    """Net income per registered member in fen, parts of a fen dropped, by household.

    Left out where no annual statement of `since` or later is complete: unknown, never zero.
    """
    ids = list(household_ids)
    rows = IncomeStatement.objects.filter(income_purpose=_ANNUAL, income_year__gte=since)
    latest: dict[UUID, IncomeStatement] = {}
    for row in sorted(fetch_by(rows, "household_id", ids), key=lambda each: each.income_year):
        latest[row.household_id] = row
    sizes = dict(fetch_by(Household.objects.values_list("pk", "size"), "pk", ids))
    found = {}
    for household_id, statement in latest.items():
        amount, size = net_income(vars(statement)), sizes.get(household_id)
        if amount is not None and size:
            found[household_id] = amount // size
    return found


def outcomes_of(
    household: Household, day: date, severities: Collection[str]
) -> dict[str, dict[str, str]] | None:
    """Risk -> rule -> `fired`, `clear` or `unknown`, of rules as grave as `severities`.

    Judged in the system's name: a condition is the same for whoever asks. None when the household
    cannot be judged that day.
    """
    actor = system_actor("cases", household.village_code)
    try:
        explained = explain_opened(actor, household, day)
    except (Refused, DataUnfit):
        return None
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for each in explained.rules:
        if each.severity in severities:
            found[each.risk][each.rule] = each.outcome
    return dict(found)


def fired_in(outcomes: Mapping[str, Mapping[str, Any]]) -> int:
    """How many rules fire."""
    return sum(said == "fired" for rules in outcomes.values() for said in rules.values())
