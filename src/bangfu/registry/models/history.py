"""The history of households: append-only, with two times."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.registry.domain.versions import ChangeKind, VersionMark
from bangfu.registry.models.adjustments import Adjustment
from bangfu.registry.models.batches import ImportBatch
from bangfu.registry.models.households import FINGERPRINT, Household


class HouseholdVersion(models.Model):
    """From `valid_from` the household was as the document says, recorded at `recorded_at`.

    Exactly one of three is set: `document` (canonical text, secret leaves sealed), `same_as` (the
    facts of another version were found to hold on a later day), `revokes` (a reversed batch takes a
    version out of force). Rows are only ever added.
    """

    class Kind(models.TextChoices):
        """What the version did."""

        CREATED = ChangeKind.CREATED.value, _("建档")
        CHANGED = ChangeKind.CHANGED.value, _("变更")
        CONFIRMED = ChangeKind.CONFIRMED.value, _("核对无变化")
        REVERSED = ChangeKind.REVERSED.value, _("撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, related_name="versions", on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=Kind)
    batch = models.ForeignKey(
        ImportBatch, null=True, related_name="versions", on_delete=models.PROTECT
    )
    adjustment = models.ForeignKey(
        Adjustment, null=True, related_name="versions", on_delete=models.PROTECT
    )
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=64)
    reason = models.CharField(max_length=255, blank=True, default="")
    document = models.TextField(blank=True, default="")
    content_hash = models.BinaryField(max_length=FINGERPRINT, null=True)
    same_as = models.ForeignKey("self", null=True, related_name="+", on_delete=models.PROTECT)
    revokes = models.OneToOneField(
        "self", null=True, related_name="revoked_by", on_delete=models.PROTECT
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["household", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=(
                    Q(same_as__isnull=True, revokes__isnull=True) & ~Q(document="")
                    | Q(same_as__isnull=False, revokes__isnull=True, document="")
                    | Q(same_as__isnull=True, revokes__isnull=False, document="")
                ),
                name="version_is_one_of_three",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.valid_from}"

    @property
    def mark(self) -> VersionMark:
        """What decides whether this version holds."""
        content = None if self.revokes_id else self.same_as_id or self.id
        return VersionMark(
            self.id, self.number, self.valid_from, self.recorded_at, content, self.revokes_id
        )
