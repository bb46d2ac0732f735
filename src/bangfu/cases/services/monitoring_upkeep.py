"""Upkeep of monitoring by the system: what a person should look at sooner, or take over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.models import Case
from bangfu.cases.permissions import CHECK
from bangfu.cases.queries.monitoring_facts import ELIMINATED
from bangfu.cases.services.case_opening import open_case
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode
from bangfu.policy.api import active_pack
from bangfu.procedures.api import hasten_matters, working_calendar
from bangfu.registry.api import Household
from bangfu.screening.api import Finding

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

SOON: Final = "look_back_soon_days"
_UNMONITORED: Final = ("", "none")


@transaction.atomic
def hasten_look_backs(*, actor: Actor, finding_ids: Collection[UUID | str]) -> int:
    """Let eliminated households of which rules found something be looked back at soon.

    Answers how many due days came forward. The rule decides nothing: people go and look.

    Raises:
        AccessRefused: without `cases.check` where one of the households lies.
    """
    findings = Finding.objects.filter(cleared_at=None)
    homes = {each.household_id for each in fetch_by(findings, "pk", list(finding_ids))}
    rows = Case.objects.filter(kind=CaseKind.MONITORING, open=True, matter__state=ELIMINATED)
    resting = fetch_by(rows, "household_id", list(homes))
    pack, calendar, day = active_pack(today()), working_calendar(today()), today()
    due: dict[UUID, date] = {}
    for case in resting:
        days = pack.parameters_on(day, case.division).get(SOON)
        if days is not None:
            due[case.matter_id] = calendar.after(day, days).day
    return len(hasten_matters(actor=actor, due=due, capability=CHECK))


@transaction.atomic
def take_over_monitored(*, actor: Actor, division: str) -> list[Case]:
    """Open a monitoring case for every household the register calls monitored and none has.

    They were recognised before this product held cases; their months count from the month that the
    register names. Those whose risk the register calls eliminated are left as they are. The same
    division again opens nothing.

    Raises:
        AccessRefused: when the actor may not open cases in the division.
    """
    place = DivisionCode(division)
    actor.check(CHECK, place)
    homes = Household.objects.filter(
        village_code__gte=place, village_code__lt=place.ceiling, active=True,
        risk_eliminated_month=None,
    ).exclude(monitoring_category__in=_UNMONITORED)  # fmt: skip
    held = Case.objects.filter(kind=CaseKind.MONITORING, open=True)
    known = set(held.values_list("household_id", flat=True))
    return [
        open_case(
            actor=actor, kind=CaseKind.MONITORING, household_id=home.pk,
            risks=_risks_of(home), category=home.monitoring_category,
        )
        for home in homes.order_by("household_number")
        if home.pk not in known
    ]  # fmt: skip


def _risks_of(home: Household) -> list[str]:
    named = (home.risk_1, home.risk_2, home.risk_3, home.risk_4, home.risk_5)
    return list(dict.fromkeys(each for each in named if each))
