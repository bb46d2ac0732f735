"""The desk of cases and the overview: the same counts everywhere, lists decided at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bangfu.cases.models import Case
from cases.case_pages_making import browser, text_of, title_of
from cases.recognition_making import days_later

if TYPE_CHECKING:
    from cases.recognition_making import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(walk: Walk) -> Walk:
    """Two recognitions that wait for the township."""
    for number in ("H1", "H2"):
        walk.to("township_review", number)
    return walk


def test_the_overview_counts_what_the_desk_lists(several: Walk) -> None:
    client = browser(several, "officer")
    with days_later(70):
        overview = client.get("/cases/overview/")
        assert f"在办 {Case.objects.filter(open=True).count()} 件" in title_of(overview)
        links = re.findall(
            r'<a href="([^"]*/cases/\?[^"]*)">([\d,]+)</a>', overview.content.decode()
        )
        assert len(links) >= 6
        for address, number in links:
            listed = client.get(address.replace("&amp;", "&"))
            assert f"共 {number} 条" in text_of(listed), address


def test_the_desk_narrows_sorts_and_says_whose_turn_it_is(several: Walk) -> None:
    township = browser(several, "reviewer")
    with days_later(6):
        assert "轮到您的 2 件" in title_of(township.get("/cases/"))
        assert "现在都等别人" in title_of(browser(several, "officer").get("/cases/"))
        assert "共 2 条" in text_of(township.get("/cases/?turn=mine"))
        assert "共 0 条" in text_of(township.get("/cases/?turn=others"))
        assert "共 2 条" in text_of(township.get("/cases/?step=township_review&sort=-name"))
        assert "共 0 条" in text_of(township.get("/cases/?step=notice"))
        assert "共 0 条" in text_of(township.get("/cases/?closed=yes"))
        assert "共 0 条" in text_of(township.get("/cases/?place=511922"))
        assert "共 2 条" in text_of(township.get("/cases/?risk=illness"))
        assert "共 0 条" in text_of(township.get("/cases/?risk=disaster"))
        number = several.seen("H1").number
        assert "共 1 条" in text_of(township.get("/cases/", {"q": number}))
        assert "共 1 条" in text_of(township.get("/cases/", {"q": "李春"}))
        assert browser(several, "officer").get("/cases/?export=xlsx").status_code == 200
        assert township.get("/cases/?export=xlsx").status_code == 403


def test_a_township_decides_a_list_and_what_was_foretold_happens(several: Walk) -> None:
    client = browser(several, "reviewer")
    with days_later(6):
        several.move("reviewer", "return_at_township", "H2", note="材料不齐")
        several.to("checked", "H2")
        picked = [str(several.cases[each]) for each in ("H1", "H2")]
        seen = {f"seen_{several.cases[each]}": several.seen(each).matter.lock_version
                for each in ("H1", "H2")}  # fmt: skip
        asked = {"pick": picked, "move": "endorse", **seen}
        preview = client.post("/cases/batch/", asked)
        assert title_of(preview) == "“审核同意，报县级”：1 件能办，1 件不能"
        reasons = text_of(preview).partition("1 件不能办")[2]
        assert "现在是“待信息比对”" in reasons
        assert several.state("H1") == "township_review"
        done = client.post("/cases/batch/", {**asked, "note": "", "step": "do"})
    assert title_of(done) == "“审核同意，报县级”办了 1 件，1 件没有办"
    assert "现在是“待信息比对”" in text_of(done)
    assert several.state("H1") == "county_approval"
    assert several.state("H2") == "checked"


def test_a_batch_asks_for_its_reason_first_and_keeps_it(several: Walk) -> None:
    client = browser(several, "reviewer")
    asked = {"pick": [str(each) for each in several.cases.values()], "move": "return_at_township"}
    with days_later(6):
        first = client.post("/cases/batch/", asked)
        assert "2 件，先写明情况" in title_of(first)
        second = client.post("/cases/batch/", {**asked, "note": "材料不齐", "step": "preview"})
        assert "2 件能办，0 件不能" in title_of(second)
        assert "材料不齐" in second.content.decode()
        done = client.post("/cases/batch/", {**asked, "note": "材料不齐", "step": "do"})
    assert "办了 2 件" in title_of(done)
    assert {several.state(each) for each in several.cases} == {"opened"}


def test_a_batch_of_nothing_or_of_strangers_changes_nothing(several: Walk) -> None:
    nothing = browser(several, "reviewer").post("/cases/batch/", {"move": "endorse"}, follow=True)
    assert "没有选中案件" in text_of(nothing)
    asked = {"pick": [str(several.cases["H1"])], "move": "endorse"}
    assert browser(several, "stranger").post("/cases/batch/", asked).status_code == 404
    assert browser(several, "reviewer").post(
        "/cases/batch/", {**asked, "move": "nonsense"}
    ).status_code == 404  # fmt: skip
    assert several.state("H1") == "township_review"
