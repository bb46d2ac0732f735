"""Finding people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.accounts.models import Person, plain_username

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


def find_person(username: str) -> Person | None:
    """Who signs in with this name, however it is written."""
    return Person.objects.filter(username=plain_username(username)).first()


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of people by id; ids that nobody has are left out."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("id", "name"))
