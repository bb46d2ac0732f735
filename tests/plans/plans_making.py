"""Households, helpers, and measures one change away from anything wrong. Everybody is made up."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.files.api import store
from bangfu.plans.api import (
    EVIDENCE,
    MeasureMove,
    Written,
    add_measure,
    approve_plan,
    draft_plan,
    finish_measure,
    move_measures,
    move_plan,
)
from bangfu.plans.models import Measure
from bangfu.registry.api import Household
from bangfu.teams.api import (
    Cadre,
    DutyRow,
    Organisation,
    PairingRow,
    PersonRow,
    load_duties,
    load_organisations,
    load_pairings,
)
from registry.making import COUNTY, OTHER_VILLAGE, VILLAGE, bring, household, member
from teams.teams_making import BUREAU, bureau, manager

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.api import Plan

TODAY: Final = date(2026, 11, 20)
DUE: Final = date(2026, 12, 20)
ENDED: Final = "通江县扶贫局"


def bring_households() -> None:
    """H1 can work and has an illness; H2 cannot work; H3 lies in the next village."""
    ill: dict[str, Any] = {"monitoring_category": "prevention", "risk_1": "illness"}
    weak: dict[str, Any] = {"labour": "none", "work_place": None, "work_months": None}
    bring(
        household("H1", member("H1", "1", name="张三"), **ill, self_paid_medical=30_000_00),
        household("H2", member("H2", "1", name="李四", **weak), monitoring_category="prevention"),
        household("H3", member("H3", "1", name="王五"), village_code=OTHER_VILLAGE),
    )


def bring_helpers() -> None:
    """冯蓉 helps H1 mainly, 何平 is first secretary; an office that has ended its days."""
    rows = [bureau(), bureau(ENDED, valid_to=date(2025, 1, 1))]
    load_organisations(actor=manager(), division=COUNTY, rows=rows)
    since = date(2026, 1, 1)
    helper = PersonRow(name="冯蓉", organisation=BUREAU)
    first = PersonRow(name="何平", organisation=BUREAU)
    load_pairings(
        actor=manager(),
        division=COUNTY,
        rows=[PairingRow("H1", helper, main=True, valid_from=since)],
    )
    duty = DutyRow(person=first, role="first_secretary", division=VILLAGE, valid_from=since)
    load_duties(actor=manager(), division=COUNTY, rows=[duty])


def home(number: str = "H1") -> Household:
    return Household.objects.get(household_number=number)


def cadre(name: str = "何平") -> Cadre:
    return Cadre.objects.get(name=name)


def office_of(name: str = BUREAU) -> Organisation:
    return Organisation.objects.get(name=name)


def written(**changes: Any) -> Written:
    """A health measure for an illness, with everything in order."""
    row: dict[str, Any] = {
        "family": "health",
        "risk": "illness",
        "title": "医疗救助",
        "content": "大病救治费用救助",
        "organisation": office_of().pk,
        "responsible": cadre().pk,
        "amount": 5_000_00,
        "starts_on": TODAY,
        "due_on": DUE,
    }
    return Written(**{**row, **changes})


WORK: Final[dict[str, Any]] = {"family": "employment", "risk": "", "title": "岗位推荐"}


def drop_proposals(plan: Plan) -> None:
    """Let a draft hold nothing but what the test writes."""
    for each in plan.measures.filter(suggested=True):
        each.matter.moves.all()
        Measure.objects.filter(pk=each.pk).delete()


def plan_of(
    office: Callable[[str], Actor],
    *measures: Written,
    number: str = "H1",
    risks: Sequence[str] = ("illness",),
) -> Plan:
    """A draft with these measures and no others."""
    plan = draft_plan(actor=office("villager"), household_id=home(number).pk, risks=risks)
    drop_proposals(plan)
    for each in measures:
        add_measure(actor=office("villager"), plan_id=plan.pk, written=each)
    return plan


def approved_plan(office: Callable[[str], Actor], *measures: Written, **more: Any) -> Plan:
    """The same, submitted by the village and approved by the township."""
    wanted = measures or (written(), written(**WORK))
    plan = plan_of(office, *wanted, **more)
    move_plan(actor=office("villager"), plan_id=plan.pk, move="submit")
    return approve_plan(actor=office("reviewer"), plan_id=plan.pk)


def measure_of(plan: Plan, family: str = "health") -> Measure:
    return Measure.objects.select_related("matter", "plan__matter").get(plan=plan, family=family)


def paper(actor: Actor, name: str = "票据.txt") -> UUID:
    stored = store(
        actor=actor,
        name=name,
        stream=io.BytesIO("发票".encode()),
        purpose=EVIDENCE.name,
        division=VILLAGE,
    )
    return stored.pk


def start(actor: Actor, *measures: Measure, **more: Any) -> Any:
    """Start measures, and say what became of each."""
    requests = [MeasureMove(each.pk, **more) for each in measures]
    return move_measures(actor=actor, move="start", requests=requests)


def finish(actor: Actor, measure: Measure, **more: Any) -> Measure:
    """Finish a measure with evidence and words."""
    return finish_measure(
        actor=actor, measure_id=measure.pk, note="报销到位", evidence=[paper(actor)], **more
    )
