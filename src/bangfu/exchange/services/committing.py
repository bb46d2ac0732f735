"""Committing a checked list: its new rows in one transaction, or none.

Rows are compared outside the transaction (opening them and looking people up takes most of the
time) and written inside it. Under the lock it is made sure that no other list of the kind came or
went in between; if one did, the rows are compared again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction

from bangfu.exchange.models import FeedList, ListState, RowOutcome
from bangfu.exchange.permissions import SUBMIT
from bangfu.exchange.queries.lists import get_list_for
from bangfu.exchange.services.standing import (
    Work,
    changed_meanwhile,
    lists_mark,
    lock_lists,
    no_report,
    plan_rows,
    put_standing,
    recount,
)
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.exchange.services.standing import Progress
    from bangfu.foundation.access.api import Actor

_TRIES: Final = 3


def commit_list(*, actor: Actor, list_id: UUID, progress: Progress = no_report) -> FeedList:
    """Let a checked list count; again, it changes nothing.

    Rows that an earlier list brought are recognised one by one and left out.

    Args:
        actor: needs `exchange.submit` in the list's division.
        progress: told done, total and stage.

    Raises:
        Http404: when the actor sees no such list.
        AccessRefused: without the right to hand in lists there.
        Refused: `exchange.list_over` when it was withdrawn or discarded;
            `exchange.lists_changed` when others of its kind keep coming.
    """
    each = get_list_for(actor, SUBMIT, list_id)
    for _ in range(_TRIES):
        if each.state is ListState.COMMITTED:
            return each
        if each.state is not ListState.CHECKED:
            raise Refused(Problem("exchange.list_over"))
        mark = lists_mark(each)
        work = _prepare(actor, each, progress)
        try:
            return _write(actor, each, work, mark)
        except (_Moved, IntegrityError):
            each.refresh_from_db()
    raise changed_meanwhile()


class _Moved(Exception):
    """Another list of the kind was committed or withdrawn meanwhile."""


def _prepare(actor: Actor, each: FeedList, progress: Progress) -> Work:
    rows = list(each.lines.exclude(outcome=RowOutcome.REFUSED).order_by("position"))
    progress(0, len(rows), "compare")
    return Work(plan_rows(actor, SUBMIT, each, rows))


@transaction.atomic
def _write(actor: Actor, each: FeedList, work: Work, mark: tuple[int, int]) -> FeedList:
    lock_lists(each)
    each = FeedList.objects.get(pk=each.pk)
    if lists_mark(each) != mark or each.state is not ListState.CHECKED:
        raise _Moved
    put_standing(each, work)
    each.committed_at, each.committed_by = now(), actor.name
    each.save(update_fields=["committed_at", "committed_by"])
    recount([each.id])
    record(
        actor=actor,
        action="exchange.list_committed",
        kind="changed",
        subject_type="feed_list",
        subject_ids=(each.id,),
        division=each.division,
        count=len(work.rows),
    )
    _announce(each, work)
    each.refresh_from_db()
    return each


def _announce(each: FeedList, work: Work) -> None:
    """Tell who was reported of, and which rows wait for a person."""
    households = [str(household) for household in work.households]
    announce(
        "exchange.list_committed",
        {"list": str(each.id), "counties": each.counties, "households": households},
    )
    if work.unmatched:
        rows = [str(row) for row in work.unmatched]
        announce("exchange.rows_unmatched", {"list": str(each.id), "rows": rows})
