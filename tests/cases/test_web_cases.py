"""The page of a case: its answer, its moves with their reasons, forms that lose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bangfu.cases.queries.case_pages import offers_of
from bangfu.foundation.access.api import actor_of, end_posting, system_actor
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import today
from cases.case_pages_making import browser, moves_on, page_of, text_of, title_of
from cases.recognition_making import STEPS, days_later

if TYPE_CHECKING:
    from cases.recognition_making import Walk

pytestmark = pytest.mark.django_db

READERS = ("villager", "reviewer", "officer", "approver")


@pytest.mark.parametrize("state", list(STEPS))
def test_every_offer_of_the_table_stands_there_once_and_only_what_may_be_made_is_a_link(
    walk: Walk, state: str
) -> None:
    case = walk.to(state)
    for name in READERS:
        actor = actor_of(walk.people[name])
        offers = {each.move: each.allowed for each in offers_of(actor, case)}
        shown = moves_on(page_of(walk, name))
        assert set(shown) == set(offers)
        assert {move: links == [move] for move, links in shown.items()} == offers


def test_the_title_says_what_the_case_waits_for(walk: Walk) -> None:
    walk.to("opened")
    assert title_of(page_of(walk, "officer")).startswith("张三 户：待入户核实，")
    walk.to("notice")
    assert "公示今天贴出，还剩" in title_of(page_of(walk, "officer"))
    with days_later(2):
        title = title_of(page_of(walk, "officer"))
    assert "公示第 2 天" in title
    assert "没有异议" in title
    with days_later(6):
        assert "公示已经期满，没有异议" in title_of(page_of(walk, "officer"))


def test_a_notice_too_short_is_told_with_the_day_from_which_it_may(walk: Walk) -> None:
    walk.to("notice")
    words = text_of(page_of(walk, "villager"))
    assert "还没满" in words
    assert "以后才能办" in words


def test_who_compared_is_told_that_another_must_decide(walk: Walk) -> None:
    walk.also("officer", "county_approver")
    walk.postings.clear()
    walk.to("county_approval")
    client = browser(walk, "officer")
    posting = walk.people["officer"].postings.get(role="county_approver")
    client.post("/posting/", {"posting": str(posting.pk)})
    words = text_of(client.get(f"/cases/{walk.cases['H1']}/"))
    assert "不能再由您“审定”" in words


def test_strangers_find_nothing_and_nobody_is_named_to_them(walk: Walk) -> None:
    case = walk.to("checked")
    client = browser(walk, "stranger")
    for path in ("", "moves/0/", "do/compare/", "visit/", "consent/", "propose/", "compare/"):
        answer = client.get(f"/cases/{case.pk}/{path}")
        assert answer.status_code in {403, 404}, path
        assert "张三" not in answer.content.decode()
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    assert "张三" not in text_of(client.get("/cases/"))


def test_opening_a_case_is_kept_and_told_on_its_page(walk: Walk) -> None:
    case = walk.to("opened")
    page_of(walk, "reviewer")
    found = AuditEvent.objects.filter(action="case.opened", subject_type="case")
    assert found.filter(subject_ids__contains=str(case.pk)).exists()
    assert "冯蓉" in text_of(page_of(walk, "officer")).partition("谁看过这个案件")[2]


def test_a_move_is_made_from_its_page(walk: Walk) -> None:
    case = walk.to("township_review")
    client = browser(walk, "reviewer")
    with days_later(6):
        form = client.get(f"/cases/{case.pk}/do/endorse/")
        assert "审核同意" in text_of(form)
        done = client.post(
            f"/cases/{case.pk}/do/endorse/",
            {"note": "", "seen": case.matter.lock_version}, follow=True,
        )  # fmt: skip
    assert "已办好：审核同意" in text_of(done)
    assert walk.state() == "county_approval"


def test_what_was_typed_survives_a_refusal(walk: Walk) -> None:
    case = walk.to("checked")
    client = browser(walk, "officer")
    path = f"/cases/{case.pk}/do/find_not_eligible/"
    answer = client.post(path, {"note": "家里情况已经好转", "fact_reason": ""})
    assert "请从列表里选一项" in text_of(answer)
    assert "家里情况已经好转" in answer.content.decode()
    assert walk.state() == "checked"
    stale = {"note": "家里情况已经好转", "fact_reason": "no_risk", "seen": "0"}
    walk.move("officer", "return_at_comparison", note="再看一次")
    answer = client.post(path, stale)
    assert answer.status_code == 409
    assert walk.state() == "opened"


def test_a_paper_brought_with_a_refused_try_need_not_be_brought_again(walk: Walk) -> None:
    case = walk.to("checked")
    client = browser(walk, "villager")
    path = f"/cases/{case.pk}/do/withdraw/"
    paper = SimpleUploadedFile("声明.pdf", b"%PDF-1.4 declaration")
    answer = client.post(path, {"note": "", "paper_declaration": paper})
    assert "已经收下：声明.pdf" in text_of(answer)
    kept = answer.content.decode().partition('name="kept_paper_declaration" value="')[2]
    again = {"note": "农户自己说不申请了", "kept_paper_declaration": kept[:36]}
    done = client.post(path, again, follow=True)
    assert "已办好" in text_of(done)
    assert walk.state() == "withdrawn"
    assert "农户声明书" in text_of(page_of(walk, "villager"))
    assert client.get(f"/cases/{case.pk}/files/{kept[:36]}/").status_code == 200
    assert browser(walk, "neighbour").get(
        f"/cases/{case.pk}/files/{kept[:36]}/"
    ).status_code == 404  # fmt: skip


def test_a_move_out_of_order_is_refused_with_what_is_so(walk: Walk) -> None:
    case = walk.to("opened")
    answer = browser(walk, "approver").get(f"/cases/{case.pk}/do/approve/")
    assert answer.status_code == 409
    assert "现在是“待入户核实”，不能“审定”" in text_of(answer)
    posted = browser(walk, "approver").post(f"/cases/{case.pk}/do/approve/", {"note": ""})
    assert posted.status_code == 409
    assert walk.state() == "opened"


def test_what_a_decision_saw_stays_as_it_was(walk: Walk) -> None:
    case = walk.to("checked")
    path = f"/cases/{case.pk}/moves/1/"
    before = text_of(browser(walk, "officer").get(path))
    assert "风险数" in before
    assert "承诺授权是否有效 是" in before
    walk.move("officer", "return_at_comparison", note="再看一次")
    assert "风险数" in text_of(browser(walk, "officer").get(path))
    assert browser(walk, "officer").get(f"/cases/{case.pk}/moves/9/").status_code == 404


def test_before_and_after_are_compared_until_the_register_has_it(walk: Walk) -> None:
    walk.to("checked")
    words = text_of(page_of(walk, "officer"))
    assert "采纳后，登记簿会改" in words
    assert "防止返贫致贫对象" in words
    walk.to("recognised")
    assert "采纳后，登记簿会改" not in text_of(page_of(walk, "officer"))


def test_a_closed_case_has_nothing_to_do(walk: Walk) -> None:
    walk.to("recognised")
    page = page_of(walk, "officer")
    assert "这个案件已经办结" in text_of(page)
    assert moves_on(page) == {}


def test_a_visit_an_authorisation_and_answers_are_written_down_on_pages(walk: Walk) -> None:
    case = walk.open()
    village, county = browser(walk, "villager"), browser(walk, "officer")
    alone = {
        "visited_on": today().isoformat(),
        "visitors": [str(walk.people["villager"].pk)],
        "approach": "visit", "words": "住院三次", "answer_uninsured": "yes",
        "category": "prevention", "main_risk": "illness", "other_risks": ["labour"],
    }  # fmt: skip
    answer = village.post(f"/cases/{case.pk}/visit/", alone)
    assert answer.status_code == 409
    assert "住院三次" in answer.content.decode()
    both = {**alone, "visitors": [str(walk.people[each].pk) for each in ("villager", "team")]}
    done = village.post(f"/cases/{case.pk}/visit/", both, follow=True)
    assert "入户记录已经记下" in text_of(done)
    assert "蒲艳" in text_of(done)
    assert "是否有成员未参加基本医保：是" in text_of(done)
    signed = {
        "signer": "张三", "signed_on": alone["visited_on"], "scope": ["banks", "housing"],
    }  # fmt: skip
    done = village.post(f"/cases/{case.pk}/consent/", signed, follow=True)
    assert "可以查询：" in text_of(done)
    walk.consent()
    walk.move("villager", "check")
    asked = county.post(f"/cases/{case.pk}/compare/", {}, follow=True)
    assert "个部门里 0 个已经反馈" in title_of(asked)
    found = {"department": "banks", "outcome": "found", "flag": "deposits", "words": ""}
    county.post(f"/cases/{case.pk}/compare/", found, follow=True)
    assert "还没有说明" in text_of(page_of(walk, "officer"))
    refused = county.post(f"/cases/{case.pk}/compare/", {**found, "explained": "on"})
    assert refused.status_code == 409


def test_an_authorisation_is_taken_back_as_easily(walk: Walk) -> None:
    case = walk.open()
    walk.visit()
    given = walk.consent()
    client = browser(walk, "villager")
    path = f"/cases/{case.pk}/consent/{given.pk}/withdraw/"
    assert "要撤回授权" in text_of(client.get(path))
    assert "授权已经撤回" in text_of(client.post(path, follow=True))
    assert "农户没有签承诺授权书，或者已经撤回授权" in text_of(page_of(walk, "villager"))


def test_the_household_and_the_search_lead_to_the_case(walk: Walk) -> None:
    case = walk.to("checked")
    client = browser(walk, "officer")
    household = text_of(client.get(f"/households/{case.household_id}/"))
    assert "识别认定在办：待信息比对" in household
    found = client.get("/search/", {"q": case.number})
    assert f"/cases/{case.pk}/" in found.content.decode()
    assert "张三" not in text_of(browser(walk, "stranger").get("/search/", {"q": case.number}))


def test_work_appears_on_the_desk_of_whose_turn_it_is(walk: Walk) -> None:
    walk.to("township_review")
    with days_later(6):
        assert "待乡镇审核" in text_of(browser(walk, "reviewer").get("/"))
        assert "待乡镇审核" not in text_of(browser(walk, "officer").get("/"))


def test_an_ended_posting_leaves_work_to_hand_over(walk: Walk) -> None:
    case = walk.open()
    client = browser(walk, "reviewer")
    assert "没有要移交的工作" in text_of(client.get("/cases/left/"))
    posting = walk.people["villager"].postings.get()
    with days_later(1):
        end_posting(actor=system_actor("tests"), posting_id=posting.pk)
    with days_later(2):
        words = text_of(client.get("/cases/left/"))
        assert "1 件工作的经办人已经离岗" in words
        assert "岳鹏" in words
        assert "1 件工作要移交" in text_of(client.get("/"))
        assert "1 件工作" in title_of(browser(walk, "officer").get("/cases/left/"))
        assert browser(walk, "team").get("/cases/left/").status_code in {200, 403}
        give = {"pick": f"case:{case.pk}", "to": str(walk.people["stranger"].pk)}
        refused = client.post("/cases/left/give/", give, follow=True)
        assert "没有移交" in text_of(refused)
        give["to"] = str(walk.people["reviewer"].pk)
        done = client.post("/cases/left/give/", give, follow=True)
        assert "已移交 1 件，交给 冯蓉" in text_of(done)
    assert walk.seen().handler_id == walk.people["reviewer"].pk
    assert AuditEvent.objects.filter(action="case.handed_over").count() == 1
