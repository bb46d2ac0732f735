"""Counting what strangers ask, by fingerprints that say nothing without the key."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from bangfu.foundation.clock.api import today
from bangfu.foundation.secrets.api import fingerprint
from bangfu.portal.models import Tally


@transaction.atomic
def count_up(kind: str, key: str, *, days: int) -> int:
    """Count one more; answer how many there were within `days`, with this one."""
    day = today()
    mark = fingerprint(f"portal.{kind}", key)
    Tally.objects.filter(kind=kind, since__lte=day - timedelta(days=days)).delete()
    Tally.objects.get_or_create(kind=kind, key_hash=mark, defaults={"since": day})
    row = Tally.objects.select_for_update().get(kind=kind, key_hash=mark)
    row.count += 1
    row.save(update_fields=["count"])
    return row.count


@transaction.atomic
def count_back(kind: str, key: str) -> None:
    """Take one count back: it turned out to be the right person."""
    mark = fingerprint(f"portal.{kind}", key)
    row = Tally.objects.select_for_update().filter(kind=kind, key_hash=mark).first()
    if row is not None and row.count:
        row.count -= 1
        row.save(update_fields=["count"])
