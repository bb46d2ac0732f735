"""What a person decides about a row that its numbers did not match: match, settle, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from bangfu.exchange.models import FeedList, ListRow, ListState, Report, RowOutcome, Settled
from bangfu.exchange.permissions import MATCH
from bangfu.exchange.queries.lists import get_list_for
from bangfu.exchange.services.standing import lock_lists, recount
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import get_household, list_members

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household, Member


@transaction.atomic
def match_row(
    *, actor: Actor, row_id: UUID, household_id: UUID, member_id: UUID | None = None
) -> Report:
    """Say whom a row means.

    Args:
        actor: needs `exchange.match` where the list is for, and to see the household.
        row_id: a row that waits.
        household_id: the household it means.
        member_id: the member it is about; None when nobody can say.

    Raises:
        Http404: when the actor sees no such row, household or member.
        AccessRefused: without the right to match there.
        Refused: `exchange.row_decided` when it waits no more; `exchange.household_outside`.
    """
    row, day = _waiting(actor, row_id)
    household = get_household(actor, household_id)
    if not DivisionCode(row.list.division).contains(household.village_code):
        raise Refused(Problem("exchange.household_outside"))
    member = _member(actor, household, member_id)
    report = Report.objects.create(
        id=new_id(),
        row=row,
        list=row.list,
        household=household,
        member=member,
        trigger=row.list.trigger,
        day=day,
        amount=row.amount,
        percent=row.percent,
        product=row.product,
        labour=member.labour if member else "",
        matched_at=now(),
        matched_by=actor.name,
    )
    _decide(actor, row, RowOutcome.MATCHED, "exchange.row_matched")
    payload = {"row": str(row.id), "report": str(report.id), "household": str(household.id)}
    announce("exchange.row_matched", payload)
    return report


@transaction.atomic
def settle_row(*, actor: Actor, row_id: UUID, decision: str) -> ListRow:
    """Say why a row means no household here.

    Args:
        actor: needs `exchange.match` where the list is for.
        row_id: a row that waits.
        decision: a value of `Settled`.

    Raises:
        Http404: when the actor sees no such row.
        AccessRefused: without the right to match there.
        Refused: `exchange.row_decided`; `exchange.decision_unknown`.
    """
    if decision not in Settled.values:
        raise Refused(Problem("exchange.decision_unknown"))
    row, _day = _waiting(actor, row_id)
    row.decision = decision
    _decide(actor, row, RowOutcome.SETTLED, "exchange.row_settled")
    announce("exchange.row_settled", {"row": str(row.id), "decision": decision})
    return row


@transaction.atomic
def undo_row(*, actor: Actor, row_id: UUID) -> ListRow:
    """Take back what a person decided about a row; it waits again.

    Raises:
        Http404: when the actor sees no such row.
        AccessRefused: without the right to match there.
        Refused: `exchange.nothing_to_undo` when no person decided about it.
    """
    row = _locked(actor, row_id)
    if not row.settled_by or row.list.state is not ListState.COMMITTED:
        raise Refused(Problem("exchange.nothing_to_undo"))
    standing = Report.objects.filter(row=row, undone_at__isnull=True)
    households = [str(each) for each in standing.values_list("household_id", flat=True)]
    standing.update(undone_at=now(), undone_by=actor.name)
    row.decision = ""
    _decide(actor, row, RowOutcome.UNMATCHED, "exchange.row_undone")
    announce("exchange.row_undone", {"row": str(row.id), "households": households})
    return row


def _locked(actor: Actor, row_id: UUID) -> ListRow:
    """The row, held against others who decide and against lists of its kind that come and go."""
    found = ListRow.objects.filter(pk=row_id).values_list("list", flat=True).first()
    if found is None:
        raise Http404
    each = get_list_for(actor, MATCH, found)
    lock_lists(each)
    row = ListRow.objects.select_for_update().get(pk=row_id)
    row.list = FeedList.objects.get(pk=each.pk)
    return row


def _waiting(actor: Actor, row_id: UUID) -> tuple[ListRow, date]:
    """The row with its day, as long as nobody decided about it."""
    row = _locked(actor, row_id)
    counts = row.live and row.list.state is ListState.COMMITTED
    if not counts or row.outcome != RowOutcome.UNMATCHED or row.day is None:
        raise Refused(Problem("exchange.row_decided"))
    return row, row.day


def _member(actor: Actor, household: Household, member_id: UUID | None) -> Member | None:
    if member_id is None:
        return None
    members = {member.id: member for member in list_members(actor, household)}
    if member_id not in members:
        raise Http404
    return members[member_id]


def _decide(actor: Actor, row: ListRow, outcome: RowOutcome, action: str) -> None:
    row.outcome = outcome.value
    decided = outcome is not RowOutcome.UNMATCHED
    row.settled_at, row.settled_by = (now(), actor.name) if decided else (None, "")
    row.save(update_fields=["outcome", "decision", "settled_at", "settled_by"])
    recount([row.list_id])
    record(
        actor=actor,
        action=action,
        kind="changed",
        subject_type="list_row",
        subject_ids=(row.id,),
        division=row.list.division,
        count=1,
        filters={"decision": row.decision} if row.decision else None,
    )
