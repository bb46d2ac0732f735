"""Lists that came in as sheets: checked, then committed or discarded."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id


class UploadState(StrEnum):
    """How far an upload has come; told by the moments it carries."""

    CHECKED = "checked"
    COMMITTED = "committed"
    DISCARDED = "discarded"


class TeamsUpload(models.Model):
    """One sheet of organisations, duties, pairings or cells.

    The rows are not kept beside the file: it lies encrypted and is read again to be committed.

    Attributes:
        kind: which sheet it is.
        division: the place the list is for; every row of it lies there.
        files: the ids of the uploaded files.
        preview_sealed: its problems and first rows in words, dropped when it is over.
        plan_hash: of what the list would write; when the tables have changed, it is another.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16)
    division = models.CharField(max_length=12)
    files: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    plan_hash = models.CharField(max_length=64)
    preview_sealed = models.BinaryField(null=True)
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=64)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=64, blank=True, default="")
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["division", "checked_at"], name="teams_upload_by_place"),)

    @override
    def __str__(self) -> str:
        return str(self.id)

    @property
    def state(self) -> UploadState:
        """How far it has come."""
        if self.discarded_at is not None:
            return UploadState.DISCARDED
        return UploadState.CHECKED if self.committed_at is None else UploadState.COMMITTED
