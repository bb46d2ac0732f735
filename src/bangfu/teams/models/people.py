"""People who serve: most of them are no users of the platform."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.teams.domain.numbers import LENGTH

KEY_LENGTH: Final = 160
FINGERPRINT: Final = 32


class Cadre(models.Model):
    """Somebody who holds duties or helps households.

    Attributes:
        number: names the person in sheets, since telephone numbers are not exported.
        division: the place that entered the person.
        account: the user, when the person is one.
        organisation: where the person comes from.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=LENGTH, unique=True)
    name = models.CharField(max_length=64)
    sort_key = models.CharField(max_length=KEY_LENGTH)
    division = models.CharField(max_length=12)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
    )
    organisation = models.ForeignKey(
        "teams.Organisation", null=True, related_name="cadres", on_delete=models.PROTECT
    )
    phone_sealed = models.BinaryField(null=True)
    phone_fingerprint = models.BinaryField(max_length=FINGERPRINT, null=True, db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=["division", "sort_key"], name="cadre_by_place"),
            models.Index(fields=["name"], name="cadre_by_name"),
        )

    @override
    def __str__(self) -> str:
        return self.number
