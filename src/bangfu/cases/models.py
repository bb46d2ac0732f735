"""The table of clues."""

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

    Attributes:
        division: the household's village when the clue came.
        channel: how it came; a code of the procedure's list `channel`.
        rule, finding: the rule that fired, for a clue of the screening.
        document: sentence, evidence and limits as they were when the clue came.
        assigned_to: who is to check it.
        dismissed_reason: a code of the procedure's list `dismissed_reason`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="clue")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    channel = models.CharField(max_length=32)
    risk = models.CharField(max_length=32)
    severity = models.CharField(max_length=8, blank=True)
    rule = models.CharField(max_length=64, blank=True)
    finding = models.OneToOneField(
        "screening.Finding", models.PROTECT, null=True, related_name="clue"
    )
    document: Json = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    dismissed_reason = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["division", "received_at"], name="clue_by_division"),
            models.Index(fields=["household", "rule"], name="clue_by_household"),
            models.Index(fields=["division", "risk"], name="clue_by_risk"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.risk} {self.id}"
