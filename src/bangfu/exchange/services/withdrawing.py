"""Taking a list back: its reports count no more. Nothing is deleted.

A row that another list of the kind brought as well stood for both; now that list's row stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.exchange.models import FeedList, ListRow, ListState, Report, RowOutcome
from bangfu.exchange.permissions import SUBMIT, WITHDRAW
from bangfu.exchange.queries.lists import get_list_for
from bangfu.exchange.services.standing import (
    Work,
    lock_lists,
    plan_rows,
    put_standing,
    recount,
)
from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import now
from bangfu.foundation.files.api import delete_stored
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.exchange.queries.comparing import Compared
    from bangfu.foundation.access.api import Actor


@transaction.atomic
def withdraw_list(*, actor: Actor, list_id: UUID, reason: str) -> FeedList:
    """Take a committed list back.

    Raises:
        Http404: when the actor sees no such list.
        AccessRefused: without the right to withdraw lists there.
        Refused: `exchange.no_reason`; `exchange.not_committed`.
    """
    each = get_list_for(actor, WITHDRAW, list_id)
    if not reason.strip():
        raise Refused(Problem("exchange.no_reason"))
    lock_lists(each)
    each = FeedList.objects.get(pk=each.pk)
    if each.state is not ListState.COMMITTED:
        raise Refused(Problem("exchange.not_committed"))
    each.withdrawn_at, each.withdrawn_by, each.withdraw_reason = now(), actor.name, reason.strip()
    each.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    households = _let_go(actor, each)
    record(
        actor=actor,
        action="exchange.list_withdrawn",
        kind="changed",
        subject_type="feed_list",
        subject_ids=(each.id,),
        division=each.division,
        count=each.rows,
    )
    payload = {"list": str(each.id), "counties": each.counties, "households": households}
    announce("exchange.list_withdrawn", payload)
    return each


def _let_go(actor: Actor, each: FeedList) -> list[str]:
    """Take the list's rows down and let others stand; answer the households concerned."""
    standing = each.lines.filter(live=True)
    events = [bytes(event or b"") for event in standing.values_list("event", flat=True)]
    standing.update(live=False)
    gone = Report.objects.filter(list=each, undone_at__isnull=True)
    households = {str(row) for row in gone.values_list("household_id", flat=True)}
    waiting = ListRow.objects.filter(
        outcome__in=(RowOutcome.KNOWN, RowOutcome.REPLACED),
        list__committed_at__isnull=False,
        list__withdrawn_at__isnull=True,
    ).select_related("list")
    others: dict[UUID, list[ListRow]] = {}
    for row in fetch_by(waiting, "event", events):
        others.setdefault(row.list_id, []).append(row)
    for work in _chosen(actor, others):
        put_standing(work.rows[0][0].list, work)
        households |= {str(household) for household in work.households}
    recount(list(others))
    return sorted(households)


def _chosen(actor: Actor, others: dict[UUID, list[ListRow]]) -> list[Work]:
    """For each event the row that stands now: one that is matched before one that is not."""
    best: dict[bytes, tuple[ListRow, Compared]] = {}
    for list_id in sorted(others):
        rows: Sequence[ListRow] = others[list_id]
        for row, found in plan_rows(actor, WITHDRAW, rows[0].list, rows):
            event = bytes(row.event or b"")
            kept = best.get(event)
            if kept is None or (kept[1].match.doubt and not found.match.doubt):
                best[event] = (row, found)
    works: dict[UUID, Work] = {}
    for row, found in best.values():
        works.setdefault(row.list_id, Work()).rows.append((row, found))
    return list(works.values())


@transaction.atomic
def discard_list(*, actor: Actor, list_id: UUID) -> FeedList:
    """Drop a checked list with its rows, problems and file.

    Raises:
        Http404: when the actor sees no such list.
        AccessRefused: without the right to hand in lists there.
        Refused: `exchange.list_over` when it was committed.
    """
    each = get_list_for(actor, SUBMIT, list_id)
    lock_lists(each)
    each = FeedList.objects.get(pk=each.pk)
    if each.state is not ListState.CHECKED:
        raise Refused(Problem("exchange.list_over"))
    each.problems.all().delete()
    each.lines.all().delete()
    delete_stored(actor=actor, file_id=each.file)
    each.discarded_at = now()
    each.save(update_fields=["discarded_at"])
    record(
        actor=actor,
        action="exchange.list_discarded",
        kind="changed",
        subject_type="feed_list",
        subject_ids=(each.id,),
        division=each.division,
        count=1,
    )
    return each
