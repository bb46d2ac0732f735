"""The table of issued papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.foundation.documents.domain.codes import LENGTH

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]


class IssuedPaper(models.Model):
    """A paper that was given out. Issued once, never changed: a corrected paper is another one.

    The row tells no name: what it says may be shown to whoever holds the paper's code.

    Attributes:
        code: what stands on the paper and is typed on the check page, without dashes.
        kind: a registered kind. subject_type, subject_id: whom or what it is about.
        division: where the subject lies. place: the division's name as it was then.
        as_of: the day for which the data hold.
        data_hash: of the data the paper was set from. sha256: of the file, to compare a copy with.
        missing: code points that no shipped font draws, as `U+20000`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=LENGTH, unique=True)
    kind = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField(null=True)
    division = models.CharField(max_length=12)
    place = models.CharField(max_length=128, blank=True)
    as_of = models.DateField()
    data_hash = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    missing: Json = models.JSONField(default=list)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    issued_by_name = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "kind", "issued_at"], name="paper_by_subject"),
            models.Index(fields=["division", "kind", "issued_at"], name="paper_by_division"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
