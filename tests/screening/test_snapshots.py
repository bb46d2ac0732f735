"""Snapshots: what they hold, what they never hold, and that nobody alters them unseen."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest

from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.registry.models import Household, Member
from bangfu.screening.api import (
    DROP_SNAPSHOTS,
    Snapshot,
    drop_snapshots,
    run_screening,
    take_snapshot,
)
from bangfu.screening.domain.manifest import ManifestInvalid, read_manifest
from bangfu.screening.queries.files import open_snapshot
from screening.conftest import DAY, FRIDAY
from screening.people import COUNTY, officer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

County = dict[str, Household]
NEVER = {"birth_date", "name", "head_name", "household_number", "person_number", "id_number"}


@pytest.fixture
def folder(county: County, demo_home: Path) -> Path:
    """The files of a snapshot of the small county."""
    actor = officer("county_officer", COUNTY)
    snapshot = take_snapshot(actor=actor, division=COUNTY, as_of=DAY)
    return demo_home / "snapshots" / snapshot.folder


def test_files_lie_by_county_in_the_order_of_keys(folder: Path) -> None:
    manifest = open_snapshot(folder, DAY)
    assert [(part.county, part.households, part.members) for part in manifest.counties] == [
        (COUNTY, 9, 29)
    ]
    households = pl.read_parquet(folder / f"county={COUNTY}" / "households.parquet")
    members = pl.read_parquet(folder / f"county={COUNTY}" / "members.parquet")
    assert households["household_key"].is_sorted()
    assert members["household_key"].is_sorted()
    assert (households.height, members.height) == (9, 29)


def test_nobody_is_named_in_the_files(folder: Path, county: County) -> None:
    told = {
        text
        for household in county.values()
        for text in (household.household_number, household.head_name, str(household.pk))
    } | {member.name for member in Member.objects.all()}
    for file in folder.rglob("*"):
        if file.is_file():
            assert [text for text in told if text.encode() in file.read_bytes()] == []
    for file in folder.rglob("*.parquet"):
        columns = set(pl.read_parquet_schema(file))
        assert (
            columns & {"birth_date", "name", "head_name", "household_number", "id_number"} == set()
        )


def change_a_byte(folder: Path, name: str = "members.parquet") -> None:
    """Alter one file."""
    file = folder / f"county={COUNTY}" / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.chmod(0o600)
    file.write_bytes(bytes(data))


def change_a_report(folder: Path) -> None:
    """Alter what was reported."""
    change_a_byte(folder, "reports.parquet")


def drop_a_file(folder: Path) -> None:
    """Take one file away."""
    (folder / f"county={COUNTY}" / "households.parquet").unlink()


def rewrite_a_hash(folder: Path) -> None:
    """Alter the manifest."""
    file = folder / "manifest.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"households": 9', '"households": 8'))


@pytest.mark.parametrize("alter", [change_a_byte, change_a_report, drop_a_file, rewrite_a_hash])
def test_an_altered_snapshot_is_not_judged(folder: Path, alter: Callable[[Path], None]) -> None:
    alter(folder)
    with pytest.raises(Refused) as refused:
        run_screening(actor=officer("county_officer", COUNTY), folder=folder)
    assert [each.code for each in refused.value.problems] == ["screening.snapshot_altered"]


def test_a_folder_without_a_snapshot_is_refused(county: County, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        run_screening(actor=officer("county_officer", COUNTY), folder=tmp_path / "nowhere")
    assert [each.code for each in refused.value.problems] == ["screening.no_snapshot"]


def test_two_bare_files_are_judged_as_they_are(folder: Path, tmp_path: Path) -> None:
    actor = officer("county_officer", COUNTY)
    known = run_screening(actor=actor, folder=folder)
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in ("households.parquet", "members.parquet"):
        (bare / name).write_bytes((folder / f"county={COUNTY}" / name).read_bytes())
    run = run_screening(actor=actor, folder=bare, as_of=DAY)
    assert (run.digest, run.division, run.kind) == (known.digest, "511921103201"[:6], "replay")


@pytest.mark.parametrize("document", [None, [], {}, {"counties": [{"x": 1}]}, {"as_of": 3}])
def test_what_is_no_manifest_is_refused(document: object) -> None:
    with pytest.raises(ManifestInvalid):
        read_manifest(document)


def test_files_are_dropped_when_their_day_has_passed(folder: Path) -> None:
    system = system_actor("screening")
    assert Snapshot.objects.get().delete_after == DAY + timedelta(days=90)
    Snapshot.objects.update(delete_after=DAY)
    assert drop_snapshots(actor=system) == 0
    with using_clock(FixedClock(FRIDAY + timedelta(days=1))):
        assert drop_snapshots(actor=system) == 1
    assert not folder.exists()
    snapshot = Snapshot.objects.get()
    assert (snapshot.folder, snapshot.households) == ("", 9)
    assert json.dumps(snapshot.manifest)
    with pytest.raises(AccessRefused):
        drop_snapshots(actor=officer("county_officer", COUNTY))


def test_what_a_broken_run_left_is_swept_away(folder: Path, demo_home: Path) -> None:
    Snapshot.objects.update(delete_after=None)
    orphan = demo_home / "snapshots" / "01a1f6ae-9900-71eb-b9f7-ba102bf8e145"
    partial = demo_home / "snapshots" / ".01a1f6ae.partial"
    for each in (orphan, partial):
        each.mkdir()
    drop_snapshots(actor=system_actor("screening"))
    assert orphan.exists()
    assert partial.exists()
    with using_clock(FixedClock(FRIDAY + timedelta(days=800))):
        drop_snapshots(actor=system_actor("screening"))
    assert (orphan.exists(), partial.exists(), folder.exists()) == (False, False, True)
    assert DROP_SNAPSHOTS == "screening.drop_snapshots"
