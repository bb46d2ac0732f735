"""Dynamic adjustment: what was decided about a household, and where households came from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.registry.domain.adjusting import AdjustmentKind
from bangfu.registry.models.households import Household


class Adjustment(models.Model):
    """One change that was made: its versions, in every household it touched, point here.

    Attributes:
        division: the village of the household it was asked for, before the change.
        day: the day from which it holds.
        reason: a code of `member_increase` or `member_decrease`; empty for other kinds.
        note: why, in the words of who made it.
        evidence: ids of stored files.
        undone_at: when it was taken back; its versions are revoked then.
    """

    class Kind(models.TextChoices):
        """What the change was."""

        JOIN = AdjustmentKind.JOIN.value, _("新增成员")
        LEAVE = AdjustmentKind.LEAVE.value, _("减少成员")
        CHANGE_HEAD = AdjustmentKind.CHANGE_HEAD.value, _("变更户主")
        SPLIT = AdjustmentKind.SPLIT.value, _("分户")
        MERGE = AdjustmentKind.MERGE.value, _("并户")
        MOVE = AdjustmentKind.MOVE.value, _("迁移")
        CORRECT = AdjustmentKind.CORRECT.value, _("更正指标")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    division = models.CharField(max_length=12)
    day = models.DateField()
    reason = models.CharField(max_length=24, blank=True, default="")
    note = models.CharField(max_length=255)
    evidence: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=64)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=64, blank=True, default="")
    undo_reason = models.CharField(max_length=255, blank=True, default="")

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class HouseholdSuccession(models.Model):
    """Where a household came from: it split off, took another in, or moved here.

    It holds as long as its version does; a move has the household on both sides.

    Attributes:
        left_place: the village that was left.
        version: the version that the change wrote into the successor's history.
    """

    class Kind(models.TextChoices):
        """How it came about."""

        SPLIT = "split", _("分户")
        MERGED = "merged", _("并户")
        MOVED = "moved", _("迁移")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    predecessor = models.ForeignKey(Household, related_name="successions", on_delete=models.PROTECT)
    successor = models.ForeignKey(Household, related_name="origins", on_delete=models.PROTECT)
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    left_place = models.CharField(max_length=12)
    version = models.ForeignKey(
        "registry.HouseholdVersion", related_name="successions", on_delete=models.PROTECT
    )

    class Meta:
        indexes = (models.Index(fields=["left_place", "day"], name="succession_by_place"),)

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
