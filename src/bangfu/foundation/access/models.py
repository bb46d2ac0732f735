"""Postings of people, and the divisions they are granted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from bangfu.foundation.clock.api import new_id

_PERIOD = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
"""Half-open. An empty period is a right taken back on the day it was given."""


class Posting(models.Model):
    """A person's place in an organisation, with one role, from a day up to another.

    Attributes:
        apart: the role's group of which a person may hold one at a time, copied from the table of
            roles when the posting is made, so that the database can refuse the second.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    organisation = models.CharField(max_length=128)
    title = models.CharField(max_length=64)
    role = models.CharField(max_length=64)
    apart = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_PERIOD, name="posting_period"),
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(apart="") & Q(valid_to__isnull=True),
                name="posting_one_administrator",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"


class GrantedDivision(models.Model):
    """A division a posting reaches, from a day up to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="granted")
    division_code = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_PERIOD, name="granted_period"),
            models.UniqueConstraint(
                fields=["posting", "division_code", "valid_from"], name="granted_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["division_code"], name="granted_place")]

    @override
    def __str__(self) -> str:
        return self.division_code
