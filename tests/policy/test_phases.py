"""The phases: which one a day lies in, what a recorded value is called there, what is closed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.policy.api import (
    can_write,
    check_writable,
    find_phase_on,
    line_on,
    list_phases,
    phase_on,
    publish_pack,
)
from bangfu.policy.domain.phase_reading import read_phases
from bangfu.rules.layout import load_layout
from bangfu.rules.refusals import PackInvalid

NOW = FixedClock(datetime(2026, 11, 20, 4, tzinfo=UTC))
TWO = """version: "1"
phases:
  first:
    name: {zh: 前, en: First}
    from: 2014-01-01
    to: 2021-01-01
    source: 试验
    line: line
    forms: [{name: {zh: 表, en: Form}, edition: "1", from: 2014-01-01, source: 试验}]
    categories:
      household_type: {poor: {zh: 贫困户, en: Poor}}
  second:
    name: {zh: 后, en: Second}
    from: 2021-01-01
    source: 试验
    line: line
    forms: [{name: {zh: 表, en: Form}, edition: "2", from: 2021-01-01, source: 试验}]
    categories:
      household_type: {alleviated: {zh: 脱贫户, en: Alleviated}}
    relabels:
      - {item: household_type, code: poor, when: {exit_flag: exited}, becomes: alleviated}
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "code", "edition", "line", "value"),
    [
        (date(2014, 1, 1), "targeted", "2014", "poverty_line", "2,800 元/人/年"),
        (date(2020, 12, 31), "targeted", "2016", "poverty_line", "4,000 元/人/年"),
        (date(2021, 1, 1), "transition", "2021", "monitoring_line", "6,000 元/人/年"),
        (date(2023, 6, 1), "transition", "2023", "monitoring_line", ""),
        (date(2026, 1, 1), "regular", "2026", "monitoring_line", ""),
    ],
)
def test_a_day_has_its_phase_its_form_and_its_line(
    day: date, code: str, edition: str, line: str, value: str
) -> None:
    phase, found = phase_on(day), line_on(day, "511921")
    assert (phase.code, phase.form_on(day).edition) == (code, edition)
    assert (found.parameter.name, found.shown("zh")) == (line, value)


@pytest.mark.django_db
def test_before_the_first_phase_there_is_none() -> None:
    assert find_phase_on(date(2013, 12, 31)) is None
    with pytest.raises(Refused) as refused:
        phase_on(date(2013, 12, 31))
    assert refused.value.problems[0].code == "policy.before_phases"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "item", "value", "document", "shown"),
    [
        (date(2019, 6, 1), "household_type", "poor", {"exit_flag": "exited"}, "建档立卡贫困户"),
        (date(2023, 6, 1), "household_type", "poor", {"exit_flag": "exited"},
         "脱贫户（原建档立卡贫困户）"),
        (date(2023, 6, 1), "household_type", "poor", {"exit_flag": "not_exited"}, "建档立卡贫困户"),
        (date(2023, 6, 1), "household_type", "poor", {}, "建档立卡贫困户"),
        (date(2023, 6, 1), "monitoring_category", "unstable", {}, "脱贫不稳定户"),
        (date(2026, 6, 1), "monitoring_category", "unstable", {},
         "防止返贫致贫对象（原脱贫不稳定户）"),
        (date(2026, 6, 1), "monitoring_category", "none", {}, "未纳入监测"),
        (date(2026, 6, 1), "poverty_attribute", "wubao", {"exit_flag": "exited"},
         "特困供养脱贫户（原五保户）"),
    ],
)  # fmt: skip
def test_a_value_recorded_earlier_is_called_as_in_the_phase_of_the_day(
    day: date, item: str, value: str, document: dict[str, str], shown: str
) -> None:
    assert phase_on(day).relabel(item, value, document).shown("zh") == shown


@pytest.mark.django_db
def test_a_value_of_no_category_keeps_its_name_and_is_marked() -> None:
    found = phase_on(date(2026, 6, 1)).relabel("household_type", "poor")
    assert (found.current, found.was) == (False, None)
    assert not phase_on(date(2019, 6, 1)).has("monitoring_category")


@pytest.mark.django_db
def test_the_days_of_an_ended_phase_are_closed_and_todays_are_not() -> None:
    with using_clock(NOW):
        assert [can_write(day) for day in (date(2020, 12, 31), date(2025, 12, 31))] == [False] * 2
        assert can_write(date(2026, 1, 1))
        with pytest.raises(Refused) as refused:
            check_writable(date(2025, 12, 31))
    assert refused.value.problems[0].code == "policy.phase_frozen"
    with using_clock(FixedClock(datetime(2025, 12, 31, 4, tzinfo=UTC))):
        assert can_write(date(2025, 1, 1))
        assert not can_write(date(2020, 12, 31))


@pytest.mark.django_db
def test_the_pack_in_force_says_which_phases_there_are() -> None:
    assert [each.code for each in list_phases()] == ["targeted", "transition", "regular"]
    publish_pack(actor=system_actor("trial"), path="sichuan")
    assert [each.code for each in list_phases()] == ["targeted", "transition", "regular"]


def replaced(old: str, new: str) -> str:
    assert old in TWO
    return TWO.replace(old, new)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (replaced("to: 2021-01-01", "to: 2020-01-01"), "policy.phase_gap", 12),
        (replaced("to: 2021-01-01", "to: 2013-01-01"), "pack.period_backwards", 6),
        (replaced("    to: 2021-01-01\n", "    to: 2021-01-01\n    frozen_from: 2020-06-01\n"),
         "policy.phase_frozen_early", 7),
        (replaced("line: line\n    forms: [{name: {zh: 表, en: Form}, edition: \"1\"",
                  "line: other\n    forms: [{name: {zh: 表, en: Form}, edition: \"1\""),
         "pack.unknown_parameter", 8),
        (replaced("edition: \"2\", from: 2021-01-01", "edition: \"2\", from: 2022-01-01"),
         "policy.no_form_at_first", 17),
        (replaced("edition: \"1\", from: 2014-01-01", "edition: \"1\", from: 2021-01-01"),
         "policy.form_out_of_order", 9),
        (replaced("{poor: {zh: 贫困户", "{pure: {zh: 贫困户"), "pack.unknown_code", 11),
        (replaced("household_type: {poor", "address: {poor"), "policy.not_a_category", 11),
        (replaced("{alleviated: {zh: 脱贫户", "{poor: {zh: 脱贫户"),
         "policy.code_outside_phase", 19),
        (replaced("becomes: alleviated", "becomes: ordinary"), "policy.becomes_no_category", 21),
        (replaced("code: poor, when: {exit_flag: exited}", "code: alleviated"),
         "policy.relabel_unreached", 21),
        (TWO + "      - {item: household_type, code: poor, when: {exit_flag: exited}, "
         "becomes: alleviated}\n", "policy.relabel_unreached", 22),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(PackInvalid) as refused:
        read_phases(text, load_layout(), {"line"})
    problem = refused.value.problems[0]
    assert (problem.code, problem.place.line) == (code, line)


def test_the_table_of_the_tests_is_right() -> None:
    assert [each.code for each in read_phases(TWO, load_layout(), {"line"})] == ["first", "second"]
