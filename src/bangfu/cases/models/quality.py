"""The tables of doubtful data: what is to be looked at, and how many were looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from bangfu.foundation.clock.api import new_id

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]


class Doubt(models.Model):
    """What a rule of doubtful data doubts about a household; cleared when it no longer does.

    Attributes:
        rule: `DQ26`, a code of the pack's `quality.yaml`.
        case: the household's monitoring case, when it has one.
        facts: what the rule looked at: counts, codes, yes and no, an amount in fen.
        since: from when it was doubted. cleared_at: from when it no longer was.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="doubts")
    division = models.CharField(max_length=12)
    rule = models.CharField(max_length=8)
    facts: Json = models.JSONField(default=dict)
    since = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "rule"], condition=Q(cleared_at=None), name="doubt_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "rule", "cleared_at"], name="doubt_by_division"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.rule} {self.household_id}"


class QualityCount(models.Model):
    """What a rule said of a county's households when they were last looked through."""

    county = models.CharField(max_length=6)
    rule = models.CharField(max_length=8)
    doubtful = models.PositiveIntegerField()
    fine = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "rule"], name="quality_count_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.county} {self.rule}"
