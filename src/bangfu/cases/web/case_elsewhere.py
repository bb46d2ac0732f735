"""What other pages show of cases: the home page, households, villages, search, navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangfu.cases.permissions import ASSIGN, READ
from bangfu.cases.queries.case_filters import CaseFilters
from bangfu.cases.queries.case_lists import due_counts, find_cases, list_cases
from bangfu.cases.queries.case_rows import case_rows, joined_cases
from bangfu.cases.queries.case_work import count_mine, my_cases
from bangfu.cases.queries.cases import scoped_cases
from bangfu.cases.queries.handing_over import count_left
from bangfu.foundation.ui.api import Found, Hit, Work, WorkItem, due_in
from bangfu.foundation.ui.panels import Panel
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.cases.queries.details import ClueDetail
    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.registry.api import Household


class Place(Protocol):
    """What a village's page hands over."""

    @property
    def code(self) -> str:
        """The village's code."""


_IN_VILLAGE: Final = 8
"""Cases shown on a village's page; the desk has the rest."""
_FOUND: Final = 10


def _actor(request: HttpRequest) -> Actor:
    return cast("ActingRequest", request).actor


def case_work(request: HttpRequest) -> Work:
    """The cases whose next step is the reader's, and work that has to be handed over."""
    actor = _actor(request)
    if not actor.holds(READ):
        return Work()
    try:
        found = my_cases(actor)
    except Refused:
        # No policy is in force yet, so there are no cases either: the home page stays usable.
        return Work()
    by_day = dict(found.by_day)
    items = [_item(row) for row in found.rows]
    left = count_left(actor) if actor.holds(ASSIGN) else 0
    if left:
        items.append(_handing_over(left))
        by_day[None] = by_day.get(None, 0) + 1
    return Work(items=items, by_day=by_day, waiting=found.waiting, more_url=reverse("case:desk"))


def _item(row: CaseRow) -> WorkItem:
    places = dict.fromkeys((row.township, row.village, row.group))
    return WorkItem(
        kind=row.kind_label,
        subject=_("%(name)s 户") % {"name": row.head_name},
        note=" ".join(each for each in places if each),
        task=row.state_label,
        why=_("、").join([*([row.category_label] if row.category_label else []), *row.risk_labels]),
        url=reverse("case:case", args=[row.id]),
        action=_("办理"),
        due=row.due_on,
        days_left=row.days_left,
    )


def _handing_over(number: int) -> WorkItem:
    words = ngettext("%(n)d 件工作要移交", "%(n)d 件工作要移交", number)
    return WorkItem(
        kind=_("工作移交"),
        subject=words % {"n": number},
        note=_("经办人已经离岗"),
        task=_("移交给在岗的人"),
        why=_("步骤和期限不变，只换经办人。"),
        url=reverse("case:left"),
        action=_("移交"),
    )


def waiting_count(request: HttpRequest) -> int | None:
    """How many cases wait for the reader, for the navigation; None when there is none."""
    actor = _actor(request)
    try:
        return count_mine(actor) or None
    except Refused:
        return None


def household_title(request: HttpRequest, household: Household) -> Panel | None:
    """The household's open case below its name; None without one, or for who may not see it."""
    actor = _actor(request)
    if not actor.may(READ, household.village_code):
        return None
    rows = [row for row in _cases_of(actor, household) if not row.closed]
    return Panel("cases/case_household_title.html", {"cases": rows}, "top") if rows else None


def household_panel(request: HttpRequest, household: Household) -> Panel | None:
    """All cases of the household, the open ones first."""
    actor = _actor(request)
    if not actor.may(READ, household.village_code):
        return None
    rows = _cases_of(actor, household)
    context = {"cases": sorted(rows, key=lambda row: row.closed), "household": household}
    return Panel("cases/case_household.html", context, "side")


def _cases_of(actor: Actor, household: Household) -> list[CaseRow]:
    found = joined_cases(scoped_cases(actor)).filter(household=household.pk)
    return case_rows(found.order_by("-opened_on", "-pk"))


def village_panel(request: HttpRequest, village: Place) -> Panel | None:
    """The village's open cases, the most urgent first; None for who may not see them there."""
    actor, code = _actor(request), str(village.code)
    if not actor.may(READ, code):
        return None
    filters = CaseFilters(divisions=(code,))
    try:
        due = due_counts(actor, filters)
        rows = list_cases(actor, filters, total=due.total(), size=_IN_VILLAGE).rows
    except Refused:
        # No policy is in force yet, so there are no cases either: the village stays readable.
        return None
    context = {"village": code, "total": due.total(), "overdue": due["overdue"], "cases": rows}
    return Panel("cases/case_village.html", context)


def clue_panel(request: HttpRequest, clue: ClueDetail) -> Panel | None:
    """The case that answers a clue; None before one was opened."""
    found = joined_cases(scoped_cases(_actor(request))).filter(clues__clue=clue.row.id).first()
    if found is None:
        return None
    return Panel("cases/case_of_clue.html", {"case": case_rows([found])[0]})


def find(request: HttpRequest, words: str) -> Found:
    """Cases by the beginning of their number."""
    rows, total = find_cases(_actor(request), words, most=_FOUND)
    hits = [
        Hit(
            title=f"{row.number} · {row.head_name}",
            note=_note(row),
            url=reverse("case:case", args=[row.id]),
        )
        for row in rows
    ]
    return Found(hits, total, reverse("case:desk") if total > len(hits) else "")


def _note(row: CaseRow) -> str:
    parts = [row.kind_label, row.state_label, row.township, row.village]
    if row.days_left is not None:
        parts.append(due_in(row.days_left).text)
    return " · ".join(parts)
