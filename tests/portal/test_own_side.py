"""What is a household's own: authorisations read and taken back, its file, the front page."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.http import Http404
from django.urls import reverse
from pypdf import PdfReader

from bangfu.cases.models import Consent
from bangfu.cases.services.own_side import (
    MOST_MISSES,
    fetch_file,
    give_consent_receipt,
    hand_out_file,
)
from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.clock.api import now, using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.registry.models import Household
from cases.recognition_making import problems_of
from portal.conftest import code_in, token_in
from registry.making import VILLAGE

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from bangfu.cases.services.own_side import HandedOut
    from cases.recognition_making import Walk
    from portal.conftest import Visitor


@pytest.fixture
def handed(walk: Walk) -> HandedOut:
    """A household's file, with the slip's numbers."""
    home = Household.objects.get(household_number="H1")
    return hand_out_file(actor=walk.by("villager"), household_id=home.pk)


def read(pdf: bytes) -> str:
    """The text of a paper."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_file_holds_what_is_registered_and_no_whole_number(handed: HandedOut) -> None:
    _paper, stream = fetch_file(code=handed.code.lower(), second=handed.second)
    text = re.sub(r"\s", "", read(stream.read()))
    home = Household.objects.get(household_number="H1")
    for words in ("农户本人档案", "户编号H1", home.head_name, "家庭成员", "签过的授权"):
        assert words in text, words
    assert re.search(r"\d{17}[\dX]", text) is None
    assert "6200000000001234" not in text


@pytest.mark.parametrize("wrong", ["code", "second"])
def test_one_of_the_two_numbers_alone_opens_nothing(handed: HandedOut, wrong: str) -> None:
    code = "2222-2222-2222" if wrong == "code" else handed.code
    second = "222222" if wrong == "second" else handed.second
    with pytest.raises(Refused) as refused:
        fetch_file(code=code, second=second)
    assert [each.code for each in refused.value.problems] == ["cases.slip_wrong"]


def test_after_some_misses_the_right_second_number_opens_nothing_either(
    handed: HandedOut,
) -> None:
    for _ in range(MOST_MISSES):
        with pytest.raises(Refused):
            fetch_file(code=handed.code, second="222222")
    with pytest.raises(Refused):
        fetch_file(code=handed.code, second=handed.second)


def test_a_slip_runs_out(handed: HandedOut) -> None:
    later = FixedClock(now() + timedelta(days=handed.days, minutes=1))
    with using_clock(later), pytest.raises(Refused):
        fetch_file(code=handed.code, second=handed.second)


def test_a_file_is_handed_out_by_who_works_there(walk: Walk) -> None:
    home = Household.objects.get(household_number="H1")
    with pytest.raises(Http404):
        hand_out_file(actor=walk.by("stranger"), household_id=home.pk)


def test_the_file_is_fetched_on_the_public_page(handed: HandedOut, visitor: Visitor) -> None:
    form = {"code": handed.code, "second": handed.second}
    answer = visitor.post("/public/file/", form)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    wrong = visitor.post("/public/file/", {**form, "second": "999999"})
    assert wrong.status_code == 409
    assert "编号或者领取码不对" in wrong.content.decode()


def test_an_authorisation_is_read_and_withdrawn_by_its_receipt(
    walk: Walk, visitor: Visitor
) -> None:
    case = walk.open()
    walk.visit()
    consent = walk.consent()
    officer = walk.by("villager")
    code = give_consent_receipt(
        actor=officer, household_id=case.household_id, consent_id=consent.pk
    )
    page = visitor.post("/public/consent/", {"code": code}).content.decode()
    assert "您的授权现在有效" in page
    assert consent.signer in page
    done = visitor.post("/public/consent/", {"code": code, "act": "withdraw"}).content.decode()
    assert "撤回" in done
    row = Consent.objects.get()
    assert (row.withdrawn_on is not None, row.withdrawn_channel) == (True, "portal")
    # Nobody may ask any more, and the case goes no further.
    assert "procedures.guard" in problems_of(walk, "villager", "check")
    again = visitor.post("/public/consent/", {"code": code, "act": "withdraw"})
    assert again.status_code == 200


def test_a_receipt_of_something_else_opens_no_authorisation(
    handed: HandedOut, visitor: Visitor
) -> None:
    assert visitor.post("/public/consent/", {"code": handed.code}).status_code == 409
    assert visitor.post("/public/status/", {"code": handed.code}).status_code == 409


def test_an_officer_withdraws_at_the_households_word(walk: Walk, visitor: Visitor) -> None:
    case = walk.open()
    walk.visit()
    consent = walk.consent()
    visitor.client.force_login(walk.people["villager"])
    page = visitor.text(reverse("appeals:own", args=[case.household_id]))
    assert "有效" in page
    path = reverse("appeals:consent_withdraw", args=[case.household_id, consent.pk])
    assert visitor.post(path, {}).status_code == 302
    assert Consent.objects.get().withdrawn_channel == "in_person"
    visitor.client.force_login(walk.people["stranger"])
    assert visitor.post(path, {}).status_code in {403, 404}
    with pytest.raises((AccessRefused, Http404)):
        give_consent_receipt(
            actor=walk.by("stranger"), household_id=case.household_id, consent_id=consent.pk
        )


def test_the_front_page_says_what_can_be_done_and_who_runs_it(
    walk: Walk, visitor: Visitor, settings: SettingsWrapper
) -> None:
    plain = visitor.text("/public/")
    assert "主办" not in plain
    assert "标识码" not in plain
    settings.BANGFU_PUBLIC = {
        "host": "通江县人民政府",
        "operator": "通江县乡村振兴局",
        "site_code": "5119210001",
        "icp": "蜀ICP备00000000号",
        "security": "川公网安备 51192100000000 号",
        "phone": "0827-7000000",
    }
    for path in ("/public/", "/public/enquiry/", f"/public/notices/{VILLAGE}/"):
        text = visitor.text(path)
        for words in settings.BANGFU_PUBLIC.values():
            assert words in text, (path, words)
    for name in ("declare", "status", "notices", "enquiry", "file", "consent"):
        assert f'href="{reverse(f"portal:{name}")}"' in plain
    for kind in ("complaint", "correction"):
        assert f'href="{reverse("portal:say", args=[kind])}"' in plain


def test_the_language_stays_and_leads_nowhere_else(walk: Walk, visitor: Visitor) -> None:
    answer = visitor.get("/public/language/en/?next=/public/notices/")
    assert answer.headers["Location"] == "/public/notices/"
    assert 'lang="en"' in visitor.text("/public/notices/")
    away = visitor.get("/public/language/en/?next=https://example.com/")
    assert away.headers["Location"] == "/public/"
    assert visitor.get("/public/language/xx/").status_code == 404


def test_a_complaint_and_a_correction_are_written_for_a_village(
    walk: Walk, visitor: Visitor
) -> None:
    say = f"/public/say/complaint/{VILLAGE}/"
    form = {"token": token_in(visitor.get(say)), "words": "办事收钱。"}
    assert code_in(visitor.post(say, form))
    put_right = f"/public/say/correction/{VILLAGE}/"
    form = {"token": token_in(visitor.get(put_right)), "words": "电话换了", "item": "phone"}
    refused = visitor.post(put_right, form)
    assert refused.status_code == 409
    assert "电话换了" in refused.content.decode()
    told = {**form, "contact": "张三 13800000000", "value": "13800000001", "name": "张三"}
    assert code_in(visitor.post(put_right, told))
    assert visitor.get("/public/say/wish/").status_code == 404


def test_codes_are_not_tried_without_end(walk: Walk, visitor: Visitor) -> None:
    answers = {visitor.post("/public/status/", {"code": "x"}).status_code for _ in range(101)}
    assert answers == {409, 429}
