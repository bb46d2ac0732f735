"""A household from being asked about to being recognised, and everything that may stand between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404

from bangfu.cases.api import preview_case_moves, withdraw_consent
from bangfu.cases.models import Case, CaseBasis
from bangfu.cases.services.case_moves import CaseMove
from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import list_history, list_moves, notice_of
from bangfu.registry.models import Household, HouseholdVersion
from cases.recognition_making import DECIDED, days_later, problems_of

if TYPE_CHECKING:
    from cases.recognition_making import Walk


def test_a_household_is_recognised_step_by_step_and_the_register_says_so(walk: Walk) -> None:
    walk.to("recognised")
    case, household = walk.seen(), Household.objects.get(household_number="H1")
    assert (case.open, case.decided_on, case.category) == (False, DECIDED, "prevention")
    assert household.monitoring_category == "prevention"
    assert (household.risk_1, household.risk_2, household.risk_3) == ("illness", "labour", "")
    assert (household.risk_identified_month, household.data_date) == (202611, DECIDED)
    assert (household.found_uninsured, household.found_unsafe_housing) == (True, False)
    assert household.monitoring_contact == "岳鹏"
    moves = [(each.move, each.by_name) for each in case.matter.moves.order_by("number")]
    assert moves == [
        ("open", "岳鹏"),
        ("check", "岳鹏"),
        ("compare", "周敏"),
        ("review", "岳鹏"),
        ("post_notice", "岳鹏"),
        ("pass_notice", "岳鹏"),
        ("endorse", "冯蓉"),
        ("approve", "何建国"),
        ("announce", "冯蓉"),
    ]
    assert Case.objects.get(kind="monitoring").parent == case
    payload = OutboxEvent.objects.get(event="cases.subject_recognised").payload
    assert payload == {
        "case": str(case.pk),
        "household": str(household.pk),
        "risks": ["illness", "labour"],
    }


def test_what_each_decision_saw_is_kept_with_it(walk: Walk) -> None:
    walk.to("recognised")
    case = walk.seen()
    facts = case.matter.moves.get(move="approve").facts
    assert {name: facts[name] for name in ("visitors", "answers_missing", "passed", "line")} == {
        "visitors": 2,
        "answers_missing": 0,
        "passed": True,
        "line": 850_000,
    }
    versions = HouseholdVersion.objects.filter(household=case.household).order_by("number")
    seen = CaseBasis.objects.filter(case=case).order_by("number")
    numbers = {each.number: each.register_version for each in seen}
    assert set(numbers) == set(range(1, 9))
    assert (versions.count(), numbers[7], numbers[8]) == (2, versions[0], versions[0])


def test_the_notice_shows_no_more_than_it_may(walk: Walk) -> None:
    walk.to("notice")
    notice = notice_of(walk.seen().matter_id)
    assert notice is not None
    assert notice.document == {
        "name": "张○",
        "group": "3 组",
        "size": 4,
        "category": "prevention",
        "agree": 20,
        "present": 20,
        "eligible": 30,
        "met": "2026-11-02",
    }
    assert (str(notice.posted_on), str(notice.ends_on)) == ("2026-11-02", "2026-11-07")


def test_nothing_is_passed_before_the_last_day_of_the_notice_is_over(walk: Walk) -> None:
    walk.to("notice")
    with days_later(5):
        assert problems_of(walk, "villager", "pass_notice") == ["procedures.notice_short"]
    with days_later(6):
        walk.move("villager", "pass_notice")
    assert walk.state() == "township_review"


def test_steps_are_not_left_out(walk: Walk) -> None:
    walk.open()
    for name, move in (
        ("officer", "compare"),
        ("villager", "review"),
        ("villager", "post_notice"),
        ("villager", "pass_notice"),
        ("reviewer", "endorse"),
        ("approver", "approve"),
        ("reviewer", "announce"),
    ):
        assert problems_of(walk, name, move) == ["procedures.wrong_state"]
    assert walk.state() == "opened"


def test_the_visit_needs_everything_the_form_asks_for(walk: Walk) -> None:
    walk.open(risks=())
    reasons = problems_of(walk, "villager", "check")
    # Two visitors, an authorisation, a category, one of this phase, a risk.
    assert reasons == ["procedures.guard"] * 5
    walk.visit()
    assert problems_of(walk, "villager", "check") == ["procedures.guard"]
    walk.consent()
    walk.move("villager", "check")
    assert walk.state() == "checked"


def test_other_tiers_and_other_places_do_not_decide(walk: Walk) -> None:
    walk.to("county_approval")
    for name in ("villager", "reviewer", "officer"):
        with pytest.raises(AccessRefused):
            walk.move(name, "approve")
    with pytest.raises(Http404):
        walk.move("stranger", "approve")
    walk.to("county_approval", "H2")
    with pytest.raises(Http404):
        walk.move("neighbour", "withdraw", "H2")


def test_whoever_compared_or_visited_does_not_decide_though_they_hold_the_right(
    walk: Walk,
) -> None:
    walk.to("county_approval")
    walk.also("officer", "county_approver")
    assert problems_of(walk, "officer", "approve") == ["procedures.guard", "procedures.four_eyes"]
    refused = problems_of(walk, "officer", "refuse", answers={"reason": "no_risk"}, note="没有风险")
    assert "procedures.four_eyes" in refused


def test_whoever_went_there_does_not_review_it_for_the_township(walk: Walk) -> None:
    walk.open()
    walk.visit(visitors=(walk.people["villager"].pk, walk.people["reviewer"].pk))
    walk.consent()
    walk.move("villager", "check")
    walk.to("township_review")
    with days_later(6):
        assert problems_of(walk, "reviewer", "endorse") == ["procedures.guard"]
        walk.move("other_reviewer", "endorse")
    assert walk.state() == "county_approval"


def test_a_move_made_twice_or_on_a_stale_page_is_refused(walk: Walk) -> None:
    walk.to("checked")
    assert problems_of(walk, "villager", "check") == ["procedures.wrong_state"]
    walk.compare()
    walk.also("other_reviewer", "county_officer", "511921")
    seen = walk.seen().matter.lock_version
    walk.move("officer", "return_at_comparison", note="没有写清楚收入")
    walk.move("villager", "check")
    stale = problems_of(walk, "other_reviewer", "compare", seen=seen)
    assert stale == ["procedures.overtaken"]
    assert walk.state() == "checked"


def test_a_move_after_the_deadline_is_made_and_marked_late(walk: Walk) -> None:
    walk.open()
    walk.visit()
    walk.consent()
    with days_later(10):
        walk.move("villager", "check")
    step = list_history(walk.by("villager"), walk.seen().matter)[1]
    assert step.was_due_on is not None
    assert str(step.was_due_on) == "2026-11-05"
    assert step.at.date() > step.was_due_on


def test_the_whole_has_its_limit_counted_from_the_opening(walk: Walk) -> None:
    # Thirty working days of the nation after Monday 2 November: Monday 14 December.
    walk.to("reviewed")
    assert str(walk.seen().matter.due_on) == "2026-12-14"


def test_a_meeting_without_quorum_decides_nothing(walk: Walk) -> None:
    walk.to("compared")
    with pytest.raises(Refused) as refused:
        walk.meet(present=19, in_favour=19)
    assert refused.value.problems
    assert problems_of(walk, "villager", "review")[0] == "procedures.guard"
    assert walk.state() == "compared"


def test_what_the_village_votes_down_is_closed_with_the_vote_as_reason(walk: Walk) -> None:
    walk.to("compared")
    walk.meet(in_favour=5)
    case = walk.seen()
    assert (case.matter.state, case.closing_reason) == ("not_eligible", "voted_down")
    assert not case.open
    assert not Case.objects.filter(kind="monitoring").exists()


def test_a_category_that_does_not_fit_the_type_is_refused(walk: Walk, in_2025: None) -> None:
    walk.open("H3")
    walk.visit("H3", category="unstable")
    walk.consent("H3")
    with pytest.raises(Refused) as refused:
        walk.move("villager", "check", "H3")
    (problem,) = refused.value.problems
    assert "脱贫不稳定户须是脱贫户" in problem.values["reason"]
    walk.visit("H3", category="marginal")
    walk.move("villager", "check", "H3")
    assert walk.state("H3") == "checked"


def test_the_phase_says_which_categories_there_are(walk: Walk) -> None:
    walk.open()
    with pytest.raises(Refused) as refused:
        walk.visit(category="unstable")
    assert [each.code for each in refused.value.problems] == ["cases.category_unknown"]


def test_a_decision_of_the_last_phase_stands_under_the_name_of_this_one(
    walk: Walk, in_2025: None
) -> None:
    walk.open()
    walk.visit(category="unstable")
    walk.consent()
    walk.move("villager", "check")
    walk.to("announcement")
    decided = walk.seen().decided_on
    assert str(decided) == "2025-12-29"
    with days_later(20):
        walk.move("reviewer", "announce")
    household = Household.objects.get(household_number="H1")
    assert household.monitoring_category == "prevention"
    assert (str(household.data_date), household.risk_identified_month) == ("2026-01-11", 202512)


@pytest.mark.parametrize(
    ("state", "name", "move"),
    [
        ("checked", "officer", "return_at_comparison"),
        ("compared", "reviewer", "return_at_township"),
        ("reviewed", "reviewer", "return_at_township"),
        ("township_review", "reviewer", "return_at_township"),
        ("county_approval", "approver", "return_at_county"),
        ("announcement", "reviewer", "return_at_township"),
    ],
)
def test_every_step_returns_to_the_visit_with_a_reason(
    walk: Walk, state: str, name: str, move: str
) -> None:
    walk.to(state)
    assert problems_of(walk, name, move) == ["procedures.note_missing"]
    walk.move(name, move, note="收入没有写清楚")
    case = walk.seen()
    assert (case.matter.state, case.open, case.decided_on) == ("opened", True, None)
    # What was brought back holds; nobody has to go again for a figure.
    walk.move("villager", "check")


@pytest.mark.parametrize(
    "state", ["opened", "checked", "notice", "county_approval", "announcement"]
)
def test_a_household_withdraws_by_its_own_declaration_at_any_step(walk: Walk, state: str) -> None:
    walk.to(state)
    missing = problems_of(walk, "villager", "withdraw", note="农户说不需要")
    assert missing == ["procedures.paper_missing"]
    walk.move("villager", "withdraw", papers={"declaration": ["f1"]}, note="农户说不需要")
    case = walk.seen()
    assert (case.matter.state, case.open) == ("withdrawn", False)
    assert Household.objects.get(household_number="H1").monitoring_category in {"", "none"}


def test_after_the_visit_only_township_and_county_find_a_household_not_eligible(
    walk: Walk,
) -> None:
    walk.to("checked")
    told: dict[str, Any] = {"answers": {"reason": "able_to_cope"}, "note": "有存款，自己能解决"}
    assert problems_of(walk, "villager", "find_not_eligible", **told) == ["procedures.guard"]
    strange = {**told, "answers": {"reason": "dibao"}}
    assert problems_of(walk, "officer", "find_not_eligible", **strange) == ["procedures.guard"]
    walk.move("officer", "find_not_eligible", **told)
    case = walk.seen()
    assert (case.matter.state, case.closing_reason) == ("not_eligible", "able_to_cope")


def test_a_visit_may_find_that_a_policy_covers_it_already(walk: Walk) -> None:
    walk.open()
    none = problems_of(walk, "villager", "find_covered", note="已纳入低保")
    assert none == ["procedures.fact_missing"]
    walk.move("villager", "find_covered", answers={"reason": "dibao"}, note="已纳入低保")
    case = walk.seen()
    assert (case.matter.state, case.closing_reason) == ("already_covered", "dibao")


def test_the_approver_refuses_or_finds_it_covered(walk: Walk) -> None:
    walk.to("county_approval")
    walk.to("county_approval", "H2")
    walk.move("approver", "refuse", answers={"reason": "comparison"}, note="有商品房")
    walk.move("approver", "decide_covered", "H2", answers={"reason": "dibao"}, note="低保已解决")
    assert (walk.state(), walk.state("H2")) == ("not_eligible", "already_covered")


def test_a_household_that_withdraws_its_authorisation_goes_no_further(walk: Walk) -> None:
    walk.open()
    walk.visit()
    consent = walk.consent()
    walk.move("villager", "check")
    walk.compare()
    withdraw_consent(actor=walk.by("villager"), consent_id=consent.pk, channel="in_person")
    assert problems_of(walk, "officer", "compare") == ["procedures.guard"]
    with pytest.raises(Refused) as refused:
        walk.compare()
    assert [each.code for each in refused.value.problems] == ["cases.consent_missing"]


def test_a_household_that_left_the_rolls_is_not_recognised(walk: Walk) -> None:
    walk.to("county_approval")
    Household.objects.filter(household_number="H1").update(active=False)
    assert problems_of(walk, "approver", "approve") == ["procedures.guard"]


def test_a_value_changed_since_the_decision_stands_in_the_way(walk: Walk) -> None:
    walk.to("announcement")
    walk.correct("risk_1", "disaster")
    with days_later(8):
        refused = problems_of(walk, "reviewer", "announce")
    assert refused == ["registry.changed_since_asked"]
    assert walk.state() == "announcement"
    assert not Case.objects.filter(kind="monitoring").exists()


def test_the_page_offers_what_may_be_done_and_why_not(walk: Walk) -> None:
    walk.to("notice")
    case = walk.seen()
    offers = {each.move: each for each in list_moves(walk.by("villager"), case.matter, {})}
    assert set(offers) == {"pass_notice", "withdraw", "notice_failed"}
    assert "procedures.notice_short" in {each.code for each in offers["pass_notice"].problems}
    assert offers["withdraw"].allowed


def test_a_preview_says_what_a_batch_would_answer_and_changes_nothing(walk: Walk) -> None:
    walk.to("reviewed")
    walk.open("H2")
    asked = [CaseMove(walk.cases["H1"]), CaseMove(walk.cases["H2"])]
    found = preview_case_moves(walk.by("villager"), "post_notice", asked)
    assert found[walk.cases["H1"]] == ()
    assert [each.code for each in found[walk.cases["H2"]]] == ["procedures.wrong_state"]
    assert (walk.state(), walk.state("H2")) == ("reviewed", "opened")
