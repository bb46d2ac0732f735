"""Opening cases: a number, a matter under the table in force, and the clue it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.cases.domain.kinds import PREFIXES, CaseKind, case_number
from bangfu.cases.models import Case, CaseClue, CaseCounter
from bangfu.cases.queries.cases import open_case_of
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.kernel.division import Level
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.api import Subject, open_matter
from bangfu.registry.api import Household

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.cases.models import Clue
    from bangfu.foundation.access.api import Actor


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    kind: CaseKind,
    household_id: UUID,
    clue: Clue | None = None,
    parent: Case | None = None,
    risks: Sequence[str] = (),
    category: str = "",
) -> Case:
    """Open a case under the procedure table in force today.

    The household must have been fetched in the actor's scope by the caller.

    Raises:
        AccessRefused: when the actor may not open one there.
        Refused: `cases.case_open_already` when the household has an open case of this kind.
    """
    place = Household.objects.values_list("village_code", flat=True).get(pk=household_id)
    number = take_number(kind, place[: int(Level.COUNTY)])
    # Held until the end: two people who open one for the same household come one after the other.
    household = Household.objects.select_for_update().get(pk=household_id)
    standing = open_case_of(household_id, kind)
    if standing is not None:
        raise Refused(Problem("cases.case_open_already", values={"case": standing.number}))
    subject = Subject(household.village_code, "household", household.pk)
    matter = open_matter(actor=actor, procedure=kind.value, subject=subject)
    case = Case.objects.create(
        id=new_id(),
        matter=matter,
        number=number,
        kind=kind.value,
        household=household,
        division=household.village_code,
        clue=clue,
        parent=parent,
        category=category,
        risks=list(risks),
        handler_id=actor.person_id,
        opened_on=today(),
    )
    if clue is not None:
        join_clue(case, clue)
    return case


def join_clue(case: Case, clue: Clue) -> None:
    """Let a case answer a clue as well; a clue is answered by one case."""
    CaseClue.objects.get_or_create(clue=clue, defaults={"case": case, "joined_at": now()})


def take_number(kind: CaseKind, county: str) -> str:
    """The next running number of the county and year; nobody else takes one until this commits.

    The counter is taken before the household is: a batch that opens many cases holds it from its
    first on, so that two batches wait for each other and never for each other's households.
    """
    year = today().year
    key = f"{PREFIXES[kind]}-{year}-{county}"
    CaseCounter.objects.get_or_create(key=key)
    counter = CaseCounter.objects.select_for_update().get(key=key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return case_number(kind, year, county, counter.last)
