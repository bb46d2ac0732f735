"""Freezing the register into Parquet, and dropping what may no longer be kept."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl
from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.kernel.division import Level
from bangfu.policy.api import active_pack
from bangfu.rules.layout import load_layout
from bangfu.screening.domain.judging import Register
from bangfu.screening.domain.manifest import (
    FILE,
    HOUSEHOLDS,
    MEMBERS,
    REPORTS,
    CountyPart,
    Manifest,
)
from bangfu.screening.domain.outcomes import KEY
from bangfu.screening.models import Snapshot
from bangfu.screening.permissions import RUN
from bangfu.screening.queries.files import folder_of, hash_file, snapshots_folder
from bangfu.screening.queries.homes import newest_data_date
from bangfu.screening.queries.register import register_on

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from bangfu.foundation.access.api import Actor

KEEP_DAYS: Final = "snapshot_keep_days"
"""The pack's parameter for how long a snapshot's files may be kept."""

_COUNTY: Final = "|county"


def take_snapshot(*, actor: Actor, division: str, as_of: date) -> Snapshot:
    """Freeze the register of `division` and what was reported of it as of a day.

    Answers the latest snapshot when nothing differs.

    Raises:
        AccessRefused: when the actor may not screen there.
    """
    actor.check(RUN, division)
    register = register_on(actor, division, as_of)
    fresh = snapshots_folder() / f".{new_id()}.partial"
    fresh.mkdir(parents=True, mode=0o700)
    try:
        parts = _write_parts(fresh, register)
        newest, layout = newest_data_date(division), load_layout().version
        manifest = Manifest(division, as_of, newest, layout, parts)
        text = json.dumps(manifest.document(), ensure_ascii=False, indent=1)
        (fresh / FILE).write_text(text, encoding="utf-8")
        return _keep(actor, fresh, manifest)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write_parts(folder: Path, register: Register) -> tuple[CountyPart, ...]:
    """Write the files of every county, sorted by household."""
    county = pl.col("village_code").str.slice(0, int(Level.COUNTY)).alias(_COUNTY)
    placed = register.households.with_columns(county)
    homes = placed.select(KEY, _COUNTY)
    people, told = (
        rows.join(homes, on=KEY, how="inner", validate="m:1")
        for rows in (register.members, register.reports)
    )
    counties = placed[_COUNTY].unique().sort()
    return tuple(_write_part(folder, code, Register(placed, people, told)) for code in counties)


def _write_part(folder: Path, code: str, register: Register) -> CountyPart:
    here = pl.col(_COUNTY) == code
    files = {
        HOUSEHOLDS: register.households.filter(here).drop(_COUNTY).sort(KEY),
        MEMBERS: _in_order(register.members.filter(here).drop(_COUNTY)),
        REPORTS: _in_order(register.reports.filter(here).drop(_COUNTY)),
    }
    target = folder / f"county={code}"
    target.mkdir(mode=0o700)
    hashes = {}
    for name, frame in files.items():
        frame.write_parquet(target / name, compression="zstd")
        (target / name).chmod(0o400)
        hashes[name] = hash_file(target / name)
    return CountyPart(
        code,
        target.name,
        households=len(files[HOUSEHOLDS]),
        members=len(files[MEMBERS]),
        reports=len(files[REPORTS]),
        files=hashes,
    )


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows by household and then by everything else, so that equal content is equal bytes."""
    plain = [name for name, kind in rows.schema.items() if not kind.is_nested()]
    nested = [name for name in rows.columns if name not in plain]
    texts = [pl.col(name).list.join(",").alias(f"|{name}") for name in nested]
    order = [KEY, *(name for name in plain if name != KEY), *(f"|{name}" for name in nested)]
    return rows.with_columns(texts).sort(order).drop(f"|{name}" for name in nested)


@transaction.atomic
def _keep(actor: Actor, fresh: Path, manifest: Manifest) -> Snapshot:
    """Move the files to their place and write the row; or answer the equal one that is there."""
    latest = (
        Snapshot.objects.filter(division=manifest.division).order_by("-taken_at", "-id").first()
    )
    if latest is not None and latest.hash == manifest.hash and latest.folder:
        return latest
    days = active_pack(manifest.as_of).parameters_on(today(), manifest.division).get(KEEP_DAYS)
    snapshot = Snapshot(
        division=manifest.division,
        as_of=manifest.as_of,
        taken_at=now(),
        source_date=manifest.source_date,
        hash=manifest.hash,
        manifest=manifest.document(),
        households=manifest.households,
        members=manifest.members,
        delete_after=None if days is None else today() + timedelta(days=days),
    )
    snapshot.folder = str(snapshot.id)
    fresh.rename(folder_of(snapshot))
    snapshot.save(force_insert=True)
    record(
        actor=actor,
        action="screening.snapshot_taken",
        kind="changed",
        subject_type="snapshot",
        subject_ids=[snapshot.id],
        division=manifest.division,
        count=manifest.households,
    )
    return snapshot


@transaction.atomic
def drop_snapshots(*, actor: Actor) -> int:
    """Delete the files of snapshots whose day has passed; their rows and runs stay.

    What a run that broke off left behind goes too, once it is a day old.

    Raises:
        AccessRefused: when the actor does not operate the system.
    """
    actor.check("system.operate", "")
    due = list(Snapshot.objects.filter(delete_after__lt=today()).exclude(folder=""))
    for snapshot in due:
        shutil.rmtree(folder_of(snapshot), ignore_errors=True)
        snapshot.folder = ""
        snapshot.save(update_fields=["folder"])
    _sweep()
    if due:
        record(
            actor=actor,
            action="screening.snapshots_dropped",
            kind="changed",
            subject_type="snapshot",
            subject_ids=[each.id for each in due],
            count=len(due),
        )
    return len(due)


def _sweep() -> None:
    """Remove old folders that no row knows: a run died between writing files and its row."""
    known = set(Snapshot.objects.exclude(folder="").values_list("folder", flat=True))
    yesterday = (now() - timedelta(days=1)).timestamp()
    root = snapshots_folder()
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name not in known and folder.stat().st_mtime < yesterday:
            shutil.rmtree(folder, ignore_errors=True)
