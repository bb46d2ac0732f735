"""Doubtful data: the pack's rules with their own tests, and what they find in a register."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import bangfu
from bangfu.cases.models import Doubt, QualityCount
from bangfu.cases.queries.quality_reading import read_quality, run_quality_tests
from bangfu.cases.queries.quality_table import check_quality_of, quality_of_pack
from bangfu.cases.services.quality import look_through
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.plans.api import MeasureFacts
from bangfu.procedures.api import read_procedure
from bangfu.registry.models import Household, Member
from bangfu.rules.api import PackInvalid, load_pack
from cases.monitoring_making import comfortable, monitor, on, walk
from cases.monitoring_village import demo_home, pack, places, village

if TYPE_CHECKING:
    from cases.monitoring_making import Village

__all__ = ["demo_home", "pack", "places", "village"]

NATION = Path(bangfu.__file__).parent / "packs/nation"
TEXT = (NATION / "quality.yaml").read_text("utf-8")
TESTS = (NATION / "quality_tests.yaml").read_text("utf-8")
PARAMETERS = {
    "monitoring_line": 600_000, "first_measure_months": 1, "developmental_months": 6,
    "early_elimination_months": 1,
}  # fmt: skip
DAY = date(2026, 11, 16)
KNOWN = {f"found_{name}": False for name in (
    "unsafe_housing", "out_of_school", "unsafe_water", "uninsured")}  # fmt: skip


def cases_of_rules() -> list[Any]:
    """Every expectation of the pack's own test file."""
    table = read_quality(TEXT)
    return [
        pytest.param(expected, found, id=f"{rule} {case}")
        for case, rule, expected, found in run_quality_tests(table, TESTS, PARAMETERS)
    ]


@pytest.mark.parametrize(("expected", "found"), cases_of_rules())
def test_a_rule_says_what_its_case_expects(expected: str, found: str) -> None:
    assert expected == found


def test_every_rule_is_shown_doubtful_fine_and_unknown() -> None:
    table = read_quality(TEXT)
    shown: dict[str, set[str]] = {}
    for _, rule, _, found in run_quality_tests(table, TESTS, PARAMETERS):
        shown.setdefault(rule, set()).add(found)
    # DQ11 and DQ25 among them: what is not known never counts as fine or as doubtful.
    assert shown == {code: {"doubtful", "fine", "unknown"} for code in table.rules}


def test_the_rules_that_are_guards_name_guards_of_the_table() -> None:
    procedure = read_procedure((NATION / "procedures/monitoring.yaml").read_text("utf-8"))
    table = read_quality(TEXT)
    for code in ("DQ28", "DQ29", "DQ30", "DQ31"):
        named = set(table.rules[code].guards)
        assert named
        assert named <= set(procedure.moves["announce"].guards)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("months_identified >= first", "months_identifed >= first"),
        ("applies_to: any", "applies_to: everybody"),
        ("type: count", "type: colour"),
        ("parameter: monitoring_line", "parameter: monitoring_lime"),
        ("when: work_risk &&", "when: 1 +"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(old: str, new: str) -> None:
    with pytest.raises(PackInvalid) as refused:
        read_quality(
            TEXT.replace(old, new, 1), parameters=frozenset(load_pack("nation").parameters)
        )
    assert refused.value.problems[0].place.line > 1


def test_the_shipped_packs_hold_their_own_cases() -> None:
    for name in ("nation", "sichuan", "demo"):
        loaded = load_pack(name)
        assert quality_of_pack(loaded) is not None
        check_quality_of(loaded)


def doubts(*, cleared: bool = False) -> set[tuple[str, str]]:
    """What is doubted now: household and rule."""
    rows = Doubt.objects.filter(cleared_at__isnull=not cleared)
    return set(rows.values_list("household__household_number", "rule"))


def look(day: date) -> None:
    """Look through the county on a day."""
    with on(day):
        look_through(actor=system_actor("cases"), county="511921")


def test_what_the_register_doubts_is_found_once_and_cleared(village: Village) -> None:
    fine = {**KNOWN, "water_safe": True}
    comfortable(
        "H1", **fine, member_1={"serious_insured": True}, member_2={"serious_insured": True}
    )
    comfortable("H2", water_safe=False)
    look(DAY)
    assert doubts() == {("H2", "DQ18")}
    first = Doubt.objects.get()
    look(DAY + timedelta(days=1))
    assert Doubt.objects.get() == first
    Household.objects.filter(household_number="H2").update(water_safe=True)
    look(DAY + timedelta(days=2))
    assert (doubts(), doubts(cleared=True)) == (set(), {("H2", "DQ18")})


def test_a_doubt_stays_while_data_are_missing(village: Village) -> None:
    comfortable("H1", water_safe=False)
    look(DAY)
    Household.objects.update(water_safe=None)
    look(DAY + timedelta(days=1))
    assert doubts() == {("H1", "DQ18")}
    counted = QualityCount.objects.get(rule="DQ18")
    assert (counted.county, counted.doubtful, counted.unknown, counted.fine) == ("511921", 0, 1, 0)


def test_a_case_without_measures_is_doubted_after_a_month(village: Village) -> None:
    works = {"work_place": "county", "work_months": 10}
    home = comfortable("H1", **KNOWN, water_safe=True, member_1=works)
    case = monitor(village, home)
    village.measures = MeasureFacts()
    look(date(2026, 6, 14))
    assert doubts() == set()
    look(date(2026, 6, 15))
    assert doubts() == {("H1", "DQ26")}
    assert Doubt.objects.get().case == case
    look(date(2026, 11, 15))
    assert doubts() == {("H1", "DQ26"), ("H1", "DQ27")}


def test_an_elimination_through_the_procedure_is_not_doubted(village: Village) -> None:
    home = comfortable("H1", **KNOWN, water_safe=True)
    case = monitor(village, home)
    day = walk(village, case, DAY)
    look(day)
    assert doubts() == set()
    village.measures = MeasureFacts()
    home.incomes.update(wage_income=0, business_income=1_000_00, business_expenses=0)
    look(day)
    assert doubts() == {("H1", "DQ28"), ("H1", "DQ30"), ("H1", "DQ31")}


def test_imported_rows_are_doubted_where_the_mode_does_not_matter(village: Village) -> None:
    comfortable(
        "H1", **KNOWN, water_safe=True, monitoring_category="prevention", risk_1="work",
        risk_identified_month=202604,
    )  # fmt: skip
    Member.objects.update(labour="none", work_place="none")
    village.measures = MeasureFacts(started=1, developmental_started=0)
    look(DAY)
    assert doubts() == {("H1", "DQ32")}
    Household.objects.update(risk_1="", risk_identified_month=None)
    look(DAY)
    assert doubts() == {("H1", "DQ25")}


def test_nobody_looks_through_a_county_that_is_not_theirs(village: Village) -> None:
    with on(DAY), pytest.raises(AccessRefused):
        look_through(actor=village("stranger"), county="511921")
