"""A household's story across the phases of the policy: register, clues, cases, visits, measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangfu.cases.models import Case, CaseVisit, Clue
from bangfu.cases.permissions import READ
from bangfu.cases.queries.rows import reader_for, risk_label
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.clock import civil_day
from bangfu.plans.api import measure_timeline
from bangfu.policy.api import find_phase_on, list_phases
from bangfu.procedures.api import MatterMove, pinned_procedure
from bangfu.registry.api import get_household, list_key_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household

KEY_ITEMS: Final = (
    "household_type", "exit_flag", "identified_month", "monitoring_category",
    "risk_identified_month", "risk_eliminated_month", "safety_net_household",
)  # fmt: skip
"""The register's items whose changes belong to the story."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a household.

    Attributes:
        day: from when it counts. at: when it was recorded, for the order within a day.
        kind: `register`, `clue`, `case`, `visit` or `measure`.
        what: in words; about: of what.
        by: who; empty for the system.
        case_id, move: of a decision about a case, whose frozen facts can be read.
        clue_id, plan_id: of a clue, or of a measure's plan.
    """

    day: date
    at: datetime
    kind: str
    what: str
    about: str = ""
    by: str = ""
    case_id: UUID | None = None
    move: int | None = None
    clue_id: UUID | None = None
    plan_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A phase with what happened in it, the newest first.

    Attributes:
        start, end: its days, `end` not included; None outside any phase, or while it lasts.
    """

    name: str
    start: date | None
    end: date | None
    events: tuple[Event, ...]


def list_timeline(actor: Actor, household_id: UUID) -> list[Band]:
    """A household's story by phase, the newest phase and event first; kept as an opening.

    Raises:
        Http404: when there is no such household in the actor's scope.
    """
    return timeline_of(actor, get_household(actor, household_id))


def timeline_of(actor: Actor, household: Household) -> list[Band]:
    """The story of a household that the actor has opened; what they may not read is left out."""
    events = list(_register_events(household))
    if actor.may(READ, household.village_code):
        events += _clue_events(household)
        events += _case_events(household)
        events += _measure_events(actor, household)
    return _in_bands(sorted(events, key=lambda each: (each.day, each.at), reverse=True))


def _in_bands(events: Iterable[Event]) -> list[Band]:
    language = reader_language()
    grouped: dict[str, list[Event]] = {}
    for each in events:
        phase = find_phase_on(each.day)
        grouped.setdefault(phase.code if phase else "", []).append(each)
    bands = [
        Band(
            phase.label(language), phase.period.start, phase.period.end, tuple(grouped[phase.code])
        )
        for phase in reversed(list_phases())
        if phase.code in grouped
    ]
    earlier = grouped.get("", ())
    return [*bands, *([Band(_("更早"), None, None, tuple(earlier))] if earlier else ())]


def _register_events(household: Household) -> Iterator[Event]:
    for each in list_key_changes(household, KEY_ITEMS):
        if each.first and not each.after:
            continue
        values = {"label": each.label, "before": each.before or "–", "after": each.after or "–"}
        what = (
            _("%(label)s：%(after)s") if each.first else _("%(label)s：%(before)s → %(after)s")
        ) % values
        yield Event(each.day, each.at, "register", what, by=each.by)


def _clue_events(household: Household) -> list[Event]:
    clues = {each.matter_id: each for each in Clue.objects.filter(household=household)}
    reader = reader_for(())
    return [
        _moved(each, "clue", risk_label(clues[each.matter_id].risk, reader),
               clue_id=clues[each.matter_id].pk)
        for each in _moves(clues)
    ]  # fmt: skip


def _case_events(household: Household) -> Iterator[Event]:
    cases = {each.matter_id: each for each in Case.objects.filter(household=household)}
    for each in _moves(cases):
        case = cases[each.matter_id]
        yield _moved(each, "case", case.number, case_id=case.pk, number=each.number)
    numbers = {each.pk: each.number for each in cases.values()}
    for visit in CaseVisit.objects.filter(case__household=household):
        people = ngettext("%(n)d 人入户", "%(n)d 人入户", len(visit.visitors))
        yield Event(
            visit.visited_on, visit.recorded_at, "visit", people % {"n": len(visit.visitors)},
            about=numbers[visit.case_id], by=visit.by_name, case_id=visit.case_id,
        )  # fmt: skip


def _measure_events(actor: Actor, household: Household) -> Iterator[Event]:
    for each in measure_timeline(actor, household.pk):
        yield Event(
            each.day, each.at, "measure", each.what, about=each.subject, by=each.by,
            plan_id=each.plan_id,
        )  # fmt: skip


def _moves(matters: Iterable[UUID]) -> Iterable[MatterMove]:
    rows = MatterMove.objects.select_related("matter")
    return fetch_by(rows, "matter_id", list(matters))


def _moved(
    move: MatterMove,
    kind: str,
    about: str,
    *,
    case_id: UUID | None = None,
    clue_id: UUID | None = None,
    number: int | None = None,
) -> Event:
    table, language = pinned_procedure(move.matter.version_id), reader_language()
    words = _("%(table)s：%(move)s") % {
        "table": table.label.text(language),
        "move": table.label_of(move.move).text(language),
    }
    return Event(
        civil_day(move.at), move.at, kind, words, about=about,
        by=move.by_name if move.by_id else "", case_id=case_id, clue_id=clue_id, move=number,
    )  # fmt: skip
