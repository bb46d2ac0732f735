"""The actor of a request: who signed in, in the posting and for the purpose they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.http import HttpRequest

from bangfu.foundation.access.actors import VISITOR, Actor
from bangfu.foundation.access.queries import actor_of
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.audit.api import check_purpose

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

POSTING: Final = "access.posting"
PURPOSE: Final = "access.purpose"
"""Where the session keeps the chosen posting and the stated purpose."""


class ActingRequest(HttpRequest):
    """A request with its actor, as views behind `@requires` get it."""

    actor: Actor


def _chosen_posting(session: SessionBase) -> UUID | None:
    stored = session.get(POSTING)
    return UUID(stored) if stored else None


def actor_for(request: HttpRequest) -> Actor:
    """Read the actor from the grants that hold now.

    A chosen posting that does not hold any more is passed over: the oldest that holds counts.
    """
    person = request.user
    if not isinstance(person, Person):
        return VISITOR
    purpose = request.session.get(PURPOSE, "")
    chosen = _chosen_posting(request.session)
    actor = actor_of(person, posting_id=chosen, purpose=purpose)
    if chosen is not None and actor.posting_id is None:
        return actor_of(person, purpose=purpose)
    return actor


def choose_posting(request: HttpRequest, posting_id: UUID) -> None:
    """Act in this posting from the next request on; one that does not hold is passed over."""
    request.session[POSTING] = str(posting_id)


def state_purpose(request: HttpRequest, purpose: str) -> None:
    """State what the accesses from the next request on are for; it enters the audit.

    Raises:
        PersonalValue: when it looks like it names a person by number.
        ValueError: when it is longer than the audit keeps.
    """
    check_purpose(purpose)
    request.session[PURPOSE] = purpose
