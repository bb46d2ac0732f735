"""Who helps which household."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.teams.models.periods import OPEN, ordered


class Pairing(models.Model):
    """A household and somebody who helps it, for a time. Several may help at once, one mainly."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey("registry.Household", related_name="+", on_delete=models.PROTECT)
    cadre = models.ForeignKey("teams.Cadre", related_name="pairings", on_delete=models.PROTECT)
    organisation = models.ForeignKey(
        "teams.Organisation", null=True, related_name="+", on_delete=models.PROTECT
    )
    main = models.BooleanField()
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
            ordered("pairing_period"),
            models.UniqueConstraint(
                fields=["household"], condition=OPEN & models.Q(main=True), name="pairing_one_main"
            ),
            models.UniqueConstraint(
                fields=["household", "cadre"], condition=OPEN, name="pairing_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.household_id} {self.cadre_id}"
