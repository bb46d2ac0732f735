"""The tables of clues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]


class Clue(models.Model):
    """A reason to look at a household. Its state, due day and history are its matter's.

    One open clue of a household and risk gathers all findings of that risk.

    Attributes:
        household: None while nobody has said whom a department's row means.
        division: the household's village when the clue came; without one, the list's county.
        channel: how it came; a code of the procedure's list `channel`.
        rule: the rule that decided, of a clue of the screening: of its gravest finding.
        document: sentence, evidence and limits as they were when the clue came.
        row_id: the row of a department's list that made the clue, if one did.
        reported_by: who recorded the clue by hand, as they were called then.
        words_sealed: what they wrote, encrypted: it may tell of an illness.
        assigned_to: who is to check it.
        dismissed_reason: a code of the procedure's list `dismissed_reason`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="clue")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    division = models.CharField(max_length=12)
    channel = models.CharField(max_length=32)
    risk = models.CharField(max_length=32)
    severity = models.CharField(max_length=8, blank=True)
    rule = models.CharField(max_length=64, blank=True)
    document: Json = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    dismissed_reason = models.CharField(max_length=32, blank=True)
    row_id = models.UUIDField(null=True, unique=True)
    reported_by = models.CharField(max_length=64, blank=True)
    words_sealed = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["division", "received_at"], name="clue_by_division"),
            models.Index(fields=["household", "rule"], name="clue_by_household"),
            models.Index(fields=["division", "risk"], name="clue_by_risk"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.risk} {self.id}"


class ClueFinding(models.Model):
    """A finding that a clue gathers: each finding belongs to one clue, for good.

    Attributes:
        joined_at: when it came to the clue; the clue may have been open by then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clue = models.ForeignKey(Clue, models.PROTECT, related_name="findings")
    finding = models.OneToOneField("screening.Finding", models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["joined_at", "id"]

    @override
    def __str__(self) -> str:
        return f"{self.clue_id} {self.finding_id}"
