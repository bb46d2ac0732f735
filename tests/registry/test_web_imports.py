"""The import wizard from the first file to taking it back, with everything that may be wrong."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from bangfu.foundation.files.api import StoredFile
from bangfu.foundation.jobs.api import Job, run_worker
from bangfu.foundation.ui import panels
from bangfu.registry.api import Household, ImportBatch
from bangfu.registry.models.batches import BatchState
from bangfu.registry.web import batches, uploads
from importing.workbooks import workbook
from registry.making import FAR_VILLAGE, OTHER_VILLAGE, bring, household, member
from registry.web_making import book_of, signed_in, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from support.people import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

NEW = reverse("registry:import_new")
GOOD = household("H1", member("H1", "1", name="李春秀"))
BAD = household("H2", member("H2", "1", name="王大贵"), size=9)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, settings: SettingsWrapper) -> None:
    """The register's own pages; commits are screened elsewhere."""
    monkeypatch.setattr(panels, "_sources", {})


@pytest.fixture
def desk(worker: Callable[[str], Worker]) -> Client:
    """The county officer's browser."""
    return signed_in(worker("officer"))


def send(client: Client, *contents: bytes, name: str = "登记.xlsx", **changes: str) -> Any:
    """Upload files with a day and a place."""
    files = [SimpleUploadedFile(name, each) for each in contents]
    form = {"data_date": "2026-11-01", "division": "511921", **changes}
    return client.post(NEW, {**form, "upload": files})


def checked(client: Client, *pairs: Any) -> str:
    """Upload a workbook of these households; answer the batch's address."""
    answer = send(client, book_of(*pairs))
    assert answer.status_code == 302, words(answer)
    return answer.url


def commit(client: Client, address: str) -> Any:
    """Press the button, let the worker work, and come back to the batch."""
    answer = client.post(f"{address}commit/")
    assert "/imports/jobs/" in answer.url
    assert "正在写入登记簿" in words(client.get(answer.url))
    run_worker(once=True)
    done = client.get(answer.url)
    assert done.url == address
    return client.get(address)


def test_the_title_of_the_check_is_the_answer(desk: Client) -> None:
    text = words(desk.get(checked(desk, GOOD, BAD)))
    assert "4 行里有 2 行要改，还没有写入任何数据" in text
    assert "登记.xlsx · 通江县 · 数据日期 2026-11-01 · 周敏 今天 09:00 上传" in text
    assert "1 户可以写入" in text
    assert "1 户要改" in text
    assert not Household.objects.exists()


def test_problems_stand_by_kind_with_the_way_out(desk: Client) -> None:
    text = words(desk.get(checked(desk, GOOD, BAD)))
    assert "要改的 1 户，1 类问题 不猜、不补、不截断；拿不准就退回" in text
    assert (
        "1 家庭人口数与成员行数不一致 registry.size_differs 填的是 9 人，成员表里有 1 人。" in text
    )


def test_a_bad_cell_is_named_as_the_spreadsheet_names_it(desk: Client) -> None:
    page = desk.get(checked(desk, GOOD, BAD))
    assert "3 王大贵 H2 朱元村 退回 农户信息 F3（家庭人口数）" in words(page)
    assert page.content.decode().count("data-error") == 1


def test_what_would_change_is_shown_field_by_field(desk: Client) -> None:
    bring(GOOD, day=date(2026, 10, 1))
    richer = household("H1", member("H1", "1", name="李春秀"), housing_grade="D")
    address = checked(desk, richer)
    answer = desk.get(address)
    assert "1 户可以写入" in words(answer)
    assert "住房安全等级 B级 → 改成 D级" in words(answer)
    assert '<span class="was">B级</span>' in answer.content.decode()
    assert "<ins>D级</ins>" in answer.content.decode()


def test_lines_are_looked_at_by_outcome_and_by_problem(desk: Client) -> None:
    address = checked(desk, GOOD, BAD)
    new = words(desk.get(address, {"outcome": "new"}))
    assert "登记簿里还没有这一户" in new
    assert "2 李春秀 H1" in new
    assert "3 王大贵 H2" not in new
    by_code = words(desk.get(address, {"code": "registry.size_differs"}))
    assert "3 王大贵 H2" in by_code
    every = words(desk.get(address, {"outcome": "all", "page": "nonsense"}))
    assert "第 1–2 户 / 2 户" in every


def test_the_wizard_goes_to_the_end_and_back(desk: Client) -> None:
    address = checked(desk, GOOD, BAD)
    done = words(commit(desk, address))
    assert "通江县已写入：新增 1 户，变更 0 户" in done
    assert "周敏 今天 09:00 提交，从 2026-11-01 起有效" in done
    assert Household.objects.get().household_number == "H1"
    asked = words(desk.get(f"{address}reverse/"))
    assert "撤回会动 1 户，0 户不动" in asked
    refused = desk.post(f"{address}reverse/", {"reason": " "})
    assert "请写一句理由" in words(refused)
    assert Household.objects.get().active
    back = desk.post(f"{address}reverse/", {"reason": "传错了文件"}, follow=True)
    assert "这一批已经撤回" in words(back)
    assert "理由：传错了文件" in words(back)
    assert not Household.objects.get().active


def test_households_changed_since_are_named_before_a_batch_is_taken_back(desk: Client) -> None:
    address = checked(desk, GOOD)
    commit(desk, address)
    bring(
        household("H1", member("H1", "1", name="李春秀"), housing_grade="C"),
        day=date(2026, 11, 5),
    )
    text = words(desk.get(f"{address}reverse/"))
    assert "撤回会动 0 户，1 户不动" in text
    assert "H1 这一户后来又有变化，没有撤回" in text


def test_a_large_batch_is_taken_back_beside_the_page(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 0)
    address = checked(desk, GOOD)
    commit(desk, address)
    first, second = (
        desk.post(f"{address}reverse/", {"reason": "传错了文件"}).url for _ in range(2)
    )
    assert first == second
    assert "正在撤回" in words(desk.get(first))
    run_worker(once=True)
    done = words(desk.get(first, follow=True))
    assert "这一批已经撤回" in done
    assert "理由：传错了文件" in done
    assert not Household.objects.get().active


def test_pressing_commit_twice_is_one_job(desk: Client) -> None:
    address = checked(desk, GOOD)
    first, second = (desk.post(f"{address}commit/").url for _ in range(2))
    assert first == second
    run_worker(once=True)
    assert desk.post(f"{address}commit/").url == address


def test_a_register_that_changed_meanwhile_is_said_on_the_batch(desk: Client) -> None:
    address = checked(desk, GOOD)
    bring(GOOD, day=date(2026, 10, 1))
    job = desk.post(f"{address}commit/").url
    run_worker(once=True)
    answer = desk.get(job, follow=True)
    assert "核对以后，登记信息又有变化，没有写入任何数据" in words(answer)
    part = desk.get(job, HTTP_HX_REQUEST="true")
    assert part.headers["HX-Redirect"] == address


def test_a_discarded_file_leaves_nothing(desk: Client) -> None:
    address = checked(desk, GOOD, BAD)
    answer = desk.post(f"{address}discard/", follow=True)
    assert "已放弃，文件已经删除，登记簿没有变。" in words(answer)
    assert StoredFile.objects.filter(deleted_at=None).count() == 0
    assert "这一批已经放弃" in words(desk.get(address))
    again = desk.post(f"{address}discard/", follow=True)
    assert "这一批已经处理完" in words(again)


def test_a_discarded_batch_is_not_committed(desk: Client) -> None:
    address = checked(desk, GOOD)
    desk.post(f"{address}discard/")
    assert desk.post(f"{address}commit/").url == address
    assert not Job.objects.exists()


def test_the_errors_come_back_in_the_workbook_itself(desk: Client) -> None:
    address = checked(desk, GOOD, BAD)
    book = load_workbook(BytesIO(desk.get(f"{address}errors/").content))
    marked = [cell.value for row in book["农户信息"].iter_rows(min_row=3) for cell in row]
    assert any("家庭人口数与成员行数不一致" in str(value) for value in marked)


def test_the_template_goes_through_once_it_is_filled_in(desk: Client) -> None:
    book = load_workbook(BytesIO(desk.get(reverse("registry:import_template")).content))
    assert {"农户信息", "家庭成员"} <= set(book.sheetnames)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "登记.xlsx", "文件是空的"),
        (b"PK\x03\x04 no workbook", "登记.xlsx", "这个文件还不能用，没有写入任何数据"),
        (workbook({"天气": [["日期", "雨量"], ["2026-11-01", 3]]}), "登记.xlsx", "农户信息"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "登记.xlsx", "还不能用"),
    ],
    ids=["empty", "broken", "wrong sheets", "encrypted or old"],
)
def test_a_file_refused_as_a_whole_says_why_and_keeps_what_was_typed(
    desk: Client, data: bytes, name: str, said: str
) -> None:
    answer = send(desk, data, name=name, data_date="2026-10-31", division="511921103")
    page = answer.content.decode()
    assert said in words(answer)
    assert 'value="2026-10-31"' in page
    assert '<option value="511921103" selected>' in page
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"data_date": "2026-11-21"}, "这一天还没有到"),
        ({"data_date": "11/1"}, "不是一个日期"),
        ({"data_date": ""}, "请填日期"),
        ({"division": "511922"}, "请选您负责的地方"),
    ],
)
def test_a_wrong_day_or_place_is_refused_beside_its_field(
    desk: Client, changes: dict[str, str], said: str
) -> None:
    answer = send(desk, book_of(GOOD), **changes)
    assert said in words(answer)
    assert not ImportBatch.objects.exists()


def test_without_a_file_the_form_asks_for_one(desk: Client) -> None:
    answer = desk.post(NEW, {"data_date": "2026-11-01", "division": "511921"})
    assert "请选择文件" in words(answer)


def test_a_village_elsewhere_is_refused_in_its_row(desk: Client) -> None:
    far = household("H9", member("H9", "1", name="罗开芳"), village_code=FAR_VILLAGE)
    text = words(desk.get(checked(desk, far)))
    assert "2 行里有 2 行要改" in text
    assert "行政村不在本次导入的范围内" in text
    assert "没有一户可以写入" in text


def test_a_large_file_is_checked_beside_the_page(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    answer = send(desk, book_of(GOOD, BAD))
    running = desk.get(answer.url)
    assert "正在核对文件" in words(running)
    assert running.headers["Refresh"]
    run_worker(once=True)
    batch = desk.get(answer.url, follow=True)
    assert "4 行里有 2 行要改" in words(batch)
    assert StoredFile.objects.filter(deleted_at=None).count() == 1


def test_a_large_file_refused_as_a_whole_comes_back_to_the_form(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    wrong = workbook({"天气": [["日期", "雨量"], ["2026-11-01", 3]]})
    answer = send(desk, wrong, data_date="2026-10-31")
    run_worker(once=True)
    page = desk.get(answer.url, follow=True)
    assert "这个文件还不能用，没有写入任何数据" in words(page)
    assert 'value="2026-10-31"' in page.content.decode()
    assert StoredFile.objects.filter(deleted_at=None).count() == 0


def test_the_list_says_how_many_wait(desk: Client) -> None:
    checked(desk, GOOD)
    text = words(desk.get(reverse("registry:imports")))
    assert "导入过 1 批，1 批等提交" in text
    assert "通江县 2026-11-01" in text


def test_the_same_file_again_changes_nothing(desk: Client) -> None:
    commit(desk, checked(desk, GOOD))
    text = words(desk.get(checked(desk, GOOD)))
    assert "0 户可以写入" in text
    assert "1 户与已有登记完全相同" in text


def test_strangers_find_no_batch_and_others_may_not_import(
    worker: Callable[[str], Worker], desk: Client
) -> None:
    address = checked(desk, household("H2", village_code=OTHER_VILLAGE))
    villager = signed_in(worker("villager"))
    for path in (address, f"{address}errors/", NEW, reverse("registry:imports")):
        answer = villager.get(path)
        assert answer.status_code == 403
        assert "导入农户信息" in words(answer)
    assert villager.post(f"{address}commit/").status_code == 403
    assert villager.post(f"{address}reverse/", {"reason": "x"}).status_code == 403
    assert ImportBatch.objects.get().state is BatchState.CHECKED


def test_an_officer_of_another_county_finds_no_batch(
    desk: Client, worker: Callable[[str], Worker]
) -> None:
    address = checked(desk, GOOD)
    ImportBatch.objects.update(division="511922")
    assert desk.get(address).status_code == 404
    assert desk.get(f"{address}errors/").status_code == 404
    assert desk.get(f"{address}reverse/").status_code == 404
    for act in ("commit", "discard"):
        assert desk.post(f"{address}{act}/").status_code == 404


def test_changes_are_made_by_posting_only(desk: Client) -> None:
    address = checked(desk, GOOD)
    assert desk.get(f"{address}commit/").status_code == 405
    assert desk.get(f"{address}discard/").status_code == 405


def test_somebody_else_s_job_is_not_there(desk: Client, worker: Callable[[str], Worker]) -> None:
    job = desk.post(f"{checked(desk, GOOD)}commit/").url
    worker("reviewer")
    Job.objects.update(person_id=None)
    assert desk.get(job).status_code == 404
