"""Snapshot files: where they lie, and reading them only when they are what the manifest says."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings

from bangfu.kernel.division import Level, common_division
from bangfu.kernel.problems import Place, Problem, Refused
from bangfu.rules.engines.frames import frame_type
from bangfu.rules.kinds import readable_items
from bangfu.rules.layout import load_layout
from bangfu.screening.domain.judging import Register
from bangfu.screening.domain.manifest import (
    FILE,
    HOUSEHOLDS,
    MEMBERS,
    REPORTS,
    CountyPart,
    Manifest,
    ManifestInvalid,
    read_manifest,
)
from bangfu.screening.domain.outcomes import KEY

if TYPE_CHECKING:
    from datetime import date

    from bangfu.screening.models import Snapshot


def snapshots_folder() -> Path:
    """Where the home keeps snapshots."""
    return Path(settings.BANGFU_HOME) / "snapshots"


def folder_of(snapshot: Snapshot) -> Path:
    """Where one snapshot's files lie.

    Raises:
        Refused: `screening.snapshot_dropped` when its files were deleted.
    """
    if not snapshot.folder:
        values = {"day": snapshot.as_of.isoformat()}
        raise Refused(Problem("screening.snapshot_dropped", values=values))
    return snapshots_folder() / snapshot.folder


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_snapshot(folder: Path, as_of: date) -> Manifest:
    """The manifest of a snapshot, every file of which is as it was written.

    A folder that holds households and members and no manifest is taken as it is, for `as_of`: so a
    made-up register, or one from elsewhere, can be judged. It may hold reports.

    Raises:
        Refused: `screening.no_snapshot` when the folder holds none; `screening.snapshot_altered`
            when the manifest or a file is not what it was.
    """
    path = folder / FILE
    if not path.exists() and (folder / HOUSEHOLDS).is_file() and (folder / MEMBERS).is_file():
        return _bare_manifest(folder, as_of)
    try:
        manifest = read_manifest(json.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise Refused(_problem("screening.no_snapshot", path)) from None
    except (ManifestInvalid, ValueError):
        raise Refused(_problem("screening.snapshot_altered", path)) from None
    for part in manifest.counties:
        for name, known in part.files.items():
            file = folder / part.folder / name
            if not file.is_file() or hash_file(file) != known:
                raise Refused(_problem("screening.snapshot_altered", file))
    return manifest


def _problem(code: str, path: Path) -> Problem:
    return Problem(code, Place(file=path.name), {"file": f"{path.parent.name}/{path.name}"})


def _bare_manifest(folder: Path, as_of: date) -> Manifest:
    county = pl.col("village_code").str.slice(0, int(Level.COUNTY))
    homes = pl.scan_parquet(folder / HOUSEHOLDS).select(KEY, county.alias("county"))
    names = [name for name in (MEMBERS, REPORTS) if (folder / name).is_file()]
    rows = [pl.scan_parquet(folder / name).select(KEY).join(homes, on=KEY) for name in names]
    households, *below = pl.collect_all(
        [frame.group_by("county").len().sort("county") for frame in (homes, *rows)]
    )
    counted = {name: dict(frame.iter_rows()) for name, frame in zip(names, below, strict=True)}
    hashes = {name: hash_file(folder / name) for name in (HOUSEHOLDS, *names)}
    parts = tuple(
        CountyPart(
            code,
            "",
            count,
            counted[MEMBERS].get(code, 0),
            counted.get(REPORTS, {}).get(code, 0),
            hashes,
        )
        for code, count in households.iter_rows()
    )
    division = common_division(part.county for part in parts)
    return Manifest(division, as_of, None, load_layout().version, parts)


def read_part(folder: Path, part: CountyPart) -> Register:
    """The households, members and reports of one county."""
    place = folder / part.folder
    households = pl.scan_parquet(place / HOUSEHOLDS, hive_partitioning=False)
    members = pl.scan_parquet(place / MEMBERS, hive_partitioning=False)
    reports = _scan_reports(place, part)
    if not part.folder:
        here = pl.col("village_code").str.slice(0, int(Level.COUNTY)) == part.county
        households = households.filter(here)
        keys = households.select(KEY)
        members, reports = (
            frame.join(keys, on=KEY, how="semi", maintain_order="left")
            for frame in (members, reports)
        )
    return Register(*pl.collect_all([households, members, reports]))


def _scan_reports(place: Path, part: CountyPart) -> pl.LazyFrame:
    """The reports; none where a folder from elsewhere holds no such file."""
    if REPORTS in part.files:
        return pl.scan_parquet(place / REPORTS, hive_partitioning=False)
    keys = pl.scan_parquet(place / HOUSEHOLDS, hive_partitioning=False).select(KEY)
    items = readable_items(load_layout().items["report"])
    columns = [pl.lit(None, dtype=frame_type(each)).alias(name) for name, each in items.items()]
    return keys.clear().with_columns(columns)


def read_keys(folder: Path, part: CountyPart) -> list[int]:
    """The keys of the households of one county."""
    return read_part(folder, part).households[KEY].to_list()
