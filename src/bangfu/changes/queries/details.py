"""One change request with everything its page shows. Opening it is audited."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction
from django.http import Http404

from bangfu.changes.models import ChangeRequest
from bangfu.changes.queries.filters import scoped_requests
from bangfu.changes.queries.lists import joined, requests_of
from bangfu.changes.queries.rows import rows_of
from bangfu.foundation.audit.api import record
from bangfu.foundation.files.api import get_stored, name_of
from bangfu.foundation.secrets.api import unseal
from bangfu.procedures.api import list_history, list_moves
from bangfu.registry.api import can_undo, from_plain, preview_change

if TYPE_CHECKING:
    from bangfu.changes.queries.rows import RequestRow
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Offer, Passed
    from bangfu.registry.api import Change, ChangePreview

SEALED: Final = (ChangeRequest._meta.db_table, "sealed")
"""Table and column that requests are sealed for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request holds sealed.

    Attributes:
        expected: the version of each household that whoever asked has seen.
        note: why, in their words.
    """

    change: Change
    expected: dict[UUID, UUID]
    note: str


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """A request's page.

    Attributes:
        preview: every household before and after, and what stands against it now.
        evidence: stored files by id, with their names.
        others: the household's other requests.
    """

    row: RequestRow
    note: str
    preview: ChangePreview
    evidence: list[tuple[UUID, str]]
    offers: list[Offer]
    history: list[Passed]
    others: list[RequestRow]
    adjustment_id: UUID | None


def packed(asked: Any) -> str:
    """What a request holds as text to seal."""
    return json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def asked_of(request: ChangeRequest) -> Asked:
    """What a request holds sealed, opened."""
    plain = json.loads(unseal(*SEALED, request.pk, bytes(request.sealed)))
    expected = {UUID(row): UUID(version) for row, version in plain["expected"].items()}
    return Asked(from_plain(plain["change"]), expected, plain["note"])


def find_scoped_request(actor: Actor, request_id: UUID) -> ChangeRequest:
    """One request in the actor's scope; not audited, for services.

    Raises:
        Http404: when there is none.
    """
    rows = joined(scoped_requests(actor)).select_related("adjustment")
    request = rows.filter(pk=request_id).first()
    if request is None:
        raise Http404
    return request


def standing_facts(actor: Actor, request: ChangeRequest, *, fits: bool) -> dict[str, object]:
    """What the procedure's guards may know of a request.

    Args:
        fits: whether the change could be made now.
    """
    adjustment = request.adjustment
    return {
        "mover_is_requester": request.asked_by_id is not None
        and request.asked_by_id == actor.person_id,
        "crosses_townships": request.crosses,
        "fits": fits,
        "undoable": adjustment is not None and can_undo(actor, adjustment),
    }


@transaction.atomic
def get_request(actor: Actor, request_id: UUID) -> RequestDetail:
    """Open one request.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    request = find_scoped_request(actor, request_id)
    record(
        actor=actor,
        action="change.opened",
        kind="opened",
        subject_type="household",
        subject_ids=(request.household_id,),
        division=request.division,
        count=1,
    )
    asked = asked_of(request)
    decided = request.matter.closed_at is not None
    preview = preview_change(actor, asked.change, request.day, asked.expected, decided=decided)
    facts = standing_facts(actor, request, fits=not preview.problems)
    (row,) = rows_of([request])
    return RequestDetail(
        row=row,
        note=asked.note,
        preview=preview,
        evidence=_evidence(actor, request),
        offers=list_moves(actor, request.matter, facts),
        history=list_history(actor, request.matter),
        others=[x for x in requests_of(actor, request.household_id) if x.id != request.pk],
        adjustment_id=request.adjustment_id,
    )


def _evidence(actor: Actor, request: ChangeRequest) -> list[tuple[UUID, str]]:
    stored = [get_stored(actor, UUID(each)) for each in request.evidence]
    return [(each.pk, name_of(each)) for each in stored]
