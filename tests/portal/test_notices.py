"""What hangs in public: masked names while it hangs, afterwards numbers and counts alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bangfu.cases.models import Appeal, Case
from bangfu.procedures.models import PublicNotice
from bangfu.registry.models import Household, Member
from cases.recognition_making import days_later
from portal.conftest import code_in, token_in
from registry.making import OTHER_VILLAGE, VILLAGE

if TYPE_CHECKING:
    from cases.recognition_making import Walk
    from portal.conftest import Visitor

VILLAGE_PAGE = f"/public/notices/{VILLAGE}/"
SHEET = f"{VILLAGE_PAGE}2026-01/"
OBJECT = f"{SHEET}object/"


@pytest.fixture
def hanging(walk: Walk) -> Walk:
    """A household's notice hangs in the village."""
    walk.to("notice")
    return walk


def test_a_sheet_shows_masked_names_votes_and_the_days_left(
    hanging: Walk, visitor: Visitor
) -> None:
    household = hanging.seen().household
    text = visitor.text(SHEET)
    assert household.head_name not in text
    assert f"{household.head_name[0]}○" in text
    for words in ("第 2026-01 号", "20 / 20", "还剩 6 天", "铁溪镇朱元村", "3 组"):
        assert words in text, words
    assert "网上提意见" in text


def test_what_hangs_elsewhere_is_not_shown(hanging: Walk, visitor: Visitor) -> None:
    assert "现在没有公示" in visitor.text(f"/public/notices/{OTHER_VILLAGE}/")
    assert visitor.get(f"/public/notices/{OTHER_VILLAGE}/2026-01/").status_code == 404
    assert visitor.get(f"{VILLAGE_PAGE}2026-09/").status_code == 404
    assert visitor.get("/public/notices/519999999999/").status_code == 404


def test_the_places_say_how_many_notices_hang_there(hanging: Walk, visitor: Visitor) -> None:
    text = visitor.text("/public/notices/?at=511921103")
    assert re.search(r"朱元村</b><span>1 份", text)
    assert re.search(r"红云村</b></a>", text)


def test_after_its_last_day_a_notice_names_nobody(hanging: Walk, visitor: Visitor) -> None:
    head = hanging.seen().household.head_name
    with days_later(7):
        sheet, village = visitor.text(SHEET), visitor.text(VILLAGE_PAGE)
    for text in (sheet, village):
        assert f"{head[0]}○" not in text
        assert "3 组" not in text
        assert "1 户" in text
    assert "不再显示姓名" in sheet
    assert "网上提意见" not in sheet


def test_a_notice_taken_down_early_names_nobody(hanging: Walk, visitor: Visitor) -> None:
    head = hanging.seen().household.head_name
    hanging.move("villager", "withdraw", note="本人不申请了", papers={"declaration": ["x"]})
    assert f"{head[0]}○" not in visitor.text(SHEET)


def test_no_public_page_shows_a_number_an_illness_or_a_child(
    hanging: Walk, visitor: Visitor
) -> None:
    case = hanging.seen()
    notice = PublicNotice.objects.get()
    # Whatever a notice might hold besides, the page shows its named parts only.
    PublicNotice.objects.filter(pk=notice.pk).update(
        document={**notice.document, "reason": "因病", "child": "张小宝", "phone": "199****0000"}
    )
    pages = "".join(
        visitor.text(path) for path in ("/public/", "/public/notices/", VILLAGE_PAGE, SHEET, OBJECT)
    )
    members = Member.objects.filter(household=case.household)
    names = [each.name for each in members]
    banned = [*names, "因病", "张小宝", "199****0000", case.household.household_number, case.number]
    assert [each for each in banned if each and each in _words(pages)] == []
    digits = re.findall(r"\d{4,}", re.sub(r"\d{12}|2026|12317", "", _words(pages)))
    assert digits == []


def _words(page: str) -> str:
    """The text people see: without addresses, tokens and styles."""
    return re.sub(r"<[^>]+>", " ", page)


def test_an_objection_names_the_case_and_gives_a_receipt(hanging: Walk, visitor: Visitor) -> None:
    notice = PublicNotice.objects.get()
    form = {
        "token": token_in(visitor.get(OBJECT)),
        "notice": str(notice.pk),
        "words": "他家在城里有房。",
    }
    page = visitor.post(OBJECT, form)
    again = visitor.post(OBJECT, form)
    assert code_in(page) == code_in(again)
    appeal = Appeal.objects.get()
    assert (appeal.kind, appeal.case, appeal.notice_id) == (
        "objection",
        Case.objects.get(),
        notice.pk,
    )
    assert (appeal.anonymous, appeal.division) == (True, VILLAGE)
    status = visitor.post("/public/status/", {"code": code_in(page)}).content.decode()
    assert "对公示有异议" in status
    assert "他家在城里有房" not in status


def test_an_objection_to_the_whole_notice_holds_nobody_back(
    hanging: Walk, visitor: Visitor
) -> None:
    form = {"token": token_in(visitor.get(OBJECT)), "notice": "", "words": "漏了李家。"}
    assert visitor.post(OBJECT, form).status_code == 200
    assert Appeal.objects.get().case is None
    with days_later(7):
        hanging.move("villager", "pass_notice")
    assert hanging.state() == "township_review"


def test_after_the_notice_nobody_can_object_to_it(hanging: Walk, visitor: Visitor) -> None:
    with days_later(7):
        page = visitor.get(OBJECT)
    assert page.status_code == 409
    assert "投诉" in page.content.decode()


def test_a_notice_of_another_village_cannot_be_objected_to_from_here(
    hanging: Walk, visitor: Visitor
) -> None:
    notice = PublicNotice.objects.get()
    path = f"/public/say/complaint/{OTHER_VILLAGE}/"
    form = {"token": token_in(visitor.get(path)), "notice": str(notice.pk), "words": "别的村"}
    visitor.post(path, form)
    assert Appeal.objects.get().case is None
    assert Household.objects.exists()
