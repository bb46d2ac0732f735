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


class Decision(models.TextChoices):
    """How a proposal ended; empty while nobody has decided."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PackProposal(models.Model):
    """A pack that somebody wants published, until another person confirms it or it is withdrawn.

    Attributes:
        content, hash, label: as of `PackVersion`. origin: the file it was sent in, or the name of
            the product's pack.
        division: the division the pack is made for, where the right to publish is asked for.
        valid_from: the day from which it is to hold.
        checked_at: when its own cases had been run; None before.
        cases: how many were run. problems: why those that did not hold did not.
        version: what it became when it was published.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pack = models.CharField(max_length=64)
    label = models.CharField(max_length=200)
    hash = models.CharField(max_length=64)
    content = models.JSONField()
    origin = models.CharField(max_length=120)
    division = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    demo = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposer = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    decision = models.CharField(max_length=16, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decider = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    version = models.OneToOneField(PackVersion, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-id"]

    @override
    def __str__(self) -> str:
        return f"{self.label} ({self.hash[:12]})"
