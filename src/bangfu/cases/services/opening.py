"""Findings become clues: each once, and one open clue for a household and a rule."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.cases.models import Clue
from bangfu.cases.queries.filters import OPEN, PROCEDURE
from bangfu.foundation.bulk.api import chunks_of, fetch_by, insert_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.procedures.api import Subject, open_matters
from bangfu.screening.api import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

SCREENING: Final = "screening"
"""The channel of clues that rules propose."""

_COLUMNS: Final = (
    "id",
    "matter_id",
    "household_id",
    "division",
    "channel",
    "risk",
    "severity",
    "rule",
    "finding_id",
    "document",
    "received_at",
    "dismissed_reason",
)


@dataclass(frozen=True, slots=True)
class OpenedClues:
    """What became of some findings.

    Attributes:
        opened: the new clues' ids.
        known: findings that had their clue already.
        covered: findings whose household has an open clue for the same rule.
        over: findings that were cleared before anybody heard of them.
    """

    opened: tuple[UUID, ...]
    known: int
    covered: int
    over: int


@transaction.atomic
def open_clues(*, actor: Actor, finding_ids: Collection[UUID | str]) -> OpenedClues:
    """Open a clue for every finding that needs one. The same findings again open nothing.

    Raises:
        AccessRefused: when the actor may not open clues where one of the households lies.
    """
    findings = _locked(finding_ids)
    known = set(
        fetch_by(Clue.objects.values_list("finding_id", flat=True), "finding_id", _ids(findings))
    )
    fresh = [each for each in findings if each.pk not in known]
    standing = [each for each in fresh if each.cleared_at is None]
    households = {each.household_id for each in standing}
    open_rows = Clue.objects.filter(OPEN).values_list("household_id", "rule")
    covered = set(fetch_by(open_rows, "household_id", households))
    wanted = [each for each in standing if (each.household_id, each.rule) not in covered]
    opened = _open(actor, wanted)
    return OpenedClues(
        opened=tuple(opened),
        known=len(findings) - len(fresh),
        covered=len(standing) - len(wanted),
        over=len(fresh) - len(standing),
    )


def _ids(findings: Sequence[Finding]) -> list[UUID]:
    return [each.pk for each in findings]


def _locked(finding_ids: Collection[UUID | str]) -> list[Finding]:
    """The findings, held until the transaction ends: who comes second finds the first's clues."""
    found: list[Finding] = []
    for chunk in chunks_of(sorted({str(each) for each in finding_ids})):
        found += Finding.objects.select_for_update().filter(pk__in=chunk).order_by("pk")
    return found


def _open(actor: Actor, findings: Sequence[Finding]) -> list[UUID]:
    subjects = [Subject(each.division, "household", each.household_id) for each in findings]
    matters = open_matters(actor=actor, procedure=PROCEDURE, subjects=subjects)
    moment = now()
    rows = [
        (
            new_id(),
            matter.pk,
            finding.household_id,
            finding.division,
            SCREENING,
            finding.risk,
            finding.severity,
            finding.rule,
            finding.pk,
            json.dumps(finding.document, ensure_ascii=False),
            moment,
            "",
        )
        for finding, matter in zip(findings, matters, strict=True)
    ]
    insert_rows(Clue, _COLUMNS, rows)
    return [row[0] for row in rows]
