"""Administrative divisions with the days they hold, and what became of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.registry.domain.sorting import KEY_LENGTH

BEGINNING: Final = date(1949, 10, 1)
"""`valid_from` of a division whose first day our source does not tell."""


class Division(models.Model):
    """One division under one name, from a day up to another.

    A renamed division is two rows with one code. The nation is not a row: its code is empty.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=64)
    level = models.PositiveSmallIntegerField()
    parent_code = models.CharField(max_length=12)
    sort_key = models.CharField(max_length=KEY_LENGTH)
    valid_from = models.DateField(default=BEGINNING)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="division_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="division_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["parent_code", "code"], name="division_children"),)

    @override
    def __str__(self) -> str:
        return self.name


class DivisionSuccession(models.Model):
    """On `day`, the places of `predecessor` went to `successor`, wholly or in part."""

    class Kind(models.TextChoices):
        """What happened."""

        RENAMED = "renamed", _("更名")
        MERGED = "merged", _("合并")
        SPLIT = "split", _("分设")
        RECODED = "recoded", _("代码变更")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    predecessor = models.CharField(max_length=12)
    successor = models.CharField(max_length=12, db_index=True)
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["predecessor", "successor", "day"], name="succession_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.predecessor} > {self.successor}"
