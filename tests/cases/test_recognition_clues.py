"""What becomes of a confirmed clue: a recognition, or the case its household has already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.cases.api import (
    BY_HAND,
    Clue,
    Report,
    assign_clues,
    dismiss_clue,
    open_recognition,
    record_clue,
    verify_clue,
)
from bangfu.cases.models import Case, CaseClue
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused
from bangfu.registry.models import Household
from cases.recognition_making import days_later, problems_of

if TYPE_CHECKING:
    from cases.recognition_making import Walk


def reported(walk: Walk, risk: str, channel: str = "cadre", number: str = "H1") -> Clue:
    """A clue that came by a channel, assigned to the village."""
    household = Household.objects.get(household_number=number)
    report = Report(channel, risk, "住院花费很大，家里没有人干活")
    clue = record_clue(actor=walk.by("reviewer"), household_id=household.pk, report=report)
    assign_clues(
        actor=walk.by("reviewer"), clue_ids=[clue.pk], assignee_id=walk.people["villager"].pk
    )
    return clue


def confirmed(walk: Walk, risk: str, channel: str = "cadre", number: str = "H1") -> Clue:
    """A clue that the village has confirmed."""
    clue = reported(walk, risk, channel, number)
    return verify_clue(actor=walk.by("villager"), clue_id=clue.pk, note="两人入户，属实")


@pytest.mark.parametrize("channel", sorted(BY_HAND))
def test_a_confirmed_clue_of_any_channel_begins_a_recognition(walk: Walk, channel: str) -> None:
    clue = confirmed(walk, "illness", channel)
    case = Case.objects.select_related("matter", "handler").get()
    assert (case.clue, case.kind, case.matter.state) == (clue, "recognition", "opened")
    assert (case.risks, case.number) == (["illness"], "SB-2026-511921-0001")
    assert case.handler is not None
    assert case.handler.name == "岳鹏"


def test_a_dismissed_clue_begins_nothing(walk: Walk) -> None:
    clue = reported(walk, "illness")
    dismiss_clue(actor=walk.by("villager"), clue_id=clue.pk, reason="no_risk", note="已痊愈")
    assert not Case.objects.exists()
    with pytest.raises(Refused) as refused:
        open_recognition(actor=walk.by("villager"), clue_id=clue.pk)
    assert [each.code for each in refused.value.problems] == ["cases.clue_not_verified"]


def test_a_second_clue_joins_the_recognition_that_is_open(walk: Walk) -> None:
    first, second = confirmed(walk, "illness"), confirmed(walk, "labour")
    case = Case.objects.get()
    assert case.risks == ["illness", "labour"]
    assert set(CaseClue.objects.values_list("clue", "case")) == {
        (first.pk, case.pk),
        (second.pk, case.pk),
    }


def test_a_risk_that_no_form_lists_is_left_to_the_visitors(walk: Walk) -> None:
    confirmed(walk, "income")
    assert Case.objects.get().risks == []


def test_a_monitored_household_gets_the_clue_into_its_monitoring(walk: Walk) -> None:
    walk.to("recognised")
    helped = Case.objects.get(kind="monitoring")
    with days_later(9):
        clue = confirmed(walk, "disaster")
    assert Case.objects.count() == 2
    assert CaseClue.objects.get(clue=clue).case == helped
    payload = OutboxEvent.objects.get(event="cases.risk_found").payload
    assert payload == {"case": str(helped.pk), "clue": str(clue.pk)}


def test_a_household_the_register_calls_monitored_gets_its_case(walk: Walk) -> None:
    Household.objects.filter(household_number="H2").update(
        monitoring_category="sudden", risk_1="illness"
    )
    clue = confirmed(walk, "labour", number="H2")
    case = Case.objects.get()
    assert (case.kind, case.clue, case.category) == ("monitoring", clue, "sudden")
    assert case.risks == ["illness", "labour"]


def test_a_recognition_overtaken_by_monitoring_goes_no_further(walk: Walk) -> None:
    walk.to("county_approval")
    Household.objects.filter(household_number="H1").update(monitoring_category="prevention")
    assert problems_of(walk, "approver", "approve") == ["procedures.guard"]
    walk.move("approver", "decide_covered", answers={"reason": "monitored"}, note="已在监测")
    assert walk.seen().closing_reason == "monitored"
