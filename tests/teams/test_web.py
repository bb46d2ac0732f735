"""The pages of people and postings: what they say, to whom, and how they refuse."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.audit.api import AuditEvent
from bangfu.policy.api import publish_pack
from bangfu.teams.api import Duty, Organisation, Pairing, load_duties, load_grid, load_pairings
from bangfu.teams.domain.catalogue import KINDS
from bangfu.teams.models import Cadre, TeamsUpload
from registry.making import COUNTY, DAY, FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, bring, household
from registry.web_making import signed_in, words
from teams.teams_making import (
    bring_bureaus,
    bring_households,
    cell,
    duty,
    manager,
    pairing,
    person,
)
from teams.test_importing import BAD, GOOD, book

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from support.people import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places", "county")]

PHONE = "19900001234"
LISTS = ("duties", "gaps", "pairings", "unhelped", "people", "organisations")


@pytest.fixture
def county(places: None) -> None:
    """A First Secretary in one of two villages, who also helps H1 and heads the first group."""
    bring_bureaus()
    bring_households()
    actor, who = manager(), person(phone=PHONE)
    load_duties(actor=actor, division=COUNTY, rows=[duty(who)])
    load_pairings(actor=actor, division=COUNTY, rows=[pairing(who)])
    empty = cell(person=None, role="", valid_from=None, cell="二组")
    load_grid(actor=actor, division=COUNTY, rows=[cell(who, cell="3 组"), empty])


@pytest.fixture
def officer(worker: Callable[[str], Worker]) -> Client:
    return signed_in(worker("officer"))


def say(client: Client, name: str, *arguments: object, **query: str) -> str:
    return words(client.get(reverse(f"teams:{name}", args=arguments), query))


def test_the_titles_are_the_answers(officer: Client) -> None:
    text = say(officer, "duties")
    assert "1 个村没有第一书记" in text
    assert "冯蓉" in text
    assert PHONE not in text
    assert "通江县有 1 个缺口" in (gaps := say(officer, "gaps"))
    assert "红云村" in gaps
    assert "朱元村" not in gaps
    assert "2 户该有帮扶责任人，还没有" in say(officer, "pairings")
    assert "通江县 2 户没有帮扶责任人" in say(officer, "unhelped")
    assert "1 个网格没有网格长" in say(officer, "grid")
    assert "单位 2 个" in say(officer, "organisations")
    assert "没有规定" in say(officer, "people")


def test_the_limit_is_the_policy_s_and_unset_it_judges_nobody(officer: Client) -> None:
    publish_pack(actor=system_actor("tests"), path="demo", valid_from=DAY)
    assert "没有人帮扶超过 10 户" in say(officer, "people")
    more = [household(f"M{number}") for number in range(10)]
    bring(*more)
    who = person(phone=PHONE)
    rows = [pairing(who, household_number=f"M{number}") for number in range(10)]
    load_pairings(actor=manager(), division=COUNTY, rows=rows)
    assert "1 人帮扶超过 10 户" in say(officer, "people")
    assert "冯蓉" in say(officer, "people", over="over")


def test_a_list_looks_at_another_day(officer: Client) -> None:
    assert "冯蓉" not in say(officer, "duties", on="2025-12-31")
    assert "冯蓉" in say(officer, "duties", on="2026-01-01")
    assert "冯蓉" in say(officer, "duties", on="不是日期", role="first_secretary")


def test_somebody_without_a_successor_is_told_in_time(officer: Client) -> None:
    load_duties(
        actor=manager(),
        division=COUNTY,
        rows=[duty(person(phone=PHONE), valid_to=DAY.replace(month=12), end_reason="term_over")],
    )
    assert "冯蓉" in say(officer, "duties", state="left_open")
    follower = duty(person("罗勇", phone="19900000002"), valid_from=DAY.replace(month=12))
    load_duties(actor=manager(), division=COUNTY, rows=[follower])
    assert "冯蓉" not in say(officer, "duties", state="left_open")


def test_a_person_s_page_tells_duties_and_households(officer: Client) -> None:
    cadre = Cadre.objects.get()
    text = say(officer, "person", cadre.pk)
    assert "冯蓉：在任 2 职，帮扶 1 户" in text
    assert all(each in text for each in ("第一书记", "网格长", "铁溪镇 朱元村", cadre.number))
    assert PHONE not in text
    assert AuditEvent.objects.filter(action="cadre.opened").count() == 1
    shown = officer.post(reverse("teams:reveal", args=[cadre.pk]), {"reason": "通知开会"})
    assert PHONE in words(shown)
    refused = officer.post(reverse("teams:reveal", args=[cadre.pk]), {"reason": PHONE})
    assert "理由里不要写" in words(refused)
    assert AuditEvent.objects.filter(action="teams.phone_revealed").count() == 1


def test_the_household_says_who_helps_and_who_did(officer: Client) -> None:
    helped = Pairing.objects.get()
    page = reverse("registry:household", args=[helped.household_id])
    text = words(officer.get(page))
    assert "帮扶联系" in text
    assert "主要责任人 冯蓉" in text
    assert "网格长 冯蓉" in text
    over = {"day": "2026-11-20", "reason": "rearranged", "name": "罗勇", "phone": "19900000002"}
    answer = officer.post(reverse("teams:pairing_end", args=[helped.pk]), over)
    assert answer.status_code == 302
    text = words(officer.get(page))
    assert "主要责任人 罗勇" in text
    assert "2026-11-20，调整结对" in text


def test_a_duty_is_given_and_refused_with_its_reason(officer: Client) -> None:
    form = {
        "name": "罗勇", "phone": "19900000002", "organisation": "通江县林业局",
        "role": "first_secretary", "division": VILLAGE, "valid_from": "2026-11-20",
    }  # fmt: skip
    answer = officer.post(reverse("teams:duty_new"), form)
    assert "这段时间已经有人担任" in words(answer)
    assert 'value="罗勇"' in answer.content.decode()
    answer = officer.post(reverse("teams:duty_new"), {**form, "division": OTHER_VILLAGE})
    assert answer.status_code == 302
    assert "每个村都有人" in say(officer, "gaps")
    elsewhere = officer.post(reverse("teams:duty_new"), {**form, "division": FAR_VILLAGE})
    assert elsewhere.status_code == 404


def test_a_grid_opens_net_by_net(officer: Client) -> None:
    text = say(officer, "net", "village", VILLAGE)
    assert "1 个单元没有网格长" in text
    assert "网格长 冯蓉" in text
    assert officer.get(reverse("teams:net", args=["village", FAR_VILLAGE])).status_code == 404


def test_an_organisation_is_renamed_on_its_page(officer: Client) -> None:
    old = Organisation.objects.get(name="通江县水利局")
    form = {"kind": "renamed", "day": "2026-11-20", "names": ""}
    answer = officer.post(reverse("teams:succeed", args=[old.pk]), form)
    assert "变更的种类和以后的单位对不上" in words(answer)
    answer = officer.post(
        reverse("teams:succeed", args=[old.pk]), {**form, "names": "通江县水务局"}
    )
    assert answer.status_code == 302
    text = say(officer, "organisation", old.pk)
    assert "更名： 通江县水利局 → 通江县水务局" in text


def test_a_sheet_goes_from_upload_over_preview_to_the_list(officer: Client) -> None:
    file = BytesIO(book("duty", {**GOOD, "division": OTHER_VILLAGE, "place_name": "红云村"}, BAD))
    file.name = "任职.xlsx"
    send = {"kind": "duty", "division": COUNTY, "upload": file}
    answer = officer.post(reverse("teams:import_new"), send)
    upload = TeamsUpload.objects.get()
    assert answer.headers["Location"] == reverse("teams:import", args=[upload.pk])
    text = say(officer, "import", upload.pk)
    assert "1 行要改，1 行可以写入" in text
    assert "没有这个区划代码" in text
    officer.post(reverse("teams:import_commit", args=[upload.pk]))
    assert "已写入 1 行" in say(officer, "import", upload.pk)
    assert Duty.objects.filter(division=OTHER_VILLAGE).count() == 1
    broken = BytesIO(b"no workbook")
    broken.name = "任职.xlsx"
    answer = officer.post(reverse("teams:import_new"), {**send, "upload": broken})
    assert "整个文件先要改 1 处" in words(answer)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_goes_to_excel_for_who_manages(
    name: str, officer: Client, worker: Callable[[str], Worker]
) -> None:
    answer = officer.get(reverse(f"teams:{name}"), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert len(list(sheet.iter_rows())) > 1
    villager = signed_in(worker("villager"))
    assert villager.get(reverse(f"teams:{name}"), {"export": "xlsx"}).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_can_be_downloaded_as_its_sheet(kind: str, officer: Client) -> None:
    for name in ("import_template", "import_current"):
        answer = officer.get(reverse(f"teams:{name}", args=[kind]))
        assert load_workbook(BytesIO(answer.content)).worksheets
        assert PHONE.encode() not in answer.content


def test_who_only_reads_sees_no_act_and_may_do_none(worker: Callable[[str], Worker]) -> None:
    villager = signed_in(worker("villager"))
    assert "冯蓉" in (text := say(villager, "duties"))
    assert "新增任职" not in text
    assert "结束或交接" not in text
    held = Duty.objects.filter(cell=None).get()
    assert villager.get(reverse("teams:duty_end", args=[held.pk])).status_code == 403
    auditor = signed_in(worker("auditor"))
    assert auditor.get(reverse("teams:duties")).status_code == 403
