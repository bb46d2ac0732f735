"""Visits, authorisations and comparisons as people write them down, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.http import Http404

from bangfu.cases.api import (
    Answer,
    ask_comparison,
    open_recognition,
    propose_category,
    record_answer,
    withdraw_consent,
)
from bangfu.cases.models import CaseVisit, Consent
from bangfu.cases.services.case_following import follow_households
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import today
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.foundation.secrets.api import unseal
from bangfu.kernel.problems import Refused
from bangfu.registry.api import Move, apply_change
from bangfu.registry.models import Household, Member
from cases.recognition_making import days_later, problems_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cases.recognition_making import Walk


def refused_by(act: Callable[[], Any]) -> list[str]:
    """The codes of a refusal."""
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def test_a_visit_is_kept_with_who_went_and_what_they_saw_stays_sealed(walk: Walk) -> None:
    walk.open()
    walk.visit()
    visit = CaseVisit.objects.get()
    assert [each["name"] for each in visit.visitors] == ["岳鹏", "蒲艳"]
    assert visit.findings["income"] == 2_400_000
    assert visit.words_sealed is not None
    sealed = bytes(visit.words_sealed)
    assert "猪".encode() not in sealed
    assert unseal("cases_casevisit", "words_sealed", visit.pk, sealed).endswith("两头猪")
    case = walk.seen()
    assert (case.category, case.risks) == ("prevention", ["illness", "labour"])


def test_visitors_are_two_people_posted_there(walk: Walk) -> None:
    walk.open()
    people = {name: person.pk for name, person in walk.people.items()}
    alone = refused_by(lambda: walk.visit(visitors=(people["villager"],)))
    elsewhere = (people["villager"], people["neighbour"])
    assert alone == ["cases.visitors_few"]
    assert refused_by(lambda: walk.visit(visitors=elsewhere)) == ["cases.visitor_elsewhere"]
    assert refused_by(lambda: walk.visit(approach="drone")) == ["cases.approach_unknown"]
    assert not CaseVisit.objects.exists()


def test_a_visit_is_written_down_while_the_case_waits_for_one(walk: Walk) -> None:
    walk.to("checked")
    assert refused_by(walk.visit) == ["cases.not_at_this_step"]


def test_the_proposal_stays_as_it_was_read_on_the_board(walk: Walk) -> None:
    walk.to("reviewed")
    actor, case = walk.by("villager"), walk.cases["H1"]
    propose_category(actor=actor, case_id=case, risks=("labour",))
    assert (walk.seen().risks, walk.seen().category) == (["labour"], "prevention")
    walk.move("villager", "post_notice")
    late = refused_by(lambda: propose_category(actor=actor, case_id=case, risks=("illness",)))
    assert late == ["cases.not_at_this_step"]


def test_strangers_find_nothing_to_write_to(walk: Walk) -> None:
    walk.open()
    for name in ("stranger", "neighbour"):
        with pytest.raises(Http404):
            propose_category(actor=walk.by(name), case_id=walk.cases["H1"], risks=("labour",))
    with pytest.raises(AccessRefused):
        propose_category(actor=walk.by("approver"), case_id=walk.cases["H1"], risks=("labour",))


def test_an_authorisation_names_departments_and_a_member_who_signed(walk: Walk) -> None:
    walk.open()
    day = today()
    assert refused_by(lambda: walk.consent(scope=())) == ["cases.consent_scope"]
    assert refused_by(lambda: walk.consent(scope=("customs",))) == ["cases.consent_scope"]
    assert refused_by(lambda: walk.consent(signer="王五")) == ["cases.signer_unknown"]
    tomorrow = day + timedelta(days=1)
    assert refused_by(lambda: walk.consent(signed_on=tomorrow)) == ["cases.signed_later"]
    consent = walk.consent(scope=("banks", "banks", "housing"))
    assert consent.scope == ["banks", "housing"]


def test_nobody_is_asked_whom_the_household_has_not_authorised(walk: Walk) -> None:
    walk.open()
    walk.visit()
    walk.consent(scope=("housing", "finance"))
    walk.move("villager", "check")
    actor, case = walk.by("officer"), walk.cases["H1"]
    with pytest.raises(Refused) as refused:
        ask_comparison(actor=actor, case_id=case)
    (problem,) = refused.value.problems
    assert problem.code == "cases.consent_missing"
    assert "金融机构" in problem.values["departments"]
    assert "财政" not in problem.values["departments"]
    rows = ask_comparison(actor=actor, case_id=case, departments=["housing"])
    assert [each.department for each in rows] == ["housing"]
    strange = refused_by(lambda: ask_comparison(actor=actor, case_id=case, departments=["customs"]))
    assert strange == ["cases.department_unknown"]


def test_what_is_withdrawn_is_withdrawn_once_and_stops_everything(walk: Walk) -> None:
    walk.open()
    walk.visit()
    consent = walk.consent()
    walk.move("villager", "check")
    case, officer = walk.cases["H1"], walk.by("officer")
    ask_comparison(actor=officer, case_id=case)
    with days_later(1):
        for _ in range(2):
            withdraw_consent(actor=walk.by("villager"), consent_id=consent.pk, channel="hotline")
    kept = Consent.objects.get(pk=consent.pk)
    assert (str(kept.withdrawn_on), kept.withdrawn_channel) == ("2026-11-03", "hotline")
    assert OutboxEvent.objects.filter(event="cases.consent_withdrawn").count() == 1
    answer = Answer("banks", "clear")
    late = refused_by(lambda: record_answer(actor=officer, case_id=case, answer=answer))
    assert late == ["cases.consent_missing"]
    with pytest.raises(Http404):
        withdraw_consent(actor=walk.by("neighbour"), consent_id=consent.pk, channel="hotline")


def test_what_is_found_waits_for_an_explanation_and_refuses_nobody(walk: Walk) -> None:
    walk.to("checked")
    walk.compare()
    officer, case = walk.by("officer"), walk.cases["H1"]
    found = Answer("housing", "found", flag="commercial_house")
    record_answer(actor=officer, case_id=case, answer=found)
    assert problems_of(walk, "officer", "compare") == ["procedures.guard"]
    bare = Answer("housing", "found", flag="commercial_house", explained=True)
    without = refused_by(lambda: record_answer(actor=officer, case_id=case, answer=bare))
    assert without == ["cases.explanation_missing"]
    told = Answer("housing", "found", "commercial_house", "子女的房，分户时写错", explained=True)
    row = record_answer(actor=officer, case_id=case, answer=told)
    assert row.words_sealed is not None
    walk.move("officer", "compare")
    assert walk.state() == "compared"


def test_answers_are_on_the_lists_and_from_departments_that_were_asked(walk: Walk) -> None:
    walk.to("checked")
    officer, case = walk.by("officer"), walk.cases["H1"]

    def told(*answer: str) -> list[str]:
        return refused_by(
            lambda: record_answer(actor=officer, case_id=case, answer=Answer(*answer))
        )

    assert told("housing", "clear") == ["cases.not_asked"]
    ask_comparison(actor=officer, case_id=case)
    assert told("housing", "perhaps") == ["cases.outcome_unknown"]
    assert told("housing", "found") == ["cases.flag_unknown"]
    assert told("housing", "found", "deposits") == ["cases.flag_unknown"]
    assert problems_of(walk, "officer", "compare") == ["procedures.guard"]


def test_a_household_on_subsistence_allowance_is_not_compared_again(walk: Walk) -> None:
    Member.objects.filter(household__household_number="H1").update(on_dibao=True)
    walk.to("checked")
    assert ask_comparison(actor=walk.by("officer"), case_id=walk.cases["H1"]) == []
    walk.move("officer", "compare")
    assert walk.state() == "compared"


def test_a_household_has_one_recognition_at_a_time_and_none_while_monitored(walk: Walk) -> None:
    walk.open()
    assert refused_by(walk.open) == ["cases.case_open_already"]
    walk.to("recognised")
    with days_later(9):
        assert refused_by(walk.open) == ["cases.household_monitored"]
    Household.objects.filter(household_number="H2").update(monitoring_category="unstable")
    assert refused_by(lambda: walk.open("H2")) == ["cases.household_monitored"]
    household = Household.objects.get(household_number="H3")
    with pytest.raises(Http404):
        open_recognition(actor=walk.by("stranger"), household_id=household.pk)
    with pytest.raises(AccessRefused):
        open_recognition(actor=walk.by("approver"), household_id=household.pk)


def test_the_audit_names_the_household_and_no_word_of_what_was_written(walk: Walk) -> None:
    walk.to("compared")
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"case.visit_recorded", "consent.recorded", "comparison.answered"} <= actions
    kept = "".join(str(each) for each in AuditEvent.objects.values_list("filters", flat=True))
    assert "猪" not in kept


def test_an_open_case_goes_with_its_household_to_another_village(walk: Walk) -> None:
    walk.to("checked")
    village = "511921103202"
    apply_change(
        actor=walk.by("officer"),
        change=Move("H1", village=village, group="1 组"),
        day=today(),
        reason="迁到红云村",
        expected={},
    )
    payload = OutboxEvent.objects.get(event="registry.households_changed").payload
    homes = [UUID(each) for each in payload["households"]]
    assert [follow_households(actor=system_actor("cases"), household_ids=homes) for _ in "12"] == [
        1,
        0,
    ]
    case = walk.seen()
    assert (case.division, case.matter.division, case.matter.state) == (village, village, "checked")
    with pytest.raises(Http404):
        walk.move("villager", "withdraw", papers={"declaration": ["f1"]}, note="不需要")
    walk.move("reviewer", "withdraw", papers={"declaration": ["f1"]}, note="不需要")


def test_nobody_is_found_not_eligible_unvisited_unless_the_household_is_gone(walk: Walk) -> None:
    walk.open()
    told: dict[str, Any] = {"answers": {"reason": "gone"}, "note": "全家已经迁走"}
    assert problems_of(walk, "villager", "find_not_eligible", **told) == ["procedures.guard"]
    Household.objects.filter(household_number="H1").update(active=False)
    walk.move("villager", "find_not_eligible", **told)
    assert walk.seen().closing_reason == "gone"
