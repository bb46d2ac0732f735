"""The tables of what people tell by themselves, and of the receipts they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]


class Declaration(models.Model):
    """A household's own word that it is in difficulty (农户自主申报), by itself or by a cadre.

    What becomes of it is its clue's matter.

    Source: 中农组发〔2021〕7号, risk found by the household itself.

    Attributes:
        clue: the clue it became; None while somebody is yet to look at it (`held`).
        division: the village named.
        channel: `portal`, or `proxy` when a cadre wrote it down.
        troubles: codes of the procedure's list `trouble`, the first chosen first.
        sealed: name, words and how to reach them, encrypted.
        identity_fingerprint: of the document number, when they gave one; the number is not kept.
        files: ids of the photos and of the paper with the thumbprint.
        by_id, by_name: the cadre who wrote it down.
        held: more came from one connection or village than usual, so a person looks first.
        discarded_on: when that person found that it means nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clue = models.OneToOneField("cases.Clue", models.PROTECT, null=True, related_name="declaration")
    division = models.CharField(max_length=12)
    channel = models.CharField(max_length=16)
    troubles: Json = models.JSONField(default=list)
    sealed = models.BinaryField()
    identity_fingerprint = models.BinaryField(max_length=32, null=True)
    files: Json = models.JSONField(default=list)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=64, blank=True)
    held = models.BooleanField(default=False)
    discarded_on = models.DateField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["division", "received_at"], name="declaration_by_division"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.channel} {self.id}"


class Receipt(models.Model):
    """The number somebody was given, by which they ask for the answer without an account.

    Neither the number nor the form's token is kept, only their keyed fingerprints.

    Attributes:
        kind: `declaration`, `appeal`, `consent` or `file`.
        subject_id: the row it answers for.
        code_hash: of the number. token_hash: of the form that was sent in: the same form twice
            is the same receipt.
        second_hash: of the second secret that a file asks for.
        misses: wrong second secrets so far.
        expires_at: from then on it opens nothing; None for those that stay.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    code_hash = models.BinaryField(max_length=32, unique=True)
    token_hash = models.BinaryField(max_length=32, unique=True, null=True)
    second_hash = models.BinaryField(max_length=32, null=True)
    misses = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject_id"], name="receipt_by_subject"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
