"""The tables of resident duty: presence, leaves, months that are over, recalls."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from bangfu.foundation.clock.api import new_id

NAME_LENGTH: Final = 64


class SignIn(models.Model):
    """Somebody was in a village on a day, as told by one source.

    Several sources may tell the same day; it counts once.

    Attributes:
        source: `sign_in` by the person, or `visit` by a feature that recorded a visit.
        note_sealed: what was done that day, encrypted.
    """

    SIGNED: Final = "sign_in"
    VISIT: Final = "visit"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cadre = models.ForeignKey("teams.Cadre", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    day = models.DateField()
    source = models.CharField(max_length=12)
    at = models.DateTimeField()
    note_sealed = models.BinaryField(null=True)
    recorded_by = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cadre", "division", "day", "source"], name="sign_in_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "day"], name="sign_in_by_place"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.division} {self.day} {self.source}"


class Leave(models.Model):
    """A leave somebody asked for. Its state, due day and history are its matter's.

    Attributes:
        first_day, last_day: both away; the last day is set back when they return earlier.
        sealed: kind and reason, encrypted: it may tell of an illness.
        asked_by_id: the user who asked.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="leave")
    duty = models.ForeignKey("teams.Duty", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    first_day = models.DateField()
    last_day = models.DateField()
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="leave_period_ordered"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "first_day"], name="leave_by_place"),
            models.Index(fields=["duty", "first_day"], name="leave_by_duty"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.division} {self.first_day}"


class DutyMonth(models.Model):
    """What a month of a duty came to, written once when the month was over.

    Attributes:
        month: its first day.
        required: days asked for; None when nobody set a number.
        present: days in the village, each once. visits: how many of them a visit told of.
        away: days on leave without being in the village. notes: days with a note of work.
        missing: days asked for that were neither; None without a number.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.ForeignKey("teams.Duty", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    month = models.DateField()
    required = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField()
    visits = models.PositiveIntegerField()
    away = models.PositiveIntegerField()
    notes = models.PositiveIntegerField()
    missing = models.PositiveIntegerField(null=True)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["duty", "month"], name="duty_month_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["month", "division"], name="duty_month_by_place"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.division} {self.month}"


class Recall(models.Model):
    """Somebody was called back from a village; another is to be sent.

    Attributes:
        sealed: why, encrypted.
        replace_by: the day by which somebody should follow; None when nobody set a number.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.OneToOneField("teams.Duty", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    role = models.CharField(max_length=24)
    day = models.DateField()
    replace_by = models.DateField(null=True)
    sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "day"], name="recall_by_place")]

    @override
    def __str__(self) -> str:
        return f"{self.division} {self.role}"
