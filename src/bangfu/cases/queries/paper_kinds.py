"""The papers of cases and households: which there are, and which were issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.permissions import READ
from bangfu.cases.queries.paper_case import (
    application_data,
    approval_data,
    check_form_data,
    elimination_data,
    visits_data,
)
from bangfu.cases.queries.paper_public import card_data, notice_data, plan_data
from bangfu.foundation.documents.api import (
    IssuedPaper,
    PaperKind,
    in_groups,
    issued_for,
    list_issued,
    paper_kind,
    register_paper,
)
from bangfu.foundation.ui.api import reader_language
from bangfu.plans.api import READ as READ_PLANS
from bangfu.procedures.api import PaperOrigin, pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor

    Builder = Callable[[Actor, Case], dict[str, Any] | None]

CARD: Final = "household_card"
CARDS: Final = "village_cards"
_ALL: Final = frozenset(CaseKind)
_TAKING_IN: Final = frozenset({CaseKind.RECOGNITION, CaseKind.EXIT})
_WATCHING: Final = frozenset({CaseKind.MONITORING})


@dataclass(frozen=True, slots=True)
class CasePaper:
    """A paper that a case may have: how its data are made, and for which kinds of case."""

    name: str
    builder: Builder
    cases: frozenset[CaseKind]


def _card(actor: Actor, case: Case) -> dict[str, Any]:
    return card_data(actor, [case.household])


CASE_PAPERS: Final[Mapping[str, CasePaper]] = {
    each.name: each
    for each in (
        CasePaper(CARD, _card, _ALL),
        CasePaper("application", application_data, _TAKING_IN),
        CasePaper("check_form", check_form_data, _TAKING_IN),
        CasePaper("notice", notice_data, _ALL),
        CasePaper("approval", approval_data, _TAKING_IN),
        CasePaper("plan", plan_data, _ALL),
        CasePaper("elimination", elimination_data, _WATCHING),
        CasePaper("visits", visits_data, _ALL),
    )
}
_LABELS: Final = {
    CARD: ("户卡", "Household card", READ),
    CARDS: ("全村户卡", "Cards of a village", READ),
    "application": ("申请及承诺授权书", "Application and authorisation", READ),
    "check_form": ("入户核实表", "Form of the household check", READ),
    "notice": ("公示", "Public notice", READ),
    "approval": ("审定表", "Form of the decision", READ),
    "plan": ("一户一策帮扶计划", "Plan of a household", READ_PLANS),
    "elimination": ("风险消除表", "Form of an elimination", READ),
    "visits": ("走访记录", "Record of visits", READ),
}


def register_kinds() -> None:
    """Bring the kinds of papers; called once, when the app is ready."""
    for name, (zh, en, read) in _LABELS.items():
        template = CARD if name == CARDS else name
        path = f"cases/papers/{template}.typ"
        register_paper(PaperKind(name, zh, en, path, read, tagged=name != CARDS))


@dataclass(frozen=True, slots=True)
class ShownIssue:
    """One issued paper as a list shows it.

    Attributes:
        code: as it stands on the paper.
        missing: code points that no font draws; the page says to write them in by hand.
    """

    id: UUID
    code: str
    as_of: date
    issued_at: datetime
    issued_by: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A kind of paper of a case, with those issued, the latest first."""

    kind: str
    label: str
    issued: tuple[ShownIssue, ...]


def papers_of(actor: Actor, case: Case) -> list[ShownPaper]:
    """The papers that a case has use for and the actor may open; issued or not."""
    found: dict[str, list[ShownIssue]] = {}
    for each in list_issued(actor, subject_id=case.pk):
        found.setdefault(each.kind, []).append(shown_issue(each))
    kinds = [paper_kind(each.name) for each in CASE_PAPERS.values() if case.kind in each.cases]
    language = reader_language()
    return [
        ShownPaper(kind.name, kind.label(language), tuple(found.get(kind.name, ())))
        for kind in kinds
        if actor.may(kind.read, case.division)
    ]


def cards_of(actor: Actor, household_id: UUID) -> list[ShownIssue]:
    """The cards issued for a household itself, the latest first."""
    rows = list_issued(actor, subject_id=household_id).filter(kind=CARD)
    return [shown_issue(each) for each in rows]


def shown_issue(paper: IssuedPaper) -> ShownIssue:
    """An issued paper as a list shows it."""
    return ShownIssue(
        id=paper.pk,
        code=in_groups(paper.code),
        as_of=paper.as_of,
        issued_at=paper.issued_at,
        issued_by=paper.issued_by_name,
        missing=tuple(paper.missing),
    )


def issued_papers(cases: Sequence[Case]) -> dict[UUID, dict[str, list[str]]]:
    """The papers that a procedure asks the product to issue, where it has: they count as there."""
    found: dict[UUID, dict[str, list[str]]] = {}
    for case in cases:
        papers = pinned_procedure(case.matter.version_id).papers.values()
        wanted = [each.name for each in papers if each.origin is PaperOrigin.ISSUED]
        latest = {name: issued_for(case.pk, name) for name in wanted}
        found[case.pk] = {
            name: [str(paper.file_id)] for name, paper in latest.items() if paper is not None
        }
    return found
