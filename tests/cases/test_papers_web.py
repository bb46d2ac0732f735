"""The pages of papers: printed from the case, fetched by name, a village's cards as a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils.translation import override

from bangfu.foundation.documents.api import IssuedPaper, in_groups
from bangfu.foundation.jobs.api import run_worker
from bangfu.registry.models import Member
from documents.conftest import text_of
from registry.making import OTHER_VILLAGE, VILLAGE

if TYPE_CHECKING:
    from cases.recognition_making import Walk

pytestmark = pytest.mark.django_db


def as_(walk: Walk, name: str) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(walk.people[name])
    return client


def body(answer: Any) -> bytes:
    """The bytes of a streamed answer."""
    return b"".join(answer.streaming_content)


def test_a_paper_is_printed_told_and_fetched_under_a_chinese_name(walk: Walk) -> None:
    case, client = walk.to("notice"), as_(walk, "officer")
    answer = client.post(f"/papers/case/{case.pk}/notice/", follow=True)
    paper = IssuedPaper.objects.get(kind="notice")
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/papers/case/{case.pk}/"
    assert page.count(in_groups(paper.code)) >= 2
    fetched = client.get(f"/papers/{paper.pk}/")
    assert fetched["Content-Type"] == "application/pdf"
    name = unquote(fetched["Content-Disposition"].partition("utf-8''")[2])
    assert name == f"公示-{in_groups(paper.code)}.pdf"
    assert "监测对象拟认定公示" in text_of(body(fetched))


def test_printing_twice_a_day_gives_the_same_paper(walk: Walk) -> None:
    case, client = walk.to("notice"), as_(walk, "villager")
    for _ in range(2):
        assert client.post(f"/papers/case/{case.pk}/notice/").status_code == 302
    assert IssuedPaper.objects.filter(kind="notice").count() == 1


def test_what_cannot_be_printed_yet_says_why(walk: Walk) -> None:
    case = walk.open()
    answer = as_(walk, "villager").post(f"/papers/case/{case.pk}/notice/")
    assert answer.status_code == 409
    assert "公示现在还没有内容可印" in answer.content.decode()


def test_a_draft_opens_in_the_browser(walk: Walk) -> None:
    case = walk.open()
    answer = as_(walk, "villager").get(f"/papers/case/{case.pk}/check_form/preview/")
    assert answer["Content-Disposition"].startswith("inline")
    assert "预览件" in text_of(body(answer))


def test_a_character_without_a_glyph_is_told_on_the_page(walk: Walk) -> None:
    case = walk.open()
    Member.objects.filter(household=case.household, relation="spouse").update(name="王\ue863")
    answer = as_(walk, "officer").post(f"/papers/case/{case.pk}/household_card/", follow=True)
    assert "字库里没有这些字，请打印后手写补上：U+E863" in answer.content.decode()


def test_the_case_s_page_offers_its_papers(walk: Walk) -> None:
    case = walk.open()
    page = as_(walk, "officer").get(f"/cases/{case.pk}/").content.decode()
    assert f'action="/papers/case/{case.pk}/application/"' in page
    assert f'action="/papers/case/{case.pk}/elimination/"' not in page


def test_a_household_s_page_prints_its_card(walk: Walk) -> None:
    case, client = walk.open(), as_(walk, "villager")
    household = f"/households/{case.household_id}/"
    assert (
        f'action="/papers/household/{case.household_id}/"' in client.get(household).content.decode()
    )
    answer = client.post(f"/papers/household/{case.household_id}/", follow=True)
    assert in_groups(IssuedPaper.objects.get().code) in answer.content.decode()


def test_a_stranger_finds_no_paper(walk: Walk) -> None:
    case, client = walk.to("notice"), as_(walk, "stranger")
    as_(walk, "officer").post(f"/papers/case/{case.pk}/notice/")
    paper = IssuedPaper.objects.get(kind="notice")
    for address in (f"/papers/{paper.pk}/", f"/papers/case/{case.pk}/"):
        assert client.get(address).status_code == 404
    assert client.get(f"/papers/case/{case.pk}/notice/preview/").status_code == 404
    assert client.post(f"/papers/case/{case.pk}/notice/").status_code == 404
    assert client.post(f"/papers/household/{case.household_id}/").status_code == 404
    assert client.post(f"/papers/village/{VILLAGE}/").status_code == 404


def test_a_village_s_cards_come_as_a_job_with_a_page_of_its_own(walk: Walk) -> None:
    client = as_(walk, "villager")
    asked = client.post(f"/papers/village/{VILLAGE}/")
    progress = asked.headers["Location"]
    assert client.get(progress).status_code == 200
    run_worker(once=True)
    done = client.get(progress)
    assert done.status_code == 302
    page = client.get(done.headers["Location"]).content.decode()
    paper = IssuedPaper.objects.get()
    assert "朱元村的户卡印好了" in page
    assert f"/papers/{paper.pk}/" in page
    assert text_of(body(client.get(f"/papers/{paper.pk}/"))).count("农户户卡") == 3
    assert as_(walk, "team").get(progress).status_code == 404
    assert client.post(f"/papers/village/{OTHER_VILLAGE}/").status_code == 404


def test_the_pages_are_there_in_english(walk: Walk) -> None:
    case, client = walk.open(), as_(walk, "officer")
    with override("en"):
        page = client.get(f"/papers/case/{case.pk}/", headers={"accept-language": "en"})
    assert "Household card" in page.content.decode()
