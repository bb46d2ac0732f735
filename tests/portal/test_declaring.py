"""A household says that it is in difficulty without an account: kept once, answered by receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import reverse

from bangfu.cases.api import Clue, Declared, assign_clues, declare, dismiss_clue, find_answer
from bangfu.cases.models import Declaration
from bangfu.cases.queries.declarations import get_declaration, list_waiting_declarations
from bangfu.cases.services.declarations import admit_declaration, discard_declaration
from bangfu.cases.services.reporting import match_clue
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.files.models import StoredFile
from bangfu.kernel.problems import Refused
from bangfu.registry.models import Household, Member
from portal.conftest import code_in, token_in
from registry.making import VILLAGE

if TYPE_CHECKING:
    from cases.recognition_making import Walk
    from portal.conftest import Visitor

TELL = f"/public/declare/{VILLAGE}/"
WORDS = "老伴住院两个月，娃儿从台州回来照顾，工钱断了。"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def filled(visitor: Visitor, **changes: Any) -> dict[str, Any]:
    """The last step's form, filled in."""
    who = visitor.post(TELL, {"step": "who", "trouble": ["illness", "work"], "words": WORDS})
    assert "您是谁" in who.content.decode()
    told = {
        "step": "send",
        "token": token_in(who),
        "trouble": ["illness", "work"],
        "words": WORDS,
        "name": "张三",
        "contact": "13800000000",
        "group": "3 组",
        "identity": "",
    }
    return {**told, **changes}


def declared(**changes: Any) -> Declared:
    """What the service is told."""
    told: dict[str, Any] = {"village": VILLAGE, "name": "张三", "troubles": ["illness"]}
    return Declared(**{**told, **changes})


def say(sent: str = "1", **changes: Any) -> Declaration:
    """A declaration by somebody without an account."""
    actor = system_actor("portal", VILLAGE)
    declare(actor=actor, declared=declared(**changes), token=sent)
    return Declaration.objects.latest("received_at", "id")


def test_a_declaration_is_a_clue_without_a_household_and_a_receipt(
    walk: Walk, visitor: Visitor
) -> None:
    page = visitor.post(TELL, filled(visitor))
    code = code_in(page)
    clue = Clue.objects.get()
    assert (clue.channel, clue.risk, clue.household, clue.division) == (
        "household",
        "illness",
        None,
        VILLAGE,
    )
    assert clue.matter.state == "new"
    text = visitor.post("/public/status/", {"code": code.lower().replace("-", " ")})
    words = text.content.decode()
    for each in ("收到了，等镇里转村", "看病花钱多、没活干，收入少了", "11-04 以前", "12-14 以前"):
        assert each in words, each
    assert WORDS not in words
    assert "张三" not in words


def test_the_same_form_sent_twice_is_one_declaration(walk: Walk, visitor: Visitor) -> None:
    form = filled(visitor)
    first, again = visitor.post(TELL, form), visitor.post(TELL, form)
    assert code_in(first) == code_in(again)
    assert (Declaration.objects.count(), Clue.objects.count()) == (1, 1)
    other = visitor.post(TELL, filled(visitor))
    assert code_in(other) != code_in(first)


def test_a_form_that_is_not_ours_is_asked_for_again_with_all_that_was_typed(
    walk: Walk, visitor: Visitor
) -> None:
    page = visitor.post(TELL, filled(visitor, token="made-up:by:somebody"))
    assert page.status_code == 409
    assert not Declaration.objects.exists()
    text = page.content.decode()
    assert all(each in text for each in (WORDS, "13800000000", "这一页放得太久了"))
    sent = visitor.post(TELL, filled(visitor, token=token_in(page)))
    assert code_in(sent)


def test_what_was_said_is_sealed_and_the_document_number_not_kept(walk: Walk) -> None:
    member = Member.objects.filter(household__household_number="H1").first()
    assert member is not None
    row = say(words=WORDS, contact="13800000000", identity="519900198005201236")
    blob = bytes(row.sealed)
    assert WORDS.encode() not in blob
    assert b"13800000000" not in blob
    assert row.identity_fingerprint is not None
    kept = str(list(Declaration.objects.values())) + str(list(Clue.objects.values()))
    audit = str(list(AuditEvent.objects.values_list("filters", "subject_ids", "purpose")))
    assert "519900198005201236" not in kept + audit
    assert "张三" not in kept + audit


def test_a_person_of_the_township_says_whose_it_is_and_passes_it_on(walk: Walk) -> None:
    row = say()
    reviewer = walk.by("reviewer")
    (waiting,) = list_waiting_declarations(reviewer)
    assert (waiting.id, waiting.said.name) == (row.pk, "张三")
    detail = get_declaration(reviewer, row.pk)
    head = detail.candidates[0].household
    assert head.head_name == "张三"
    match_clue(actor=reviewer, clue_id=row.clue_id, household_id=head.pk)
    clue = Clue.objects.get()
    assert (clue.household, clue.matter.subject_id) == (head, head.pk)
    assert list_waiting_declarations(reviewer) == []
    assign_clues(actor=reviewer, clue_ids=[clue.pk], assignee_id=walk.people["villager"].pk)
    assert Clue.objects.get().matter.state == "assigned"


def test_the_number_points_at_the_household_first(walk: Walk) -> None:
    member = Member.objects.get(household__household_number="H2")
    row = say(name=member.name, identity="519900198005201236")
    Member.objects.filter(pk=member.pk).update(id_number_fingerprint=row.identity_fingerprint)
    (candidate,) = get_declaration(walk.by("reviewer"), row.pk).candidates
    assert (candidate.by_number, candidate.household.household_number) == (True, "H2")


def test_only_who_assigns_there_sees_what_waits(walk: Walk) -> None:
    row = say()
    home = Household.objects.get(household_number="H1")
    with pytest.raises(Http404):
        get_declaration(walk.by("stranger"), row.pk)
    with pytest.raises(AccessRefused):
        match_clue(actor=walk.by("villager"), clue_id=row.clue_id, household_id=home.pk)


def test_the_answer_of_a_dismissed_declaration_says_why(walk: Walk) -> None:
    actor = system_actor("portal", VILLAGE)
    code = declare(actor=actor, declared=declared(), token="1")
    clue = Clue.objects.get()
    home = Household.objects.get(household_number="H1")
    match_clue(actor=walk.by("reviewer"), clue_id=clue.pk, household_id=home.pk)
    dismiss_clue(
        actor=walk.by("reviewer"), clue_id=clue.pk, reason="able_to_cope", note="自家解决了"
    )
    answer = find_answer(code)
    assert answer is not None
    assert (answer.closed, answer.headline) == (True, "没有纳入")
    assert "自身能够解决" in answer.result
    assert "自家解决了" not in answer.result


def test_more_than_usual_is_held_for_a_person_and_nobody_is_turned_away(
    walk: Walk, visitor: Visitor
) -> None:
    """A flood from one telephone does not silence another, nor the village it is aimed at."""
    codes = [code_in(visitor.post(TELL, filled(visitor))) for _ in range(22)]
    assert len(set(codes)) == 22
    assert (Clue.objects.count(), Declaration.objects.filter(held=True).count()) == (20, 2)
    assert "镇里正在看" in visitor.post("/public/status/", {"code": codes[-1]}).content.decode()
    visitor.address = "203.0.113.99"
    visitor.post(TELL, filled(visitor, name="李春秀"))
    assert Clue.objects.count() == 21
    held = Declaration.objects.filter(held=True)
    first, second = held
    admit_declaration(actor=walk.by("reviewer"), declaration_id=first.pk)
    discard_declaration(actor=walk.by("reviewer"), declaration_id=second.pk)
    assert Clue.objects.count() == 22
    answer = find_answer(codes[-1]) or find_answer(codes[-2])
    assert answer is not None
    assert not held.all().exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "cases.declared_name"),
        ({"troubles": []}, "cases.troubles_missing"),
        ({"troubles": ["screening"]}, "cases.troubles_missing"),
        ({"village": VILLAGE[:9]}, "cases.village_unknown"),
        ({"words": "长" * 501}, "cases.words_long"),
        ({"identity": "519900198005201235"}, "cases.identity_wrong"),
    ],
)
def test_a_declaration_that_says_too_little_is_refused(
    walk: Walk, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        say(**changes)
    assert code in [each.code for each in refused.value.problems]
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<svg onload=alert(1)>", "这个文件不是照片"),
        (b"%PDF-1.7", "这个文件不是照片"),
        (b"PK\x03\x04", "这个文件不是照片"),
        (b"", "这个文件不是照片"),
        (PNG + b"\0" * (5 * 1024 * 1024), "照片太大"),
    ],
)
def test_hostile_and_huge_uploads_are_refused_whatever_they_are_called(
    walk: Walk, visitor: Visitor, content: bytes, problem: str
) -> None:
    upload = SimpleUploadedFile("房子.png", content, "image/png")
    page = visitor.post(TELL, filled(visitor, picture=upload))
    assert page.status_code in {200, 409}
    if content:
        assert problem in page.content.decode()
        assert not Declaration.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_picture_is_kept_sealed_and_only_for_those_who_may_read_clues(
    walk: Walk, visitor: Visitor
) -> None:
    upload = SimpleUploadedFile("../../房子.exe", PNG, "text/html")
    visitor.post(TELL, filled(visitor, picture=upload))
    row = Declaration.objects.get()
    (file,) = StoredFile.objects.all()
    assert row.files == [str(file.pk)]
    assert file.media_type == "image/png"
    path = reverse("appeals:picture", args=[row.pk, file.pk])
    assert visitor.get(path).status_code == 302
    visitor.client.force_login(walk.people["reviewer"])
    answer = visitor.get(path)
    assert b"".join(answer.streaming_content) == PNG
    assert "attachment" in answer.headers["Content-Disposition"]
    visitor.client.force_login(walk.people["stranger"])
    assert visitor.get(path).status_code == 404


def test_a_cadre_writes_down_what_a_household_says_with_its_thumbprint(
    walk: Walk, visitor: Visitor
) -> None:
    visitor.client.force_login(walk.people["villager"])
    path = reverse("appeals:write_down")
    page = visitor.get(path)
    token = token_in(page)
    form = {"token": token, "village": VILLAGE, "name": "张三", "trouble": ["illness"]}
    assert Declaration.objects.count() == 0
    visitor.post(path, form)
    assert Declaration.objects.count() == 0, "without the paper nothing is taken"
    paper = SimpleUploadedFile("手印.png", PNG, "image/png")
    answer = visitor.post(path, {**form, "paper": paper}).content.decode()
    row = Declaration.objects.get()
    assert (row.channel, row.by_name, len(row.files)) == ("proxy", "岳鹏", 1)
    assert "回执编号" in answer
    clue = Clue.objects.get()
    assert (clue.channel, clue.reported_by) == ("household", "岳鹏")


def test_places_are_chosen_by_links_and_a_link_may_name_the_village(
    walk: Walk, visitor: Visitor
) -> None:
    top = visitor.text("/public/declare/")
    assert "通江县" in top
    assert f'href="{TELL}"' in visitor.text("/public/declare/?at=511921103")
    assert "朱元村" in visitor.text(TELL)
    assert visitor.get("/public/declare/511921103/").status_code == 404
    assert visitor.get("/public/declare/?at=abc").status_code == 404


def test_the_days_a_page_promises_are_the_parameters(walk: Walk, visitor: Visitor) -> None:
    text = visitor.text(TELL)
    for days in ("<b>2 个工作日内</b>", "<b>3 个工作日内</b>", "<b>30 个工作日内</b>"):
        assert days in text, days


def test_nothing_ticked_comes_back_with_what_was_typed(walk: Walk, visitor: Visitor) -> None:
    page = visitor.post(TELL, {"step": "who", "words": WORDS})
    assert page.status_code == 409
    assert WORDS in page.content.decode()
    assert "请至少勾一样" in page.content.decode()
