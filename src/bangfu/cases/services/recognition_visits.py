"""What visitors bring back, and what they propose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.cases.domain.recognition import CHECK as CHECKING
from bangfu.cases.domain.recognition import check_proposal, check_visit
from bangfu.cases.models import CaseVisit
from bangfu.cases.permissions import CHECK
from bangfu.cases.queries.case_movers import movers_at
from bangfu.cases.queries.recognition_table import categories_on, number_of, risks_on
from bangfu.cases.services.presence import tell_presence
from bangfu.cases.services.recognition_holding import hold_recognition, record_written
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.files.api import get_stored
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.api import pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.cases.domain.recognition import Visit
    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor

VISITING: Final = ("opened",)
PROPOSING: Final = ("opened", "checked", "compared", "nominated", "reviewed")
"""The states in which a visit may be written down, and in which the proposal may change: once the
notice hangs, everybody has read it."""

WORDS: Final = (CaseVisit._meta.db_table, "words_sealed")


@transaction.atomic
def record_visit(*, actor: Actor, case_id: UUID, visit: Visit) -> CaseVisit:
    """Write down a visit to the household, and what the visitors propose.

    Raises:
        Http404: no such case, or none the actor may see; or a file they may not open.
        AccessRefused: when the actor may not check there.
        Refused: with everything that is wrong: too few visitors, somebody who is not posted there,
            a day that has not come, an answer to no question, a category the phase does not have.
    """
    case = hold_recognition(actor, case_id, CHECK, VISITING)
    people = {each.person_id: each for each in movers_at(case.division)}
    problems = check_visit(
        visit,
        opened=case.opened_on,
        today=today(),
        needed=number_of("check_visitors", today(), case.division),
    )
    if any(each not in people for each in visit.visitors):
        problems.append(Problem("cases.visitor_elsewhere"))
    approaches = pinned_procedure(case.matter.version_id).lists.get("approach", ())
    if visit.approach not in {each.code for each in approaches}:
        problems.append(Problem("cases.approach_unknown"))
    problems += _against(visit.category, visit.risks)
    if problems:
        raise Refused(*problems)
    files = [get_stored(actor, each).pk for each in visit.files]
    row_id = new_id()
    row = CaseVisit.objects.create(
        id=row_id,
        case=case,
        purpose=CHECKING,
        visited_on=visit.visited_on,
        visitors=[
            {"id": str(each), "name": people[each].name, "title": people[each].title}
            for each in dict.fromkeys(visit.visitors)
        ],
        approach=visit.approach,
        findings=visit.findings(),
        words_sealed=seal(*WORDS, row_id, visit.words.strip()) if visit.words.strip() else None,
        signed=visit.signed,
        files=[str(each) for each in files],
        recorded_at=now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    tell_presence(row)
    _propose(case, visit.category, visit.risks)
    record_written(actor, case, "case.visit_recorded")
    return row


@transaction.atomic
def propose_category(
    *, actor: Actor, case_id: UUID, category: str = "", risks: Sequence[str] = ()
) -> Case:
    """Say as what the household should be recognised, and which risks it has, the gravest first.

    What is left empty stays as it is.

    Raises:
        Http404: no such case, or none the actor may see.
        AccessRefused: when the actor may not check there.
        Refused: `cases.category_unknown`, `cases.risk_not_listed`, `cases.risk_doubled`,
            `cases.risks_many`; `cases.not_at_this_step` once the notice hangs.
    """
    case = hold_recognition(actor, case_id, CHECK, PROPOSING)
    problems = _against(category, risks)
    if problems:
        raise Refused(*problems)
    _propose(case, category, risks)
    record_written(actor, case, "case.category_proposed", {"category": category})
    return case


def _against(category: str, risks: Sequence[str]) -> list[Problem]:
    day = today()
    categories = [each.code for each in categories_on(day)]
    return check_proposal(category, risks, categories, risks_on(day))


def _propose(case: Case, category: str, risks: Sequence[str]) -> None:
    case.category = category or case.category
    case.risks = list(risks) or case.risks
    case.save(update_fields=["category", "risks"])
