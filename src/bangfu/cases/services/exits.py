"""Exits of poor households, 2014 to 2020: reproduced under the clock of their day, closed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.permissions import CHECK
from bangfu.cases.queries.case_facts import register_facts, register_papers
from bangfu.cases.queries.exit_facts import EXIT, QUESTIONS, exit_facts, has_poor
from bangfu.cases.services.case_moves import register_effect, register_showing
from bangfu.cases.services.case_opening import open_case
from bangfu.cases.services.monitoring_register import bring_to_register
from bangfu.cases.services.monitoring_visits import answered, held_case, write_visit
from bangfu.cases.services.recognising import minutes_of, shown_on_notice
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import get_household

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.cases.models import Case, CaseVisit
    from bangfu.cases.services.case_moves import CaseMove
    from bangfu.cases.services.monitoring_visits import Visited
    from bangfu.foundation.access.api import Actor


@transaction.atomic
def open_exit(*, actor: Actor, household_id: UUID) -> Case:
    """Consider a registered poor household for leaving the list.

    Raises:
        Http404: no such household, or none the actor may see.
        AccessRefused: when the actor may not check there.
        Refused: `cases.exit_over` in a phase that has no poor households;
            `cases.case_open_already`.
    """
    household = get_household(actor, household_id)
    actor.check(CHECK, household.village_code)
    if not has_poor(today()):
        raise Refused(Problem("cases.exit_over"))
    return open_case(actor=actor, kind=CaseKind.EXIT, household_id=household.pk)


@transaction.atomic
def record_exit_visit(*, actor: Actor, case_id: UUID, visit: Visited) -> CaseVisit:
    """Record the visit by which committee and team verify an exit; a later one takes its place.

    Raises:
        Http404: no such case, or none the actor may see.
        AccessRefused: without `cases.check` there.
        Refused: `cases.visit_not_now` unless it was proposed; see `write_visit`.
        PersonalValue: when the words hold a document or phone number.
    """
    case = held_case(actor, case_id, CaseKind.EXIT)
    if case.matter.state != "proposed":
        raise Refused(Problem("cases.visit_not_now"))
    return write_visit(actor, case, EXIT, visit, answered(visit, QUESTIONS))


def note_exited(actor: Actor, case: Case, request: CaseMove) -> None:
    """Mark the household in the register: it was poor and is out, which stays its label."""
    case.decided_on = today()
    case.save(update_fields=["decided_on"])
    bring_to_register(actor, case, {"exit_flag": "exited"}, "贫困户退出")


def note_kept(actor: Actor, case: Case, request: CaseMove) -> None:
    """The household stays on the list."""
    case.decided_on = today()
    case.save(update_fields=["decided_on"])


def register_exits() -> None:
    """Let the exits' facts, and what their moves leave behind, take part in every move."""
    register_facts(CaseKind.EXIT, exit_facts)
    register_papers(CaseKind.EXIT, minutes_of)
    register_showing(CaseKind.EXIT, "post", shown_on_notice)
    register_effect(CaseKind.EXIT, "mark", note_exited)
    register_effect(CaseKind.EXIT, "keep", note_kept)
