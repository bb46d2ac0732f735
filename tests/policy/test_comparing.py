"""What differs between two packs, and how a pack stands on a day."""

from __future__ import annotations

from datetime import date

from bangfu.policy.domain.comparing import Turn, compare
from bangfu.policy.domain.standing import Hold, standing_of
from bangfu.rules.api import Pack, PackSource, load_sources
from bangfu.rules.layout import load_layout

HEAD = f"""
pack: trial
version: "1"
scope: "51"
layout: "{load_layout().version}"
name: {{zh: 试验, en: Trial}}
risks: {{housing: {{zh: 住房, en: Housing}}}}
"""
PARAMETERS = """
limit:
  name: {zh: 限额, en: Limit}
  unit: yuan/household/year
  source: 试验
  values:
    - {value: 5000, from: 2026-01-01, to: 2027-01-01, source: 甲}
    - {value: 7000, from: 2026-01-01, scope: "5119", source: 乙}
never:
  name: {zh: 从未录入, en: Never}
  unit: days
  source: 试验
past:
  name: {zh: 以前的线, en: Past}
  unit: yuan
  source: 试验
  values: [{value: 1, from: 2014-01-01, to: 2021-01-01, source: 丙}]
"""
FACTS = """
burden:
  name: {zh: 负担, en: Burden}
  value: self_paid_medical - claims_income
"""
RULES = """
heavy:
  name: {zh: 负担重, en: Heavy}
  risk: housing
  severity: high
  when: burden >= limit
  shows: [burden, limit]
  reason: {zh: "负担 {burden}。", en: "Burden {burden}."}
  source: 试验
"""


def pack(**changes: str) -> Pack:
    files = {
        "pack.yaml": HEAD,
        "parameters/all.yaml": PARAMETERS,
        "facts/all.yaml": FACTS,
        "rules/all.yaml": RULES,
    }
    files |= {f"{name}/all.yaml": text for name, text in changes.items()}
    source = PackSource("trial", {path: files[path] for path in sorted(files)})
    return load_sources((source,))


def test_the_same_pack_differs_in_nothing() -> None:
    assert compare(pack(), pack(), "zh").nothing
    noted = pack(rules="# 注释\n" + RULES)
    assert compare(pack(), noted, "zh").nothing


def test_a_new_value_is_told_and_the_rules_that_read_it_are_named() -> None:
    later = pack(parameters=PARAMETERS.replace("value: 5000", "value: 6000"))
    found = compare(pack(), later, "zh")
    assert [(each.name, each.turn) for each in found.parameters] == [("limit", Turn.CHANGED)]
    aspect = found.parameters[0].aspects[0]
    assert (aspect.label, aspect.before[:7], aspect.after[:7]) == (
        "51 2026-01-01", "5,000 元", "6,000 元",
    )  # fmt: skip
    assert (found.rules, found.rules_touched) == ((), ("heavy",))


def test_what_a_fact_newly_reads_touches_its_rule() -> None:
    found = compare(pack(), pack(facts=FACTS.replace(" - claims_income", "")), "zh")
    assert [each.name for each in found.facts] == ["burden"]
    assert found.rules_touched == ("heavy",)


def test_rules_come_and_go_and_change_in_words() -> None:
    changed = compare(pack(), pack(rules=RULES.replace(">=", ">")), "zh")
    assert [(each.turn, each.aspects[0].after) for each in changed.rules] == [
        (Turn.CHANGED, "负担高于限额")
    ]
    added = compare(pack(rules=RULES.replace("heavy:", "other:")), pack(), "zh")
    assert {each.name: each.turn for each in added.rules} == {
        "heavy": Turn.ADDED,
        "other": Turn.REMOVED,
    }
    files = compare(pack(), pack(procedures="name: clue\n"), "zh")
    assert (files.files, files.nothing) == (("trial/procedures/all.yaml",), False)


def test_a_parameter_waits_where_rules_need_it_and_not_where_its_days_are_over() -> None:
    holds = {
        name: each.hold for name, each in standing_of(pack(), date(2026, 6, 1)).parameters.items()
    }
    assert holds == {"limit": Hold.HOLDS, "never": Hold.AWAITED, "past": Hold.OTHER_DAYS}
    later = standing_of(pack(), date(2027, 1, 1))
    assert later.parameters["limit"].hold is Hold.AWAITED
    assert later.parameters["limit"].blocked == ("heavy",)
    assert later.parameters["limit"].elsewhere == 1
    assert dict(later.blocked) == {"heavy": ("limit",)}
