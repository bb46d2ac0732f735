"""What the moves of a recognition leave behind, show on the board, and read from forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.recognition import notice_name
from bangfu.cases.models import Case
from bangfu.cases.queries.case_facts import register_answers, register_facts, register_papers
from bangfu.cases.queries.recognition_agenda import WAITING, recognitions_waiting
from bangfu.cases.queries.recognition_facts import (
    gather,
    recognition_facts,
    visits_of,
)
from bangfu.cases.queries.recognition_register import day_of_effect, recognising
from bangfu.cases.queries.recognition_table import category_today, number_of
from bangfu.cases.services.case_moves import (
    CaseMove,
    move_cases,
    register_effect,
    register_showing,
)
from bangfu.foundation.clock.api import today
from bangfu.foundation.jobs.api import announce
from bangfu.meetings.api import CarriedOut, decided_on, register_agenda, register_outcome
from bangfu.procedures.api import pinned_procedure
from bangfu.registry.api import Household, Member, apply_change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bangfu.cases.models import CaseVisit
    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.api import Meeting, MeetingResult

KIND: Final = CaseKind.RECOGNITION
REASON: Final = "reason"
LISTS: Final = {"reason_listed": "not_eligible_reason", "coverage_listed": "coverage"}
"""The facts that ask for a reason, with the lists of the table it must stand on."""

CLOSING: Final = ("find_not_eligible", "refuse", "find_covered", "decide_covered")
RETURNING: Final = (
    "return_at_comparison", "return_at_township", "return_at_county", "notice_failed",
)  # fmt: skip


def note_approved(actor: Actor, case: Case, request: CaseMove) -> None:
    """The day of the decision: from that day the register will have it."""
    case.decided_on = today()
    case.save(update_fields=["decided_on"])


def note_returned(actor: Actor, case: Case, request: CaseMove) -> None:
    """What was decided no longer holds."""
    if case.decided_on is not None:
        case.decided_on = None
        case.save(update_fields=["decided_on"])


def note_closed(actor: Actor, case: Case, request: CaseMove) -> None:
    """Keep why the household is not taken in."""
    case.closing_reason = str(request.answers.get(REASON, ""))
    case.decided_on = today()
    case.save(update_fields=["closing_reason", "decided_on"])


def note_voted_down(actor: Actor, case: Case, request: CaseMove) -> None:
    """The village's vote is the reason."""
    case.closing_reason, case.decided_on = "voted_down", today()
    case.save(update_fields=["closing_reason", "decided_on"])


def write_register(actor: Actor, case: Case, request: CaseMove) -> None:
    """Bring the recognised household to the register, from the day of the decision on.

    Raises:
        AccessRefused: when the actor may not change the register there.
        Refused: with what stands against the change: a value that is not what the approver saw.
    """
    household = Household.objects.get(pk=case.household_id)
    case.household = household
    change = recognising(case, visit_of(case), contact_of(case, actor))
    if change is None:
        return
    apply_change(
        actor=actor,
        change=change,
        day=day_of_effect(case),
        reason=case.number,
        expected=seen_by_approver(case),
    )


def tell_recognised(actor: Actor, case: Case, request: CaseMove) -> None:
    """Announce `cases.subject_recognised {case, household, risks}`, so that help is planned."""
    payload = {"case": str(case.pk), "household": str(case.household_id), "risks": case.risks}
    announce("cases.subject_recognised", payload)


def visit_of(case: Case) -> CaseVisit | None:
    """The last visit that counts."""
    rows = visits_of(case, gather([case]))
    return rows[-1] if rows else None


def contact_of(case: Case, actor: Actor) -> str:
    """Who looks after the household: the case's handler, or whoever announces it."""
    return case.handler.name if case.handler is not None else actor.name


def seen_by_approver(case: Case) -> dict[UUID, UUID]:
    """The version of the household's record that the approver decided on."""
    row = case.matter.moves.filter(move="approve").order_by("-number").first()
    basis = case.bases.filter(number=row.number).first() if row is not None else None
    if basis is None or basis.register_version_id is None:
        return {}
    return {case.household_id: basis.register_version_id}


def shown_on_notice(actor: Actor, case: Case, request: CaseMove) -> dict[str, Any]:
    """What everybody may read: part of the head's name, the group, how many people, the category.

    No document number, illness, telephone, account or child (《个人信息保护法》 art. 25, 28).
    """
    household, day = case.household, today()
    head = Member.objects.filter(household=household, active=True, relation="head").first()
    adult = number_of("notice_adult_from", day, case.division)
    result = decided_on([case.matter_id]).get(case.matter_id)
    votes: dict[str, Any] = {}
    if result is not None:
        votes = {
            "agree": result.in_favour,
            "present": result.present,
            "eligible": result.eligible,
            "met": result.held_on.isoformat(),
        }
    return {
        "name": notice_name(household.head_name, head.birth_date if head else None, day, adult),
        "group": household.group_name,
        "size": household.size,
        "category": category_today(case.category, day) or case.category,
        **votes,
    }


def reasons_answered(case: Case, move: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the reason that was chosen stands on the table's list for this move."""
    table = pinned_procedure(case.matter.version_id)
    rule = table.moves.get(move)
    if rule is None or REASON not in answers:
        return {}
    asked = {name for guard in rule.guards for name in table.guards[guard].condition.names}
    reason = str(answers[REASON])
    found: dict[str, Any] = {
        fact: table.choice(LISTS[fact], reason) is not None for fact in sorted(asked & set(LISTS))
    }
    return {**found, REASON: reason} if any(found.values()) else found


def minutes_of(cases: Sequence[Case]) -> dict[UUID, dict[str, list[str]]]:
    """The issued minutes of the meeting that decided about each case, as a paper of the move."""
    results = decided_on([each.matter_id for each in cases])
    papers = {key: each.minutes for key, each in results.items() if each.minutes}
    return {
        each.pk: {"minutes": [papers[each.matter_id]]} for each in cases if each.matter_id in papers
    }


def carry_meeting(
    actor: Actor, meeting: Meeting, results: Mapping[UUID, MeetingResult]
) -> list[CarriedOut]:
    """Move the recognitions that a closed meeting judged: on when passed, to their end when not."""
    rows = Case.objects.filter(kind=KIND.value, matter__in=results, matter__state__in=WAITING)
    cases = {each.pk: each for each in rows.select_related("matter")}
    done: list[CarriedOut] = []
    for move, passed in (("review", True), ("vote_down", False)):
        chosen = [
            each
            for each in cases.values()
            if results[each.matter_id].quorate and results[each.matter_id].passed is passed
        ]
        if not chosen:
            continue
        note = "" if passed else f"{meeting.held_on:%Y-%m-%d} 民主评议未通过"
        asked = [CaseMove(each.pk, note=note) for each in chosen]
        outcome = move_cases(actor=actor, move=move, requests=asked)
        done += [CarriedOut(each.matter_id) for each in outcome.moved]
        done += [CarriedOut(cases[key].matter_id, why) for key, why in outcome.refused.items()]
    return done


def register() -> None:
    """Bring recognition's facts, papers, answers, effects and notices; once the apps are ready."""
    register_facts(KIND, recognition_facts)
    register_papers(KIND, minutes_of)
    register_answers(KIND, reasons_answered)
    register_effect(KIND, "approve", note_approved)
    register_effect(KIND, "announce", write_register)
    register_effect(KIND, "announce", tell_recognised)
    register_effect(KIND, "vote_down", note_voted_down)
    for move in CLOSING:
        register_effect(KIND, move, note_closed)
    for move in RETURNING:
        register_effect(KIND, move, note_returned)
    for move in ("post_notice", "post_township_notice"):
        register_showing(KIND, move, shown_on_notice)
    register_agenda(recognitions_waiting)
    register_outcome(carry_meeting)
