"""Where people's own side stands elsewhere: navigation, the desk, the household's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from bangfu.cases.permissions import ANSWER, ASSIGN, READ
from bangfu.cases.queries.appeals import count_open_appeals, list_waiting_appeals
from bangfu.cases.queries.declarations import list_waiting_declarations
from bangfu.cases.wording_appeals import SENTENCES
from bangfu.foundation.ui.api import Work, WorkItem, register_work
from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.panels import Panel, register_panel
from bangfu.foundation.ui.wording import register_sentences

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.cases.queries.appeals import AppealRow
    from bangfu.cases.queries.declarations import DeclarationDetail
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.api import Household

_MOST: Final = 20


def register() -> None:
    """Bring the words and the places; called once, when the app is ready."""
    register_sentences(SENTENCES)
    register_entry(
        Entry(14, _later("异议投诉"), "appeals:appeals", "cases.read_appeals", "/appeals/", _count)
    )
    register_work("appeals", appeal_work)
    register_work("declarations", declaration_work)
    register_panel("household.side", 40, own_panel)


def _count(request: HttpRequest) -> int | None:
    actor = cast("ActingRequest", request).actor
    return count_open_appeals(actor) or None if actor.holds(ANSWER) else None


def appeal_work(request: HttpRequest) -> Work:
    """Appeals to answer, the most urgent first."""
    actor = cast("ActingRequest", request).actor
    if not actor.holds(ANSWER):
        return Work()
    rows, by_day = list_waiting_appeals(actor, size=_MOST)
    items = [_appeal_item(row) for row in rows]
    return Work(items=items, by_day=by_day, more_url=reverse("appeals:appeals"))


def _appeal_item(row: AppealRow) -> WorkItem:
    return WorkItem(
        kind=row.kind_label,
        subject=row.case_number or row.head_name or row.kind_label,
        note=f"{row.township} {row.village}",
        task=row.state_label,
        why=row.channel_label,
        url=reverse("appeals:appeal", args=[row.id]),
        action=_("答复"),
        due=row.due_on,
        days_left=row.days_left,
    )


def declaration_work(request: HttpRequest) -> Work:
    """Declarations to match with a household, or to look at first."""
    actor = cast("ActingRequest", request).actor
    if not actor.holds(ASSIGN):
        return Work()
    rows = list_waiting_declarations(actor)
    items = [_declaration_item(row) for row in rows[:_MOST]]
    return Work(items=items, by_day={None: len(rows)}, more_url=reverse("appeals:declarations"))


def _declaration_item(row: DeclarationDetail) -> WorkItem:
    return WorkItem(
        kind=_("自主申报"),
        subject=row.said.name,
        note=" ".join(row.place[-2:]),
        task="、".join(row.troubles),
        why=_("先看一看") if row.held else _("还没有对上农户"),
        url=reverse("appeals:declaration", args=[row.id]),
        action=_("认户"),
        due=None,
        days_left=None,
    )


def own_panel(request: HttpRequest, subject: Household) -> Panel | None:
    """The way to what the household itself may have; None for who may not read cases."""
    actor = cast("ActingRequest", request).actor
    if not actor.may(READ, subject.village_code):
        return None
    return Panel("cases/appeal_own_panel.html", {"household": subject}, "side")
