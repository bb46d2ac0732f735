"""Lists as far as the actor may see them.

Who may also read the register in a place sees the lists of every office there. A department's
data officer sees those that their own office handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Min, Q
from django.http import Http404

from bangfu.exchange.models import FeedList, ListProblem, RowOutcome
from bangfu.exchange.permissions import READ, REGISTER
from bangfu.exchange.queries.sealed import opened_problems
from bangfu.foundation.access.api import organisation_of
from bangfu.foundation.ui.wording import sentence_of
from bangfu.registry.api import Page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Problem

SORTS: Final = {
    "data_date": ("data_date", "checked_at", "id"),
    "checked_at": ("checked_at", "id"),
    "feed": ("feed", "-checked_at", "id"),
    "rows": ("rows", "id"),
    "unmatched": ("unmatched", "id"),
}
"""Orders of the lists by name; a leading `-` turns one round."""

ON: Final = Q(committed_at__isnull=False, withdrawn_at__isnull=True)
"""Lists that count."""


def own_or_overseen(actor: Actor, field: str = "") -> Q:
    """Which lists the actor may see, as a condition on a list or on what points at one.

    Args:
        actor: who looks.
        field: the way to the list, `list__`; empty for lists.
    """
    place, office = f"{field}division", f"{field}organisation"
    own = Q(**{office: organisation_of(actor)}) & ~Q(**{office: ""})
    return actor.scope(READ).q(place) & (actor.scope(REGISTER).q(place) | own)


def visible_lists(actor: Actor) -> QuerySet[FeedList]:
    """Every list the actor may see that was not discarded; lists name nobody."""
    return FeedList.objects.filter(own_or_overseen(actor), discarded_at__isnull=True)


@dataclass(frozen=True, slots=True)
class ListFilters:
    """What lists are narrowed to; an empty filter narrows nothing."""

    feeds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    def q(self) -> Q:
        """The same as a condition."""
        wanted = Q(feed__in=self.feeds) if self.feeds else Q()
        if not self.states:
            return wanted
        kinds = {
            "checked": Q(committed_at__isnull=True),
            "committed": ON,
            "withdrawn": Q(withdrawn_at__isnull=False),
        }
        chosen = Q(pk__in=())
        for state in self.states:
            chosen |= kinds.get(state, Q(pk__in=()))
        return wanted & chosen


def list_lists(
    actor: Actor, filters: ListFilters, *, sort: str, page: int = 1, size: int = 50
) -> Page[FeedList]:
    """The lists the actor may see, one page of them."""
    found = visible_lists(actor).filter(filters.q()).order_by(*_order(sort))
    start = (max(page, 1) - 1) * size
    return Page(list(found[start : start + size]), max(page, 1), size, found.count())


def _order(sort: str) -> list[str]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["checked_at"])
    if not sort.startswith("-"):
        return list(columns)
    return [each.removeprefix("-") if each.startswith("-") else f"-{each}" for each in columns]


def get_list(actor: Actor, list_id: UUID) -> FeedList:
    """One list.

    Raises:
        Http404: when the actor sees no such list.
    """
    found = visible_lists(actor).filter(pk=list_id).first()
    if found is None:
        raise Http404
    return found


def get_list_for(actor: Actor, capability: str, list_id: UUID) -> FeedList:
    """One list, to do something with it.

    Raises:
        Http404: when the actor sees no such list.
        AccessRefused: without the capability in its division.
    """
    found = get_list(actor, list_id)
    actor.check(capability, found.division)
    return found


def find_before(each: FeedList) -> FeedList | None:
    """The committed list of the same feed and place with the latest earlier day, to compare."""
    before = FeedList.objects.filter(ON, feed=each.feed, division=each.division).exclude(pk=each.pk)
    return before.filter(data_date__lt=each.data_date).order_by("-data_date", "-id").first()


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """How often a problem was met, with its words and the first row it stands in."""

    code: str
    title: str
    remedy: str
    refuses: bool
    count: int
    rows: int
    first_row: int


def count_problems(each: FeedList) -> list[ProblemCount]:
    """The problems of a list by kind, the refusing and most frequent first."""
    groups = (
        each.problems.values("code", "refuses")
        .annotate(count=Count("id"), rows=Count("line", distinct=True), first_row=Min("row"))
        .order_by("-refuses", "-count", "code")
    )
    return [_problem_count(each, group) for group in groups]


def _problem_count(each: FeedList, group: Mapping[str, Any]) -> ProblemCount:
    example = each.problems.filter(code=group["code"]).order_by("row", "column", "id")[:1]
    ((_row, problem),) = opened_problems(list(example))
    title, remedy = sentence_of(problem)
    count = group["count"] if group["refuses"] else each.notices.get(group["code"], 0)
    return ProblemCount(
        group["code"], title, remedy, group["refuses"], count, group["rows"], group["first_row"]
    )


def list_problems(each: FeedList) -> list[Problem]:
    """Every problem kept of a list, in the order of rows; for the error workbook."""
    rows = ListProblem.objects.filter(list=each).order_by("row", "column", "id")
    return [problem for _row, problem in opened_problems(list(rows))]


def count_outcomes(each: FeedList) -> dict[str, int]:
    """How many rows of a list are of each outcome now."""
    counted = each.lines.values_list("outcome").annotate(n=Count("id")).order_by()
    found = dict(counted)
    return {outcome: found.get(outcome, 0) for outcome in RowOutcome.values}
