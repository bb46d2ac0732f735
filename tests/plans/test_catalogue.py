"""The catalogue: what answers what, what is proposed, and tables that are refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.division import DivisionCode
from bangfu.plans.domain.catalogue import Catalogue, RiskRow
from bangfu.plans.domain.catalogue_reading import read_catalogue
from bangfu.plans.domain.checking import Cap, over_cap
from bangfu.plans.domain.effects import effect_of, seen
from bangfu.plans.domain.standing import (
    CARRIED,
    DONE,
    OPEN,
    Mark,
    MeasureFacts,
    facts_of,
    labour_of,
)
from bangfu.plans.domain.suggesting import suggest
from bangfu.plans.queries.catalogue import catalogue_of, check_pack
from bangfu.rules.api import PackInvalid, load_pack
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from bangfu.rules.api import Pack

PACK = load_pack("sichuan")
TABLE = catalogue_of(PACK)
DAY = date(2026, 11, 20)
STATES = ("planned", "agreed", "started", "done", "stopped", "dropped")
FAMILIES = st.sampled_from([each.code for each in TABLE.choosable])
RISKS = st.sampled_from(list(TABLE.risks))
DAYS = st.one_of(st.none(), st.integers(-60, 60).map(lambda n: DAY + timedelta(days=n)))
MARKS = st.builds(
    Mark,
    family=FAMILIES,
    risk=st.one_of(st.just(""), RISKS),
    state=st.sampled_from(STATES),
    started_on=DAYS,
    ended_on=DAYS,
    due_on=DAYS,
)


def test_the_national_table_has_the_fifteen_families_and_the_first_seven_rows_of_the_form() -> None:
    assert len(TABLE.families) == 15
    assert [each.code for each in TABLE.families.values() if each.derived] == ["development"]
    rows = {
        "illness": {"health", "comprehensive", "social"},
        "disability": {"comprehensive", "social"},
        "schooling": {"schooling", "education", "social"},
        "housing": {"housing"},
        "water": {"water"},
        "dropout": {"schooling"},
        "insurance": {"health", "social"},
    }
    for risk, families in rows.items():
        assert set(TABLE.risks[risk].needs) == families
        assert not TABLE.risks[risk].unverified
    assert TABLE.developmental == {"industry", "employment", "finance", "post"}
    assert all(TABLE.risks[each].unverified for each in ("disaster", "industry", "work", "labour"))


def test_every_rule_of_the_pack_names_a_risk_that_measures_answer() -> None:
    check_pack(PACK)
    for rule in PACK.rules.values():
        row = TABLE.risks[rule.risk]
        assert any(TABLE.answers(each.family, rule.risk, rule.risk) for each in row.contents)


@given(family=FAMILIES, for_risk=RISKS, risk=RISKS)
def test_a_measure_answers_what_the_table_names_and_nothing_else(
    family: str, for_risk: str, risk: str
) -> None:
    needs = TABLE.risks[risk].needs
    expected = family in needs if needs else for_risk == risk
    assert TABLE.answers(family, for_risk, risk) is expected
    assert (risk in TABLE.answered([(family, for_risk)], [risk])) is expected


@given(marks=st.lists(MARKS, max_size=8))
def test_only_done_measures_answer_and_more_of_them_never_answer_less(marks: list[Mark]) -> None:
    found = facts_of(marks, TABLE, DAY)
    done = [each for each in marks if each.state == DONE]
    assert found.matched_done == facts_of(done, TABLE, DAY).matched_done
    assert found.matched_done >= facts_of(marks[:-1], TABLE, DAY).matched_done
    assert (found.matched_done == frozenset()) or done
    assert found.done == len(done)


@given(marks=st.lists(MARKS, max_size=8))
def test_the_numbers_hold_together(marks: list[Mark]) -> None:
    found = facts_of(marks, TABLE, DAY)
    assert found.started == sum(each.state in CARRIED for each in marks)
    assert 0 <= found.done <= found.started
    assert 0 <= found.developmental_started <= found.started
    assert 0 <= found.overdue <= found.open
    assert found.open == sum(each.state in OPEN for each in marks)
    assert facts_of([], TABLE, DAY) == MeasureFacts()


@given(risks=st.lists(RISKS, unique=True, max_size=5), labour=st.sampled_from([True, False, None]))
def test_what_is_proposed_answers_every_risk_and_uses_labour(
    risks: list[str], labour: bool | None
) -> None:
    found = suggest(TABLE, risks, labour)
    taken = [(each.family, each.risk) for each in found]
    assert TABLE.answered(taken, risks) == frozenset(risks)
    families = {each.family for each in found}
    if labour:
        assert families & TABLE.developmental
    if labour is False:
        assert families & TABLE.safety_net
    # What stands already is not proposed again.
    assert suggest(TABLE, risks, labour, taken) == []


@given(amount=st.integers(0, 10**9), cap=st.integers(0, 10**9))
def test_a_cap_may_be_reached_and_not_passed(amount: int, cap: int) -> None:
    assert over_cap(amount, Cap("microcredit_limit", cap, "")) is (amount > cap)
    assert not over_cap(amount, None)
    assert not over_cap(None, Cap("microcredit_limit", cap, ""))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), False),
        (("none",), False),
        (("none", None), None),
        (("weak", None), True),
        (("lost", ""), None),
        (("none", "ordinary"), True),
    ],
)
def test_labour_is_unknown_only_where_an_unknown_member_decides(
    codes: tuple[str | None, ...], expected: bool | None
) -> None:
    assert labour_of(codes, TABLE.labour) is expected


def test_what_a_measure_brought_is_read_off_both_days() -> None:
    guarantees = ["housing", "water"]
    was = {"a": ("housing", "fired"), "b": ("income", "fired"), "c": ("water", "unknown")}
    now = {"a": ("housing", "clear"), "b": ("income", "fired"), "c": ("water", "fired")}
    before = seen("2026-01-01", "p", 100, 3, was, guarantees)
    after = seen("2026-11-01", "p", None, 3, now, guarantees)
    effect = effect_of({"before": before, "after": after})
    assert effect is not None
    assert (effect.ended, effect.lasting, effect.begun) == (("a",), ("b",), ("c",))
    assert (effect.secured, effect.open) == (("housing",), ("water",))
    assert effect.income_change is None
    assert effect_of({"before": before}) is None


def test_what_became_unknown_has_not_ended() -> None:
    before = seen("2026-01-01", "p", 1, 1, {"a": ("housing", "fired")}, ["housing"])
    after = seen("2026-11-01", "p", 1, 1, {"a": ("housing", "unknown")}, ["housing"])
    effect = effect_of({"before": before, "after": after})
    assert effect is not None
    assert effect.ended == ()
    assert effect.secured == ()


GOOD = """version: "1"
source: 测试
families:
  health: {name: {zh: 健康, en: Health}}
  none: {name: {zh: 状况, en: State}, derived: true}
risks:
  illness: {needs: [health], source: 测试}
"""


def read(text: str, *more: str) -> Catalogue:
    texts = [("nation", text), *(("sichuan", each) for each in more)]
    return read_catalogue(texts, load_layout(), {"microcredit_limit"}, {"illness", "debt"})


def test_a_good_table_is_read_and_added_to() -> None:
    more = 'version: "1"\nsource: x\nrisks:\n  debt: {needs: [], source: x}\n'
    assert list(read(GOOD, more).risks) == ["illness", "debt"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("needs: [health]", "needs: [gold]", "plans.unknown_family", 7),
        ("needs: [health]", "needs: [none]", "plans.unknown_family", 7),
        ("illness:", "bad_luck:", "pack.unknown_risk", 7),
        ("name: {zh: 健康, en: Health}", "cap: gold_limit, name: {zh: 健, en: H}",
         "pack.unknown_parameter", 4),
        ("source: 测试\nfamilies", "families", "pack.missing_key", 1),
        ("health: {name: {zh: 健康, en: Health}}", "health: {}", "pack.missing_key", 4),
        ("source: 测试}", "source: 测试, wonder: 1}", "pack.unknown_key", 7),
        ("risks:", "labour: {codes: [strong], source: x}\nrisks:", "pack.unknown_code", 6),
        ("risks:", "allowances: [gold]\nrisks:", "pack.unknown_field", 6),
        ("risks:", "monitored: {household_type: [rich]}\nrisks:", "pack.unknown_code", 6),
        ("risks:", "monitored: {head_name: [x]}\nrisks:", "pack.unknown_field", 6),
        ("risks:", "with_labour: [{family: gold, zh: x, en: x}]\nrisks:",
         "plans.unknown_family", 6),
        ("risks:", "with_labour: [{family: health, zh: ' ', en: x}]\nrisks:",
         "pack.empty_text", 6),
        ("version", "version:\n  - x\nwonder", "pack.unknown_key", 3),
        (GOOD, "[]", "pack.not_a_mapping", 1),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused_with_file_line_and_reason(
    old: str, new: str, code: str, line: int
) -> None:
    with pytest.raises(PackInvalid) as refused:
        read(GOOD.replace(old, new, 1))
    problem = refused.value.problems[0]
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.place.file == "nation/measures.yaml"


def test_a_province_adds_and_does_not_rewrite() -> None:
    with pytest.raises(PackInvalid) as refused:
        read(GOOD, GOOD)
    found = {(each.code, each.place.file) for each in refused.value.problems}
    assert found == {("pack.doubled", "sichuan/measures.yaml")}


def test_a_pack_whose_rule_no_measure_answers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: dict[str, RiskRow] = {code: row for code, row in TABLE.risks.items() if code != "illness"}
    less = Catalogue(TABLE.families, rows)

    def lacking(pack: Pack) -> Catalogue:
        return less

    monkeypatch.setattr("bangfu.plans.queries.catalogue.catalogue_of", lacking)
    with pytest.raises(PackInvalid) as refused:
        check_pack(PACK)
    problem = refused.value.problems[0]
    assert problem.code == "plans.rule_without_measures"
    assert problem.place.file == "sichuan/rules/illness.yaml"
    assert problem.place.line > 0


def test_every_cap_has_a_parameter_and_no_other_number_stands_in_the_table() -> None:
    caps = {each.code: each.cap for each in TABLE.families.values() if each.cap}
    assert caps == {"finance": "microcredit_limit"}
    value = PACK.parameters["microcredit_limit"].value_on(DAY, DivisionCode("511921"))
    assert value is not None
    assert (value.value, value.unverified) == (50_000_00, True)


def test_a_list_that_never_came_says_nothing_against_the_register() -> None:
    outcomes = {"a": ("housing", "clear"), "b": ("housing", "unknown"), "c": ("water", "unknown")}
    guarantees = ["housing", "water", "dropout"]
    found = seen("2026-11-01", "p", 1, 1, outcomes, guarantees, ["b", "c"])["guarantees"]
    assert found == {"housing": "clear", "water": "unknown"}
    found = seen("2026-11-01", "p", 1, 1, outcomes, guarantees)["guarantees"]
    assert found == {"housing": "unknown", "water": "unknown"}
