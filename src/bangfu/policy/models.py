"""The table of published packs."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id


class Status(models.TextChoices):
    """Whether a version still holds on any day."""

    PUBLISHED = "published"
    REPLACED = "replaced"


class PackVersion(models.Model):
    """One published version of a pack with all it extends, kept for good.

    Attributes:
        pack, label: the pack's name, and the versions of the whole chain.
        hash: SHA-256 over what the chain says of households (`bangfu.rules`).
        content: the files of every pack of the chain: `[{"name": ..., "files": {path: text}}]`.
        valid_from, valid_to: the days it holds on, the last not included; None is open.
        status: `replaced` when later versions have taken over every one of its days.
        demo: whether it is made up for the demonstration.
        published_by: None when a part of the system published it, which `publisher` names.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pack = models.CharField(max_length=64)
    label = models.CharField(max_length=200)
    hash = models.CharField(max_length=64)
    content = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    status = models.CharField(max_length=16, choices=Status, default=Status.PUBLISHED)
    demo = models.BooleanField(default=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    publisher = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-published_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["status", "valid_from"], name="pack_in_force"),
            models.Index(fields=["hash"], name="pack_by_hash"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.label} ({self.hash[:12]})"
