"""The pages: from a file to reports, and what a department's own officer gets to see."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from bangfu.exchange.api import (
    FeedList,
    ListRow,
    Report,
    find_feed,
    read_mapping,
    reports_of,
    write_feed_list,
)
from bangfu.exchange.web import uploads
from bangfu.foundation.access.api import grant_posting, system_actor
from bangfu.foundation.accounts.api import create_person
from bangfu.foundation.jobs.api import run_worker
from exchange.making import MEDICAL, home, of, officer
from registry.making import COUNTY, make_id
from registry.web_making import signed_in, words
from support.people import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

NEW = reverse("exchange:new")


@pytest.fixture
def desk(worker: Callable[[str], Worker]) -> Client:
    """The county officer's browser."""
    return signed_in(worker("officer"))


@pytest.fixture
def bureau() -> Client:
    """The browser of the data officer of the medical insurance bureau."""
    return bureau_of("通江县医疗保障局", "tang.jing")


def bureau_of(organisation: str, username: str) -> Client:
    """The browser of a department's data officer."""
    actor = system_actor("tests")
    person = create_person(actor=actor, username=username, name="唐静", password="niulan-shan-9")
    posting = grant_posting(
        actor=actor,
        person=person,
        organisation=organisation,
        title="数据员",
        role="department_officer",
        divisions=[COUNTY],
    )
    return signed_in(Worker(person, posting))


def send(client: Client, *rows: dict[str, Any], feed: str = MEDICAL, **changes: Any) -> Any:
    """Upload a list of these rows."""
    file = SimpleUploadedFile("名单.xlsx", write_feed_list(feed, rows))
    form = {"feed": feed, "data_date": "2026-10-31", "division": COUNTY, "upload": file}
    return client.post(NEW, {**form, **changes})


def checked(client: Client, *rows: dict[str, Any], **more: Any) -> str:
    """Upload a list of these rows and wait until it is checked; answer its address."""
    answer = send(client, *rows, **more)
    if "/jobs/" not in answer.url:
        return str(answer.url)
    assert "正在核对名单" in words(client.get(answer.url))
    run_worker(once=True)
    return str(client.get(answer.url).url)


def commit(client: Client, address: str) -> str:
    """Press the button, let the worker work, and read the list's page."""
    answer = client.post(f"{address}commit/")
    assert "正在写入名单" in words(client.get(answer.url))
    run_worker(once=True)
    assert client.get(answer.url).url == address
    return words(client.get(address))


def test_from_a_file_to_a_report_on_the_households_page(desk: Client, bureau: Client) -> None:
    address_of_list = checked(bureau, of("H1"), of("H2", name="王贵"), of("H3", amount=None))
    text = words(bureau.get(address_of_list))
    assert "3 行里有 1 行要改，还没有写入任何数据" in text
    errors = bureau.get(f"{address_of_list}errors/")
    assert load_workbook(BytesIO(errors.content)).sheetnames[0] == "医保自付费用"
    assert "1 行匹配到农户，1 行等人匹配" in commit(bureau, address_of_list)
    page = words(desk.get(reverse("registry:household", args=[home("H1").id])))
    assert "部门推送" in page
    assert "医疗自付费用高 李春秀 6,244.30 通江县医疗保障局" in page
    assert "17 种名单收到过 1 种，都没到期" in words(desk.get(reverse("exchange:desk")))
    row = ListRow.objects.get(outcome="unmatched")
    address = reverse("exchange:row", args=[row.id])
    assert "王贵：号码对，姓名不一样" in words(desk.get(address))
    found = desk.get(address, {"q": "王大贵"})
    assert "匹配到这一户" in words(found)
    member = home("H2").members.get(name="王大贵")
    desk.post(f"{address}match/", {"household": home("H2").id, "member": member.id})
    assert "王贵：已匹配到 王大贵 户" in words(desk.get(address))
    desk.post(f"{address}undo/")
    desk.post(f"{address}settle/", {"decision": "wrong_number"})
    assert "王贵：号码报错了，不用匹配" in words(desk.get(address))
    desk.post(f"{address_of_list}withdraw/", {"reason": "传错了月份"})
    assert "这张名单已经撤回" in words(desk.get(address_of_list))
    assert "没有部门推送过这一户" in words(
        desk.get(reverse("registry:household", args=[home("H1").id]))
    )


def test_a_departments_officer_learns_how_many_were_found_but_not_who(bureau: Client) -> None:
    address = checked(bureau, of("H1"), of("H2", name="王贵"), of("H3"), of("H3"))
    page = words(bureau.get(f"{address}?state=all"))
    assert "号码对，姓名不一样" not in page
    assert "待匹配" not in page.partition("逐行看")[2].partition("像不像真的")[0]
    commit(bureau, address)
    every = words(bureau.get(address))
    wanted = words(bureau.get(f"{address}?state=unmatched"))
    for text in (every, wanted):
        rows = text.partition("导出")[2]
        assert all(name in rows for name in ("李春秀", "王贵", "何富"))
        assert "王大贵" not in text
        assert rows.count("已收") == 3
    sheet = load_workbook(BytesIO(bureau.get(f"{address}?export=xlsx").content)).worksheets[0]
    states = {row[list(next(sheet.values)).index("结果")] for row in list(sheet.values)[1:]}
    assert states == {"已收", "要改"}
    for name in ("exchange:unmatched", "registry:households"):
        assert bureau.get(reverse(name)).status_code == 403
    assert bureau.post(f"{address}withdraw/", {"reason": "错"}).status_code == 403


def test_an_office_does_not_see_the_lists_of_another(desk: Client, bureau: Client) -> None:
    address = checked(bureau, of("H1"))
    other = bureau_of("通江县残疾人联合会", "xiang.rong")
    assert other.get(address).status_code == 404
    assert other.get(f"{address}errors/").status_code == 404
    assert other.post(f"{address}commit/").status_code == 404
    assert "收到 0 张名单" in words(other.get(reverse("exchange:lists")))
    assert "收到 1 张名单" in words(desk.get(reverse("exchange:lists")))
    assert FeedList.objects.get().committed_at is None


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({"trigger: medical": "trigger: war"}, 3, "没有“war”这个推送事项"),
        ({"item: amount": "item: sum"}, 13, "没有“sum”这种列"),
        ({"every_days: 35": "every_days: 0"}, 7, "更新周期“0”不对"),
        ({"also: [人员姓名": "also: [身份证号"}, 11, "列名“身份证号”写了两次"),
        ({"item: date": "item: note"}, None, "有两列都对到“note”"),
        ({"en: Settled on, required: true": "en: Settled on"}, 9, "缺少必填的日期列"),
        ({"source:": "sauce:"}, 8, "不认识“sauce”这一项"),
        ({"columns:": "columns: *x #"}, None, "不能使用 YAML 别名"),
        ({"feed: medical_costs": "feed: [a"}, None, "不是有效的 YAML"),
    ],
)
def test_a_mapping_file_is_refused_with_line_and_reason(
    desk: Client, change: dict[str, str], line: int | None, said: str
) -> None:
    text = find_feed(MEDICAL).text
    for old, new in change.items():
        text = text.replace(old, new, 1)
    file = SimpleUploadedFile("自己的.yaml", text.encode())
    page = words(send(desk, of("H1"), mapping=file))
    assert said in page
    assert "这个文件还不能用，没有写入任何数据" in page
    if line is not None:
        assert f"自己的.yaml 第 {line} 行" in page
    assert not FeedList.objects.exists()


def test_a_province_brings_its_own_columns(desk: Client) -> None:
    text = find_feed(MEDICAL).text.replace("zh: 合规自付费用（元）", "zh: 本省自付")
    text = text.replace("feed: medical_costs", "feed: own_costs")
    book = write_feed_list(read_mapping(text, "自己的.yaml"), [of("H1")])
    own = SimpleUploadedFile("自己的.yaml", text.encode())
    upload = SimpleUploadedFile("名单.xlsx", book)
    address = checked(desk, mapping=own, upload=upload)
    assert "1 行都可以写入" in words(desk.get(address))
    each = FeedList.objects.get()
    assert (each.feed, each.trigger) == ("own_costs", "medical")
    assert "本省自付" in each.mapping
    commit(desk, address)
    assert Report.objects.get().trigger == "medical"


def test_a_large_list_is_checked_beside_the_page(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    answer = send(desk, of("H1"))
    assert "正在核对名单" in words(desk.get(answer.url))
    run_worker(once=True)
    assert "1 行都可以写入" in words(desk.get(desk.get(answer.url).url))
    junk = SimpleUploadedFile("名单.xlsx", b"PK" + bytes(400))
    bad = send(desk, upload=junk, data_date="2026-10-30")
    run_worker(once=True)
    back = desk.get(desk.get(bad.url).url)
    assert "这个文件还不能用，没有写入任何数据" in words(back)


def test_a_list_without_rows_says_that_there_is_nothing_to_report(desk: Client) -> None:
    address = checked(desk)
    text = words(desk.get(address))
    assert "名单里没有人，还没有写入任何数据" in text
    assert "要改的" not in text
    assert "这张名单没有要报的人" in commit(desk, address)
    frame, feeds = reports_of(officer(), COUNTY, date(2026, 11, 20))
    assert (frame.height, feeds) == (0, {COUNTY: ("medical",)})


def test_figures_are_held_against_the_list_before(desk: Client) -> None:
    first = send(desk, of("H1", amount=1_000_00), of("H2", amount=3_000_00)).url
    commit(desk, first)
    later = send(desk, of("H1", amount=9_000_00), data_date="2026-11-19").url
    text = words(desk.get(later)).partition("像不像真的")[2]
    assert "2026-10-31 2026-11-19" in text
    assert "行数 2 1 -50.0%" in text
    assert "金额合计，元 4,000 9,000 +125.0%" in text


def test_the_waiting_rows_go_out_as_a_workbook_with_masked_numbers(desk: Client) -> None:
    stranger = {"id_number": make_id(date(1980, 1, 1)), "name": "外地人"}
    commit(desk, send(desk, of("H1", **stranger)).url)
    page = desk.get(reverse("exchange:unmatched"))
    assert "1 行对不上农户，等人来认" in words(page)
    answer = desk.get(reverse("exchange:unmatched"), {"cols": "number", "export": "xlsx"})
    cells = [
        cell for row in load_workbook(BytesIO(answer.content)).worksheets[0].values for cell in row
    ]
    assert "519900************" in cells
    assert stranger["id_number"] not in cells
