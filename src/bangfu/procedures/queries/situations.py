"""What refusals look at, gathered for several matters at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.policy.api import active_pack
from bangfu.procedures.domain.guards import admitted_facts
from bangfu.procedures.domain.notices import Hanging, personal_fields
from bangfu.procedures.domain.refusals import Situation
from bangfu.procedures.domain.table import DayKind, FactType
from bangfu.procedures.models import MatterMove, PublicNotice
from bangfu.procedures.permissions import mover_tier
from bangfu.procedures.queries.tables import pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.domain.table import Move, Procedure, State
    from bangfu.procedures.models import Matter
    from bangfu.rules.api import Pack

_NOBODY: dict[str, frozenset[str]] = {}


class Situations:
    """The situations of some matters on one day: their past, their notices, the pack's numbers."""

    def __init__(self, matters: Collection[Matter]) -> None:
        self._today = today()
        self._movers = movers_of([each.pk for each in matters])
        self._hanging = hanging_of(matters)
        self._numbers = PackNumbers(self._today)

    def of(
        self,
        actor: Actor,
        matter: Matter,
        move: Move,
        facts: Mapping[str, Any],
        *,
        shown: Mapping[str, Any] | None = None,
        papers: frozenset[str] = frozenset(),
        note: str = "",
    ) -> Situation:
        """What the table's guards look at; tier and parameters are the engine's to say."""
        procedure = pinned_procedure(matter.version_id)
        numbers = self._numbers.of(procedure, matter.division)
        return Situation(
            facts=admitted_facts(procedure, facts)
            | _engine_facts(procedure, actor, matter, move, numbers),
            mover=str(actor.person_id),
            movers=self._movers.get(matter.pk, _NOBODY),
            papers=papers,
            note=note,
            today=self._today,
            hanging=self._hanging.get(matter.pk),
            valueless=frozenset(name for name, value in numbers.items() if value is None),
            personal=tuple(personal_fields(shown or {})),
        )


def _engine_facts(
    procedure: Procedure,
    actor: Actor,
    matter: Matter,
    move: Move,
    numbers: Mapping[str, int | None],
) -> dict[str, Any]:
    """Overrides what a feature says of the same names: nobody brings their own line."""
    found: dict[str, Any] = {
        fact.name: numbers[fact.of]
        for fact in procedure.facts.values()
        if fact.type is FactType.PARAMETER and numbers[fact.of] is not None
    }
    tier = mover_tier(actor, move, matter.division)
    return found if tier is None else found | {"mover_tier": tier.name.lower()}


class PackNumbers:
    """The parameters that tables name, for a day; the pack is fetched once, a place read once."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._pack: Pack | None = None
        self._known: dict[tuple[str, str], dict[str, int | None]] = {}

    def of(self, procedure: Procedure, division: str) -> dict[str, int | None]:
        """Every parameter that the table's facts and notices name; None where nobody set it."""
        key = procedure.hash, division
        if key not in self._known:
            names = set(_parameters_of(procedure))
            self._known[key] = {name: self._value(name, division) for name in names}
        return self._known[key]

    def _value(self, name: str, division: str) -> int | None:
        if self._pack is None:
            self._pack = active_pack(self._day)
        parameter = self._pack.parameters.get(name)
        value = parameter.value_on(self._day, division) if parameter else None
        return value.value if value else None


def _parameters_of(procedure: Procedure) -> Iterator[str]:
    yield from (each.of for each in procedure.facts.values() if each.type is FactType.PARAMETER)
    yield from (each.notice.limit.parameter for each in procedure.states.values() if each.notice)


def movers_of(matter_ids: Collection[UUID]) -> dict[UUID, dict[str, frozenset[str]]]:
    """Who made each move of each matter, as ids, for the four-eyes marks."""
    found: dict[UUID, dict[str, frozenset[str]]] = {each: {} for each in matter_ids}
    rows = MatterMove.objects.filter(matter__in=matter_ids, by_id__isnull=False)
    for matter_id, move, person in rows.values_list("matter_id", "move", "by_id"):
        made = found[matter_id]
        made[move] = made.get(move, frozenset()) | {str(person)}
    return found


def hanging_of(matters: Collection[Matter]) -> dict[UUID, Hanging]:
    """The notice of each matter's present state, whether or not its days are over."""
    states = {each.pk: _state_of(each) for each in matters}
    wanted = [matter for matter, state in states.items() if state.notice is not None]
    found: dict[UUID, Hanging] = {}
    rows = PublicNotice.objects.all().only("matter_id", "state", "ends_on", "days", "posted_on")
    for row in sorted(fetch_by(rows, "matter", wanted), key=lambda row: (row.posted_on, row.pk)):
        state = states[row.matter_id]
        if row.state == state.name and state.notice is not None:
            working = state.notice.limit.kind is DayKind.WORKING
            found[row.matter_id] = Hanging(row.ends_on, row.days, working)
    return found


def _state_of(matter: Matter) -> State:
    return pinned_procedure(matter.version_id).states[matter.state]
