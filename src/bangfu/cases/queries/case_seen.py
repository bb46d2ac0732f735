"""What a decision saw: the facts its guards looked at, frozen with the move, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from bangfu.cases.queries.cases import find_scoped_case
from bangfu.foundation.audit.api import record_opened
from bangfu.foundation.ui.api import reader_language, unknown
from bangfu.kernel.clock import CHINA
from bangfu.kernel.division import Level
from bangfu.kernel.problems import Refused
from bangfu.policy.api import active_pack
from bangfu.procedures.api import list_history, pinned_procedure, tiers_text
from bangfu.rules.units import show_number

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Fact, MatterMove, Passed, Procedure
    from bangfu.rules.api import Pack
    from bangfu.rules.layout import Language


TIER: Final = "mover_tier"
"""The fact that the engine adds by itself; its codes are the tiers of divisions."""


@dataclass(frozen=True, slots=True)
class SeenFact:
    """One fact as a decision saw it.

    Attributes:
        value: in words; the word for what is not known where nobody knew it.
        known: whether it was known. asked: whether it was filled in with the move itself.
        decided: whether a condition of this move read it.
    """

    label: str
    value: str
    known: bool
    asked: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A move with all that it rested on.

    Attributes:
        decided: the facts that the move's conditions read. others: the rest that was known.
        conditions: what had to be so, in the words of the reason it would have been refused with,
            each with its law.
        law: the source of the move itself. version: the table that held.
    """

    case: Case
    step: Passed
    decided: tuple[SeenFact, ...]
    others: tuple[SeenFact, ...]
    conditions: tuple[tuple[str, str], ...]
    law: str
    source: str
    version: str
    last: int


@transaction.atomic
def get_seen(actor: Actor, case_id: UUID, number: int) -> Seen:
    """What the move of a case saw; opening it is kept in the audit.

    Args:
        actor: who looks.
        case_id: which case.
        number: which move, 0 for the opening.

    Raises:
        Http404: no such case or move, or none the actor may see.
    """
    case = find_scoped_case(actor, case_id)
    history = list_history(actor, case.matter)
    step = next((each for each in history if each.number == number), None)
    if step is None:
        raise Http404
    record_opened(actor, "household", case.household_id, case.division)
    row = case.matter.moves.get(number=number)
    procedure = pinned_procedure(case.matter.version_id)
    facts = facts_in_words(procedure, row, reader_language())
    rule = procedure.moves.get(step.move)
    guards = [procedure.guards[name] for name in rule.guards] if rule else []
    language = reader_language()
    return Seen(
        case=case,
        step=step,
        decided=tuple(each for each in facts if each.decided),
        others=tuple(each for each in facts if not each.decided and each.known),
        conditions=tuple((each.reason.text(language), each.law) for each in guards),
        law=rule.law if rule else "",
        source=procedure.source,
        version=procedure.version,
        last=history[-1].number,
    )


def facts_in_words(procedure: Procedure, row: MatterMove, language: Language) -> list[SeenFact]:
    """The facts of a table in its order, with the values that a move saw."""
    rule, facts, pack = procedure.moves.get(row.move), row.facts, _pack_of(row.at)
    guards = [procedure.guards[name] for name in rule.guards] if rule else []
    read = {name for guard in guards for name in guard.condition.names}
    return [
        SeenFact(
            label=fact.label.text(language),
            value=_value(procedure, fact, facts.get(name), _unit(fact, pack), language),
            known=facts.get(name) is not None,
            asked=fact.asked,
            decided=name in read,
        )
        for name, fact in procedure.facts.items()
    ]


def _value(procedure: Procedure, fact: Fact, value: Any, unit: str, language: Language) -> str:
    if value is None:
        return unknown()
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if fact.name == TIER and str(value).upper() in Level.__members__:
        return tiers_text([Level[str(value).upper()]])
    if fact.list in procedure.lists:
        choice = procedure.choice(fact.list, str(value))
        return choice.label.text(language) if choice else str(value)
    return show_number(value, unit, language) if isinstance(value, int) else str(value)


def _unit(fact: Fact, pack: Pack | None) -> str:
    """The unit of a fact: of amounts yuan, of a parameter the pack's, otherwise the table's."""
    if fact.type == "amount":
        return "yuan"
    if fact.type == "parameter" and pack is not None and fact.of in pack.parameters:
        return pack.parameters[fact.of].unit
    return fact.unit


def _pack_of(moment: datetime) -> Pack | None:
    """The policy that was in force when the move was made."""
    try:
        return active_pack(moment.astimezone(CHINA).date())
    except Refused:
        return None
