"""Postings and the actors they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from bangfu.foundation.access.actors import Actor
from bangfu.foundation.access.domain.grants import Grant
from bangfu.foundation.access.models import GrantedDivision, Posting
from bangfu.foundation.access.permissions import MANAGE
from bangfu.foundation.access.roles import load_roles
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.accounts.api import Person


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

    A person acts in one posting at a time: the chosen one, or the oldest when none was chosen or
    the chosen one does not hold (any more). Someone inactive or without a posting holds nothing.
    """
    day = on or today()
    postings = list(list_own_postings(person, day)) if person.is_active else []
    chosen = next((each for each in postings if each.id == posting_id), None)
    posting = chosen or next(iter(postings), None)
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


def get_posting(actor: Actor, posting_id: UUID) -> Posting:
    """One posting among those the actor manages.

    Raises:
        Http404: when there is none.
    """
    posting = list_postings(actor).filter(pk=posting_id).first()
    if posting is None:
        raise Http404
    return posting
