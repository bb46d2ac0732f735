"""Area tags, village records, and the sheets that brought them.

Tags and records are only ever added to: a change is a new row, and the row before it stays with
`current` off. Every item of `packs/register/places.yaml` is a column of the same name; unknown is
NULL, and the empty text for texts. A test walks both ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.places.domain.catalogue import RECORD, TAG

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]
    Count = models.PositiveIntegerField[int | None, int | None]
    Flag = models.BooleanField[bool | None, bool | None]

TEXT: Final = 200
_HASH: Final = 32


def _count() -> Count:
    return models.PositiveIntegerField(null=True)


def _flag() -> Flag:
    return models.BooleanField(null=True)


class PlacesSheet(models.Model):
    """A sheet of tags or village records that was uploaded: checked, then committed or dropped.

    Attributes:
        division: the place the sheet is of.
        file: the encrypted file as it came.
        problems: what was found in it; see `kernel.problems.as_document`.
        new, changed, unchanged, refused, unmatched: rows by what they would do.
    """

    class Kind(models.TextChoices):
        """What the sheet holds."""

        TAGS = TAG, _("区域标签")
        RECORDS = RECORD, _("村情信息")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    division = models.CharField(max_length=12, blank=True)
    file = models.UUIDField()
    content_hash = models.BinaryField(max_length=_HASH)
    problems: Json = models.JSONField(default=list)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    unmatched = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=64)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (models.Index(fields=["division", "checked_at"], name="places_sheet_by_place"),)

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.division}"

    @property
    def accepted(self) -> int:
        """Rows that committing would write."""
        return self.new + self.changed


class AreaTag(models.Model):
    """From `valid_from` a place has a tag, as a list says.

    Attributes:
        division: the place; empty while the list's name matches no place, or several.
        name: the place as the list writes it.
        within: the division the list is of.
        demo: whether the tag was made up for a demonstration.
        current: False once a later row says otherwise.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=32)
    division = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=64)
    within = models.CharField(max_length=12, blank=True)
    batch = models.CharField(max_length=32, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=TEXT)
    demo = models.BooleanField(default=False)
    sheet = models.ForeignKey(PlacesSheet, models.PROTECT, null=True, related_name="tags")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "division", "valid_from"],
                condition=Q(current=True) & ~Q(division=""),
                name="area_tag_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="area_tag_ends_after_it_begins",
            ),
        )
        indexes = (
            models.Index(fields=["division", "kind"], name="area_tag_by_division"),
            models.Index(fields=["kind", "division"], name="area_tag_by_kind"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.division or self.name}"


class VillageRecord(models.Model):
    """A village in a year, as it was recorded at a moment.

    Attributes:
        source, day: where the latest of its facts come from and the day they hold for.
        origins: item -> [source, day], each item's own.
        demo: whether the record was made up for a demonstration.
        current: False once a later row says otherwise.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    village_code = models.CharField(max_length=12)
    record_year = models.PositiveSmallIntegerField()
    households_registered = _count()
    population_registered = _count()
    population_living = _count()
    population_poor = _count()
    farmland = _count()
    road_to_village = _flag()
    groups = _count()
    groups_with_road = _count()
    tap_water_households = _count()
    production_power = _flag()
    network = _flag()
    broadband = _flag()
    clinic = _flag()
    doctors = _count()
    culture_room = _flag()
    collective_income = models.BigIntegerField(null=True)
    enterprises = _count()
    cooperatives = _count()
    leading_industry = models.CharField(max_length=TEXT, blank=True, default="")
    source = models.CharField(max_length=TEXT)
    day = models.DateField()
    origins: Json = models.JSONField(default=dict)
    demo = models.BooleanField(default=False)
    sheet = models.ForeignKey(PlacesSheet, models.PROTECT, null=True, related_name="records")
    reason = models.CharField(max_length=TEXT, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["village_code", "record_year"],
                condition=Q(current=True),
                name="village_record_once_a_year",
            ),
        )
        indexes = (
            models.Index(fields=["village_code", "record_year"], name="village_record_by_village"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.village_code} {self.record_year}"
