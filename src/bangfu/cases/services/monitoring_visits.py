"""Recording the visits that an elimination and a look-back rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.monitoring import ABSENT, AFTER, ELIMINATING
from bangfu.cases.models import CaseVisit
from bangfu.cases.permissions import CHECK
from bangfu.cases.queries.cases import find_scoped_case
from bangfu.cases.queries.monitoring_visits import ELIMINATE
from bangfu.cases.services.presence import tell_presence
from bangfu.foundation.access.api import actor_of, list_own_postings
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.audit.api import check_purpose, record
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.files.api import get_stored
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.procedures.api import lock_matters, pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor

LONGEST: Final = 500
BEFORE_ELIMINATION: Final = frozenset(
    {"proposed", "checked", "reviewed", "township_review", "county_approval"}
)
"""States in which a visit may be recorded that the elimination rests on."""


@dataclass(frozen=True, slots=True)
class Visited:
    """What two people saw.

    Attributes:
        visited_on: the day; not after today, not before what it is for.
        visitors: ids of the people who went, each once.
        approach: a code of the procedure's list `approach`.
        answers: the questions of the form by name, yes or no; a question left out is unknown.
        risks: of an elimination the risks looked for and not found, of a look-back those found
            again; codes of the pack's risk types.
        words: what was seen, at most `LONGEST` characters, without document or phone numbers.
        signed: whether the household signed. files: ids of the signature and photos.
    """

    visited_on: date
    visitors: tuple[UUID, ...]
    approach: str
    answers: Mapping[str, bool] = field(default_factory=dict)
    risks: tuple[str, ...] = ()
    words: str = ""
    signed: bool = False
    files: tuple[UUID, ...] = ()


@transaction.atomic
def record_elimination_visit(*, actor: Actor, case_id: UUID, visit: Visited) -> CaseVisit:
    """Record the visit that an elimination rests on; a later one takes its place.

    Raises:
        Http404: no such case, or none the actor may see.
        AccessRefused: without `cases.check` there.
        Refused: `cases.visit_not_now` in a state that asks for none; see `write_visit`.
        PersonalValue: when the words hold a document or phone number.
    """
    case = held_case(actor, case_id, CaseKind.MONITORING)
    if case.matter.state not in BEFORE_ELIMINATION:
        raise Refused(Problem("cases.visit_not_now"))
    findings = {**answered(visit, ELIMINATING), ABSENT: list(visit.risks)}
    return write_visit(actor, case, ELIMINATE, visit, findings)


def held_case(actor: Actor, case_id: UUID, kind: CaseKind) -> Case:
    """A case of a kind that the actor may record visits of, held until the transaction ends.

    Raises:
        Http404, AccessRefused: see `record_elimination_visit`.
        Refused: `cases.other_kind` for a case of another kind.
    """
    case = find_scoped_case(actor, case_id)
    actor.check(CHECK, case.division)
    if case.kind != kind:
        raise Refused(Problem("cases.other_kind"))
    lock_matters([case.matter_id])
    # Read again under the lock: what was read before it may be older than the last move.
    return find_scoped_case(actor, case_id)


def answered(visit: Visited, questions: Sequence[str]) -> dict[str, bool]:
    """The answers to the questions asked; anything else that was sent is not kept."""
    return {name: bool(visit.answers[name]) for name in questions if name in visit.answers}


def write_visit(
    actor: Actor, case: Case, purpose: str, visit: Visited, findings: Mapping[str, Any]
) -> CaseVisit:
    """Write a visit down, its words sealed.

    Raises:
        Refused: `cases.visit_day`, `cases.visitor_doubled`, `cases.visitor_elsewhere`,
            `cases.approach_unknown`, `cases.risk_unknown`, `cases.words_long`.
        PersonalValue: when the words hold a document or phone number.
    """
    people = _those_who_check(case, visit.visitors)
    problems = list(_faults(case, visit, len(people)))
    if problems:
        raise Refused(*problems)
    words = visit.words.strip()
    check_purpose(words)
    row = CaseVisit(
        id=new_id(),
        case=case,
        purpose=purpose,
        visited_on=visit.visited_on,
        visitors=people,
        approach=visit.approach,
        findings={**findings, AFTER: case.matter.lock_version},
        signed=visit.signed,
        files=[str(get_stored(actor, each).pk) for each in visit.files],
        recorded_at=now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    if words:
        row.words_sealed = seal(CaseVisit._meta.db_table, "words_sealed", row.pk, words)
    row.save(force_insert=True)
    tell_presence(row)
    record(
        actor=actor, action=f"case.visited_{purpose}", kind="changed", subject_type="household",
        subject_ids=(case.household_id,), division=case.division, count=1,
        filters={"case": case.number},
    )  # fmt: skip
    return row


def _those_who_check(case: Case, visitors: Sequence[UUID]) -> list[dict[str, str]]:
    """The visitors who may check where the case lies, as they are called there."""
    found = []
    for person in Person.objects.filter(pk__in=visitors, is_active=True).order_by("username"):
        held = [actor_of(person, posting_id=each.pk) for each in list_own_postings(person)]
        here = next((each for each in held if each.may(CHECK, case.division)), None)
        if here is not None:
            found.append({"id": str(person.pk), "name": person.name, "title": here.title})
    return found


def _faults(case: Case, visit: Visited, people: int) -> Iterator[Problem]:
    table = pinned_procedure(case.matter.version_id)
    if not case.opened_on <= visit.visited_on <= today():
        yield Problem("cases.visit_day", values={"day": visit.visited_on.isoformat()})
    if len(set(visit.visitors)) < len(visit.visitors):
        yield Problem("cases.visitor_doubled")
    if people < len(set(visit.visitors)):
        yield Problem("cases.visitor_elsewhere")
    if table.choice("approach", visit.approach) is None:
        yield Problem("cases.approach_unknown")
    if set(visit.risks) - active_pack(today()).risks.keys():
        yield Problem("cases.risk_unknown")
    if len(visit.words.strip()) > LONGEST:
        yield Problem("cases.words_long")
