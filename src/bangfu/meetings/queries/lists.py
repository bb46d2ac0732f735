"""Lists of meetings: pages, choices with their counts, export. Scoped and audited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Substr

from bangfu.foundation.audit.api import record_counted
from bangfu.foundation.ui.api import FacetChoice, facet_choices, reader_language
from bangfu.kernel.division import Level
from bangfu.meetings.domain.kinds import load_kinds
from bangfu.meetings.permissions import READ
from bangfu.meetings.queries.filters import (
    OPEN,
    PROCEDURE,
    SUBJECT,
    MeetingFilters,
    order_of,
    scoped_meetings,
)
from bangfu.meetings.queries.rows import rows_of
from bangfu.procedures.api import load_procedure
from bangfu.registry.api import EXPORT, Page, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.models import Meeting
    from bangfu.meetings.queries.rows import MeetingRow

PAGE_SIZE: Final = 50
_FACETS: Final = {"states": "matter__state", "kinds": "kind"}


def _found(actor: Actor, filters: MeetingFilters, sort: str) -> QuerySet[Meeting]:
    rows = scoped_meetings(actor).filter(filters.q()).select_related("matter")
    return rows.annotate(n_items=Count("items")).order_by(*order_of(sort))


def _record(actor: Actor, what: dict[str, Any]) -> None:
    # Lines name no household: who was judged stands on a meeting's own page.
    record_counted(actor, SUBJECT, what, actor.scope(READ).common)


@transaction.atomic
def list_meetings(
    actor: Actor,
    filters: MeetingFilters | None = None,
    *,
    sort: str = "-day",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[MeetingRow]:
    """One page of the meetings in the actor's scope; `sort` is a name of `SORTS`."""
    wanted = filters or MeetingFilters()
    first = (max(page, 1) - 1) * size
    rows = rows_of(_found(actor, wanted, sort)[first : first + size])
    _record(actor, {"sort": sort, "page": page})
    return Page(rows, max(page, 1), size, scoped_meetings(actor).filter(wanted.q()).count())


@transaction.atomic
def export_meetings(
    actor: Actor, filters: MeetingFilters | None = None, *, sort: str = "-day"
) -> list[MeetingRow]:
    """Every meeting of a list, for a file.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    rows = _found(actor, filters or MeetingFilters(), sort)
    exported = rows_of(rows.filter(actor.scope(EXPORT).q("division")))
    _record(actor, {"sort": sort, "export": True})
    return exported


def list_facets(
    actor: Actor, filters: MeetingFilters | None = None
) -> dict[str, list[FacetChoice]]:
    """The choices of every filter, each counted under all the other filters."""
    wanted = filters or MeetingFilters()
    found = {}
    for name in (*_FACETS, "divisions"):
        rows = scoped_meetings(actor).filter(wanted.without(name).q())
        place = rows.annotate(town=Substr("division", 1, int(Level.TOWNSHIP)))
        column = _FACETS.get(name, "town")
        counts = dict(place.values_list(column).annotate(n=Count("pk")).order_by(column))
        chosen = getattr(wanted, name)
        labels = _labels(name, {*counts, *chosen})
        found[name] = facet_choices(counts, labels, chosen)
    return found


def _labels(name: str, values: Iterable[str]) -> dict[str, str]:
    language = reader_language()
    if name == "divisions":
        return {each.code: each.name for each in list_divisions(list(values))}
    if name == "kinds":
        return {code: kind.label.text(language) for code, kind in load_kinds().kinds.items()}
    table = load_procedure(PROCEDURE)
    return {each.name: each.label.text(language) for each in table.states.values()}


def list_open(actor: Actor, capability: str = READ) -> list[MeetingRow]:
    """The meetings that are not over, the earliest first; names no household."""
    rows = scoped_meetings(actor, capability).filter(OPEN).select_related("matter")
    return rows_of(rows.order_by("held_on", "division", "id"))
