"""Reading the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.audit.domain.events import Kind, ids_as_text
from bangfu.foundation.audit.models import AuditEvent

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.audit.domain.events import Scoped


@dataclass(frozen=True, slots=True)
class Opening:
    """One time that somebody looked: a person in a posting, or a named part of the system."""

    at: datetime
    person_id: UUID | None
    posting_id: UUID | None
    system: str
    purpose: str


def list_openings(subject_type: str, subject_id: UUID | str, limit: int = 20) -> list[Opening]:
    """Who opened this one, the latest first. Whoever may see the subject may see this."""
    rows = AuditEvent.objects.filter(
        kind=Kind.OPENED, subject_type=subject_type, subject_ids=ids_as_text((subject_id,))
    ).order_by("-at", "-id")[:limit]
    return [Opening(row.at, row.person_id, row.posting_id, row.system, row.purpose) for row in rows]


def list_events(*, actor: Scoped) -> QuerySet[AuditEvent]:
    """The rows of the divisions in which the actor holds `audit.read`, the latest first."""
    return AuditEvent.objects.filter(actor.scope("audit.read").q("division")).order_by("-at", "-id")
