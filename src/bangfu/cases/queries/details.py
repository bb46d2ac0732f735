"""One clue with everything its pane shows. Opening it is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404

from bangfu.cases.permissions import ASSIGN
from bangfu.cases.queries.filters import scoped_clues
from bangfu.cases.queries.lists import clues_of, joined
from bangfu.cases.queries.people import list_assignees
from bangfu.cases.queries.rows import Reader, reader_for, row_of, rule_label
from bangfu.exchange.api import Settled
from bangfu.foundation.audit.api import record
from bangfu.procedures.api import list_history, list_moves, pinned_procedure

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from bangfu.cases.models import Clue
    from bangfu.cases.queries.people import Assignee
    from bangfu.cases.queries.rows import ClueRow
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Offer, Passed
    from bangfu.screening.api import Finding


@dataclass(frozen=True, slots=True)
class ClueDetail:
    """A clue's pane.

    Attributes:
        settled: why its row means nobody here, as a person found in the list; empty otherwise.
        also: what else was found of the same risk, with its own evidence.
        evidence: values with units and limits, as they were when the clue came.
        finding_cleared_at: when the rule stopped firing; the clue stays until a person decides.
        offers: the moves from here, with the reasons against each.
        history: every step so far.
        others: the household's other clues.
        assignees: who may be asked to check, when the actor may assign.
        reasons: the codes and words for a dismissal.
    """

    row: ClueRow
    evidence: list[dict[str, Any]]
    also: list[GatheredReason]
    settled: str
    finding_cleared_at: datetime | None
    offers: list[Offer]
    history: list[Passed]
    others: list[ClueRow]
    assignees: list[Assignee]
    reasons: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GatheredReason:
    """Another finding of a clue's risk: which rule, its sentence, its evidence."""

    rule_label: str
    sentence: str
    evidence: list[dict[str, Any]]
    cleared: bool


def _gathered(finding: Finding, reader: Reader) -> GatheredReason:
    parts = finding.document.get("reason", {}).get(reader.language, [])
    return GatheredReason(
        rule_label(finding.rule, reader),
        "".join(part["text"] for part in parts),
        finding.document.get("evidence", []),
        cleared=finding.cleared_at is not None,
    )


def _all_cleared(findings: list[Finding]) -> datetime | None:
    """When the last of the rules stopped firing; None while one still does, or without any."""
    moments = [each.cleared_at for each in findings]
    cleared = [each for each in moments if each is not None]
    return max(cleared) if cleared and len(cleared) == len(moments) else None


def find_scoped_clue(actor: Actor, clue_id: UUID) -> Clue:
    """One clue in the actor's scope; not audited, for services.

    Raises:
        Http404: when there is none.
    """
    clue = joined(scoped_clues(actor)).filter(pk=clue_id).first()
    if clue is None:
        raise Http404
    return clue


def standing_facts(actor: Actor, clue: Clue) -> dict[str, object]:
    """What the procedure's guards may know of a clue before a form is filled in."""
    return {
        "household_known": clue.household_id is not None,
        "mover_is_assignee": clue.assigned_to_id is not None
        and clue.assigned_to_id == actor.person_id,
    }


@transaction.atomic
def get_clue(actor: Actor, clue_id: UUID) -> ClueDetail:
    """Open one clue.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    clue = find_scoped_clue(actor, clue_id)
    record(
        actor=actor,
        action="clue.opened",
        kind="opened",
        subject_type="household" if clue.household_id else "clue",
        subject_ids=(clue.household_id or clue.pk,),
        division=clue.division,
        count=1,
    )
    reader = reader_for([clue.division])
    procedure = pinned_procedure(clue.matter.version_id)
    mine = clues_of(actor, clue.household_id) if clue.household_id else []
    others = [row for row in mine if row.id != clue.pk]
    gathered = [each.finding for each in clue.findings.select_related("finding")]
    may_assign = actor.may(ASSIGN, clue.division)
    return ClueDetail(
        row=row_of(clue, reader),
        evidence=clue.document.get("evidence", []),
        also=[_gathered(each, reader) for each in gathered if each.rule != clue.rule],
        settled=str(dict(Settled.choices).get(clue.document.get("settled"), "")),
        finding_cleared_at=_all_cleared(gathered),
        offers=list_moves(actor, clue.matter, standing_facts(actor, clue)),
        history=list_history(actor, clue.matter),
        others=others,
        assignees=list_assignees(actor, clue.division) if may_assign else [],
        reasons=[
            (each.code, each.label.text(reader.language))
            for each in procedure.lists["dismissed_reason"]
        ],
    )
