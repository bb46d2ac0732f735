"""A household's help through time, for pages that tell its whole story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bangfu.kernel.clock import CHINA
from bangfu.plans.domain.effects import effect_of
from bangfu.plans.queries.facts import scoped_measures
from bangfu.plans.queries.lists import with_people
from bangfu.plans.queries.plans import scoped_plans
from bangfu.plans.queries.rows import words_for
from bangfu.procedures.api import MatterMove, pinned_procedure

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.models import Measure
    from bangfu.plans.queries.rows import Words


@dataclass(frozen=True, slots=True)
class MeasureEvent:
    """One line of a household's story.

    Attributes:
        day: when it really happened. at: when it was recorded, to sort by within a day.
        kind: `plan` or `measure`. what: the step, in words; subject: of what.
        by: who recorded it. income_change: fen, of a measure that ended.
    """

    day: date
    at: datetime
    kind: str
    what: str
    subject: str
    by: str
    plan_id: UUID
    measure_id: UUID | None = None
    income_change: int | None = None


def measure_timeline(actor: Actor, household_id: UUID) -> list[MeasureEvent]:
    """What was planned and done for a household the actor has opened, the latest first."""
    plans = {each.matter_id: each for each in scoped_plans(actor).filter(household_id=household_id)}
    measures = {
        each.matter_id: each
        for each in with_people(scoped_measures(actor)).filter(household_id=household_id)
    }
    if not plans:
        return []
    words = words_for({each.division for each in plans.values()})
    rows = MatterMove.objects.filter(matter__in=[*plans, *measures]).select_related("matter")
    moves = rows.order_by("-number")
    events = []
    for each in moves:
        plan = plans.get(each.matter_id)
        if plan is not None:
            events.append(
                _event(each, "plan", _("%(year)s 年方案") % {"year": plan.year}, plan.pk, words)
            )
        elif each.number:
            events.append(_measure_event(each, measures[each.matter_id], words))
    return sorted(events, key=lambda event: (event.day, event.at), reverse=True)


def _event(move: MatterMove, kind: str, subject: str, plan_id: UUID, words: Words) -> MeasureEvent:
    label = pinned_procedure(move.matter.version_id).label_of(move.move)
    day = move.at.astimezone(CHINA).date()
    what = label.text(words.language)
    by = move.by_name if move.by_id else _("系统自动")
    return MeasureEvent(day, move.at, kind, what, subject, by, plan_id)


def _measure_event(move: MatterMove, measure: Measure, words: Words) -> MeasureEvent:
    told = {"family": words.family(measure.family), "title": measure.title}
    subject = _("%(family)s：%(title)s") % told
    plain = _event(move, "measure", subject, measure.plan_id, words)
    days = {"start": measure.started_on, "finish": measure.ended_on, "stop": measure.ended_on}
    effect = effect_of(measure.effect) if move.move in ("finish", "stop") else None
    return MeasureEvent(
        day=days.get(move.move) or plain.day,
        at=plain.at,
        kind=plain.kind,
        what=plain.what,
        subject=subject,
        by=plain.by,
        plan_id=plain.plan_id,
        measure_id=measure.pk,
        income_change=effect.income_change if effect else None,
    )
