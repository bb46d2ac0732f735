"""A confirmed clue leads on: to a recognition, or to the case that the household has already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.recognition import MOST_RISKS, NOBODY
from bangfu.cases.permissions import CHECK
from bangfu.cases.queries.cases import open_case_of
from bangfu.cases.queries.filters import scoped_clues
from bangfu.cases.queries.recognition_facts import is_monitored
from bangfu.cases.queries.recognition_table import risks_on
from bangfu.cases.services.case_opening import join_clue, open_case
from bangfu.cases.services.monitoring import reopen_after_clue
from bangfu.foundation.clock.api import today
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import get_household

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.cases.models import Case, Clue
    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household

VERIFIED = "verified"


@transaction.atomic
def open_recognition(
    *,
    actor: Actor,
    clue_id: UUID | None = None,
    household_id: UUID | None = None,
    risks: Sequence[str] = (),
) -> Case:
    """Begin to recognise a household: because of a confirmed clue, or because somebody asks.

    A clue is led to the case the household has already, see `follow_clue`.

    Args:
        actor: needs `cases.check` where the household lives.
        clue_id: the confirmed clue; or
        household_id: the household, without one.
        risks: what it is about, the gravest first; those that no form lists are left out.

    Raises:
        Http404: no such clue or household, or none the actor may see.
        AccessRefused: when the actor may not check there.
        Refused: `cases.clue_not_verified`; `cases.case_open_already`; `cases.household_monitored`.
    """
    if clue_id is not None:
        clue = scoped_clues(actor).select_related("matter", "household").filter(pk=clue_id).first()
        if clue is None:
            raise Http404
        if clue.matter.state != VERIFIED or clue.household is None:
            raise Refused(Problem("cases.clue_not_verified"))
        return follow_clue(actor, clue)
    if household_id is None:
        raise Http404
    household = get_household(actor, household_id)
    actor.check(CHECK, household.village_code)
    _check_free(household)
    return open_case(
        actor=actor, kind=CaseKind.RECOGNITION, household_id=household.pk, risks=listed(risks)
    )


def _check_free(household: Household) -> None:
    helped = open_case_of(household.pk, CaseKind.MONITORING.value)
    if is_monitored(household, {helped.household_id} if helped else ()):
        raise Refused(Problem("cases.household_monitored"))


def follow_clue(actor: Actor, clue: Clue) -> Case:
    """Lead a confirmed clue to its household's case, opening one where there is none.

    Called in the transaction that confirms it. An open recognition takes it in. A monitored
    household's case gets it as a new risk, one whose risk was eliminated is monitored again.

    Raises:
        AccessRefused: when the actor may not check where the household lives.
        Refused: when what follows is refused.
    """
    household = clue.household
    if household is None:
        raise Refused(Problem("cases.clue_not_verified"))
    helped = reopen_after_clue(actor=actor, clue=clue) or _adopt(actor, household, clue)
    if helped is not None:
        announce("cases.risk_found", {"case": str(helped.pk), "clue": str(clue.pk)})
        return helped
    standing = open_case_of(household.pk, CaseKind.RECOGNITION.value)
    if standing is not None:
        join_clue(standing, clue)
        _add_risk(standing, clue.risk)
        return standing
    return open_case(
        actor=actor,
        kind=CaseKind.RECOGNITION,
        household_id=household.pk,
        clue=clue,
        risks=listed([clue.risk]),
    )


def _adopt(actor: Actor, household: Household, clue: Clue) -> Case | None:
    """The monitoring case of a household that the register brought as monitored already."""
    if not is_monitored(household, ()):
        return None
    known = [household.risk_1, household.risk_2, household.risk_3, household.risk_4]
    return open_case(
        actor=actor,
        kind=CaseKind.MONITORING,
        household_id=household.pk,
        clue=clue,
        risks=listed([*known, household.risk_5, clue.risk]),
        category=household.monitoring_category if household.monitoring_category != NOBODY else "",
    )


def listed(risks: Sequence[str]) -> list[str]:
    """The risks that a form of today may name, each once, at most as many as it has places."""
    known = risks_on(today())
    return [each for each in dict.fromkeys(risks) if each in known][:MOST_RISKS]


def _add_risk(case: Case, risk: str) -> None:
    risks = listed([*case.risks, risk])
    if risks != case.risks:
        case.risks = risks
        case.save(update_fields=["risks"])
