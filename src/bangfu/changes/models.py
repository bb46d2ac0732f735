"""The table of change requests."""

from __future__ import annotations

from typing import Final

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.registry.api import Adjustment

FINGERPRINT: Final = 32


class ChangeRequest(models.Model):
    """A change of one or two households that somebody asks for.

    Its state, due day and history are its matter's. What it would change lies sealed: it names
    people and may hold numbers of documents.

    Attributes:
        household, other: the household it is about, and for a merger the one that takes it in.
        division: the household's village when it was asked for.
        reason: a code of `member_increase` or `member_decrease`; empty for other kinds.
        day: the day from which the change would hold.
        source: a code of the procedure's list `source`.
        crosses: whether it leads from one township to another.
        key: a keyed hash of the change, by which the same wish is found again.
        sealed: change, versions seen and words, encrypted.
        evidence: ids of stored files.
        adjustment: what the register made of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="change")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+")
    other = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    division = models.CharField(max_length=12)
    kind = models.CharField(max_length=16, choices=Adjustment.Kind)
    reason = models.CharField(max_length=24, blank=True, default="")
    day = models.DateField()
    source = models.CharField(max_length=16)
    crosses = models.BooleanField(default=False)
    key = models.BinaryField(max_length=FINGERPRINT)
    sealed = models.BinaryField()
    evidence: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField(null=True)
    asked_by = models.CharField(max_length=64)
    adjustment = models.OneToOneField(
        "registry.Adjustment", models.PROTECT, null=True, related_name="request"
    )

    class Meta:
        indexes = (
            models.Index(fields=["division", "asked_at"], name="change_by_division"),
            models.Index(fields=["household", "asked_at"], name="change_by_household"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
