"""Who may be asked to check a clue."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from bangfu.cases.models import Clue
from bangfu.cases.permissions import ASSIGN, VERIFY
from bangfu.cases.queries.filters import OPEN
from bangfu.foundation.access.api import Posting, load_roles
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class Assignee:
    """Someone who may check clues in a place.

    Attributes:
        division: the place of their grant; the finest is nearest to the household.
        open_clues: how many clues they have at hand.
    """

    person_id: UUID
    name: str
    title: str
    organisation: str
    division: str
    open_clues: int


def checkers_in(divisions: Collection[str]) -> dict[str, list[Assignee]]:
    """For each division everybody who may check there, the nearest and least busy first."""
    chains = {each: _chain(each) for each in divisions}
    people = _people({code for chain in chains.values() for code in chain})
    found: dict[str, list[Assignee]] = {}
    for division, chain in chains.items():
        nearest: dict[UUID, Assignee] = {}
        # From the widest place to the finest: a person's finest grant is the one that counts.
        for code in chain:
            nearest |= {each.person_id: each for each in people.get(code, ())}
        found[division] = sorted(nearest.values(), key=_nearness)
    return found


def _nearness(assignee: Assignee) -> tuple[int, int, str]:
    return -len(assignee.division), assignee.open_clues, str(assignee.person_id)


def _chain(division: str) -> list[str]:
    place = DivisionCode(division)
    return [*map(str, place.ancestors()), str(place)]


def _people(divisions: set[str]) -> Mapping[str, list[Assignee]]:
    """The people whose present grants name one of the divisions, by division."""
    day = today()
    held = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    granted = Q(granted__valid_from__lte=day, granted__division_code__in=divisions) & (
        Q(granted__valid_to=None) | Q(granted__valid_to__gt=day)
    )
    able = [role.name for role in load_roles().values() if VERIFY in role.capabilities]
    rows = list(
        Posting.objects.filter(held, granted, role__in=able, person__is_active=True)
        .select_related("person")
        .annotate(place=F("granted__division_code"))
        .order_by("valid_from", "id")
    )
    busy = _open_clues({row.person_id for row in rows})
    found: dict[str, list[Assignee]] = defaultdict(list)
    for row in rows:
        found[row.place].append(
            Assignee(
                row.person_id,
                row.person.name,
                row.title,
                row.organisation,
                row.place,
                busy.get(row.person_id, 0),
            )
        )
    return found


def _open_clues(people: Iterable[UUID]) -> dict[UUID, int]:
    rows = Clue.objects.filter(OPEN, assigned_to__in=people)
    return dict(rows.values_list("assigned_to").annotate(n=Count("pk")).order_by())


def list_assignees(actor: Actor, division: str) -> list[Assignee]:
    """Everybody who may check clues in a division, the nearest and least busy first.

    Raises:
        AccessRefused: when the actor may not assign there.
    """
    actor.check(ASSIGN, division)
    return checkers_in([division])[division]
