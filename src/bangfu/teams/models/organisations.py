"""Organisations for the days they bear a name, and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.teams.models.periods import OPEN, ordered


class Organisation(models.Model):
    """An organisation under one name.

    A renamed one is two rows: the old name ended, the new one begun with the same credit code.

    Attributes:
        division: the place whose organisation it is.
        kind: a code of the list `organisation_type`.
        credit_code: its unified social credit code, or empty.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=128)
    kind = models.CharField(max_length=24)
    credit_code = models.CharField(max_length=18, blank=True, default="")
    division = models.CharField(max_length=12)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)

    class Meta:
        constraints = (
            ordered("organisation_period"),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=OPEN & ~Q(credit_code=""),
                name="organisation_code_once",
            ),
            models.UniqueConstraint(
                fields=["name", "division"], condition=OPEN, name="organisation_name_once"
            ),
        )
        indexes = (models.Index(fields=["division", "name"], name="organisation_by_place"),)

    @override
    def __str__(self) -> str:
        return self.name


class OrganisationSuccession(models.Model):
    """On `day` an organisation's work went to another, or, when it was dissolved, to nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    predecessor = models.ForeignKey(
        Organisation, related_name="successions", on_delete=models.PROTECT
    )
    successor = models.ForeignKey(
        Organisation, null=True, related_name="origins", on_delete=models.PROTECT
    )
    day = models.DateField()
    kind = models.CharField(max_length=12)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="organisation_succession_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id}"
