"""Declarations: what was said, who may be meant, what waits for a person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction
from django.http import Http404

from bangfu.cases.models import Declaration
from bangfu.cases.permissions import ASSIGN, READ
from bangfu.cases.queries.appeal_codes import words_of
from bangfu.foundation.audit.api import record
from bangfu.foundation.secrets.api import unseal
from bangfu.registry.api import (
    Household,
    division_path,
    find_members_by_identity,
    list_households_named,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor

SEALED: Final = (Declaration._meta.db_table, "sealed")
"""Table and column that declarations are sealed for."""
MOST_CANDIDATES: Final = 8
_MOST_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Said:
    """What a declaration holds sealed."""

    name: str
    words: str
    contact: str
    group: str
    proxy: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household that may be meant.

    Attributes:
        by_number: whether the document number is one of theirs.
        names: the members of the name that was given.
    """

    household: Household
    place: str
    by_number: bool


@dataclass(frozen=True, slots=True)
class DeclarationDetail:
    """A declaration with everything its page shows.

    Attributes:
        clue_id: the clue it became. household_id: whose it is, once a person said so.
        files: ids of what was sent with it.
    """

    id: UUID
    said: Said
    troubles: list[str]
    place: tuple[str, ...]
    division: str
    channel: str
    by_name: str
    received_at: datetime
    held: bool
    discarded: bool
    clue_id: UUID | None
    clue_closed: bool
    household_id: UUID | None
    number_given: bool
    files: list[UUID]
    candidates: list[Candidate]
    may_match: bool


def said_of(row: Declaration) -> Said:
    """What was said, opened."""
    return Said(**json.loads(unseal(*SEALED, row.pk, bytes(row.sealed))))


def scoped_declarations(actor: Actor) -> QuerySet[Declaration]:
    """Every declaration where the actor may read clues; not audited."""
    rows = Declaration.objects.select_related("clue", "clue__matter")
    return rows.filter(actor.scope(READ).q("division"))


@transaction.atomic
def get_declaration(actor: Actor, declaration_id: UUID) -> DeclarationDetail:
    """Open one declaration, by its id or its clue's.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    rows = scoped_declarations(actor)
    row = rows.filter(pk=declaration_id).first() or rows.filter(clue=declaration_id).first()
    if row is None:
        raise Http404
    record(
        actor=actor, action="declaration.opened", kind="opened", subject_type="declaration",
        subject_ids=(row.pk,), division=row.division, count=1,
    )  # fmt: skip
    said = said_of(row)
    clue = row.clue
    household = clue.household_id if clue else None
    may_match = actor.may(ASSIGN, row.division)
    return DeclarationDetail(
        id=row.pk,
        said=said,
        troubles=words_of("trouble", row.troubles),
        place=division_path(row.division)[2:],
        division=row.division,
        channel=row.channel,
        by_name=row.by_name,
        received_at=row.received_at,
        held=row.held,
        discarded=row.discarded_on is not None,
        clue_id=row.clue_id,
        clue_closed=clue is not None and clue.matter.closed_at is not None,
        household_id=household,
        number_given=row.identity_fingerprint is not None,
        files=[UUID(each) for each in row.files],
        candidates=_candidates(actor, row, said) if may_match and household is None else [],
        may_match=may_match,
    )


def _candidates(actor: Actor, row: Declaration, said: Said) -> list[Candidate]:
    """Households of the village with a member of that name or number, the sure ones first."""
    numbered: set[UUID] = set()
    if row.identity_fingerprint is not None:
        wanted = [bytes(row.identity_fingerprint)]
        found = find_members_by_identity(actor, ASSIGN, row.division, wanted)
        numbered = {each.household_id for each in found.values()}
    named = list_households_named(actor, row.division, said.name, also=numbered)
    place = "".join(division_path(row.division)[-2:])
    rows = [Candidate(each, place, each.pk in numbered) for each in named[:MOST_CANDIDATES]]
    return sorted(rows, key=lambda each: not each.by_number)


@transaction.atomic
def list_waiting_declarations(actor: Actor) -> list[DeclarationDetail]:
    """Declarations that wait for a person: to be looked at, or to be matched with a household."""
    rows = scoped_declarations(actor).filter(actor.scope(ASSIGN).q("division"), discarded_on=None)
    unmatched = rows.filter(clue__household=None, clue__matter__closed_at=None)
    found = [*rows.filter(held=True), *unmatched.exclude(clue=None)]
    found = sorted(found, key=lambda each: each.received_at)[:_MOST_LISTED]
    record(
        actor=actor, action="declaration.listed", kind="listed", subject_type="declaration",
        subject_ids=[each.pk for each in found], count=len(found),
    )  # fmt: skip
    return [_line(each) for each in found]


def count_waiting_declarations(actor: Actor) -> int:
    """How many wait; nobody is named."""
    rows = scoped_declarations(actor).filter(actor.scope(ASSIGN).q("division"), discarded_on=None)
    unmatched = rows.filter(clue__household=None, clue__matter__closed_at=None)
    return rows.filter(held=True).count() + unmatched.exclude(clue=None).count()


def _line(row: Declaration) -> DeclarationDetail:
    return DeclarationDetail(
        id=row.pk,
        said=said_of(row),
        troubles=words_of("trouble", row.troubles),
        place=division_path(row.division)[2:],
        division=row.division,
        channel=row.channel,
        by_name=row.by_name,
        received_at=row.received_at,
        held=row.held,
        discarded=False,
        clue_id=row.clue_id,
        clue_closed=False,
        household_id=None,
        number_given=row.identity_fingerprint is not None,
        files=[],
        candidates=[],
        may_match=True,
    )
