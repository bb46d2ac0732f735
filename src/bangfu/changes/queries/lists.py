"""Lists of change requests: pages, choices with their counts, export. Scoped and audited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Substr

from bangfu.changes.permissions import DECIDE, READ
from bangfu.changes.queries.filters import (
    OPEN,
    PROCEDURE,
    RequestFilters,
    order_of,
    scoped_requests,
)
from bangfu.changes.queries.rows import rows_of
from bangfu.foundation.access.api import record_households
from bangfu.foundation.ui.api import FacetChoice, facet_choices, reader_language
from bangfu.kernel.division import Level
from bangfu.procedures.api import load_procedure
from bangfu.registry.api import EXPORT, Adjustment, Page, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.changes.models import ChangeRequest
    from bangfu.changes.queries.rows import RequestRow
    from bangfu.foundation.access.api import Actor

PAGE_SIZE: Final = 50
_FACETS: Final = {"states": "matter__state", "kinds": "kind", "sources": "source"}


def joined(requests: QuerySet[ChangeRequest]) -> QuerySet[ChangeRequest]:
    """Requests with all that a line shows, in one query."""
    return requests.select_related("matter", "household")


@transaction.atomic
def list_requests(
    actor: Actor,
    filters: RequestFilters | None = None,
    *,
    sort: str = "due",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[RequestRow]:
    """One page of the requests in the actor's scope; `sort` is a name of `SORTS`."""
    wanted = filters or RequestFilters()
    found = scoped_requests(actor).filter(wanted.q())
    first = (max(page, 1) - 1) * size
    rows = rows_of(joined(found).order_by(*order_of(sort))[first : first + size])
    asked = {**wanted.as_document(), "sort": sort, "page": page}
    record_households(actor, "change.listed", rows, asked, READ)
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_requests(
    actor: Actor, filters: RequestFilters | None = None, *, sort: str = "due"
) -> list[RequestRow]:
    """Every request of a list, for a file; one audit row with every household.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    wanted = filters or RequestFilters()
    found = scoped_requests(actor).filter(actor.scope(EXPORT).q("division"), wanted.q())
    rows = rows_of(joined(found).order_by(*order_of(sort)))
    asked = {**wanted.as_document(), "sort": sort, "export": True}
    record_households(actor, "change.exported", rows, asked, READ)
    return rows


def list_facets(
    actor: Actor, filters: RequestFilters | None = None
) -> dict[str, list[FacetChoice]]:
    """The choices of every filter, each counted under all the other filters; nobody is named."""
    wanted = filters or RequestFilters()
    found = {}
    for name in (*_FACETS, "divisions"):
        rows = scoped_requests(actor).filter(wanted.without(name).q())
        place = rows.annotate(place=Substr("division", 1, int(Level.TOWNSHIP)))
        column = _FACETS.get(name, "place")
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
        return {each.value: str(each.label) for each in Adjustment.Kind}
    table = load_procedure(PROCEDURE)
    if name == "states":
        return {each.name: each.label.text(language) for each in table.states.values()}
    return {each.code: each.label.text(language) for each in table.lists["source"]}


def count_waiting(actor: Actor) -> int:
    """How many requests wait for a decision where the actor decides; nobody is named."""
    return _waiting(actor).count()


def _waiting(actor: Actor) -> QuerySet[ChangeRequest]:
    """Open requests where the actor decides; one's own wait for somebody else."""
    found = scoped_requests(actor, DECIDE).filter(OPEN)
    return found.exclude(asked_by_id=actor.person_id) if actor.person_id else found


@transaction.atomic
def list_waiting(
    actor: Actor, *, size: int = PAGE_SIZE
) -> tuple[list[RequestRow], dict[date | None, int]]:
    """The most urgent requests that wait for the actor's decision, and how many by due day."""
    found = _waiting(actor)
    rows = rows_of(joined(found).order_by(*order_of("due"))[:size])
    record_households(actor, "change.listed", rows, {"waiting": True}, READ)
    counted = found.values_list("matter__due_on").annotate(n=Count("pk")).order_by()
    return rows, dict(counted)


def requests_of(actor: Actor, household_id: UUID) -> list[RequestRow]:
    """The requests about a household the actor has opened, the open ones first."""
    found = scoped_requests(actor)
    rows = found.filter(household_id=household_id) | found.filter(other_id=household_id)
    made = rows_of(joined(rows).order_by("-asked_at", "-id"))
    return sorted(made, key=lambda row: row.closed)
