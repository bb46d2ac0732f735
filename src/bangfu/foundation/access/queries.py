"""Postings and the actors they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from bangfu.foundation.access.actors import Actor
from bangfu.foundation.access.domain.grants import Grant
from bangfu.foundation.access.models import GrantedDivision, Posting
from bangfu.foundation.access.permissions import MANAGE
from bangfu.foundation.access.roles import load_roles
from bangfu.foundation.accounts.api import names_of
from bangfu.foundation.audit.api import list_openings
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.foundation.accounts.api import Person
    from bangfu.foundation.audit.api import Opening


def _valid_on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def list_own_postings(person: Person, on: date | None = None) -> QuerySet[Posting]:
    """The postings a person holds that day, the oldest first; the first is the default."""
    return Posting.objects.filter(_valid_on(on or today()), person=person).order_by(
        "valid_from", "id"
    )


def actor_of(
    person: Person,
    *,
    posting_id: UUID | None = None,
    purpose: str = "",
    on: date | None = None,
) -> Actor:
    """The person as an actor, with the grants that hold that day.

    A person acts in one posting at a time: the named one, or the oldest when none is named.
    Someone inactive, without a posting, or named with one that does not hold holds nothing.
    """
    day = on or today()
    postings = list_own_postings(person, day)
    if posting_id is not None:
        postings = postings.filter(pk=posting_id)
    posting = postings.first() if person.is_active else None
    if posting is None:
        return Actor(person.id, None, person.name, purpose=purpose)
    return Actor(
        person.id, posting.id, person.name, posting.title, purpose, _grants_of(posting, day)
    )


def _grants_of(posting: Posting, day: date) -> tuple[Grant, ...]:
    """The grants of a posting; a role that the table does not know any more gives nothing."""
    role = load_roles().get(posting.role)
    if role is None:
        return ()
    rows = GrantedDivision.objects.filter(_valid_on(day), posting=posting).order_by("division_code")
    return tuple(
        Grant(role.name, DivisionCode(row.division_code), role.capabilities) for row in rows
    )


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody who looked: when, who, as what, and what for. For the system a name alone."""

    at: datetime
    name: str
    organisation: str
    title: str
    purpose: str


def list_onlookers(subject_type: str, subject_id: UUID | str, limit: int = 20) -> list[Onlooker]:
    """Who opened this one, in words, the latest first. Whoever may see it may see this."""
    openings = list_openings(subject_type, subject_id, limit)
    names = names_of(each.person_id for each in openings if each.person_id)
    postings = Posting.objects.in_bulk([each.posting_id for each in openings if each.posting_id])
    return [_onlooker(each, names, postings) for each in openings]


def _onlooker(
    opening: Opening, names: Mapping[UUID, str], postings: Mapping[UUID, Posting]
) -> Onlooker:
    person = names.get(opening.person_id, "") if opening.person_id else opening.system
    posting = postings.get(opening.posting_id) if opening.posting_id else None
    return Onlooker(
        at=opening.at,
        name=person,
        organisation=posting.organisation if posting else "",
        title=posting.title if posting else "",
        purpose=opening.purpose,
    )


def list_postings(actor: Actor) -> QuerySet[Posting]:
    """The postings that reach into the divisions whose people the actor manages."""
    within = GrantedDivision.objects.filter(
        actor.scope(MANAGE).q("division_code"), posting=OuterRef("pk")
    )
    return (
        Posting.objects.filter(Exists(within))
        .select_related("person")
        .prefetch_related("granted")
        .order_by("organisation", "title", "id")
    )


def organisation_of(actor: Actor) -> str:
    """The organisation of the posting the actor acts in; empty for the system and visitors."""
    if actor.posting_id is None:
        return ""
    found = Posting.objects.filter(pk=actor.posting_id).values_list("organisation", flat=True)
    return found.first() or ""


def get_posting(actor: Actor, posting_id: UUID) -> Posting:
    """One posting among those the actor manages.

    Raises:
        Http404: when there is none.
    """
    posting = list_postings(actor).filter(pk=posting_id).first()
    if posting is None:
        raise Http404
    return posting
