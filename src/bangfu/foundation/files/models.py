"""What is known of a stored file; its bytes lie sealed in the home."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id


class StoredFile(models.Model):
    """A file as it was given, sealed.

    A deleted file keeps its row, without name and key: what referred to it still finds when and
    by whom it was stored, and nobody can open the bytes, in backups neither.

    Attributes:
        purpose: what the file is for; the purpose's capabilities say who may read it.
        sha256: of the plain bytes, in hexadecimal.
        sealed_name: the name it was given with.
        sealed_key: the file's own key, sealed under the ring's.
        path: the random name under `files/` in the home.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=64)
    division = models.CharField(max_length=12, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    sealed_name = models.BinaryField()
    sealed_key = models.BinaryField()
    path = models.CharField(max_length=64, unique=True)
    created_by = models.UUIDField(null=True)
    created_by_system = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["purpose", "division"], name="file_of_purpose"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"
