"""The tables of meetings: who was asked to come, who came, what was voted, and the papers."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from typing_extensions import override

from bangfu.foundation.clock.api import new_id

NAME_LENGTH: Final = 64


class Meeting(models.Model):
    """One meeting of a village.

    Its state is its matter's. `present`, `quorate` and each item's `passed` are written once, when
    it is closed, by the parameters of its day.

    Attributes:
        kind: a code of `packs/register/meetings.yaml`.
        eligible: how many members the meeting has, present or not.
        counted: members present by the sheet of signatures, where they are not ticked off by name.
        present: members who were there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="meeting")
    division = models.CharField(max_length=12)
    kind = models.CharField(max_length=24)
    held_on = models.DateField()
    held_at = models.TimeField(null=True)
    place = models.CharField(max_length=NAME_LENGTH)
    chair = models.CharField(max_length=NAME_LENGTH)
    recorder = models.CharField(max_length=NAME_LENGTH)
    eligible = models.PositiveIntegerField()
    counted = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    quorate = models.BooleanField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["division", "held_on"], name="meeting_by_division"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.division} {self.held_on}"


class Attendee(models.Model):
    """Somebody who belongs to the meeting or sits in.

    Attributes:
        group: the villagers' group or whatever tells two people of one name apart.
        role: a code of the roles. member: whether the role counts at this kind of meeting.
        signed: whether the person was there.
        position: the place in the list.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    name = models.CharField(max_length=NAME_LENGTH)
    group = models.CharField(max_length=NAME_LENGTH, blank=True)
    role = models.CharField(max_length=24)
    member = models.BooleanField()
    signed = models.BooleanField(default=False)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "name", "group"], name="attendee_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.role} {self.meeting_id}"


class AgendaItem(models.Model):
    """One matter that the meeting judges.

    Attributes:
        sealed: title, reason and what was said, encrypted.
        in_favour, against, abstained: votes of the members present; all empty until counted.
        passed: what was decided; empty until the meeting is closed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    matter = models.ForeignKey("procedures.Matter", models.PROTECT, related_name="agenda_items")
    position = models.PositiveIntegerField()
    sealed = models.BinaryField()
    in_favour = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "matter"], name="agenda_once"),
            models.CheckConstraint(
                condition=Q(in_favour=None, against=None, abstained=None)
                | Q(in_favour__isnull=False, against__isnull=False, abstained__isnull=False),
                name="agenda_votes_whole",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.meeting_id} {self.position}"


class MeetingPaper(models.Model):
    """A photograph or scan of the meeting: `photo`, `signatures` or `minutes`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=NAME_LENGTH)

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.meeting_id}"
