"""The tables: pinned versions of procedures, matters with their state, every move made, and what
hung on the boards and who was told because of it.

`Matter` is the only table of the product with a state. Only `procedures.services` writes it; a
test scans the sources for anything else that does.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import Level


class AppendOnly(TypeError):
    """Code tried to change or delete what may only be added."""


class ProcedureVersion(models.Model):
    """A procedure table as it was when a matter was first opened under it, kept for good."""

    hash = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    document = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name"], name="procedure_by_name")]

    @override
    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Matter(models.Model):
    """One matter on its way through a procedure. A feature's row points at it, one to one.

    Attributes:
        procedure: the procedure's name. version: the table it runs under to its end.
        subject_type, subject_id: whom or what it is about (`household` and its id).
        division: where the subject lies.
        due_on: the last day in time of the present state; None when nothing limits it.
        due_provisional: whether the count ran into a year whose working days are not announced.
        entered_at: when the present state began.
        lock_version: how many moves were made; what a page saw, to tell a stale page.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    procedure = models.CharField(max_length=64)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="matters")
    state = models.CharField(max_length=32)
    subject_type = models.CharField(max_length=32, blank=True)
    subject_id = models.UUIDField(null=True)
    division = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    lock_version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["procedure", "state", "division"], name="matter_by_state"),
            models.Index(fields=["division", "due_on"], name="matter_by_due"),
            models.Index(fields=["subject_id"], name="matter_by_subject"),
            models.Index(
                fields=["due_on"], condition=Q(due_provisional=True), name="matter_provisional"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.procedure} {self.id}"


class MatterMove(models.Model):
    """One move that was made. Added once, never changed.

    Attributes:
        number: 0 for the opening, then one up; the same as the matter's lock version after it.
        by_id, by_name, by_title: who made it, as they were called then; no id for the system.
        was_due_on: the due day of the state that was left.
        note_sealed: the written reason, encrypted.
        papers: names of papers with the ids of their files.
        facts: what the guards saw.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=32)
    from_state = models.CharField(max_length=32, blank=True)
    to_state = models.CharField(max_length=32)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=64)
    by_title = models.CharField(max_length=64, blank=True)
    was_due_on = models.DateField(null=True)
    note_sealed = models.BinaryField(null=True)
    papers: models.JSONField[dict[str, list[str]], dict[str, list[str]]] = models.JSONField(
        default=dict
    )
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "number"], name="move_number_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.move}"

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row.

        Raises:
            AppendOnly: when the row is already there.
        """
        if not self._state.adding:
            raise AppendOnly("a move that was made is never changed")
        super().save(*args, **kwargs)

    @override
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse.

        Raises:
            AppendOnly: always.
        """
        raise AppendOnly("a move that was made is never deleted")


class PublicNotice(models.Model):
    """What hung in public of one matter while it was in one state.

    Attributes:
        division: where it hangs: that of the matter.
        number: of the village's sheet, `2026-07`; matters put up in one village, procedure, state
            and day share it.
        days: how many it has to hang, as the policy said on the first day.
        posted_on, ends_on: the first and the last day; the matter goes on when that one is over.
        taken_down_at: when it came down: because the matter went on, or because it had ended.
        document: what it shows, frozen; see `domain.notices.personal_fields`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="notices")
    procedure = models.CharField(max_length=64)
    state = models.CharField(max_length=32)
    division = models.CharField(max_length=12)
    number = models.CharField(max_length=12)
    days = models.PositiveSmallIntegerField()
    posted_on = models.DateField()
    ends_on = models.DateField()
    taken_down_at = models.DateTimeField(null=True)
    document: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "state"],
                condition=Q(taken_down_at=None),
                name="notice_hangs_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "posted_on"], name="notice_by_division"),
            models.Index(fields=["matter", "posted_on"], name="notice_by_matter"),
            models.Index(
                fields=["ends_on"], condition=Q(taken_down_at=None), name="notice_hanging"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.number


class NoticeNumbering(models.Model):
    """The last number given to a sheet of a village in a year; locked while the next is taken."""

    division = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "year"], name="numbering_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.division} {self.year}"


class Escalation(models.Model):
    """A tier that was told of an overdue matter, once for each time the state was entered.

    Attributes:
        entered_at: when the overdue state began. due_on: the day that was missed.
        overdue: by how many working days, when it was told.
        tier: who was told. division: the division of that tier. told_at: when.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="escalations")
    procedure = models.CharField(max_length=64)
    state = models.CharField(max_length=32)
    entered_at = models.DateTimeField()
    due_on = models.DateField()
    overdue = models.PositiveIntegerField()
    tier = models.PositiveSmallIntegerField(
        choices=[(int(level), level.name.lower()) for level in Level]
    )
    division = models.CharField(max_length=12)
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "entered_at", "tier"], name="escalated_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "told_at"], name="escalation_by_division"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.matter_id} {self.tier}"
