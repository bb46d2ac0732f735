"""The table of appeals: what people say against a notice, a decision or a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]


class Appeal(models.Model):
    """An objection to a notice, a complaint, or a request to put something right.

    Its state, due day and history are its matter's. Who wrote it is never shown to the public.

    Attributes:
        kind: `objection`, `complaint` or `correction`.
        case: the case it is about, when it is about one.
        notice_id: the public notice it answers.
        division: the village meant, or the county when nobody said which.
        channel: `portal`, `hotline`, `in_person`, `letter`; a code of the procedure's list.
        subject_sealed: what is to be put right, encrypted: part, item and value wished for.
        words_sealed, contact_sealed: what they wrote and how to reach them, encrypted.
        anonymous: whether they gave no name.
        investigators: who looks into it, `[{"id": ..., "name": ...}]`, as they were called then.
        change_id: the change of the register that it became.
        reply_sealed: the reply, encrypted: it may speak of a person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="appeal")
    kind = models.CharField(max_length=16)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="appeals")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    notice_id = models.UUIDField(null=True)
    division = models.CharField(max_length=12)
    channel = models.CharField(max_length=16)
    subject_sealed = models.BinaryField(null=True)
    words_sealed = models.BinaryField()
    contact_sealed = models.BinaryField(null=True)
    anonymous = models.BooleanField(default=True)
    investigators: Json = models.JSONField(default=list)
    change_id = models.UUIDField(null=True)
    reply_sealed = models.BinaryField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "received_at"], name="appeal_by_case"),
            models.Index(fields=["division", "received_at"], name="appeal_by_division"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
