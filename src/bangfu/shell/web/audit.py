"""The audit administrator's page: who looked, who did, what is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import Posting, requires
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.audit.api import Kind, list_events, unsealed_window
from bangfu.foundation.ui.api import Choice, Column, Filter, Table, present, read_state
from bangfu.registry.api import division_name
from bangfu.shell.audit_words import KINDS, deed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.audit.api import AuditEvent

READ: Final = "audit.read"
"""Declared by access."""


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """A row of the audit in words."""

    id: UUID
    at: datetime
    who: str
    title: str
    deed: str
    refused: bool
    place: str
    count: int | None
    purpose: str
    sealed: bool


EVENTS: Final[Table[ShownEvent]] = Table(
    name="events",
    sort="-at",
    columns=(
        Column("at", _("时间"), lambda row: row.at, kind="moment", heading=True),
        Column("who", _("谁"), lambda row: row.who, template="shell/audit_who.html"),
        Column("deed", _("做了什么"), lambda row: row.deed, template="shell/audit_deed.html"),
        Column("place", _("地方"), lambda row: row.place),
        Column("count", _("几户（条）"), lambda row: row.count or 1, kind="whole"),
        Column("purpose", _("用途"), lambda row: row.purpose),
        Column("sealed", _("封存"), lambda row: row.sealed, template="shell/audit_sealed.html"),
    ),
    filters=(Filter("kind", _("类型"), tuple(Choice(each.value, KINDS[each]) for each in Kind)),),
)


@requires(READ)
@require_safe
def show_audit(request: ActingRequest) -> HttpResponse:
    """The rows of the reader's divisions, the latest first, and what no seal covers yet."""
    state = read_state(EVENTS, request.GET)
    found = list_events(actor=request.actor)
    kinds = [each for each in state.chosen("kind") if each in set(Kind)]
    if kinds:
        found = found.filter(kind__in=kinds)
    rows = shown_events(list(found[state.offset : state.offset + state.limit]))
    context = {
        "table": present(EVENTS, state, rows, total=found.count(), key=lambda row: row.id),
        "window": unsealed_window(),
    }
    return render(request, "shell/audit.html", context)


def shown_events(events: Sequence[AuditEvent]) -> list[ShownEvent]:
    """Rows with the names of people, their posts and places."""
    people = Person.objects.in_bulk({each.person_id for each in events if each.person_id})
    posts = Posting.objects.in_bulk({each.posting_id for each in events if each.posting_id})
    return [
        ShownEvent(
            id=event.id,
            at=event.at,
            who=people[event.person_id].name if event.person_id in people else "",
            title=posts[event.posting_id].title if event.posting_id in posts else "",
            deed=deed(event),
            refused=event.kind == Kind.REFUSED,
            place=division_name(event.division) if event.division else "",
            count=event.count,
            purpose=event.purpose,
            sealed=event.batch_id is not None,
        )
        for event in events
    ]
