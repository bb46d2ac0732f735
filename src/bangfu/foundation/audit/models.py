"""Audit rows and the batches that seal them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from bangfu.foundation.audit.domain.events import Kind
from bangfu.foundation.clock.api import new_id


class AppendOnly(TypeError):
    """Code tried to change or delete what may only be added."""


class AppendOnlyRows(models.QuerySet["AuditEvent"]):
    """Rows that are added and read; of their columns only `batch` is ever set afterwards."""

    @override
    def update(self, **kwargs: Any) -> int:
        """Set `batch`, as the sealer does.

        Raises:
            AppendOnly: for any other column.
        """
        if set(kwargs) != {"batch"}:
            raise AppendOnly("an audit row is never changed")
        return super().update(**kwargs)

    @override
    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse.

        Raises:
            AppendOnly: always.
        """
        raise AppendOnly("an audit row is never deleted")


class AuditBatch(models.Model):
    """Rows sealed together: their Merkle root, chained to the batch before.

    `members` holds, in the order of ids, 16 bytes of id and 32 bytes of leaf hash a row, so that
    a verifier can name the row that was changed, taken out or put in.
    """

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    members = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__gte=1, count__gte=1), name="batch_counts"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number}: {self.chain}"


class AuditEvent(models.Model):
    """One thing that was done or read. Added once; only the sealer sets `batch`, once.

    No foreign key leaves the row: it must outlive what it tells of.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    posting_id = models.UUIDField(null=True)
    system = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Kind])
    subject_type = models.CharField(max_length=64, blank=True)
    subject_ids = models.TextField(default="[]")
    division = models.CharField(max_length=12, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    count = models.PositiveBigIntegerField(null=True)
    filters = models.TextField(blank=True)
    batch = models.ForeignKey(AuditBatch, models.PROTECT, null=True, editable=False)

    objects: ClassVar = AppendOnlyRows.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person_id__isnull=False, system="")
                | (Q(person_id__isnull=True) & ~Q(system="")),
                name="event_has_one_actor",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(batch=None), name="event_unsealed"),
            models.Index(
                F("subject_type"),
                F("subject_ids"),
                F("at").desc(),
                condition=Q(kind=Kind.OPENED.value),
                name="event_opened",
            ),
            models.Index(fields=["at"], name="event_at"),
            models.Index(fields=["person_id", "at"], name="event_person"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.action}"

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row.

        Raises:
            AppendOnly: when the row is already there.
        """
        if not self._state.adding:
            raise AppendOnly("an audit row is never changed")
        super().save(*args, **kwargs)

    @override
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse.

        Raises:
            AppendOnly: always.
        """
        raise AppendOnly("an audit row is never deleted")
