"""Recalls, and those after which nobody has been sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q

from bangfu.attendance.models import Recall
from bangfu.attendance.permissions import MANAGE, READ
from bangfu.foundation.clock.api import today
from bangfu.foundation.secrets.api import unseal
from bangfu.foundation.ui.api import reader_language
from bangfu.registry.api import list_divisions
from bangfu.teams.api import Duty, load_catalogue

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

SEALED: Final = (Recall._meta.db_table, "sealed")
"""Table and column that reasons are sealed for."""


@dataclass(frozen=True, slots=True)
class OpenRecall:
    """A place that was left by a recall and is still empty.

    Attributes:
        days_left: calendar days until somebody should follow; None when nobody set a number.
    """

    id: UUID
    division: str
    village: str
    role_label: str
    day: date
    replace_by: date | None
    days_left: int | None


def list_open_recalls(actor: Actor, capability: str = MANAGE) -> list[OpenRecall]:
    """Recalls after which nobody has begun in the role, the longest waiting first; names nobody."""
    later = Duty.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=today()),
        division=OuterRef("division"),
        role=OuterRef("role"),
        valid_from__gte=OuterRef("day"),
    )
    rows = Recall.objects.filter(~Exists(later), actor.scope(capability).q("division"))
    shown = list(rows.order_by("replace_by", "day", "id"))
    names = {each.code: each.name for each in list_divisions({x.division for x in shown}, today())}
    language = reader_language()
    return [
        OpenRecall(
            id=each.pk,
            division=each.division,
            village=names.get(each.division, each.division),
            role_label=load_catalogue().label("duty_role", each.role, language),
            day=each.day,
            replace_by=each.replace_by,
            days_left=None if each.replace_by is None else (each.replace_by - today()).days,
        )
        for each in shown
    ]


def find_recall(actor: Actor, duty_id: UUID) -> tuple[Recall, str] | None:
    """The recall that ended a duty, with its reason; None when it was not ended so."""
    rows = Recall.objects.filter(actor.scope(READ).q("division"), duty=duty_id)
    recall = rows.first()
    return None if recall is None else (recall, unseal(*SEALED, recall.pk, bytes(recall.sealed)))
