"""The tables of plans, their risks and their measures.

States, deciders and days of decision are the matters'; nothing here repeats them but `open`, by
which the database holds that a household has one plan a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import new_id

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]
    Files = models.JSONField[list[str], list[str]]


class Origin(models.TextChoices):
    """Why a plan was drafted."""

    RECOGNISED = "recognised", _("识别后拟定")
    LOOK_BACK = "look_back", _("回头看发现风险")
    ASKED = "asked", _("干部拟定")


class Plan(models.Model):
    """What is to be done for a household in a year.

    Attributes:
        division: the household's village when it was drafted.
        case_id: the case it follows from; cases lie above this room, so it is no foreign key.
        contact: who keeps in touch with the household.
        open: until the matter is closed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="plan")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=12, choices=Origin)
    case_id = models.UUIDField(null=True, db_index=True)
    contact = models.ForeignKey("teams.Cadre", models.PROTECT, null=True, related_name="+")
    open = models.BooleanField(default=True)
    opened_on = models.DateField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "year"], condition=Q(open=True), name="plan_open_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "open"], name="plan_by_division"),
            models.Index(fields=["household", "opened_on"], name="plan_by_household"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.household_id} {self.year}"


class PlanRisk(models.Model):
    """A risk that a plan answers; `place` counts from 0, the gravest first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="risks")
    risk = models.CharField(max_length=32)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "risk"], name="plan_risk_once"),
        ]
        ordering: ClassVar = ["place"]

    @override
    def __str__(self) -> str:
        return self.risk


class Measure(models.Model):
    """One thing that is done for a household.

    Attributes:
        family: a code of the catalogue. risk: the risk it is taken for, or empty.
        content_sealed: what it is in detail, encrypted: it may speak of an illness.
        amount: fen; None when it costs nothing or nobody knows.
        starts_on, due_on: the days planned; None while a proposal is not confirmed.
        suggested: proposed by the catalogue and not yet confirmed by a person.
        started_on, ended_on: the days it really began and ended.
        evidence: ids of stored files.
        effect: the household before it began and when it ended, see `domain.effects`; frozen.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="measure")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measures")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    family = models.CharField(max_length=32)
    risk = models.CharField(max_length=32, blank=True)
    title = models.CharField(max_length=64)
    content_sealed = models.BinaryField(null=True)
    organisation = models.ForeignKey(
        "teams.Organisation", models.PROTECT, null=True, related_name="+"
    )
    responsible = models.ForeignKey("teams.Cadre", models.PROTECT, null=True, related_name="+")
    amount = models.BigIntegerField(null=True)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    suggested = models.BooleanField(default=False)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    evidence: Files = models.JSONField(default=list)
    effect: Json = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(starts_on=None) | Q(due_on__gte=F("starts_on")),
                name="measure_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="measure_amount_not_negative"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["household", "family"], name="measure_by_household"),
            models.Index(fields=["division", "due_on"], name="measure_by_due"),
        ]

    @override
    def __str__(self) -> str:
        return self.title
