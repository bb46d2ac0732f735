"""Import batches: one upload from its check to its commit, and back again if need be."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import new_id


class BatchState(StrEnum):
    """How far a batch has come; told by the moments it carries."""

    CHECKED = "checked"
    COMMITTED = "committed"
    REVERSED = "reversed"
    DISCARDED = "discarded"


class Outcome(models.TextChoices):
    """What a batch does, or would do, with a household."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("变更")
    UNCHANGED = "unchanged", _("没有变化")
    REFUSED = "refused", _("退回")


class ImportBatch(models.Model):
    """One upload of registration workbooks.

    Attributes:
        division: the place the importer named; every village of the file lies in it.
        data_date: the day for which the file's facts hold.
        files: the ids of the uploaded files, which lie encrypted in the file store.
        rows, refused_rows: rows of both sheets, and those of refused households.
        notices: how often each notice was given, by code.
        counties: the counties touched, by code.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    division = models.CharField(max_length=12)
    data_date = models.DateField()
    files: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    mapping: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    counties: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    refused_rows = models.PositiveIntegerField(default=0)
    notices: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=64)
    checked_by_id = models.UUIDField(null=True)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=64, blank=True, default="")
    reversed_at = models.DateTimeField(null=True)
    reversed_by = models.CharField(max_length=64, blank=True, default="")
    reverse_reason = models.CharField(max_length=255, blank=True, default="")
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["division", "checked_at"], name="batch_by_division"),)

    @override
    def __str__(self) -> str:
        return str(self.id)

    @property
    def state(self) -> BatchState:
        """How far it has come."""
        if self.discarded_at is not None:
            return BatchState.DISCARDED
        if self.reversed_at is not None:
            return BatchState.REVERSED
        return BatchState.CHECKED if self.committed_at is None else BatchState.COMMITTED


class ImportLine(models.Model):
    """One household of a batch: what the file says and what that would do.

    Attributes:
        position: the order in the file.
        row: the row of the household sheet; 0 when only members name the household.
        staged: what the file says, sealed; dropped when the batch is committed.
        base: the version it was compared with; None for a household the register has not.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ImportBatch, related_name="lines", on_delete=models.CASCADE)
    position = models.PositiveIntegerField()
    row = models.PositiveIntegerField(default=0)
    household_number = models.CharField(max_length=40, blank=True, default="")
    head_name = models.CharField(max_length=64, blank=True, default="")
    village_code = models.CharField(max_length=12, blank=True, default="")
    outcome = models.CharField(max_length=9, choices=Outcome)
    staged = models.BinaryField(null=True)
    base = models.ForeignKey(
        "registry.HouseholdVersion", null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "position"], name="line_position_once"),
        )
        indexes = (models.Index(fields=["batch", "outcome", "position"], name="line_by_outcome"),)

    @override
    def __str__(self) -> str:
        return f"{self.position} {self.household_number}"


class ImportProblem(models.Model):
    """One problem of a batch; what it says, with file, header and values, is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ImportBatch, related_name="problems", on_delete=models.CASCADE)
    line = models.ForeignKey(
        ImportLine, null=True, related_name="problems", on_delete=models.CASCADE
    )
    code = models.CharField(max_length=64)
    refuses = models.BooleanField()
    sheet = models.CharField(max_length=64, blank=True, default="")
    row = models.PositiveIntegerField(default=0)
    column = models.PositiveIntegerField(default=0)
    problem_sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["batch", "code"], name="problem_by_code"),)

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.row}"
