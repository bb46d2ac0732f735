"""The table of counts that keep the public's pages from being misused."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id


class Tally(models.Model):
    """How often something was asked since a day; dropped when its time is over.

    Attributes:
        kind: `enquiry.target`, `declaration.address`.
        key_hash: the keyed fingerprint of whom or where from; the thing itself is not kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=32)
    key_hash = models.BinaryField(max_length=32)
    since = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key_hash"], name="tally_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "since"], name="tally_by_age")]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.since}"
