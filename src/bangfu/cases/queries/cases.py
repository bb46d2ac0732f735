"""Cases in the actor's scope, for services; what pages show is in `case_details`, `case_lists`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from bangfu.cases.models import Case
from bangfu.cases.permissions import READ
from bangfu.foundation.bulk.api import fetch_by

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor


def scoped_cases(actor: Actor) -> QuerySet[Case]:
    """Every case whose household lies where the actor may read cases."""
    rows = Case.objects.select_related("matter", "household", "clue")
    return rows.filter(actor.scope(READ).q("division"))


def find_scoped_case(actor: Actor, case_id: UUID) -> Case:
    """One case; not audited, for services.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    case = scoped_cases(actor).filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def find_scoped_cases(actor: Actor, case_ids: Collection[UUID]) -> dict[UUID, Case]:
    """Many cases by id; not audited, for services.

    Raises:
        Http404: when one of them is not there, or not for the actor to see.
    """
    found = {each.pk: each for each in fetch_by(scoped_cases(actor), "pk", set(case_ids))}
    if len(found) < len(set(case_ids)):
        raise Http404
    return found


def open_case_of(household_id: UUID, kind: str) -> Case | None:
    """The household's open case of a kind, if there is one; unscoped, for services."""
    rows = Case.objects.select_related("matter", "household")
    return rows.filter(household=household_id, kind=kind, open=True).first()


def find_case_by_number(actor: Actor, number: str) -> UUID | None:
    """The id of the case with this number in the actor's scope; not audited, nothing is shown."""
    found = scoped_cases(actor).filter(number=number.strip().upper())
    return found.values_list("pk", flat=True).first()
