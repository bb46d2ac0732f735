"""Letting rows stand for their events, and making reports of those that were matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count

from bangfu.exchange.models import FeedList, ListRow, Report, RowOutcome
from bangfu.exchange.queries.comparing import Asked, Compared, compare_rows
from bangfu.exchange.queries.feeds import read_mapping
from bangfu.exchange.queries.sealed import said_by
from bangfu.foundation.bulk.api import chunks_of, insert_rows, update_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from bangfu.exchange.domain.feeds import Feed
    from bangfu.foundation.access.api import Actor

    Progress = Callable[[int, int, str], None]

_REPORT: Final = (
    "id", "row_id", "list_id", "household_id", "member_id", "trigger", "day", "amount", "percent",
    "product", "labour", "matched_at", "matched_by", "undone_by",
)  # fmt: skip


def no_report(done: int, total: int, stage: str) -> None:
    """Tell nobody how far the work is."""


def changed_meanwhile() -> Refused:
    """Another list of the same kind came or went while this one was compared."""
    return Refused(Problem("exchange.lists_changed"))


def feed_of(each: FeedList) -> Feed:
    """The feed a list was read by."""
    return read_mapping(each.mapping, each.feed)


@dataclass(slots=True)
class Work:
    """What is to be written.

    Attributes:
        rows: every row compared, with what it is.
    """

    rows: list[tuple[ListRow, Compared]] = field(default_factory=list)

    @property
    def replaced(self) -> list[UUID]:
        """Rows of other lists that make way."""
        return [found.replaces for _, found in self.rows if found.replaces]

    @property
    def matched(self) -> list[tuple[ListRow, Compared]]:
        """Rows that a household was found for."""
        return [(row, found) for row, found in self.rows if found.match.household_id]

    @property
    def unmatched(self) -> list[UUID]:
        """Rows that wait for a person."""
        return [row.id for row, found in self.rows if found.outcome is RowOutcome.UNMATCHED]

    @property
    def households(self) -> list[UUID]:
        """Households reported of, each once."""
        found = (found.match.household_id for _, found in self.matched)
        return list(dict.fromkeys(each for each in found if each))


def plan_rows(
    actor: Actor, capability: str, each: FeedList, rows: Sequence[ListRow]
) -> list[tuple[ListRow, Compared]]:
    """Compare a list's rows with what stands now."""
    asked = [
        Asked(
            bytes(row.event or b""),
            bytes(row.name_mark or b""),
            bytes(row.identity) if row.identity else None,
            values,
        )
        for row, values in zip(rows, said_by(rows), strict=True)
    ]
    found = compare_rows(actor, capability, feed_of(each), each.division, asked)
    return list(zip(rows, found, strict=True))


def lock_lists(each: FeedList) -> None:
    """Let one commit or withdrawal at a time work on the lists of a kind and place."""
    rows = FeedList.objects.select_for_update().filter(feed=each.feed, division=each.division)
    list(rows.order_by("id").values_list("id", flat=True))


def lists_mark(each: FeedList) -> tuple[int, int]:
    """How many lists of the kind and place were committed and withdrawn so far."""
    same = FeedList.objects.filter(feed=each.feed, division=each.division)
    found = same.aggregate(committed=Count("committed_at"), withdrawn=Count("withdrawn_at"))
    return found["committed"], found["withdrawn"]


def put_standing(each: FeedList, work: Work) -> None:
    """Write what was compared, in the caller's transaction.

    Raises:
        Refused: `exchange.lists_changed`, when a row that was to make way has been matched.
    """
    _replace(work.replaced)
    rows = [
        (
            row.id,
            found.outcome.value,
            found.match.doubt or "",
            found.outcome is not RowOutcome.KNOWN,
        )
        for row, found in work.rows
    ]
    update_rows(ListRow, ("id", "outcome", "doubt", "live"), rows)
    insert_rows(Report, _REPORT, [_report(each, row, found, now()) for row, found in work.matched])


def _replace(row_ids: Collection[UUID]) -> None:
    waiting = (RowOutcome.UNMATCHED, RowOutcome.SETTLED)
    moved = sum(
        ListRow.objects.filter(id__in=chunk, live=True, outcome__in=waiting).update(
            live=False, outcome=RowOutcome.REPLACED
        )
        for chunk in chunks_of(row_ids)
    )
    if moved != len(row_ids):
        raise changed_meanwhile()


def _report(each: FeedList, row: ListRow, found: Compared, moment: datetime) -> tuple[Any, ...]:
    match = found.match
    return (
        new_id(), row.id, each.id, match.household_id, match.member_id, each.trigger, row.day,
        row.amount, row.percent, row.product, match.labour, moment, "", "",
    )  # fmt: skip


def recount(list_ids: Collection[UUID]) -> None:
    """Set the lists' counts from their rows."""
    rows = ListRow.objects.filter(list__in=list_ids).values_list("list", "outcome")
    found: dict[UUID, dict[str, int]] = {}
    for list_id, outcome, n in rows.annotate(n=Count("id")).order_by():
        found.setdefault(list_id, {})[outcome] = n
    columns = (RowOutcome.MATCHED, RowOutcome.UNMATCHED, RowOutcome.KNOWN, RowOutcome.REFUSED)
    counts = [
        (list_id, *(outcomes.get(outcome.value, 0) for outcome in columns))
        for list_id, outcomes in found.items()
    ]
    update_rows(FeedList, ("id", "matched", "unmatched", "known", "refused"), counts)
