"""Findings become clues: each once, and one open clue for a household and a risk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.cases.domain.gravity import graver, gravest
from bangfu.cases.models import Clue, ClueFinding
from bangfu.cases.queries.filters import OPEN, PROCEDURE
from bangfu.foundation.bulk.api import chunks_of, fetch_by, insert_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.procedures.api import Subject, open_matters
from bangfu.registry.api import Household
from bangfu.screening.api import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

    Key = tuple[UUID, str]

SCREENING: Final = "screening"
"""The channel of clues that rules propose."""

_COLUMNS: Final = (
    "id", "matter_id", "household_id", "division", "channel", "risk", "severity", "rule",
    "document", "received_at", "dismissed_reason", "reported_by",
)  # fmt: skip
_JOINED: Final = ("id", "clue_id", "finding_id", "joined_at")


@dataclass(frozen=True, slots=True)
class OpenedClues:
    """What became of some findings.

    Attributes:
        opened: the new clues' ids.
        known: findings that belong to a clue already.
        joined: findings that came to a clue of their household and risk that was open already, or
            that is opened by a graver one of the same event.
        over: findings that were cleared before anybody heard of them.
    """

    opened: tuple[UUID, ...]
    known: int
    joined: int
    over: int


@transaction.atomic
def open_clues(*, actor: Actor, finding_ids: Collection[UUID | str]) -> OpenedClues:
    """Open a clue for every household and risk that needs one. The same findings again do nothing.

    Raises:
        AccessRefused: when the actor may not open clues where one of the households lies.
    """
    findings = _locked(finding_ids)
    gathered = ClueFinding.objects.values_list("finding_id", flat=True)
    known = set(fetch_by(gathered, "finding_id", [each.pk for each in findings]))
    fresh = [each for each in findings if each.pk not in known]
    groups = _by_risk(each for each in fresh if each.cleared_at is None)
    _lock_households({household for household, _risk in groups})
    standing = _open_clues_of({household for household, _risk in groups})
    opened = _open(actor, {key: each for key, each in groups.items() if key not in standing})
    _gather({**standing, **opened}, groups)
    _weigh({key: each for key, each in groups.items() if key in standing}, standing)
    number = sum(len(each) for each in groups.values())
    return OpenedClues(
        opened=tuple(clue.pk for clue in opened.values()),
        known=len(findings) - len(fresh),
        joined=number - len(opened),
        over=len(fresh) - number,
    )


def _by_risk(findings: Iterable[Finding]) -> dict[Key, list[Finding]]:
    groups: dict[Key, list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.household_id, each.risk), []).append(each)
    return groups


def _lead(findings: Sequence[Finding]) -> Finding:
    return gravest(findings, lambda finding: finding.rule)


def _locked(finding_ids: Collection[UUID | str]) -> list[Finding]:
    """The findings, held until the transaction ends: who comes second finds the first's clues."""
    found: list[Finding] = []
    for chunk in chunks_of(sorted({str(each) for each in finding_ids})):
        found += Finding.objects.select_for_update().filter(pk__in=chunk).order_by("pk")
    return found


def _lock_households(ids: Collection[UUID]) -> None:
    """Two findings of one household and risk may come in different events at one time."""
    for chunk in chunks_of(sorted(ids)):
        held = Household.objects.select_for_update().filter(pk__in=chunk).order_by("pk")
        list(held.values_list("pk", flat=True))


def _open_clues_of(households: Collection[UUID]) -> dict[Key, Clue]:
    rows = Clue.objects.filter(OPEN).order_by("received_at")
    found = fetch_by(rows, "household_id", households)
    return {(each.household_id, each.risk): each for each in found if each.household_id}


def _open(actor: Actor, groups: Mapping[Key, Sequence[Finding]]) -> dict[Key, Clue]:
    leads = {key: _lead(findings) for key, findings in groups.items()}
    subjects = [Subject(each.division, "household", each.household_id) for each in leads.values()]
    matters = open_matters(actor=actor, procedure=PROCEDURE, subjects=subjects)
    moment = now()
    clues = {
        key: Clue(
            id=new_id(),
            matter_id=matter.pk,
            household_id=lead.household_id,
            division=lead.division,
            channel=SCREENING,
            risk=lead.risk,
            severity=lead.severity,
            rule=lead.rule,
            document=lead.document,
            received_at=moment,
        )
        for (key, lead), matter in zip(leads.items(), matters, strict=True)
    }
    insert_rows(Clue, _COLUMNS, [_row(each) for each in clues.values()])
    return clues


def _row(clue: Clue) -> tuple[object, ...]:
    document = json.dumps(clue.document, ensure_ascii=False)
    return tuple(document if name == "document" else getattr(clue, name) for name in _COLUMNS)


def _gather(clues: Mapping[Key, Clue], groups: Mapping[Key, Sequence[Finding]]) -> None:
    moment = now()
    rows = [
        (new_id(), clues[key].pk, each.pk, moment)
        for key, findings in groups.items()
        for each in findings
    ]
    insert_rows(ClueFinding, _JOINED, rows)


def _weigh(groups: Mapping[Key, Sequence[Finding]], clues: Mapping[Key, Clue]) -> None:
    """An open clue becomes as grave as the gravest finding that joins it."""
    for key, findings in groups.items():
        severity = _lead(findings).severity
        if graver(severity, clues[key].severity):
            Clue.objects.filter(pk=clues[key].pk).update(severity=severity)
