"""Clues that no rule proposed: written down by a person, or made of a department's row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.http import Http404

from bangfu.cases.models import Clue
from bangfu.cases.permissions import ASSIGN, READ, RECORD
from bangfu.cases.queries.departments import describe_row, risks_by_trigger
from bangfu.cases.queries.filters import OPEN, PROCEDURE
from bangfu.exchange.api import ListRow
from bangfu.foundation.audit.api import check_purpose, record
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.procedures.api import Subject, load_procedure, open_matter, open_matters, place_matter
from bangfu.registry.api import get_household

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from bangfu.cases.models import Declaration
    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household

DEPARTMENT: Final = "department"
"""The channel of clues that departments' rows make."""
HOUSEHOLD: Final = "household"
"""The channel of what households say of themselves."""
BY_HAND: Final = ("household", "cadre", "hotline", "petition", "media", "inspection", "linked")
"""Channels of clues that people write down; the others have their own way in."""
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody heard of a household.

    Attributes:
        channel: a code of the procedure's list `channel`, one of `BY_HAND`.
        risk: a risk type of the pack in force.
        words: what was heard, at most `LONGEST` characters, without document or phone numbers.
    """

    channel: str
    risk: str
    words: str


@transaction.atomic
def record_clue(*, actor: Actor, household_id: UUID, report: Report) -> Clue:
    """Write down a clue about a household.

    Raises:
        Http404: when the actor sees no such household.
        AccessRefused: when the actor may not record clues there.
        Refused: `cases.words_missing`, `cases.words_long`, `cases.channel_unknown`,
            `cases.risk_unknown`; `cases.open_already` when the household has an open clue of the
            risk, which a person adds to instead.
        PersonalValue: when the words hold a document or phone number.
    """
    household = get_household(actor, household_id)
    actor.check(RECORD, household.village_code)
    words = _checked(report)
    standing = Clue.objects.filter(OPEN, household=household, risk=report.risk).first()
    if standing is not None:
        raise Refused(Problem("cases.open_already", values={"clue": str(standing.pk)}))
    return _write(actor, household, report, words)


def _checked(report: Report) -> str:
    words = report.words.strip()
    faults = {
        "cases.words_missing": not words,
        "cases.words_long": len(words) > LONGEST,
        "cases.channel_unknown": report.channel not in BY_HAND
        or load_procedure(PROCEDURE).choice("channel", report.channel) is None,
        "cases.risk_unknown": report.risk not in active_pack(now().date()).risks,
    }
    found = [Problem(code) for code, wrong in faults.items() if wrong]
    if found:
        raise Refused(*found)
    check_purpose(words)
    return words


def _write(actor: Actor, household: Household, report: Report, words: str) -> Clue:
    subject = Subject(household.village_code, "household", household.pk)
    matter = open_matter(actor=actor, procedure=PROCEDURE, subject=subject)
    clue = Clue(
        id=new_id(),
        matter=matter,
        household=household,
        division=household.village_code,
        channel=report.channel,
        risk=report.risk,
        received_at=now(),
        reported_by=actor.name,
    )
    clue.words_sealed = seal(Clue._meta.db_table, "words_sealed", clue.pk, words)
    clue.save(force_insert=True)
    record(
        actor=actor, action="clue.recorded", kind="changed", subject_type="household",
        subject_ids=(household.pk,), division=household.village_code, count=1,
        filters={"channel": report.channel, "risk": report.risk},
    )  # fmt: skip
    return clue


@transaction.atomic
def open_row_clues(*, actor: Actor, row_ids: Collection[UUID]) -> list[Clue]:
    """A clue without a household for every row of a department's list that waits for a person.

    The same rows again open nothing.

    Raises:
        AccessRefused: when the actor may not open clues where the lists are for.
    """
    known = set(fetch_by(Clue.objects.values_list("row_id", flat=True), "row_id", list(row_ids)))
    rows = ListRow.objects.select_related("list").order_by("list", "position")
    waiting = [each for each in fetch_by(rows, "id", list(row_ids)) if each.pk not in known]
    subjects = [Subject(each.list.division, "list_row", each.pk) for each in waiting]
    matters = open_matters(actor=actor, procedure=PROCEDURE, subjects=subjects)
    moment, risks = now(), risks_by_trigger()
    return Clue.objects.bulk_create(
        Clue(
            id=new_id(),
            matter=matter,
            division=row.list.division,
            channel=DEPARTMENT,
            risk=risks.get(row.list.trigger, ""),
            document=describe_row(row),
            received_at=moment,
            row_id=row.pk,
        )
        for row, matter in zip(waiting, matters, strict=True)
    )


@transaction.atomic
def declare_clue(*, actor: Actor, declaration: Declaration, risk: str, words: str) -> Clue:
    """A clue of what a household said of itself; whose it is a person says (`match_clue`).

    Args:
        actor: needs `cases.record` in the declaration's village.
        risk: a risk type of the pack in force.
        words: the troubles and what they wrote.

    Raises:
        AccessRefused: when the actor may not record clues there.
    """
    actor.check(RECORD, declaration.division)
    subject = Subject(declaration.division, "declaration", declaration.pk)
    matter = open_matter(actor=actor, procedure=PROCEDURE, subject=subject)
    clue = Clue(
        id=new_id(),
        matter=matter,
        division=declaration.division,
        channel=HOUSEHOLD,
        risk=risk,
        received_at=now(),
        reported_by=declaration.by_name,
    )
    clue.words_sealed = seal(Clue._meta.db_table, "words_sealed", clue.pk, words)
    clue.save(force_insert=True)
    record(
        actor=actor, action="clue.declared", kind="changed", subject_type="clue",
        subject_ids=(clue.pk,), division=clue.division, count=1,
        filters={"channel": declaration.channel, "risk": risk},
    )  # fmt: skip
    return clue


@transaction.atomic
def match_clue(*, actor: Actor, clue_id: UUID, household_id: UUID) -> Clue:
    """Say whose a declared clue is: a person compared name, place and papers.

    Raises:
        Http404: when there is no such clue or household in the actor's scope.
        AccessRefused: when the actor may not assign clues there.
        Refused: `cases.clue_closed` when somebody decided it already.
    """
    household = get_household(actor, household_id)
    clue = Clue.objects.select_related("matter").filter(
        actor.scope(READ).q("division"), pk=clue_id, row_id=None
    ).first()  # fmt: skip
    if clue is None:
        raise Http404
    if clue.matter.closed_at is not None:
        raise Refused(Problem("cases.clue_closed"))
    clue.matter = place_matter(
        actor=actor,
        matter_id=clue.matter_id,
        subject=Subject(household.village_code, "household", household.pk),
        capability=ASSIGN,
    )
    clue.household, clue.division = household, household.village_code
    clue.save(update_fields=["household", "division"])
    return clue


@transaction.atomic
def identify_clue(*, actor: Actor, row_id: UUID, household: Household | None) -> Clue | None:
    """Say whose clue a row's is, as soon as a person matched the row; or that nobody knows again.

    A clue that is decided keeps what it was decided on; None when there is none to change.

    Raises:
        AccessRefused: when the actor may not assign clues there.
    """
    clue = Clue.objects.select_related("matter").filter(OPEN, row_id=row_id).first()
    if clue is None:
        return None
    place = household.village_code if household else _place_of(row_id)
    kind, subject_id = ("household", household.pk) if household else ("list_row", row_id)
    subject = Subject(place, kind, subject_id)
    clue.matter = place_matter(
        actor=actor, matter_id=clue.matter_id, subject=subject, capability=ASSIGN
    )
    clue.household, clue.division = household, place
    clue.save(update_fields=["household", "division"])
    return clue


def _place_of(row_id: UUID) -> str:
    return ListRow.objects.select_related("list").get(pk=row_id).list.division


@transaction.atomic
def note_settled(*, row_id: UUID, decision: str) -> Clue | None:
    """Keep with its clue that a person found a row to mean nobody here; None without an open clue.

    The clue stays open: what becomes of it a person decides, not the list.
    """
    clue = Clue.objects.select_for_update().filter(OPEN, row_id=row_id).first()
    if clue is None:
        return None
    clue.document = {**clue.document, "settled": decision}
    clue.save(update_fields=["document"])
    return clue
