"""One case with everything its page shows. Opening it is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from bangfu.cases.models import Appeal, Case, Clue
from bangfu.cases.queries.case_facts import standing_facts_of
from bangfu.cases.queries.case_rows import case_row, case_rows, joined_cases
from bangfu.cases.queries.case_steps import steps_of_case
from bangfu.cases.queries.cases import scoped_cases
from bangfu.cases.queries.lists import joined
from bangfu.cases.queries.rows import reader_for, rows_of
from bangfu.foundation.audit.api import record
from bangfu.procedures.api import list_history, list_moves, notice_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.cases.models import CaseVisit, Comparison, Consent
    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.cases.queries.case_steps import Step
    from bangfu.cases.queries.rows import ClueRow
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Offer, Passed, PublicNotice


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case's page.

    Attributes:
        offers: the moves from here, with the reasons against each.
        history: every step so far, the first first.
        steps: the main way of the procedure, and where the case is.
        notice: the latest public notice, hanging or not.
        objections: how many were raised against it; `objections_open` are not answered.
        clues: those the case answers. others: the household's other cases.
    """

    case: Case
    row: CaseRow
    offers: list[Offer]
    history: list[Passed]
    steps: list[Step]
    notice: PublicNotice | None
    objections: int
    objections_open: int
    visits: list[CaseVisit]
    comparisons: list[Comparison]
    consents: list[Consent]
    clues: list[ClueRow]
    others: list[CaseRow]


def get_opened(actor: Actor, case_id: UUID) -> Case:
    """One case with what a line shows; not audited.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    case = joined_cases(scoped_cases(actor)).filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def offers_of(actor: Actor, case: Case) -> list[Offer]:
    """The moves from where a case is, with what stands against each today."""
    return list_moves(actor, case.matter, standing_facts_of(actor, [case])[case.pk])


@transaction.atomic
def open_case_page(actor: Actor, case_id: UUID) -> OpenedCase:
    """Open one case; the audit keeps who opened which household's case.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    case = get_opened(actor, case_id)
    for subject, key in (("household", case.household_id), ("case", case.pk)):
        record(
            actor=actor,
            action="case.opened",
            kind="opened",
            subject_type=subject,
            subject_ids=(key,),
            division=case.division,
            count=1,
        )
    history = list_history(actor, case.matter)
    appeals = Appeal.objects.filter(case=case, kind="objection").select_related("matter")
    clues = joined(_clues_of(case)).order_by("received_at")
    others = joined_cases(scoped_cases(actor)).filter(household=case.household_id)
    return OpenedCase(
        case=case,
        row=case_row(case, reader_for([case.division])),
        offers=offers_of(actor, case),
        history=history,
        steps=steps_of_case(case.matter, history),
        notice=notice_of(case.matter_id),
        objections=len(appeals),
        objections_open=sum(each.matter.closed_at is None for each in appeals),
        visits=list(case.visits.order_by("-visited_on", "-recorded_at")),
        comparisons=list(case.comparisons.order_by("department")),
        consents=list(case.consents.order_by("-signed_on", "-recorded_at")),
        clues=rows_of(clues),
        others=case_rows(others.exclude(pk=case.pk).order_by("-opened_on", "-pk")),
    )


def _clues_of(case: Case) -> QuerySet[Clue]:
    return Clue.objects.filter(case_link__case=case)


def files_of_case(actor: Actor, case: Case) -> frozenset[str]:
    """The ids of every file that belongs to a case: of its moves, visits and consents."""
    found = {
        file
        for step in list_history(actor, case.matter)
        for ids in step.papers.values()
        for file in ids
    }
    found.update(each for files in case.visits.values_list("files", flat=True) for each in files)
    signed = case.consents.exclude(file=None).values_list("file", flat=True)
    return frozenset(found | {str(each) for each in signed})
