"""One household's page: what it says of today and of other days, to whom, and what it keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import RequestFactory
from django.urls import reverse

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.ui import panels
from bangfu.foundation.ui.panels import Panel
from bangfu.policy.api import publish_pack
from bangfu.registry.api import Household, Member, reverse_batch
from bangfu.registry.web.household import show_household
from bangfu.registry.web.household_page import Block
from registry.making import (
    FAR_VILLAGE,
    OTHER_VILLAGE,
    bring,
    household,
    make_id,
    member,
    officer,
    system,
)
from registry.web_making import signed_in, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from support.people import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

BORN = date(1968, 3, 9)
PHONE = "19912340000"
REASON = {"reason": "核对一折通账号"}
INCOME = {
    "wage_income": 46_800_00,
    "business_income": 9_600_00,
    "property_income": 1_200_00,
    "transfer_income": 8_400_00,
    "dibao": None,
    "business_expenses": 7_700_00,
    "claims_income": 0,
    "self_paid_expenses": 23_650_00,
}


def family(**changes: object) -> Household:
    """A household of two, as it was imported on 2026-11-01."""
    people = (
        member("H1", "1", name="李春秀", birth_date=BORN, sex="female", id_number=make_id(BORN, 2)),
        member("H1", "2", name="王小军", relation="son", labour=None, pension_insured=False),
    )
    bring(household("H1", *people, phone=PHONE, **{**INCOME, **changes}))
    return Household.objects.get()


def page_of(found: Household) -> str:
    return reverse("registry:household", args=[found.id])


def secret_of(found: Household, item: str = "phone") -> str:
    return reverse("registry:reveal", args=[found.id, item])


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register's own page, without the blocks that higher features bring."""
    monkeypatch.setattr(panels, "_sources", {})


@pytest.fixture
def desk(worker: Callable[[str], Worker]) -> Client:
    """The county officer's browser."""
    return signed_in(worker("officer"))


def test_the_page_says_who_and_where_they_are(desk: Client) -> None:
    text = words(desk.get(page_of(family())))
    assert "通江县 铁溪镇 朱元村 3 组 李春秀 户 脱贫户" in text
    assert "户编号 H1" in text
    assert "家里 2 人" in text
    assert "登记数据截至 2026-11-01，周敏 今天 09:00 录入" in text


def test_the_sentence_shows_how_the_income_comes_about(desk: Client) -> None:
    text = words(desk.get(page_of(family())))
    assert (
        "2026 年：工资 46,800 + 经营 9,600 + 财产 1,200 + 转移 8,400 − 经营支出 7,700"
        " = 纯收入 58,300 元 + 理赔 0 − 合规自付 23,650 = 34,650 元，÷ 2 人"
        " = 收入参考值 17,325 元/人"
    ) in text


def test_an_unknown_amount_makes_the_result_unknown_and_never_zero(desk: Client) -> None:
    text = words(desk.get(page_of(family(claims_income=None))))
    assert "= 纯收入 58,300 元 + 理赔 缺数据 − 合规自付 23,650 = 缺数据" in text
    assert "= 收入参考值 缺数据" in text
    assert "收入参考值 0" not in text


def test_the_line_of_the_pack_is_drawn_where_there_is_one(desk: Client) -> None:
    publish_pack(actor=system_actor("tests"), path="demo", valid_from=date(2021, 1, 1))
    assert "监测线，元" in words(desk.get(page_of(family())))


def test_without_a_pack_there_is_no_line(desk: Client) -> None:
    answer = desk.get(page_of(family()))
    assert answer.status_code == 200
    assert "监测线，元" not in words(answer)


def test_members_are_named_with_age_and_what_is_not_known_of_them(desk: Client) -> None:
    text = words(desk.get(page_of(family())))
    assert "户主 · 女 58" in text
    assert "之子" in text
    assert "养老保险缺数据" in text
    assert "没有养老保险" in text
    assert "普通劳动力 1 人、劳动技能缺数据 1 人" in text


def test_no_whole_number_stands_on_the_page(desk: Client) -> None:
    page = desk.get(page_of(family())).content.decode()
    assert make_id(BORN, 2) not in page
    assert PHONE not in page
    assert "519900************" in page
    assert "199****0000" in page


def test_a_stranger_finds_nothing(worker: Callable[[str], Worker]) -> None:
    family(village_code=OTHER_VILLAGE)
    client = signed_in(worker("villager"))
    found = Household.objects.get()
    for address in (
        page_of(found),
        reverse("registry:history", args=[found.id]),
    ):
        assert client.get(address).status_code == 404
    assert not AuditEvent.objects.filter(kind="opened").exists()


def test_a_household_of_another_county_is_not_there(desk: Client) -> None:
    actor = officer("511922")
    from_far = household("H9", village_code=FAR_VILLAGE)
    assert from_far[0]["village_code"] == FAR_VILLAGE
    assert not actor.may("registry.read", "511921")
    assert desk.get(reverse("registry:household", args=[actor.person_id])).status_code == 404


def test_opening_the_page_is_one_row_of_the_audit_and_names_who_looked(desk: Client) -> None:
    found = family()
    text = words(desk.get(page_of(found)))
    row = AuditEvent.objects.get(kind="opened")
    assert str(found.id) in row.subject_ids
    assert "谁看过这一户 最近 10 次 今天 09:00 周敏（县级经办）" in text


def test_another_day_shows_the_household_as_it_was(desk: Client) -> None:
    found = family()
    bring(household("H1", member("H1", "1", name="李春秀"), size=1), day=date(2026, 11, 15))
    now_text = words(desk.get(page_of(found)))
    then = words(desk.get(page_of(found), {"day": "2026-11-02"}))
    assert "家里 1 人" in now_text
    assert "家里 2 人" in then
    assert "王小军" in then
    assert "这是 2026-11-02 的样子 ，按今天知道的。" in then
    assert "看全号" not in then.replace("看全号要写用途", "")


def test_before_the_first_day_the_register_says_so(desk: Client) -> None:
    text = words(desk.get(page_of(family()), {"day": "2026-10-31"}))
    assert "李春秀 户 2026-10-31 不在登记簿里" in text
    assert "现在的登记数据截至 2026-11-01" in text


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-11-21", "这一天还没有到。"),
        ("2026-02-30", "不是一个日期。"),
        ("昨天", "不是一个日期。"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(
    desk: Client, day: str, reason: str
) -> None:
    answer = desk.get(page_of(family()), {"day": day})
    assert reason in words(answer)
    assert f'value="{day}"' in answer.content.decode()
    assert "家里 2 人" in words(answer)


def as_auditor(found: Household, **params: str) -> HttpResponse:
    """The page as somebody sees it who may read the audit as well as the register."""
    request = RequestFactory().get(page_of(found), params)
    request.actor = officer("511921", "registry.read", "audit.read")
    request.user = type("Somebody", (), {"is_authenticated": True})()
    request._messages = ()
    return show_household(request, household_id=found.id)


def test_an_auditor_may_ask_what_was_known_on_a_day(desk: Client) -> None:
    found = family()
    assert "按这一天知道的" in words(as_auditor(found))
    assert "按这一天知道的" not in words(desk.get(page_of(found)))
    unknown_then = as_auditor(found, day="2026-11-02", known="2026-11-19")
    assert "不在登记簿里" in words(unknown_then)
    known = as_auditor(found, day="2026-11-02", known="2026-11-20")
    assert "按 2026-11-20 那天知道的。" in words(known)


def test_who_may_not_ask_what_was_known_is_not_answered(desk: Client) -> None:
    text = words(desk.get(page_of(family()), {"day": "2026-11-02", "known": "2026-11-01"}))
    assert "家里 2 人" in text


def test_a_secret_is_asked_for_with_a_reason(desk: Client) -> None:
    found = family()
    text = words(desk.get(secret_of(found)))
    assert "要看李春秀的户联系电话" in text
    assert PHONE not in text
    shown = words(desk.post(secret_of(found), REASON))
    assert PHONE in shown
    row = AuditEvent.objects.get(action="registry.secret_revealed")
    assert "核对一折通账号" in row.filters


@pytest.mark.parametrize("reason", ["", "   ", "打 13800138000 问", "x" * 121])
def test_without_a_good_reason_nothing_is_shown(desk: Client, reason: str) -> None:
    answer = desk.post(secret_of(family()), {"reason": reason})
    assert PHONE not in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not AuditEvent.objects.filter(action="registry.secret_revealed").exists()


def test_a_member_s_document_is_shown_inside_the_dialog(desk: Client) -> None:
    family()
    head = Member.objects.get(name="李春秀")
    address = reverse("registry:reveal_member", args=[head.household_id, head.id, "id_number"])
    part = desk.post(address, REASON, HTTP_HX_REQUEST="true")
    assert make_id(BORN, 2) in words(part)
    assert "<html" not in part.content.decode()


def test_what_is_no_secret_is_not_revealed(desk: Client) -> None:
    found = family()
    stranger = Member.objects.get(name="王小军")
    assert desk.post(secret_of(found, "address"), REASON).status_code == 404
    assert desk.post(secret_of(found, "id_number"), REASON).status_code == 404
    wrong = reverse("registry:reveal_member", args=[stranger.id, stranger.id, "id_number"])
    assert desk.post(wrong, REASON).status_code == 404


def test_who_may_not_see_secrets_is_told_who_may(worker: Callable[[str], Worker]) -> None:
    found = family()
    client = signed_in(worker("villager"))
    text = words(client.get(page_of(found)))
    assert "您的岗位不能看全号，乡镇审核员、县级业务员可以" in text
    assert secret_of(found) not in client.get(page_of(found)).content.decode()
    answer = client.post(secret_of(found), REASON)
    assert answer.status_code == 403
    assert PHONE not in answer.content.decode()


def test_a_reviewer_of_another_township_finds_no_secret(worker: Callable[[str], Worker]) -> None:
    family()
    client = signed_in(worker("reviewer"))
    Household.objects.update(village_code="511921104201")
    assert client.post(secret_of(Household.objects.get()), REASON).status_code == 404


def test_revealing_needs_the_form_s_token(worker: Callable[[str], Worker]) -> None:
    client = signed_in(worker("officer"))
    client.handler.enforce_csrf_checks = True
    assert client.post(secret_of(family()), REASON).status_code == 403


def test_the_history_tells_what_changed_and_who_took_it_back(desk: Client) -> None:
    found = family(housing_grade="B")
    changed = bring(
        household("H1", member("H1", "1", name="李春秀"), size=1, housing_grade="D"),
        day=date(2026, 11, 15),
    )
    reverse_batch(actor=system(), batch_id=changed.id, reason="传错了文件")
    answer = desk.get(reverse("registry:history", args=[found.id]))
    text = words(answer)
    assert "李春秀 户的 3 次变更" in text
    assert "住房安全等级 B级 → 改成 D级" in text
    assert "住房安全等级 D级 → 改成 B级" in text
    assert "理由：传错了文件" in text
    assert text.count("已撤回") == 1
    assert '<span class="was">B级</span>' in answer.content.decode()
    assert '<ins class="value">' not in answer.content.decode()
    assert PHONE not in answer.content.decode()
    assert AuditEvent.objects.filter(kind="opened").count() == 1


def test_other_features_blocks_stand_on_today_s_page_only(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = family()
    seen = []

    def block(request: object, subject: Household) -> Panel:
        seen.append(subject.household_number)
        block = Block("x", "判断", [], [])
        return Panel("registry/household_items.html", {"block": block})

    monkeypatch.setattr(panels, "_sources", {"household.main": [(1, block)]})
    assert "判断" in words(desk.get(page_of(found)))
    assert seen == ["H1"]
    desk.get(page_of(found), {"day": "2026-11-02"})
    assert seen == ["H1"]


def test_a_withdrawn_household_says_that_it_is_gone(desk: Client) -> None:
    batch = bring(household("H1", member("H1", "1", name="李春秀")))
    reverse_batch(actor=system(), batch_id=batch.id, reason="重复")
    text = words(desk.get(page_of(Household.objects.get())))
    assert "李春秀 户 2026-11-20 不在登记簿里" in text
    assert "已经撤回" in text


def test_pages_carry_the_strict_policy(desk: Client) -> None:
    answer = desk.get(page_of(family()))
    assert "script-src 'self'; style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
