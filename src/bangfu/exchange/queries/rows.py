"""Rows of lists: those of one list, and all that wait for a person. Always audited.

Whom a row was matched to is shown only to who may read the register there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404

from bangfu.exchange.domain.feeds import HOUSEHOLD, IDENTITY, NAME, NOTE
from bangfu.exchange.models import FeedList, ListProblem, ListRow, Report, RowOutcome
from bangfu.exchange.permissions import MATCH, REGISTER
from bangfu.exchange.queries.lists import own_or_overseen
from bangfu.exchange.queries.sealed import opened_problems, said_by
from bangfu.foundation.audit.api import record_listed, record_opened
from bangfu.foundation.ui.wording import ShownProblem, show_problem
from bangfu.kernel.division import NATION
from bangfu.registry.api import Page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor

SUBJECT: Final = "list_row"
TAKEN: Final = "taken"
"""The outcome of a matched or waiting row, for who may not know which of them it is."""
_OPEN: Final = frozenset(
    {RowOutcome.REFUSED.value, RowOutcome.KNOWN.value, RowOutcome.REPLACED.value}
)
"""States of rows that tell nothing of the register."""
SORTS: Final = {
    "row": ("list__checked_at", "list", "position"),
    "day": ("day", "list", "position"),
    "amount": ("amount", "list", "position"),
    "feed": ("list__feed", "list", "position"),
}
"""Orders of rows by name; a leading `-` turns one round."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a list.

    Attributes:
        number, household_number, name, note: in the file's own words; empty for a refused row.
        household_id, head_name: whom it was matched to, where the reader may know.
        problems: what is wrong with it, or worth saying.
    """

    id: UUID
    list: FeedList
    row: int
    number: str
    household_number: str
    name: str
    note: str
    day: date | None
    amount: int | None
    percent: int | None
    product: str
    place: str
    outcome: str
    doubt: str
    decision: str
    live: bool
    settled_at: datetime | None
    settled_by: str
    household_id: UUID | None
    head_name: str
    village_code: str
    problems: tuple[ShownProblem, ...]


@dataclass(frozen=True, slots=True)
class RowFilters:
    """What rows are narrowed to; an empty filter narrows nothing.

    Attributes:
        code: only those with this problem.
        feeds, doubts: kinds of lists; why rows wait.
    """

    outcomes: tuple[str, ...] = ()
    code: str = ""
    feeds: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    def q(self) -> Q:
        """The same as a condition."""
        wanted = {
            "outcome__in": self.outcomes,
            "list__feed__in": self.feeds,
            "doubt__in": self.doubts,
            "decision__in": self.decisions,
        }
        return Q(**{field: values for field, values in wanted.items() if values})

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        names = ("outcomes", "feeds", "doubts", "decisions")
        found = {name: list(getattr(self, name)) for name in names if getattr(self, name)}
        return {**found, "code": self.code} if self.code else dict(found)


@transaction.atomic
def list_rows(
    actor: Actor,
    each: FeedList,
    filters: RowFilters,
    *,
    sort: str = "row",
    page: int = 1,
    size: int = 50,
) -> Page[ShownRow]:
    """The rows of a list that the actor got, in the order of the file; one audit row.

    Who may not read the register there cannot ask which rows were matched.
    """
    if not actor.may(REGISTER, each.division):
        filters = replace(filters, outcomes=tuple(x for x in filters.outcomes if x in _OPEN))
    found = each.lines.filter(filters.q())
    if filters.code:
        found = found.filter(problems__code=filters.code).distinct()
    return _page(actor, found, filters, (sort, page, size), each.division)


def waiting_rows(actor: Actor) -> QuerySet[ListRow]:
    """Every row that waits for a person or was decided by one, where the actor may match."""
    decided = Q(outcome=RowOutcome.UNMATCHED) | ~Q(settled_by="")
    return ListRow.objects.filter(
        decided,
        own_or_overseen(actor, "list__"),
        actor.scope(MATCH).q("list__division"),
        live=True,
        list__withdrawn_at__isnull=True,
        list__committed_at__isnull=False,
    )


@transaction.atomic
def list_waiting(
    actor: Actor, filters: RowFilters, *, sort: str = "row", page: int = 1, size: int = 50
) -> Page[ShownRow]:
    """The rows that wait for a person, or were decided by one; one audit row with their ids."""
    reach = actor.scope(MATCH).divisions
    place = reach[0] if len(reach) == 1 else NATION
    return _page(actor, waiting_rows(actor).filter(filters.q()), filters, (sort, page, size), place)


def count_waiting(actor: Actor) -> int:
    """How many rows wait for the actor."""
    return waiting_rows(actor).filter(outcome=RowOutcome.UNMATCHED).count()


def count_facets(actor: Actor) -> dict[str, dict[str, int]]:
    """How many rows there are by outcome, feed, doubt and decision; without their ids."""
    fields = {
        "state": "outcome", "feed": "list__feed", "doubt": "doubt", "decision": "decision"
    }  # fmt: skip
    rows = waiting_rows(actor)
    return {
        name: dict(rows.values_list(field).annotate(n=Count("id")).order_by())
        for name, field in fields.items()
    }


@transaction.atomic
def get_row(actor: Actor, row_id: UUID) -> ShownRow:
    """One row that waits, or was decided by a person; its opening is on record.

    Raises:
        Http404: when the actor sees no such row.
    """
    row = waiting_rows(actor).select_related("list").filter(pk=row_id).first()
    if row is None:
        raise Http404
    record_opened(actor, SUBJECT, row.id, row.list.division)
    return _shown(actor, [row])[0]


def _page(
    actor: Actor,
    found: QuerySet[ListRow],
    filters: RowFilters,
    cut: tuple[str, int, int],
    division: str,
) -> Page[ShownRow]:
    sort, number, size = cut
    backwards = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS["row"])
    order = [f"-{column}" if backwards else column for column in columns]
    start = (max(number, 1) - 1) * size
    rows = list(found.select_related("list").order_by(*order)[start : start + size])
    document = {**filters.as_document(), "sort": sort, "page": number}
    record_listed(actor, SUBJECT, document, [row.id for row in rows], division)
    return Page(_shown(actor, rows), max(number, 1), size, found.count())


_Whom = dict["UUID", tuple["UUID", str, str]]


def _whom(actor: Actor, rows: Sequence[ListRow]) -> _Whom:
    """Household, head and village of each row that was matched, where the actor may know."""
    found = Report.objects.filter(
        actor.scope(REGISTER).q("household__village_code"),
        row__in=[row.id for row in rows],
        undone_at__isnull=True,
    ).values_list("row_id", "household_id", "household__head_name", "household__village_code")
    return {row: (household, head, village) for row, household, head, village in found}


def _problems(rows: Sequence[ListRow]) -> dict[UUID, list[ShownProblem]]:
    found: dict[UUID, list[ShownProblem]] = {row.id: [] for row in rows}
    kept = ListProblem.objects.filter(line__in=found).order_by("row", "column", "id")
    for each, problem in opened_problems(list(kept)):
        if each.line_id is not None:
            found[each.line_id].append(show_problem(problem))
    return found


def _shown(actor: Actor, rows: Sequence[ListRow]) -> list[ShownRow]:
    whom, problems = _whom(actor, rows), _problems(rows)
    shown = []
    for row, said in zip(rows, said_by(rows), strict=True):
        household, head, village = whom.get(row.id, (None, "", ""))
        told = row.outcome in _OPEN or actor.may(REGISTER, row.list.division)
        shown.append(
            ShownRow(
                row.id, row.list, row.row, said.get(IDENTITY, ""), said.get(HOUSEHOLD, ""),
                said.get(NAME, ""), said.get(NOTE, ""), row.day, row.amount, row.percent,
                row.product, row.place, row.outcome if told else TAKEN, row.doubt if told else "",
                row.decision if told else "", row.live, row.settled_at if told else None,
                row.settled_by if told else "", household, head, village,
                tuple(problems[row.id]),
            )
        )  # fmt: skip
    return shown
