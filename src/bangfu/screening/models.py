"""The tables: snapshots, runs with their counts, and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.screening.domain.changes import Ending
from bangfu.screening.domain.judging import Engine

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]


class Snapshot(models.Model):
    """The register of a division as of a day, frozen in Parquet files under the home.

    Attributes:
        folder: where, below `snapshots` in the home; empty once the files were dropped.
        hash: of the manifest; equal for equal content.
        source_date: the newest day for which a household's facts are known to hold.
        delete_after: the last day on which the files may be kept; None when nobody said.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    division = models.CharField(max_length=12, blank=True)
    as_of = models.DateField()
    taken_at = models.DateTimeField()
    source_date = models.DateField(null=True)
    folder = models.CharField(max_length=120, blank=True)
    hash = models.CharField(max_length=64)
    manifest: Json = models.JSONField(default=dict)
    households = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    delete_after = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["division", "taken_at"], name="snapshot_by_division")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.division} {self.as_of} {self.hash[:8]}"


class Run(models.Model):
    """One judgement of a snapshot by a pack. Written whole when it is done, never changed.

    Attributes:
        fingerprint: of all that decides the outcomes; an equal one need not be judged again.
        parameters: the values used, by county, in the engine's units.
        overrides: the values tried out, as they were given; empty but for a simulation.
        missing: rule -> the parameters it lacks, by which it is unknown for everybody.
        digest: the one hash of the result.
        places: place -> rule -> [fired, unknown], one tier below the division.
        comparison: of a simulation, what would change against the values in force.
        new, continuing, cleared: findings; a simulation and a replay change none.
    """

    class Kind(models.TextChoices):
        """What the run is for."""

        REGULAR = "regular", _("正式筛查")
        REPLAY = "replay", _("重放")
        SIMULATION = "simulation", _("试算")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    division = models.CharField(max_length=12, blank=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="runs")
    snapshot_hash = models.CharField(max_length=64)
    engine = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Engine])
    pack = models.CharField(max_length=64)
    pack_version = models.CharField(max_length=32)
    pack_hash = models.CharField(max_length=64)
    demo = models.BooleanField(default=False)
    as_of = models.DateField()
    source_date = models.DateField(null=True)
    fingerprint = models.CharField(max_length=64)
    parameters: Json = models.JSONField(default=dict)
    overrides: Json = models.JSONField(default=dict)
    missing: Json = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    places: Json = models.JSONField(default=dict)
    comparison: Json = models.JSONField(null=True)
    households = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    continuing = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["division", "kind", "finished_at"], name="run_by_division"),
            models.Index(fields=["finished_at"], name="run_by_time"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.division} {self.as_of} {self.digest[:8]}"


class RuleCount(models.Model):
    """How many households of a run a rule fired for, is clear for, could not judge."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.CASCADE, related_name="counts")
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=64)
    risk = models.CharField(max_length=32)
    label: Json = models.JSONField(default=dict)
    fired = models.PositiveIntegerField()
    clear = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "rule"], name="count_once_a_rule")
        ]
        ordering: ClassVar = ["position"]

    @override
    def __str__(self) -> str:
        return f"{self.rule} {self.fired}/{self.clear}/{self.unknown}"


class Finding(models.Model):
    """A rule that fires for a household, from the run that found it to the one that cleared it.

    Attributes:
        division: the household's village when it was last found.
        document: evidence, the reason's sentence in parts, limits (`domain.evidence`).
        cleared_because: why it is over; unknown data end nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    rule = models.CharField(max_length=64)
    risk = models.CharField(max_length=32)
    severity = models.CharField(max_length=8)
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="found")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    document: Json = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="ended")
    cleared_because = models.CharField(
        max_length=16, blank=True, choices=[(each.value, each.value) for each in Ending]
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "rule"],
                condition=Q(cleared_at=None),
                name="finding_stands_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["division", "rule"], condition=Q(cleared_at=None), name="finding_standing"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.rule} {self.found_at}"


class Turn(models.Model):
    """One row a county: who writes its findings holds it, so that runs take turns."""

    county = models.CharField(primary_key=True, max_length=6)

    @override
    def __str__(self) -> str:
        return self.county
