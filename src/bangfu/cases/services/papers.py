"""Printing: drafts to look at, papers issued for good, a whole village's cards at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.http import Http404
from django.utils.translation import override

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.permissions import READ
from bangfu.cases.queries.case_facts import register_papers
from bangfu.cases.queries.cases import find_scoped_case
from bangfu.cases.queries.paper_kinds import (
    CARD,
    CARDS,
    CASE_PAPERS,
    issued_papers,
    register_kinds,
)
from bangfu.cases.queries.paper_public import CARD as CARD_TITLE
from bangfu.cases.queries.paper_public import card_data
from bangfu.cases.queries.paper_words import place_words
from bangfu.foundation.audit.api import record_listed, record_opened
from bangfu.foundation.documents.api import issue_paper, paper_kind, render_paper
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import Household, get_household

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.documents.api import IssuedPaper, RenderedPaper

CHINESE: Final = "zh-hans"
"""Papers are Chinese, whatever language the reader works in."""
VOLUME: Final = 300
"""The most cards in one file: what setting it needs of memory, and a printer of paper."""
_PART: Final = 50
"""Households read at a time, so that progress moves."""


def register() -> None:
    """Bring the kinds of papers, and let issued ones count; once the apps are ready."""
    register_kinds()
    for kind in CaseKind:
        register_papers(kind, issued_papers)


def _data(actor: Actor, case: Case, kind: str) -> dict[str, Any]:
    """What a paper of a case says.

    Raises:
        Http404: for a paper that such a case has no use for.
        AccessRefused: when the actor may not read such papers there.
        Refused: `cases.paper_without_data` when there is nothing to print yet.
    """
    wanted = CASE_PAPERS.get(kind)
    if wanted is None or case.kind not in wanted.cases:
        raise Http404
    known = paper_kind(kind)
    actor.check(known.read, case.division)
    with override(CHINESE):
        data = wanted.builder(actor, case)
    if data is None:
        raise Refused(Problem("cases.paper_without_data", values={"paper": known.zh}))
    return data


@transaction.atomic
def _read(actor: Actor, case_id: UUID, kind: str) -> tuple[Case, dict[str, Any], date | None]:
    """A case, what a paper of it says, and for which day if not today; the reading is on record.

    Setting the paper comes after this transaction: it takes its time, and nobody waits for it.
    """
    case = find_scoped_case(actor, case_id)
    data = _data(actor, case, kind)
    record_opened(actor, "household", case.household_id, case.division)
    return case, data, data.pop("day", None)


def preview_case_paper(*, actor: Actor, case_id: UUID, kind: str) -> RenderedPaper:
    """A draft of a paper of a case; it has no code and says so. Looking is on record.

    Raises:
        Http404: no such case or paper, or none the actor may see.
        AccessRefused: when the actor may not read such papers there.
        Refused: `cases.paper_without_data`, `documents.unmade`.
    """
    _, data, day = _read(actor, case_id, kind)
    return render_paper(kind, data, as_of=day)


def issue_case_paper(*, actor: Actor, case_id: UUID, kind: str) -> IssuedPaper:
    """Issue a paper of a case; the same data on the same day are the same paper.

    Raises:
        Http404: no such case or paper, or none the actor may see.
        AccessRefused: when the actor may not issue such papers there.
        Refused: `cases.paper_without_data`, `documents.unmade`.
    """
    case, data, day = _read(actor, case_id, kind)
    return issue_paper(
        actor=actor,
        kind=kind,
        subject_type="case",
        subject_id=case.pk,
        division=case.division,
        data=data,
        place=_place(case.division),
        day=day,
    )


def issue_card(*, actor: Actor, household_id: UUID) -> IssuedPaper:
    """Issue the card of one household.

    Raises:
        Http404: when there is no such household in the actor's scope.
        AccessRefused: when the actor may not issue cards there.
        Refused: `documents.unmade`.
    """
    household = get_household(actor, household_id)
    actor.check(READ, household.village_code)
    with override(CHINESE):
        data = card_data(actor, [household])
    return issue_paper(
        actor=actor,
        kind=CARD,
        subject_type="household",
        subject_id=household.pk,
        division=household.village_code,
        data=data,
        place=_place(household.village_code),
    )


def issue_village_cards(
    *, actor: Actor, village: str, report: Callable[[int, int], None]
) -> list[IssuedPaper]:
    """Issue the cards of every household on the rolls of a village, `VOLUME` households a file.

    Args:
        actor: who issues them.
        village: the village's code.
        report: told how many households of how many are read.

    Raises:
        AccessRefused: when the actor may not issue cards there.
        Refused: `cases.village_empty` without a household, `documents.too_long`,
            `documents.unmade`.
    """
    actor.check(READ, village)
    rows = Household.objects.filter(village_code=village, active=True)
    households = list(rows.order_by("group_name", "head_sort_key", "household_number"))
    if not households:
        raise Refused(Problem("cases.village_empty"))
    volumes = [households[at : at + VOLUME] for at in range(0, len(households), VOLUME)]
    issued: list[IssuedPaper] = []
    for number, volume in enumerate(volumes, start=1):
        before = VOLUME * (number - 1)
        cards = _cards(actor, volume, partial(_add_to, report, before, len(households)))
        name = f"第 {number} 册，共 {len(volumes)} 册" if len(volumes) > 1 else ""
        with transaction.atomic():
            filters = {"division": village, "paper": CARDS, "volume": number}
            record_listed(actor, "household", filters, [each.pk for each in volume], village)
        issued.append(
            issue_paper(
                actor=actor,
                kind=CARDS,
                subject_type="village",
                subject_id=None,
                division=village,
                data={"title": CARD_TITLE, "volume": name, "cards": cards},
                place=_place(village),
            )
        )
    return issued


def _add_to(report: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    report(before + done, total)


def _cards(
    actor: Actor, households: list[Household], report: Callable[[int], None]
) -> list[dict[str, Any]]:
    """The data of cards, read a part at a time."""
    cards: list[dict[str, Any]] = []
    with override(CHINESE):
        for begin in range(0, len(households), _PART):
            cards += card_data(actor, households[begin : begin + _PART])["cards"]
            report(len(cards))
    return cards


def _place(division: str) -> str:
    with override(CHINESE):
        return place_words(division)
