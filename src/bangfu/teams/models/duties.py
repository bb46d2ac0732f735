"""Duties at places, and the cells of the grid."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.teams.models.periods import OPEN, ordered


class GridCell(models.Model):
    """One cell of a net.

    Attributes:
        tier: the net's tier, a code of `grid_tier`.
        net: the division whose net it belongs to.
        kind: place, department or group.
        place: the division the cell is or lies in; who reaches it reaches the cell.
        name: of a department or group; empty for a place, which has a name of its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tier = models.CharField(max_length=12)
    net = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    place = models.CharField(max_length=12)
    name = models.CharField(max_length=64, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)

    class Meta:
        constraints = (
            ordered("cell_period"),
            models.UniqueConstraint(
                fields=["net", "kind", "place", "name"], condition=OPEN, name="cell_once"
            ),
        )
        indexes = (models.Index(fields=["place", "tier"], name="cell_by_place"),)

    @override
    def __str__(self) -> str:
        return f"{self.net} {self.place} {self.name}"


class Duty(models.Model):
    """A person's role at a place, or in a cell of the grid, for a time.

    Attributes:
        division: the place; that of the cell for a role of the grid.
        organisation: where the person came from at the time.
        sole: whether the role is one person's at a time, copied from the table of roles so that
            the database can refuse a second holder.
        successor: the duty it was handed over to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cadre = models.ForeignKey("teams.Cadre", related_name="duties", on_delete=models.PROTECT)
    role = models.CharField(max_length=24)
    division = models.CharField(max_length=12)
    cell = models.ForeignKey(GridCell, null=True, related_name="duties", on_delete=models.PROTECT)
    organisation = models.ForeignKey(
        "teams.Organisation", null=True, related_name="+", on_delete=models.PROTECT
    )
    sole = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=24, blank=True, default="")
    successor = models.ForeignKey(
        "self", null=True, related_name="predecessors", on_delete=models.PROTECT
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            ordered("duty_period"),
            models.UniqueConstraint(
                fields=["role", "division"],
                condition=OPEN & Q(sole=True, cell__isnull=True),
                name="duty_sole_of_place",
            ),
            models.UniqueConstraint(
                fields=["role", "cell"],
                condition=OPEN & Q(sole=True, cell__isnull=False),
                name="duty_sole_of_cell",
            ),
        )
        indexes = (models.Index(fields=["division", "role"], name="duty_by_place"),)

    @override
    def __str__(self) -> str:
        return f"{self.role} {self.division}"
