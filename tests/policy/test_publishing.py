"""Publishing packs: who may, what is refused, which version holds on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import AccessRefused, Actor, Grant, system_actor
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Refused
from bangfu.policy.api import PackVersion, active_pack, get_pack, list_versions, publish_pack
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
PUBLISHER = system_actor("trial")
NOON = FixedClock(datetime(2026, 11, 20, 4, tzinfo=UTC))


def actor_with(capability: str, division: str) -> Actor:
    grant = Grant("province_supervisor", DivisionCode(division), frozenset({capability}))
    return Actor(person_id=None, posting_id=None, name="trial", grants=(grant,))


def written_pack(folder: Path, version: str, **files: str) -> Path:
    """A small pack of its own, in a folder."""
    head = f'pack: {folder.name}\nversion: "{version}"\nscope: "51"\n'
    head += f'layout: "{load_layout().version}"\n'
    head += "name: {zh: 试验, en: Trial}\n"
    folder.mkdir(exist_ok=True)
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    for name, text in files.items():
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "all.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_first_version_holds_from_the_first_day_it_has_values_for() -> None:
    publish_pack(actor=PUBLISHER, path="sichuan")
    assert (
        active_pack(date(2021, 6, 1)).parameters_on(date(2021, 6, 1), "511921")["monitoring_line"]
        == 600_000
    )
    with pytest.raises(Refused) as refused:
        active_pack(date(2000, 1, 1))
    assert refused.value.problems[0].code == "policy.nothing_in_force"


def test_a_later_version_takes_over_from_its_day_on(tmp_path: Path) -> None:
    first = publish_pack(actor=PUBLISHER, path=written_pack(tmp_path / "trial", "1"))
    parameter = """
limit:
  name: {zh: 限额, en: Limit}
  unit: yuan
  source: 试验
  values: [{value: 5, from: 2020-01-01, source: 试验}]
"""
    folder = written_pack(tmp_path / "trial", "2", parameters=parameter)
    start = date(2027, 1, 1)
    second = publish_pack(actor=PUBLISHER, path=folder, valid_from=start)
    assert active_pack(date(2026, 12, 31)).hash == first.hash
    assert active_pack(start).hash == second.hash
    third = publish_pack(
        actor=PUBLISHER, path=written_pack(tmp_path / "trial", "3"), valid_from=date(2026, 12, 1)
    )
    assert active_pack(start).hash == third.hash
    assert [each.status for each in list_versions(actor=PUBLISHER)] == [
        "published",
        "replaced",
        "published",
    ]


def test_publishing_what_already_holds_changes_nothing() -> None:
    with using_clock(NOON):
        first = publish_pack(actor=PUBLISHER, path="sichuan")
        again = publish_pack(actor=PUBLISHER, path="sichuan")
    assert again == first
    assert PackVersion.objects.count() == 1
    assert AuditEvent.objects.filter(action="policy.pack_published").count() == 1


def test_the_published_content_is_judged_by_even_when_the_files_are_gone(tmp_path: Path) -> None:
    folder = written_pack(tmp_path / "trial", "1")
    version = publish_pack(actor=PUBLISHER, path=folder)
    (folder / "pack.yaml").unlink()
    get_pack.cache_clear()
    assert get_pack(version.hash).name == "trial"


def test_an_altered_content_is_noticed(tmp_path: Path) -> None:
    version = publish_pack(actor=PUBLISHER, path=written_pack(tmp_path / "altered", "1"))
    version.content[0]["files"]["pack.yaml"] = version.content[0]["files"]["pack.yaml"].replace(
        "Trial", "Other"
    )
    version.save()
    get_pack.cache_clear()
    with pytest.raises(Refused) as refused:
        get_pack(version.hash)
    assert refused.value.problems[0].code == "policy.content_altered"


def test_only_who_may_publish_for_the_whole_division_publishes() -> None:
    for actor in (actor_with("policy.publish", "5119"), actor_with("policy.read", "51")):
        with pytest.raises(AccessRefused):
            publish_pack(actor=actor, path="sichuan")
    assert not PackVersion.objects.exists()
    publish_pack(actor=actor_with("policy.publish", "51"), path="sichuan")
    with pytest.raises(AccessRefused):
        list_versions(actor=actor_with("policy.publish", "51"))


def test_made_up_values_are_refused_outside_a_demo(settings: SettingsWrapper) -> None:
    settings.BANGFU_DEMO = False
    with pytest.raises(Refused) as refused:
        publish_pack(actor=PUBLISHER, path="demo")
    assert refused.value.problems[0].code == "policy.demo_pack"
    settings.BANGFU_DEMO = True
    assert publish_pack(actor=PUBLISHER, path="demo").demo


def test_another_content_needs_another_version(tmp_path: Path) -> None:
    publish_pack(actor=PUBLISHER, path=written_pack(tmp_path / "trial", "1"))
    changed = written_pack(
        tmp_path / "trial", "1",
        facts="people: {name: {zh: 人数, en: People}, count: 'true'}\n",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        publish_pack(actor=PUBLISHER, path=changed)
    assert refused.value.problems[0].code == "policy.label_taken"


def test_a_pack_whose_own_tests_fail_is_not_published(tmp_path: Path) -> None:
    folder = written_pack(
        tmp_path / "trial",
        "1",
        facts="people: {name: {zh: 人数, en: People}, count: 'true'}\n",
        tests="""
as_of: 2026-11-20
division: "511921"
cases:
  - {name: 三口之家, members: [{}, {}], expect: {}, values: {people: 3}}
""",
    )
    with pytest.raises(Refused) as refused:
        publish_pack(actor=PUBLISHER, path=folder)
    problem = refused.value.problems[0]
    assert (problem.code, problem.place.file, problem.place.line) == (
        "pack.test_failed", "tests/all.yaml", 5,
    )  # fmt: skip
    assert dict(problem.values) == {"name": "people", "expected": "3", "found": "2"}


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("procedures/clue.yaml", "name: clue\n", "procedures.table.missing_field"),
        ("calendar.yaml", "years: {'2026': [{zh: 元旦, rest: [2027-01-01]}]}\n",
         "procedures.calendar_unreadable"),
        ("calendar.yaml", "version: '1'\n", "procedures.calendar_unreadable"),
        ("phases.yaml", "version: '1'\nphases: {a: {}}\n", "pack.missing_key"),
    ],
)  # fmt: skip
def test_a_table_that_nobody_could_work_by_is_not_published(
    tmp_path: Path, file: str, text: str, code: str
) -> None:
    folder = written_pack(tmp_path / "trial", "1")
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        publish_pack(actor=PUBLISHER, path=folder)
    assert refused.value.problems[0].code == code
    assert not PackVersion.objects.exists()


def test_publishing_is_recorded_with_who_and_where() -> None:
    version = publish_pack(actor=PUBLISHER, path="sichuan")
    event = AuditEvent.objects.get(action="policy.pack_published")
    assert (event.system, event.division, event.kind) == ("trial", "51", "changed")
    assert str(version.pk) in str(event.subject_ids)
