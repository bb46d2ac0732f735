"""What departments report: frozen, judged, explained, tried out, and judged again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from bangfu.exchange.models import FeedList, ListRow, Report, RowOutcome
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.jobs.api import announce, run_worker
from bangfu.policy.api import publish_pack
from bangfu.screening.api import Finding, Run, explain_household, run_screening
from screening.conftest import DAY, written_pack
from screening.people import COUNTY, officer
from screening.register import VILLAGE

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.registry.models import Household

County = dict[str, "Household"]
RULE = "large_aid"
FEN = 600_000


@pytest.fixture
def pack(db: None, demo_home: Path) -> None:
    """Seven rules, the last of them over reports."""
    path = written_pack(demo_home, "seven")
    publish_pack(actor=system_actor("tests"), path=path, valid_from=date(2021, 1, 1))


def report(household: Household, *, whole: bool = True, day: date = DAY) -> FeedList:
    """A list of temporary aid that names one household, of the whole county or of less."""
    each = FeedList.objects.create(
        feed="temporary_aid",
        trigger="temporary_aid",
        mapping="{}",
        division=COUNTY,
        counties=[COUNTY] if whole else [],
        data_date=DAY,
        file=new_id(),
        file_hash="0" * 64,
        rows=1,
        matched=1,
        checked_at=now(),
        checked_by="民政",
        committed_at=now(),
        committed_by="民政",
    )
    row = ListRow.objects.create(
        list=each, position=1, row=2, day=day, amount=FEN, outcome=RowOutcome.MATCHED, live=True
    )
    Report.objects.create(
        row=row,
        list=each,
        household=household,
        trigger="temporary_aid",
        day=day,
        amount=FEN,
        matched_at=now(),
    )
    return each


def counted(run: Run) -> tuple[int, int, int]:
    """For how many the rule over reports fired, is clear, and cannot tell."""
    count = run.counts.get(rule=RULE)
    return count.fired, count.clear, count.unknown


def screened(**more: dict[str, str]) -> Run:
    return run_screening(actor=officer("county_officer", COUNTY), division=COUNTY, **more)


def test_without_a_list_nobody_is_known_to_be_clear(county: County) -> None:
    assert counted(screened()) == (0, 0, 9)


@pytest.mark.parametrize(
    ("whole", "day", "expected"),
    [
        (True, DAY, (1, 8, 0)),
        (True, date(2025, 12, 1), (1, 8, 0)),
        (True, date(2025, 11, 30), (0, 9, 0)),
        (False, DAY, (1, 0, 8)),
        (False, date(2025, 11, 30), (0, 0, 9)),
    ],
    ids=["on the list", "the first month", "too long ago", "a township's list", "neither"],
)
def test_a_list_of_the_county_tells_about_those_it_does_not_name(
    county: County, whole: bool, day: date, expected: tuple[int, int, int]
) -> None:
    report(county["fine"], whole=whole, day=day)
    assert counted(screened()) == expected


def test_the_finding_and_the_page_say_what_was_reported(county: County) -> None:
    report(county["fine"])
    screened()
    document = Finding.objects.get(rule=RULE).document
    assert "".join(part["text"] for part in document["reason"]["zh"]) == (
        "近 12 个月临时救助 6,000 元。"
    )
    shown = document["evidence"][0]
    assert (shown["name"], shown["value"], shown["unit"]) == ("aid_reported", FEN, "yuan")
    reader = officer("village_official", VILLAGE)
    [told] = [
        each for each in explain_household(reader, county["fine"].pk).rules if each.rule == RULE
    ]
    assert (told.outcome, told.evidence) == ("fired", document["evidence"])


def test_the_page_names_the_list_that_never_came(county: County) -> None:
    reader = officer("village_official", VILLAGE)
    [told] = [
        each for each in explain_household(reader, county["fine"].pk).rules if each.rule == RULE
    ]
    assert told.outcome == "unknown"
    [missing] = told.missing
    assert (missing["name"], missing["is_feed"]) == ("temporary_aid", True)
    assert told.evidence[0]["value"] == {"low": 0, "high": None}


def test_a_snapshot_holds_reports_by_keys_alone(county: County, demo_home: Path) -> None:
    report(county["fine"])
    run = screened()
    assert run.snapshot is not None
    folder = demo_home / "snapshots" / run.snapshot.folder / f"county={COUNTY}"
    frame = pl.read_parquet(folder / "reports.parquet")
    assert frame.select("household_key", "trigger", "amount", "month").rows() == [
        (county["fine"].household_key, "temporary_aid", FEN, 2026 * 12 + 10)
    ]
    assert set(frame.columns) == {
        "household_key", "trigger", "month", "amount", "percent", "labour", "product",
    }  # fmt: skip
    feeds = pl.read_parquet(folder / "households.parquet")["feeds"]
    assert feeds.to_list() == [["temporary_aid"]] * 9
    again = run_screening(
        actor=officer("county_officer", COUNTY), folder=folder.parent, engine="reference"
    )
    assert (again.digest, counted(again)) == (run.digest, (1, 8, 0))


def test_what_is_tried_out_sees_the_reports(county: County) -> None:
    report(county["fine"])
    run = screened(overrides={"monitoring_line": "1"})
    assert run.comparison is not None
    [rule] = [each for each in run.comparison["rules"] if each["rule"] == RULE]
    assert rule["before"] == rule["after"] == {"fired": 1, "clear": 8, "unknown": 0}


@pytest.mark.django_db(transaction=True)
def test_a_list_is_judged_when_it_comes_and_when_it_goes(county: County) -> None:
    screened()
    each = report(county["fine"])
    payload = {"list": str(each.pk), "counties": [COUNTY], "households": []}
    announce("exchange.list_committed", payload)
    run_worker(once=True)
    assert Finding.objects.get(rule=RULE).cleared_at is None
    FeedList.objects.update(withdrawn_at=now())
    announce("exchange.list_withdrawn", payload)
    run_worker(once=True)
    assert counted(Run.objects.latest("started_at")) == (0, 0, 9)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_a_person_matched_is_judged_where_the_household_lives(county: County) -> None:
    report(county["fine"], whole=False)
    household = str(county["fine"].pk)
    announce("exchange.row_matched", {"row": "x", "report": "x", "household": household})
    run_worker(once=True)
    [run] = Run.objects.all()
    assert (run.division, counted(run)) == (COUNTY, (1, 0, 8))
