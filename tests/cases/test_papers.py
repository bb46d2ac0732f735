"""The papers of cases: what stands on them, what does not, and who may print them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.http import Http404
from django.utils import translation
from pypdf import PdfReader

from bangfu.cases.queries.paper_kinds import CASE_PAPERS, issued_papers, papers_of
from bangfu.cases.queries.paper_public import card_data
from bangfu.cases.services.papers import (
    issue_card,
    issue_case_paper,
    issue_village_cards,
    preview_case_paper,
)
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.documents.api import IssuedPaper, in_groups, issued_for, open_paper
from bangfu.kernel.problems import Refused
from bangfu.meetings.api import issue_minutes
from bangfu.meetings.models import Meeting
from bangfu.procedures.api import Paper, PaperOrigin, PublicNotice, pinned_procedure
from bangfu.registry.models import Household, Member
from cases.monitoring_making import comfortable, monitor, on
from cases.monitoring_making import walk as eliminate
from cases.monitoring_village import village
from cases.test_monitoring import DAY
from documents.conftest import text_of
from registry.making import VILLAGE

if TYPE_CHECKING:
    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor
    from cases.monitoring_making import Village
    from cases.recognition_making import Walk

__all__ = ["village"]

pytestmark = pytest.mark.django_db

WHOLE_NUMBER: Final = re.compile(r"519900\d|1\d{10}|\d{15}")
"""A document number beyond its area code, a telephone number, anything as long as an account."""


def printed(actor: Actor, case: Case, kind: str) -> str:
    """The text of a paper as issued."""
    paper = issue_case_paper(actor=actor, case_id=case.pk, kind=kind)
    _, stream = open_paper(actor=actor, paper_id=paper.pk)
    return text_of(stream.read())


def test_every_paper_of_a_recognition_can_be_printed_and_bears_its_code(walk: Walk) -> None:
    case = walk.to("recognised")
    officer = walk.by("officer")
    told = {
        "household_card": ("农户户卡", "张三", "王梅", "因病"),
        "application": ("申请及承诺授权书", "个人信息保护法", "医疗保障", "张三"),
        "check_form": ("入户核实表", "住院三次，家里只剩两头猪", "24,000.00", "岳鹏", "蒲艳"),
        "notice": ("监测对象拟认定公示", "张○", "防止返贫致贫对象", "12317", "朱元村村民委员会"),
        "approval": ("监测对象认定审定表", "何建国", "没有收到异议", "评议通过"),
        "visits": ("走访记录", "第1次：入户核实", "已签字"),
    }
    for kind, words in told.items():
        paper = issue_case_paper(actor=officer, case_id=case.pk, kind=kind)
        _, stream = open_paper(actor=officer, paper_id=paper.pk)
        text = text_of(stream.read())
        missing = [each for each in (*words, in_groups(paper.code)) if each not in text]
        assert not missing, (kind, missing)
        assert paper.place.endswith("铁溪镇朱元村")


@pytest.mark.parametrize("kind", sorted(CASE_PAPERS))
def test_no_paper_shows_a_whole_number(walk: Walk, kind: str) -> None:
    case = walk.to("recognised")
    if case.kind not in CASE_PAPERS[kind].cases:
        return
    data = CASE_PAPERS[kind].builder(walk.by("officer"), case)
    text = json.dumps(data, ensure_ascii=False, default=str)
    assert not WHOLE_NUMBER.search(text.replace(VILLAGE, ""))


def test_the_notice_shows_no_number_illness_telephone_account_or_child(walk: Walk) -> None:
    case = walk.to("notice")
    data = CASE_PAPERS["notice"].builder(walk.by("officer"), case)
    assert data is not None
    assert data.pop("day") == PublicNotice.objects.get().posted_on
    shown = json.dumps(data, ensure_ascii=False)
    assert "519900" not in shown
    assert "199" not in shown
    members = Member.objects.filter(household=case.household)
    assert not any(each.name in shown for each in members)
    assert not any(word in shown for word in ("因病", "残疾", "慢性病", "住院", case.number))
    assert data["rows"] == [["1", "张○", "3 组", "4 人", "防止返贫致贫对象"]]


def test_a_sheet_names_every_household_of_its_number(walk: Walk) -> None:
    walk.to("reviewed")
    walk.to("reviewed", "H2")
    walk.move("villager", "post_notice")
    walk.move("villager", "post_notice", "H2")
    data = CASE_PAPERS["notice"].builder(walk.by("officer"), walk.seen())
    assert data is not None
    assert PublicNotice.objects.values("number").distinct().count() == 1
    assert [row[0] for row in data["rows"]] == ["1", "2"]


def test_what_is_not_there_yet_is_refused_with_a_reason(walk: Walk) -> None:
    case = walk.open()
    for kind in ("notice", "plan"):
        with pytest.raises(Refused) as refused:
            issue_case_paper(actor=walk.by("officer"), case_id=case.pk, kind=kind)
        assert [each.code for each in refused.value.problems] == ["cases.paper_without_data"]
    assert not IssuedPaper.objects.exists()


def test_forms_can_be_printed_empty_before_anybody_went(walk: Walk) -> None:
    case = walk.open()
    text = printed(walk.by("villager"), case, "check_form")
    assert "看到和听到的" in text
    assert "已签字" not in text
    assert "住房是否不安全" in text


def test_a_paper_that_such_a_case_has_no_use_for_is_not_found(walk: Walk) -> None:
    case = walk.open()
    for kind in ("elimination", "nonsense", "village_cards", "minutes"):
        with pytest.raises(Http404):
            issue_case_paper(actor=walk.by("officer"), case_id=case.pk, kind=kind)


def test_a_neighbour_prints_nothing(walk: Walk) -> None:
    case = walk.open()
    with pytest.raises(Http404):
        issue_case_paper(actor=walk.by("stranger"), case_id=case.pk, kind="approval")
    with pytest.raises(Http404):
        preview_case_paper(actor=walk.by("stranger"), case_id=case.pk, kind="approval")
    with pytest.raises(Http404):
        issue_card(actor=walk.by("stranger"), household_id=case.household_id)
    with pytest.raises(AccessRefused):
        issue_village_cards(actor=walk.by("stranger"), village=VILLAGE, report=lambda *_: None)


def test_a_draft_is_on_record_and_proves_nothing(walk: Walk) -> None:
    case = walk.open()
    before = AuditEvent.objects.filter(subject_type="household", kind="opened").count()
    made = preview_case_paper(actor=walk.by("officer"), case_id=case.pk, kind="check_form")
    assert "没有文书编号，不作凭据" in text_of(made.pdf)
    assert not IssuedPaper.objects.exists()
    after = AuditEvent.objects.filter(subject_type="household", kind="opened").count()
    assert after == before + 1


def test_papers_are_chinese_whatever_the_reader_reads(walk: Walk) -> None:
    case = walk.to("recognised")
    with translation.override("en"):
        text = printed(walk.by("officer"), case, "approval")
        labels = [each.label for each in papers_of(walk.by("officer"), case)]
    assert "监测对象认定审定表" in text
    assert "防止返贫致贫对象" in text
    assert not re.search(r"Recognition|illness|Notice", text)
    assert "Form of the decision" in labels


def test_health_stands_only_where_the_reader_may_read_the_register(walk: Walk) -> None:
    case = walk.open()
    household = case.household
    may = json.dumps(card_data(walk.by("officer"), [household]), ensure_ascii=False)
    reader = walk.by("officer")
    narrowed = _without(reader, "registry.read")
    may_not = json.dumps(card_data(narrowed, [household]), ensure_ascii=False)
    assert "长期慢性病" in may
    assert "长期慢性病" not in may_not
    assert "不显示" in may_not


def _without(actor: Actor, capability: str) -> Actor:
    grants = tuple(
        replace(each, capabilities=each.capabilities - {capability}) for each in actor.grants
    )
    return replace(actor, grants=grants)


def test_an_elimination_shows_what_was_seen_and_who_decided(village: Village) -> None:
    case = monitor(village, comfortable())
    day = eliminate(village, case, DAY)
    with on(day):
        text = printed(village("officer"), case, "elimination")
    told = ("风险消除信息采集和审定表", "帮扶消除", "大额刚性支出是否已经解决", "何建国", "6个月")
    assert all(words in text for words in told)


def test_the_minutes_of_the_meeting_are_a_paper(walk: Walk) -> None:
    walk.to("reviewed")
    meeting = Meeting.objects.get()
    paper = issue_minutes(actor=walk.by("villager"), meeting_id=meeting.pk)
    _, stream = open_paper(actor=walk.by("villager"), paper_id=paper.pk)
    text = text_of(stream.read())
    for words in ("铁溪镇朱元村", "赞成", "20人", "通过", "代表19", "主持人"):
        assert words in text, words


def test_a_paper_that_a_procedure_asks_to_be_issued_counts_once_it_is(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walk.open()
    procedure = pinned_procedure(case.matter.version_id)
    label = procedure.papers["minutes"].label
    asked = {"application": Paper("application", label, PaperOrigin.ISSUED)}
    monkeypatch.setattr(
        "bangfu.cases.queries.paper_kinds.pinned_procedure",
        lambda _: _Asking(asked),
    )
    assert issued_papers([case]) == {case.pk: {}}
    paper = issue_case_paper(actor=walk.by("villager"), case_id=case.pk, kind="application")
    assert issued_for(case.pk, "application") == paper
    assert issued_papers([case]) == {case.pk: {"application": [str(paper.file_id)]}}


class _Asking:
    """A procedure that asks for papers."""

    def __init__(self, papers: dict[str, Paper]) -> None:
        self.papers = papers


def test_a_village_s_cards_are_one_file_each_card_with_its_own_pages(walk: Walk) -> None:
    told: list[tuple[int, int]] = []
    (paper,) = issue_village_cards(
        actor=walk.by("officer"), village=VILLAGE, report=lambda *each: told.append(each)
    )
    _, stream = open_paper(actor=walk.by("officer"), paper_id=paper.pk)
    pdf = stream.read()
    rows = Household.objects.filter(village_code=VILLAGE, active=True)
    text = text_of(pdf)
    assert text.count("农户户卡") == rows.count() > 1
    assert all(each.head_name in text and each.household_number in text for each in rows)
    pages = ["".join(each.extract_text().split()) for each in PdfReader(BytesIO(pdf)).pages]
    assert sum("第1页" in each for each in pages) == rows.count()
    assert all(in_groups(paper.code) in each for each in pages)
    assert told[-1] == (rows.count(), rows.count())
    listed = AuditEvent.objects.filter(kind="listed", subject_type="household").last()
    assert listed is not None
    assert listed.count == rows.count()


def test_a_large_village_comes_in_volumes_that_say_so(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bangfu.cases.services.papers.VOLUME", 2)
    papers = issue_village_cards(actor=walk.by("officer"), village=VILLAGE, report=lambda *_: None)
    texts = []
    for each in papers:
        _, stream = open_paper(actor=walk.by("officer"), paper_id=each.pk)
        texts.append(text_of(stream.read()))
    assert [each.count("农户户卡") for each in texts] == [2, 1]
    assert ["第1册，共2册" in texts[0], "第2册，共2册" in texts[1]] == [True, True]
    assert len({each.code for each in papers}) == 2


def test_a_village_without_households_is_refused(walk: Walk) -> None:
    with pytest.raises(Refused) as refused:
        issue_village_cards(
            actor=system_actor("tests"), village="511922100201", report=lambda *_: None
        )
    assert [each.code for each in refused.value.problems] == ["cases.village_empty"]


def test_many_cards_cost_as_many_queries_as_a_few(
    walk: Walk, django_assert_max_num_queries: Any
) -> None:
    rows = list(Household.objects.filter(village_code=VILLAGE))
    card_data(walk.by("officer"), rows[:1])
    with django_assert_max_num_queries(6):
        card_data(walk.by("officer"), rows)


def test_a_rare_name_is_told_with_the_paper(walk: Walk) -> None:
    case = walk.open()
    Member.objects.filter(household=case.household, relation="spouse").update(name="王𠀀𠮷")
    paper = issue_case_paper(actor=walk.by("officer"), case_id=case.pk, kind="household_card")
    assert paper.missing == ["U+20000"]
    (card, *_) = papers_of(walk.by("officer"), case)
    assert card.issued[0].missing == ("U+20000",)
