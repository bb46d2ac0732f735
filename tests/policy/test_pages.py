"""The pages of policy: what stands, what is missing, what differs, and four eyes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bangfu.foundation.access.api import grant_posting, system_actor
from bangfu.foundation.accounts.api import create_person
from bangfu.foundation.clock.api import using_clock
from bangfu.foundation.jobs.api import run_worker
from bangfu.kernel.clock import FixedClock
from bangfu.policy.api import PackVersion, publish_pack
from bangfu.policy.models import PackProposal
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
NOON = FixedClock(datetime(2026, 11, 20, 4, tzinfo=UTC))


def words(answer: HttpResponse) -> str:
    """The visible text, spaces evened out."""
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())))


def signed_in(name: str, role: str, division: str) -> Client:
    actor = system_actor("tests")
    person = create_person(actor=actor, username=name, name="蒲艳", password="niulan-shan-9")
    grant_posting(
        actor=actor, person=person, organisation="四川省", title="干部", role=role,
        divisions=[division],
    )  # fmt: skip
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with using_clock(NOON):
        yield


@pytest.fixture
def version() -> PackVersion:
    return publish_pack(actor=system_actor("tests"), path="sichuan")


@pytest.fixture
def reader() -> Client:
    return signed_in("reader", "village_official", "511921103201")


def page(client: Client, name: str, *arguments: object, query: str = "") -> str:
    return words(client.get(reverse(f"policy:{name}", args=arguments) + query))


def test_the_title_counts_rules_and_what_waits_to_be_entered(
    reader: Client, version: PackVersion
) -> None:
    text = page(reader, "version", version.pk)
    rules = re.search(r"(\d+) 条规则在用，(\d+) 个参数待录入", text)
    assert rules is not None
    assert int(rules[1]) >= 6
    assert "监测收入线" in text
    assert "因此没法判断：" in text
    assert "收入低于监测线" in text


def test_a_rule_says_when_it_fires_and_runs_its_cases(reader: Client, version: PackVersion) -> None:
    text = page(reader, "rule", version.pk, "unsafe_housing")
    assert "住房安全等级是 C级或 D级" in text
    assert re.search(r"在用，(\d+) 个测试都通过", text)
    assert "住房 C 级，触发" in text
    assert "sichuan/tests/guarantees.yaml:" in text
    assert reader.get(reverse("policy:rule", args=[version.pk, "no_rule"])).status_code == 404


def test_a_rule_without_its_parameter_says_which(reader: Client, version: PackVersion) -> None:
    text = page(reader, "rule", version.pk, "income_below_line")
    assert "缺监测收入线，没法判断" in text
    assert "家庭参考收入" in text
    assert "wage_income" in text


def test_a_parameter_is_drawn_with_its_days_and_the_days_without(
    reader: Client, version: PackVersion
) -> None:
    answer = reader.get(reverse("policy:parameter", args=[version.pk, "monitoring_line"]))
    text = words(answer)
    assert "监测收入线：待录入" in text
    assert "2021-01-01 2022-01-01 6,000 元/人/年" in text
    assert answer.content.decode().count('class="unknown" x=') == 2
    line = page(reader, "parameter", version.pk, "poverty_line")
    assert "今天没有值" in line
    assert line.count("待核实") >= 9


def test_lists_are_narrowed_sorted_and_taken_away(reader: Client, version: PackVersion) -> None:
    narrowed = page(reader, "rules", version.pk, query="?risk=housing")
    assert "住房不安全" in narrowed
    assert "医疗自付支出过高" not in narrowed
    awaited = page(reader, "parameters", version.pk, query="?hold=awaited")
    assert "监测收入线" in awaited
    assert "快照保存天数" not in awaited
    found = page(reader, "codes", query="?q=GB_nothing")
    assert "没有符合筛选的" in found
    for name in ("rules", "parameters", "facts"):
        answer = reader.get(reverse(f"policy:{name}", args=[version.pk]) + "?export=xlsx")
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert book.worksheets[0].max_row > 5
    codes = openpyxl.load_workbook(
        io.BytesIO(reader.get(reverse("policy:codes") + "?export=xlsx").content)
    )
    total = sum(len(each.codes) for each in load_layout().lists.values())
    assert codes.worksheets[0].max_row == total + 1


def test_the_phases_are_told_with_what_they_relabel(reader: Client) -> None:
    text = page(reader, "phases")
    assert "今天是常态化帮扶，从 2026-01-01 起" in text
    assert text.count("数据已封存") == 2
    assert "脱贫不稳定户 防止返贫致贫对象" in text


def test_two_versions_are_compared_definition_by_definition(
    reader: Client, version: PackVersion, settings: SettingsWrapper
) -> None:
    settings.BANGFU_DEMO = True
    later = publish_pack(actor=system_actor("tests"), path="demo", valid_from=date(2026, 11, 20))
    text = page(reader, "compare", later.pk)
    assert "条规则、" in text
    assert "8,500 元/人/年" in text
    assert "写法没变、结果可能变的规则" in text
    assert "income_below_line" in text
    assert "没有不同" not in text
    asked = reader.get(reverse("policy:compare", args=[later.pk]) + "?with=nothing")
    assert asked.status_code == 404


def archive(**files: str) -> SimpleUploadedFile:
    """A zip of a small pack with one rule."""
    head = f'pack: trial\nversion: "1"\nextends: nation\nscope: "51"\nlayout: "{LAYOUT}"\n'
    content = {"pack": head + "name: {zh: 试验, en: Trial}\n", **files}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in content.items():
            made.writestr(f"trial/{name.replace('__', '/')}.yaml", text)
    return SimpleUploadedFile("trial.zip", stream.getvalue())


LAYOUT = load_layout().version
RULE = """
bad_house:
  name: {zh: 危房, en: Bad house}
  risk: housing
  severity: high
  when: housing_grade == "D"
  shows: [housing_grade]
  reason: {zh: "住房安全等级为 {housing_grade}。", en: "Grade {housing_grade}."}
  source: 试验
"""
LINE = """
monitoring_line:
  values: [{value: 9000, from: 2026-01-01, source: 试验}]
"""


def propose(client: Client, **files: str) -> Any:
    form = {"upload": archive(**files), "valid_from": "2026-12-01"}
    return client.post(reverse("policy:propose"), form)


def test_one_proposes_and_another_confirms(version: PackVersion) -> None:
    first = signed_in("first", "province_supervisor", "51")
    second = signed_in("second", "province_supervisor", "51")
    assert propose(first, parameters__lines=LINE, rules__house=RULE).status_code == 302
    run_worker(once=True)
    proposal = PackProposal.objects.get()
    text = page(first, "proposal", proposal.pk)
    assert "个测试都通过，等另一个人确认" in text
    assert "9,000 元/人/年" in text
    assert "提议人不能自己确认" in text
    confirm = reverse("policy:confirm", args=[proposal.pk])
    first.post(confirm)
    assert PackVersion.objects.count() == 1
    second.post(confirm)
    published = PackVersion.objects.get(pack="trial")
    assert published.valid_from == date(2026, 12, 1)
    second.post(confirm)
    second.post(reverse("policy:withdraw", args=[proposal.pk]))
    assert PackVersion.objects.count() == 2
    assert PackProposal.objects.get().decision == "published"


def test_what_is_wrong_is_said_with_file_and_line_and_nothing_is_kept(version: PackVersion) -> None:
    client = signed_in("first", "province_supervisor", "51")
    text = words(propose(client, rules__water="water: {}\n"))
    assert "什么也没有保存" in text
    assert "rules/water.yaml:1" in text
    assert not PackProposal.objects.exists()


def test_a_pack_whose_cases_fail_waits_and_cannot_be_confirmed(version: PackVersion) -> None:
    first = signed_in("first", "province_supervisor", "51")
    second = signed_in("second", "province_supervisor", "51")
    case = """
as_of: 2026-11-20
division: "511921"
cases: [{name: 不对, household: {housing_grade: D}, expect: {bad_house: clear}}]
"""
    propose(first, rules__house=RULE, tests__wrong=case)
    proposal = PackProposal.objects.get()
    second.post(reverse("policy:confirm", args=[proposal.pk]))
    run_worker(once=True)
    assert "1 个测试不通过，不能发布" in page(second, "proposal", proposal.pk)
    second.post(reverse("policy:confirm", args=[proposal.pk]))
    assert PackVersion.objects.count() == 1


def test_who_may_only_read_proposes_nothing(reader: Client, version: PackVersion) -> None:
    assert propose(reader).status_code == 403
    assert "提议发布" not in page(reader, "versions")
