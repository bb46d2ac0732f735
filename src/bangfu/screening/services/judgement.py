"""One judgement of a snapshot, before anything of it is written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from bangfu.kernel.division import DivisionCode, Level
from bangfu.screening.domain.judging import judge
from bangfu.screening.domain.outcomes import KEY, Tally, digest, tally, tally_places
from bangfu.screening.queries.files import read_part
from bangfu.screening.queries.homes import with_homes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from bangfu.rules.api import Pack
    from bangfu.screening.domain.judging import Engine
    from bangfu.screening.domain.manifest import CountyPart, Manifest
    from bangfu.screening.models import Snapshot

_SCHEMA: Final = {
    KEY: pl.Int64,
    "rule": pl.String,
    "outcome": pl.String,
    "village": pl.String,
    "home": pl.String,
    "number": pl.String,
}


@dataclass(frozen=True, slots=True)
class CountyJudgement:
    """One county: its part of the snapshot, its parameters, and what fired or is unknown."""

    part: CountyPart
    parameters: Mapping[str, int]
    outcomes: pl.DataFrame


@dataclass(frozen=True)
class Judgement:
    """A snapshot judged: everything a run is made of.

    Attributes:
        snapshot: its row; None for files from elsewhere.
        overrides: values tried out, as they were given.
        counties: the counties in order of their codes.
    """

    manifest: Manifest
    snapshot: Snapshot | None
    folder: Path
    pack: Pack
    engine: Engine
    as_of: date
    overrides: Mapping[str, str | int]
    started: datetime
    counties: tuple[CountyJudgement, ...]

    @property
    def division(self) -> str:
        """Where the snapshot is of."""
        return self.manifest.division

    @cached_property
    def outcomes(self) -> pl.DataFrame:
        """What fired or is unknown, in all counties."""
        parts = [county.outcomes for county in self.counties]
        return pl.concat(parts) if parts else pl.DataFrame(schema=_SCHEMA)

    @cached_property
    def tallies(self) -> list[Tally]:
        """The counts by rule, in the pack's order."""
        return tally(self.outcomes, list(self.pack.rules), self.manifest.households)

    @cached_property
    def digest(self) -> str:
        """The one hash of the result."""
        return digest(self.outcomes, self.tallies)

    @property
    def places(self) -> dict[str, dict[str, list[int]]]:
        """Fired and unknown one tier below the division."""
        level = DivisionCode(self.division).level
        below = min((tier for tier in Level if tier > level), default=Level.VILLAGE)
        return tally_places(self.outcomes, int(below))

    @property
    def parameters(self) -> dict[str, dict[str, int]]:
        """The values used, by county."""
        return {county.part.county: dict(county.parameters) for county in self.counties}

    @property
    def missing(self) -> dict[str, list[str]]:
        """Rule -> the parameters it lacks somewhere."""
        found: dict[str, set[str]] = {}
        for county in self.counties:
            for rule, names in self.pack.missing_parameters(county.parameters).items():
                found.setdefault(rule, set()).update(names)
        return {rule: sorted(names) for rule, names in sorted(found.items())}

    @property
    def fingerprint(self) -> str:
        """Of all that decides the outcomes; ages go by months, so the day does not count."""
        decides: list[Any] = [
            self.pack.hash,
            f"{self.as_of:%Y-%m}",
            self.parameters,
            {county.part.county: dict(county.part.files) for county in self.counties},
        ]
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def judge_snapshot(
    *,
    manifest: Manifest,
    source: tuple[Snapshot | None, Path],
    pack: Pack,
    engine: Engine,
    as_of: date,
    overrides: Mapping[str, str | int],
    started: datetime,
) -> Judgement:
    """Judge every county of a snapshot, each by the parameters that hold there.

    Raises:
        Refused: an override that names no parameter or is no amount.
        DataUnfit: data no rule may be asked about.
    """
    snapshot, folder = source
    counties = []
    for part in manifest.counties:
        parameters = pack.parameters_on(as_of, part.county, overrides)
        outcomes = judge_part(folder, part, pack, engine, as_of, parameters)
        counties.append(CountyJudgement(part, parameters, with_homes(outcomes)))
    return Judgement(
        manifest, snapshot, folder, pack, engine, as_of, overrides, started, tuple(counties)
    )


def judge_part(
    folder: Path,
    part: CountyPart,
    pack: Pack,
    engine: Engine,
    as_of: date,
    parameters: Mapping[str, int],
) -> pl.DataFrame:
    """What fired or is unknown in one county, with the village of each household."""
    register = read_part(folder, part)
    found = judge(engine, pack, register, as_of, parameters)
    villages = register.households.select(KEY, pl.col("village_code").alias("village"))
    return found.join(villages, on=KEY, how="left", validate="m:1", maintain_order="left")
