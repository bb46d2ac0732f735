"""What people bring forward: receipts, objections that hold a case back, replies, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404

from bangfu.cases.api import NewAppeal, answer_appeal, file_appeal, find_answer, investigate_appeal
from bangfu.cases.domain.receipts import ALPHABET, code_of, grouped, read_code
from bangfu.cases.models import Appeal, Receipt
from bangfu.cases.queries.appeals import get_appeal
from bangfu.cases.services import receipts
from bangfu.cases.services.appeals import name_household
from bangfu.cases.services.correcting import propose_correction
from bangfu.changes.api import ChangeRequest
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Refused
from bangfu.procedures.models import MatterMove
from cases.recognition_making import days_later
from registry.making import VILLAGE

if TYPE_CHECKING:
    from cases.recognition_making import Walk

WORDS = "他家儿子在城里买了房，不该纳入。"
REPLY = "两人上门核对，情况属实，已退回重新核实。"


def object_to(walk: Walk, sent: str = "form-1", **changes: Any) -> tuple[str, Appeal]:
    """Somebody objects to the household that hangs; the receipt, and what was taken down."""
    told: dict[str, Any] = {
        "kind": "objection",
        "division": VILLAGE,
        "words": WORDS,
        "case_id": walk.cases["H1"],
    }
    appeal = NewAppeal(**{**told, **changes})
    code = file_appeal(actor=system_actor("portal", VILLAGE), appeal=appeal, token=sent)
    return code, Appeal.objects.latest("received_at", "id")


def reasons(refused: Refused) -> str:
    """Every reason, in words."""
    return " ".join(sentence_of(each)[0] for each in refused.problems)


def look_into(walk: Walk, appeal: Appeal, *names: str) -> None:
    """The reviewer has two people look into it."""
    chosen = [walk.people[each].pk for each in names or ("team", "officer")]
    investigate_appeal(actor=walk.by("reviewer"), appeal_id=appeal.pk, investigators=chosen)


def test_an_open_objection_holds_the_case_until_it_is_answered(walk: Walk) -> None:
    walk.to("notice")
    _code, appeal = object_to(walk)
    with days_later(7):
        with pytest.raises(Refused) as refused:
            walk.move("villager", "pass_notice")
        assert "没有办结" in reasons(refused.value)
        look_into(walk, appeal)
        answer_appeal(
            actor=walk.by("reviewer"), appeal_id=appeal.pk, move="reject", reply="查无此事。"
        )
        walk.move("villager", "pass_notice")
    assert walk.state() == "township_review"


def test_an_upheld_objection_sends_the_case_back_to_the_visit(walk: Walk) -> None:
    walk.to("notice")
    code, appeal = object_to(walk)
    look_into(walk, appeal)
    answer_appeal(actor=walk.by("reviewer"), appeal_id=appeal.pk, move="uphold", reply=REPLY)
    assert walk.state() == "opened"
    last = MatterMove.objects.filter(matter=walk.seen().matter).latest("number")
    assert (last.move, last.by_name) == ("notice_failed", "冯蓉")
    answer = find_answer(code)
    assert answer is not None
    assert (answer.closed, answer.result) == (True, REPLY)


def test_who_checked_the_household_does_not_answer_the_objection(walk: Walk) -> None:
    walk.also("team", "township_reviewer", VILLAGE[:9])
    walk.to("notice")
    _code, appeal = object_to(walk)
    look_into(walk, appeal, "officer", "villager")
    with pytest.raises(Refused) as refused:
        answer_appeal(actor=walk.by("team"), appeal_id=appeal.pk, move="reject", reply="不属实。")
    assert "您参与过这一户的核实" in reasons(refused.value)
    assert Appeal.objects.get(pk=appeal.pk).matter.state == "investigating"


def test_who_looked_into_it_does_not_decide(walk: Walk) -> None:
    walk.to("notice")
    _code, appeal = object_to(walk)
    look_into(walk, appeal, "reviewer", "officer")
    with pytest.raises(Refused) as refused:
        answer_appeal(actor=walk.by("reviewer"), appeal_id=appeal.pk, move="uphold", reply=REPLY)
    assert "您是调查人" in reasons(refused.value)
    assert walk.state() == "notice"


def test_one_person_is_not_enough_to_look_into_it(walk: Walk) -> None:
    walk.to("notice")
    _code, appeal = object_to(walk)
    with pytest.raises(Refused) as refused:
        look_into(walk, appeal, "officer")
    assert "至少两个人调查" in reasons(refused.value)


def test_a_complaint_is_the_countys_to_answer(walk: Walk) -> None:
    walk.open()
    _code, appeal = object_to(walk, kind="complaint", case_id=None)
    with pytest.raises(Refused) as refused:
        look_into(walk, appeal)
    assert "投诉由县级办" in reasons(refused.value)
    chosen = [walk.people[each].pk for each in ("team", "reviewer")]
    investigate_appeal(actor=walk.by("officer"), appeal_id=appeal.pk, investigators=chosen)
    assert Appeal.objects.get(pk=appeal.pk).matter.state == "investigating"


def test_a_village_official_does_not_see_who_objected(walk: Walk) -> None:
    walk.to("notice")
    _code, appeal = object_to(walk)
    with pytest.raises(Http404):
        get_appeal(walk.by("villager"), appeal.pk)
    with pytest.raises((AccessRefused, Http404)):
        answer_appeal(actor=walk.by("villager"), appeal_id=appeal.pk, move="reject", reply="不")


def test_the_same_form_sent_twice_is_one_appeal_with_one_receipt(walk: Walk) -> None:
    walk.to("notice")
    first, _appeal = object_to(walk, "form-1")
    again, _appeal = object_to(walk, "form-1")
    other, _appeal = object_to(walk, "form-2")
    assert first == again
    assert first != other
    assert Appeal.objects.count() == Receipt.objects.count() == 2


def test_two_sendings_of_one_form_in_one_moment_are_one_appeal(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks before the first is committed, and meets it when it writes."""
    walk.to("notice")
    first, _appeal = object_to(walk)
    answers = iter([False, True])
    monkeypatch.setattr(receipts, "_known", lambda token: next(answers))
    again, _appeal = object_to(walk)
    assert again == first
    assert Appeal.objects.count() == Receipt.objects.count() == 1


def test_what_was_written_and_the_receipts_number_are_not_kept_in_the_open(walk: Walk) -> None:
    walk.to("notice")
    code, appeal = object_to(walk, contact="王二 13800000000")
    receipt = Receipt.objects.get()
    plain = read_code(code)
    kept = [bytes(receipt.code_hash), bytes(receipt.token_hash or b""), bytes(appeal.words_sealed)]
    assert all(plain.encode() not in each for each in kept)
    assert all(b"form-1" not in each and WORDS.encode() not in each for each in kept)
    assert b"13800000000" not in bytes(appeal.contact_sealed or b"")
    assert appeal.anonymous is False


def test_a_receipt_nobody_was_given_says_nothing(walk: Walk) -> None:
    walk.to("notice")
    code, _appeal = object_to(walk)
    plain = read_code(code)
    wrong = plain[:-1] + next(each for each in ALPHABET if each != plain[-1])
    assert find_answer(wrong) is None
    assert find_answer(code_of(b"somebody else's, made up")) is None
    assert find_answer("") is None
    assert find_answer(f" {code.lower()} ") is not None


def test_every_wrong_character_and_every_swap_of_a_receipts_number_is_noticed() -> None:
    code = code_of(bytes(range(7, 39)))
    assert read_code(grouped(code)) == code
    for at in range(len(code)):
        for each in ALPHABET:
            if each != code[at]:
                assert read_code(code[:at] + each + code[at + 1 :]) == ""
        swapped = code[:at] + code[at + 1 : at + 2] + code[at] + code[at + 2 :]
        assert swapped == code or read_code(swapped) == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": "  "}, "cases.appeal_words"),
        ({"words": "长" * 1001}, "cases.appeal_long"),
        ({"kind": "wish"}, "cases.appeal_kind"),
        ({"channel": "dream"}, "cases.channel_unknown"),
        ({"division": "511999999999"}, "cases.village_unknown"),
        ({"kind": "correction"}, "cases.correction_contact"),
    ],
)
def test_an_appeal_that_says_too_little_is_refused(
    walk: Walk, changes: dict[str, Any], code: str
) -> None:
    walk.open()
    with pytest.raises(Refused) as refused:
        object_to(walk, **changes)
    assert [each.code for each in refused.value.problems] == [code]
    assert not Appeal.objects.exists()


def test_a_correction_becomes_a_change_that_somebody_else_decides(walk: Walk) -> None:
    case = walk.open()
    wish = {"name": case.household.head_name, "item": "address", "value": "朱元村三组 8 号"}
    _code, appeal = object_to(
        walk, kind="correction", case_id=None, contact="王二", wish=wish, words="住址写错了"
    )
    officer = walk.by("officer")
    with pytest.raises(Refused) as refused:
        propose_correction(actor=officer, appeal_id=appeal.pk)
    assert [each.code for each in refused.value.problems] == ["cases.household_unnamed"]
    name_household(actor=officer, appeal_id=appeal.pk, household=case.household)
    change = propose_correction(actor=officer, appeal_id=appeal.pk)
    assert ChangeRequest.objects.get().matter.state == "requested"
    assert Appeal.objects.get(pk=appeal.pk).change_id == change.pk


def test_what_nobody_can_write_as_one_value_is_not_made_a_change(walk: Walk) -> None:
    case = walk.open()
    wish = {"name": "", "item": "income", "value": "没有那么多"}
    _code, appeal = object_to(walk, kind="correction", case_id=None, contact="王二", wish=wish)
    officer = walk.by("officer")
    name_household(actor=officer, appeal_id=appeal.pk, household=case.household)
    with pytest.raises(Refused) as refused:
        propose_correction(actor=officer, appeal_id=appeal.pk)
    assert [each.code for each in refused.value.problems] == ["cases.change_unnamed"]
    assert not ChangeRequest.objects.exists()
