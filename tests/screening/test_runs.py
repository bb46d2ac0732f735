"""Runs over a small county: counts, findings from run to run, simulations, replays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from django.http import Http404
from django.utils.timezone import localtime

from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import using_clock
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.policy.api import publish_pack
from bangfu.registry.models import Household, HouseholdVersion, IncomeStatement, Member
from bangfu.rules.api import Outcome
from bangfu.screening.api import (
    Engine,
    EnginesDisagree,
    Finding,
    Run,
    Snapshot,
    find_last_run,
    findings_of,
    get_run,
    list_runs,
    rescreen_changed,
    run_screening,
    screen_to_json,
    take_snapshot,
)
from bangfu.screening.domain import judging
from screening.conftest import DAY, FRIDAY
from screening.people import COUNTY, officer
from screening.register import OTHER_VILLAGE, VILLAGE, YUAN, Home, add

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.rules.api import Pack

County = dict[str, Household]
OFFICER = ("county_officer", COUNTY)
GOLDEN = "aa6432a2383756aee2e07ae7981020d747a0f963f70a4a9a2dc3385ccc251dc9"
"""The hash of the small county's result, on every database, engine and machine."""


def screened(**more: Any) -> Run:
    """A run by the county officer."""
    return run_screening(actor=officer(*OFFICER), division=COUNTY, **more)


def standing() -> set[tuple[str, str]]:
    """Household numbers and rules of the standing findings."""
    rows = Finding.objects.filter(cleared_at=None)
    return set(rows.values_list("household__household_number", "rule"))


def later(days: int = 3) -> using_clock:
    """Some days later."""
    return using_clock(FixedClock(FRIDAY + timedelta(days=days)))


@pytest.mark.parametrize("engine", ["embedded", "reference"])
def test_each_household_fires_its_own_rule(county: County, engine: str) -> None:
    run = screened(engine=engine)
    counts = {each.rule: (each.fired, each.clear, each.unknown) for each in run.counts.all()}
    assert counts == {
        "medical_burden": (1, 7, 1),
        "unsafe_housing": (1, 7, 1),
        "child_out_of_school": (1, 8, 0),
        "disability_without_labour": (1, 8, 0),
        "income_below_line": (1, 7, 1),
        "unstable_work": (1, 8, 0),
    }
    assert standing() == {
        (county["poor"].household_number, "income_below_line"),
        (county["sick"].household_number, "medical_burden"),
        (county["unsafe"].household_number, "unsafe_housing"),
        (county["school"].household_number, "child_out_of_school"),
        (county["disabled"].household_number, "disability_without_labour"),
        (county["work"].household_number, "unstable_work"),
    }
    assert (run.households, run.members, run.new, run.engine) == (9, 29, 6, engine)
    assert run.digest == GOLDEN
    assert run.places["511921104"] == {
        "disability_without_labour": [1, 0],
        "income_below_line": [0, 1],
        "medical_burden": [0, 1],
        "unsafe_housing": [0, 1],
        "unstable_work": [1, 0],
    }


def test_a_finding_carries_its_sentence_with_the_deciding_number(county: County) -> None:
    screened()
    finding = Finding.objects.get(rule="income_below_line")
    reason = finding.document["reason"]["zh"]
    assert "".join(part["text"] for part in reason) == (
        "家庭参考收入 21,000 元，低于监测线 34,000 元（8,500 元/人/年 × 4 人）。"
    )
    assert [part["text"] for part in reason if part.get("deciding")] == ["21,000 元"]
    person = finding.document["per_person"]
    assert (person["shown"]["zh"], person["limit_shown"]["zh"]) == ("5,250 元/人", "8,500 元/人")
    assert (person["value"], person["limit"], person["operator"]) == (525_000, 850_000, "<")
    others = Finding.objects.exclude(rule="income_below_line")
    assert {each.document["per_person"] for each in others} == {None}


def test_new_findings_are_announced_once(county: County) -> None:
    run = screened()
    event = OutboxEvent.objects.get(event="screening.findings_found")
    assert event.payload["run"] == str(run.pk)
    assert set(event.payload["findings"]) == {
        str(each) for each in Finding.objects.values_list("pk", flat=True)
    }
    again = screened()
    assert (again.new, again.continuing, again.cleared) == (0, 6, 0)
    assert OutboxEvent.objects.filter(event="screening.findings_found").count() == 1
    assert set(Finding.objects.values_list("last_run_id", flat=True)) == {again.pk}
    assert set(Finding.objects.values_list("first_run_id", flat=True)) == {run.pk}


def test_what_is_over_is_cleared_and_what_comes_back_is_new(county: County) -> None:
    screened()
    statement = IncomeStatement.objects.filter(household=county["poor"])
    statement.update(business_income=60_000 * YUAN)
    with later():
        second = screened()
    ended = Finding.objects.get(rule="income_below_line")
    assert (second.cleared, ended.cleared_because, ended.cleared_run_id) == (1, "clear", second.pk)
    statement.update(business_income=0)
    with later(4):
        third = screened()
    assert third.new == 1
    actor = officer(*OFFICER)
    rows = findings_of(actor, county["poor"].pk)
    assert [each.cleared_at is None for each in rows] == [True, False]
    assert len(findings_of(actor, county["poor"].pk, standing=True)) == 1


def test_data_that_went_missing_end_nothing(county: County) -> None:
    screened()
    IncomeStatement.objects.filter(household=county["poor"]).update(wage_income=None)
    run = screened()
    assert (run.new, run.continuing, run.cleared) == (0, 5, 0)
    assert Finding.objects.get(rule="income_below_line").cleared_at is None


def test_a_household_that_left_keeps_no_finding(county: County) -> None:
    screened()
    Household.objects.filter(pk=county["poor"].pk).update(active=False, left_on=DAY)
    run = screened()
    assert run.cleared == 1
    assert Finding.objects.get(rule="income_below_line").cleared_because == "left"


def test_a_household_that_moved_takes_its_finding_along(county: County) -> None:
    screened()
    Household.objects.filter(pk=county["poor"].pk).update(village_code="511922101201")
    neighbour = officer("county_officer", "511922")
    moved = run_screening(actor=neighbour, division="511922")
    assert (moved.new, moved.continuing) == (0, 1)
    assert Finding.objects.get(rule="income_below_line").division == "511922101201"
    assert screened().cleared == 0


def test_a_missing_parameter_leaves_everybody_unknown(demo_home: Path, db: None) -> None:
    with using_clock(FixedClock(FRIDAY)):
        publish_pack(actor=system_actor("tests"), path="sichuan", valid_from=date(2021, 1, 1))
        add(Home("51190000000001"))
        run = screened()
    assert run.missing["income_below_line"] == ["monitoring_line"]
    counts = {each.rule: (each.fired, each.unknown) for each in run.counts.all()}
    assert counts["income_below_line"] == (0, 1)
    assert screen_to_json(run)["missing_parameters"] == run.missing


def register_rows() -> list[object]:
    """Everything the register holds of households."""
    tables = (Household, Member, IncomeStatement, HouseholdVersion)
    return [row for table in tables for row in table.objects.order_by("pk").values_list()]


def test_a_simulation_changes_nothing_and_says_who_would_move(county: County) -> None:
    before = (register_rows(), standing())
    run = screened(overrides={"monitoring_line": "18000", "medical_burden_limit": 20_001})
    assert (register_rows(), standing()) == before
    assert (run.kind, run.new) == ("simulation", 0)
    assert not OutboxEvent.objects.filter(event="screening.findings_found").exists()
    comparison = run.comparison
    assert comparison["digest_in_force"] == GOLDEN
    assert comparison["households"] == {"enters": 2, "leaves": 0}
    assert comparison["divisions"] == [
        {"division": "511921103", "enters": 1, "leaves": 0},
        {"division": "511921104", "enters": 1, "leaves": 0},
    ]
    rules = {each["rule"]: each for each in comparison["rules"]}
    assert rules["income_below_line"]["changes"] == {"clear>fired": 4}
    assert rules["medical_burden"]["changes"] == {"fired>clear": 1}
    entering = [each for each in comparison["examples"] if each["enters"]]
    assert {each["number"] for each in entering} == {
        county["fine"].household_number,
        county["also_fine"].household_number,
    }
    shown = entering[0]["verdicts"][0]["evidence"][0]["shown"]["zh"]
    assert shown == "71,000 元"


def test_who_leaves_is_shown_with_the_tried_values(county: County) -> None:
    run = screened(overrides={"monitoring_line": 5_250})
    assert run.comparison["households"] == {"enters": 0, "leaves": 1}
    [example] = run.comparison["examples"]
    assert example["number"] == county["poor"].household_number
    assert [each["outcome"] for each in example["verdicts"]] == ["clear"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"overrides": {"monitoring_lime": 9_000}}, "pack.unknown_parameter"),
        ({"overrides": {"monitoring_line": "plenty"}}, "pack.bad_amount"),
        ({"as_of": DAY + timedelta(days=1)}, "screening.as_of_future"),
        ({"engine": "abacus"}, "screening.unknown_engine"),
        ({"as_of": date(2020, 1, 1)}, "policy.nothing_in_force"),
    ],
)
def test_wrong_wishes_are_refused_and_leave_nothing(
    county: County, more: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        screened(**more)
    assert [each.code for each in refused.value.problems] == [code]
    assert (Run.objects.count(), Snapshot.objects.count()) == (0, 0)


def test_a_run_for_an_older_day_is_a_replay(county: County) -> None:
    screened()
    IncomeStatement.objects.filter(household=county["poor"]).update(business_income=60_000 * YUAN)
    run = screened(as_of=DAY - timedelta(days=1))
    assert (run.kind, run.cleared) == ("replay", 0)
    assert len(standing()) == 6


def test_nobody_screens_where_they_may_not(county: County) -> None:
    for actor in (officer("village_official", VILLAGE), officer("county_officer", "511922")):
        with pytest.raises(AccessRefused):
            run_screening(actor=actor, division=COUNTY)
    assert Run.objects.count() == 0


def test_a_run_is_seen_in_its_scope_alone(county: County) -> None:
    run = screened()
    assert list_runs(officer("prefecture_supervisor", "5119")) == [run]
    assert get_run(officer(*OFFICER), run.pk) == run
    village = officer("village_official", VILLAGE)
    assert list_runs(village) == []
    with pytest.raises(Http404):
        get_run(village, run.pk)
    with pytest.raises(Http404):
        get_run(officer("county_officer", "511922"), run.pk)
    assert find_last_run(village, VILLAGE) == run
    assert find_last_run(village, OTHER_VILLAGE) is None
    assert findings_of(village, county["disabled"].pk) == []
    assert len(findings_of(village, county["poor"].pk)) == 1


def test_a_run_is_one_audit_record(county: County) -> None:
    run = screened()
    event = AuditEvent.objects.get(action="screening.run")
    assert (event.division, event.count) == (COUNTY, 9)
    assert str(run.pk) in event.subject_ids


def test_counties_are_screened_again_only_when_answers_may_differ(county: County) -> None:
    actor = system_actor("screening")
    assert len(rescreen_changed(actor=actor, counties=[COUNTY, COUNTY])) == 1
    assert rescreen_changed(actor=actor, counties=[COUNTY]) == []
    with later(1):
        assert rescreen_changed(actor=actor, counties=[COUNTY]) == []
    with later(14):
        assert len(rescreen_changed(actor=actor, counties=[COUNTY])) == 1
    Household.objects.filter(pk=county["fine"].pk).update(housing_grade="C")
    with later(14):
        [run] = rescreen_changed(actor=actor, counties=[COUNTY])
    assert run.new == 1


def test_an_engine_that_lies_is_found_out(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = judging.judge_frames

    def lying(pack: Pack, *rest: Any, **named: Any) -> pl.DataFrame:
        # A household that nobody can judge is said to be at risk.
        return honest(pack, *rest, **named).with_columns(outcome=pl.lit(Outcome.FIRED.value))

    monkeypatch.setattr(judging, "judge_frames", lying)
    with pytest.raises(EnginesDisagree):
        screened()
    assert (Run.objects.count(), Finding.objects.count()) == (0, 0)


def test_the_snapshot_of_a_run_can_be_judged_again(county: County, demo_home: Path) -> None:
    run = screened()
    assert run.snapshot is not None
    Household.objects.filter(pk=county["fine"].pk).update(housing_grade="C")
    folder = demo_home / "snapshots" / run.snapshot.folder
    again = run_screening(actor=officer(*OFFICER), folder=folder, engine=Engine.REFERENCE)
    assert (again.kind, again.digest, again.division) == ("replay", GOLDEN, COUNTY)
    assert localtime(again.finished_at).date() == DAY
    with pytest.raises(AccessRefused):
        run_screening(actor=officer("county_officer", "511922"), folder=folder)


def test_equal_content_is_one_snapshot(county: County) -> None:
    actor = officer(*OFFICER)
    first = take_snapshot(actor=actor, division=COUNTY, as_of=DAY)
    assert take_snapshot(actor=actor, division=COUNTY, as_of=DAY) == first
    Household.objects.filter(pk=county["fine"].pk).update(housing_grade="C")
    second = take_snapshot(actor=actor, division=COUNTY, as_of=DAY)
    assert (second.hash != first.hash, Snapshot.objects.count()) == (True, 2)
