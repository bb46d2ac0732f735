"""What is known of households when rules of doubtful data are asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models.functions import Substr

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.monitoring import GUARANTEES, full_months, last_day_of, month_of
from bangfu.cases.domain.quality import AppliesTo
from bangfu.cases.models import Case
from bangfu.cases.queries.monitoring_facts import ELIMINATED, RECENT, monitored_since
from bangfu.cases.queries.monitoring_measures import is_matched, measures_of
from bangfu.cases.queries.monitoring_register import income_per_person
from bangfu.cases.queries.monitoring_visits import moves_of
from bangfu.cases.queries.quality_members import Ages, people_of
from bangfu.foundation.bulk.api import fetch_by
from bangfu.kernel.division import Level
from bangfu.policy.api import active_pack
from bangfu.procedures.api import load_procedure
from bangfu.registry.api import Household

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.cases.queries.quality_rules import QualityTable
    from bangfu.plans.api import MeasureFacts

    Facts = dict[str, Any]

_FREE: Final = ("", "none")
_RISKS: Final = ("risk_1", "risk_2", "risk_3", "risk_4", "risk_5")


@dataclass(frozen=True, slots=True)
class Looked:
    """One household as the rules see it.

    Attributes:
        status: monitored, eliminated, or None for neither.
        facts: what is known.
    """

    household: Household
    case: Case | None
    status: AppliesTo | None
    facts: Facts


def look_at(households: Sequence[Household], table: QualityTable, day: date) -> list[Looked]:
    """The facts of households, gathered for all of them at once."""
    ids = [each.pk for each in households]
    rows = Case.objects.filter(kind=CaseKind.MONITORING, open=True)
    joined = rows.select_related("matter", "parent", "household")
    cases = {each.household_id: each for each in fetch_by(joined, "household_id", ids)}
    since = _since(households, cases)
    measures = measures_of(since)
    people = people_of(ids)
    able = {each.code for each in load_procedure("monitoring", day).lists["able"]}
    places = _Places(table, day, ids)
    found = []
    for home in households:
        place = places.of(home.village_code)
        case, status = cases.get(home.pk), _status(home, cases.get(home.pk))
        facts = {
            **place.parameters,
            **people[home.pk].facts(table, able, place.ages),
            **_register_facts(home, case, table, status),
            **_time_facts(home, case, since.get(home.pk), day, status),
            **_measure_facts(home, case, measures),
            "income_known": home.pk in place.incomes,
        }
        if home.pk in place.incomes:
            facts["income_per_person"] = place.incomes[home.pk]
        found.append(Looked(home, case, status, facts))
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for every household of a village."""

    parameters: Facts
    ages: Ages
    incomes: Mapping[UUID, int]


class _Places:
    """The pack's numbers by village, each village and each age of statements read once."""

    def __init__(self, table: QualityTable, day: date, ids: Sequence[UUID]) -> None:
        self._table, self._day, self._ids = table, day, ids
        self._pack = active_pack(day)
        self._known: dict[str, _Place] = {}
        self._incomes: dict[int, dict[UUID, int]] = {}

    def of(self, village: str) -> _Place:
        """What holds in a village."""
        if village not in self._known:
            self._known[village] = self._read(village)
        return self._known[village]

    def _read(self, village: str) -> _Place:
        given = self._pack.parameters_on(self._day, village)
        years = given.get(RECENT, 0)
        if years not in self._incomes:
            self._incomes[years] = income_per_person(self._ids, self._day.year - years)
        named = {name: each.of for name, each in self._table.facts.items()}
        return _Place(
            {name: given[of] for name, of in named.items() if of in given},
            Ages(self._day, given.get("compulsory_school_from"), given.get("compulsory_school_to")),
            self._incomes[years],
        )


def _status(home: Household, case: Case | None) -> AppliesTo | None:
    if case is not None:
        eliminated = case.matter.state == ELIMINATED
        return AppliesTo.ELIMINATED if eliminated else AppliesTo.MONITORED
    if home.monitoring_category in _FREE:
        return None
    return AppliesTo.ELIMINATED if home.risk_eliminated_month else AppliesTo.MONITORED


def _since(households: Sequence[Household], cases: Mapping[UUID, Case]) -> dict[UUID, date]:
    """From when each household counts as identified; one of which nobody knows is left out."""
    moves = moves_of(list(cases.values()))
    found = {key: monitored_since(case, moves[case.matter_id]) for key, case in cases.items()}
    for home in households:
        day = last_day_of(home.risk_identified_month)
        if home.pk not in found and day is not None and _status(home, None) is not None:
            found[home.pk] = day
    return found


def _risks(home: Household, case: Case | None) -> list[str]:
    return case.risks if case is not None else [x for n in _RISKS if (x := getattr(home, n))]


def _register_facts(
    home: Household, case: Case | None, table: QualityTable, status: AppliesTo | None
) -> Facts:
    risks = _risks(home, case)
    facts: Facts = {
        "monitored": status is AppliesTo.MONITORED,
        "alleviated": home.household_type in table.codes("alleviated_types"),
        "month_known": case is not None or bool(home.risk_identified_month),
        "risk_known": bool(risks),
        "guarantees_known": all(getattr(home, f"found_{x}") is not None for x in GUARANTEES),
        "work_risk": bool(set(risks) & table.codes("work_risks")),
        "dangerous_housing": _dangerous(home, table),
        "unsafe_water": None if home.water_safe is None else not home.water_safe,
        "mode": case.mode if case is not None and case.mode else None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _dangerous(home: Household, table: QualityTable) -> bool | None:
    if home.dangerous_house or home.housing_grade in table.codes("unsafe_grades"):
        return True
    return False if home.housing_grade or home.dangerous_house is False else None


def _time_facts(
    home: Household, case: Case | None, since: date | None, day: date, status: AppliesTo | None
) -> Facts:
    if since is None:
        return {}
    facts: Facts = {"months_identified": max(full_months(since, day), 0)}
    ended = home.risk_eliminated_month
    if case is not None and case.decided_on is not None:
        ended = month_of(case.decided_on)
    if status is AppliesTo.ELIMINATED and ended:
        begun = month_of(since)
        facts["months_to_elimination"] = max(_index(ended) - _index(begun), 0)
    return facts


def _index(month: int) -> int:
    return month // 100 * 12 + month % 100


def _measure_facts(
    home: Household, case: Case | None, measures: Mapping[UUID, MeasureFacts]
) -> Facts:
    held = measures.get(home.pk)
    if held is None:
        return {}
    return {
        "measures_started": held.started,
        "developmental_started": held.developmental_started,
        "matched_measure_done": is_matched(_risks(home, case), held),
    }


def list_counties() -> list[str]:
    """The counties that have households; nobody is named."""
    county = Substr("village_code", 1, int(Level.COUNTY))
    rows = Household.objects.filter(active=True).annotate(county=county)
    return sorted(rows.values_list("county", flat=True).distinct().order_by())
