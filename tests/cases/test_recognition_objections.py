"""Objections to a notice: none is lost, and what is upheld begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.cases.api import NewAppeal, answer_appeal, file_appeal, investigate_appeal
from bangfu.cases.models import Appeal
from bangfu.foundation.access.api import system_actor
from bangfu.procedures.api import notice_of
from cases.recognition_making import days_later, problems_of
from registry.making import VILLAGE

if TYPE_CHECKING:
    from cases.recognition_making import Walk


def objected(walk: Walk) -> Appeal:
    """Somebody says that the household has a house in town."""
    notice = notice_of(walk.seen().matter_id)
    assert notice is not None
    told = NewAppeal(
        "objection", VILLAGE, "这家在县城有房", case_id=walk.cases["H1"], notice_id=notice.pk
    )
    file_appeal(actor=system_actor("portal"), appeal=told, token="form-1")
    return Appeal.objects.select_related("matter").get()


def looked_into(walk: Walk, appeal: Appeal, move: str, by: str = "other_reviewer") -> None:
    """Two people look into it; somebody else answers."""
    two = [walk.people["reviewer"].pk, walk.people["officer"].pk]
    actor = walk.by("reviewer")
    investigate_appeal(actor=actor, appeal_id=appeal.pk, investigators=two)
    answer_appeal(actor=walk.by(by), appeal_id=appeal.pk, move=move, reply="查过了，情况如下")


def test_an_open_objection_holds_the_notice_back(walk: Walk) -> None:
    walk.to("notice")
    appeal = objected(walk)
    with days_later(6):
        assert problems_of(walk, "villager", "pass_notice") == ["procedures.guard"]
        looked_into(walk, appeal, "reject")
        walk.move("villager", "pass_notice")
    assert walk.state() == "township_review"


def test_an_objection_that_comes_after_the_notice_still_holds_the_county_back(walk: Walk) -> None:
    walk.to("county_approval")
    objected(walk)
    with days_later(7):
        assert problems_of(walk, "approver", "approve") == ["procedures.guard"]


def test_an_upheld_objection_begins_with_a_new_visit_and_a_new_meeting(walk: Walk) -> None:
    walk.to("notice")
    appeal = objected(walk)
    with days_later(1):
        looked_into(walk, appeal, "uphold")
        assert walk.state() == "opened"
        assert (notice := notice_of(walk.seen().matter_id)) is not None
        assert notice.taken_down_at is not None
        # The visit from before does not count any more.
        assert problems_of(walk, "villager", "check") == ["procedures.guard"]
    with days_later(2):
        walk.visit()
        walk.move("villager", "check")
        walk.move("officer", "compare")
        # Nor does the meeting.
        assert problems_of(walk, "villager", "review")[0] == "procedures.guard"
        walk.meet()
        assert walk.state() == "reviewed"
        walk.move("villager", "post_notice")
    with days_later(8):
        walk.move("villager", "pass_notice")
    assert walk.state() == "township_review"


def test_nobody_goes_on_while_an_upheld_objection_waits_for_the_township(walk: Walk) -> None:
    walk.to("county_approval")
    appeal = objected(walk)
    walk.also("approver", "county_officer")
    with days_later(7):
        # The county answers it, and may not send the case back for the township.
        looked_into(walk, appeal, "uphold", by="approver")
        del walk.postings["approver"]
        assert walk.state() == "county_approval"
        assert problems_of(walk, "approver", "approve") == ["procedures.guard"]
        walk.move("reviewer", "notice_failed", note="异议成立，重新核实")
    assert walk.state() == "opened"


def test_without_an_upheld_objection_no_notice_fails(walk: Walk) -> None:
    walk.to("notice")
    assert problems_of(walk, "reviewer", "notice_failed", note="听说有人反对") == [
        "procedures.guard"
    ]
