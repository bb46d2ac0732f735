"""The check page: open to all, tells no name, and is not for trying codes."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import now, using_clock
from bangfu.foundation.documents.api import in_groups, issue_paper, open_paper
from bangfu.foundation.documents.domain.codes import new_code
from bangfu.foundation.documents.limits import MOST_WRONG, WAIT_SECONDS
from bangfu.foundation.files.models import StoredFile
from bangfu.kernel.clock import FixedClock
from support.people import VILLAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from bangfu.foundation.documents.api import IssuedPaper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_tried_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def paper() -> IssuedPaper:
    return issue_paper(
        actor=system_actor("tests"),
        kind="slip",
        subject_type="household",
        subject_id=uuid4(),
        division=VILLAGE,
        data={"title": "便条", "lines": ["李秀英家的便条"]},
        place="通江县铁溪镇朱元村",
    )


def _address(paper: IssuedPaper) -> str:
    return f"/check/{in_groups(paper.code)}/"


def test_a_visitor_learns_what_the_paper_is_and_nobodys_name(
    client: Client, paper: IssuedPaper
) -> None:
    page = client.get(_address(paper)).content.decode()
    whole = page.replace("<wbr>", "")
    for told in ("是真的", "便条", "通江县铁溪镇朱元村", in_groups(paper.code), paper.sha256):
        assert told in whole
    assert "李秀英" not in page
    assert str(paper.subject_id) not in page


def test_what_was_typed_leads_to_the_page_however_it_was_typed(
    client: Client, paper: IssuedPaper
) -> None:
    typed = f" {paper.code.lower()} "
    answer = client.get("/check/", {"code": typed}, follow=True)
    assert answer.redirect_chain[-1][0] == _address(paper)
    assert "是真的" in answer.content.decode()


def test_a_code_nobody_issued_is_told_plainly(client: Client, paper: IssuedPaper) -> None:
    answer = client.get(f"/check/{new_code(secrets.choice)}/")
    assert answer.status_code == 404
    assert "没有这个编号的文书" in answer.content.decode()


def test_a_slip_of_the_pen_is_told_before_anything_is_looked_up(
    client: Client, paper: IssuedPaper
) -> None:
    wrong = paper.code[:-1] + ("2" if paper.code[-1] != "2" else "3")
    for address in (f"/check/{wrong}/", "/check/%00/", "/check/张/", f"/check/?code={wrong}"):
        answer = client.get(address)
        assert answer.status_code == (400 if "?" in address else 404)
        assert "这个编号不对" in answer.content.decode()


def test_what_was_typed_is_shown_back_as_text(client: Client) -> None:
    page = client.get("/check/", {"code": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_trying_codes_comes_to_an_end_and_begins_anew_after_a_while(
    client: Client, paper: IssuedPaper
) -> None:
    begun = now()
    with using_clock(FixedClock(begun)):
        for _ in range(MOST_WRONG):
            assert client.get(f"/check/{new_code(secrets.choice)}/").status_code == 404
        refused = client.get(f"/check/{new_code(secrets.choice)}/")
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) <= WAIT_SECONDS
        assert client.get(_address(paper)).status_code == 429
        elsewhere = client.get(_address(paper), REMOTE_ADDR="192.0.2.7")
        assert elsewhere.status_code == 200
    with using_clock(FixedClock(begun + timedelta(seconds=WAIT_SECONDS + 1))):
        assert client.get(_address(paper)).status_code == 200


def test_slips_of_the_pen_do_not_count(client: Client, paper: IssuedPaper) -> None:
    for _ in range(MOST_WRONG + 5):
        client.get("/check/2222-2222-2223/")
    assert client.get(_address(paper)).status_code == 200


def test_the_file_itself_can_be_compared_and_nothing_of_it_is_kept(
    client: Client, paper: IssuedPaper
) -> None:
    _, stream = open_paper(actor=system_actor("tests"), paper_id=paper.pk)
    pdf = stream.read()
    kept = StoredFile.objects.count()
    same = client.post(_address(paper), {"file": SimpleUploadedFile("a.pdf", pdf)})
    assert "一字不差" in same.content.decode()
    changed = client.post(_address(paper), {"file": SimpleUploadedFile("a.pdf", pdf + b"\n")})
    assert "不一样" in changed.content.decode()
    assert StoredFile.objects.count() == kept


def test_no_file_at_all_is_told(client: Client, paper: IssuedPaper) -> None:
    answer = client.post(_address(paper))
    assert answer.status_code == 400
    assert "没有选文件" in answer.content.decode()


def test_the_page_is_there_in_english(client: Client, paper: IssuedPaper) -> None:
    page = client.get(_address(paper), headers={"accept-language": "en"}).content.decode()
    assert "Slip" in page
