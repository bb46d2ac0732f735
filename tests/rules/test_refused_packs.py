"""A pack that is wrong is refused with the code, the file and the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.rules.api import PackInvalid, PackSource, load_pack, load_sources
from rules.packs import fact, head, parameter, refusals, rule, source

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = parameter("[{value: 5, from: 2020-01-01, source: 试验}]")

CONDITIONS = {
    "an unknown field": ("wage_incom > 0", "pack.unknown_field"),
    "a member's item in a household's condition": ("work_months > 0", "pack.unknown_field"),
    "a text nobody may judge by": ('head_name == "李"', "pack.unknown_field"),
    "an amount compared with a code": ('wage_income == "C"', "pack.type_error"),
    "an order among codes": ('housing_grade > "B"', "pack.type_error"),
    "a sum of texts": ('housing_grade + "x" == "Cx"', "pack.type_error"),
    "a truth compared with a number": ("water_safe == 1", "pack.type_error"),
    "a code that is not on its list": ('housing_grade == "E"', "pack.unknown_code"),
    "a listed code that is not on its list": ('housing_grade in ["C", "E"]', "pack.unknown_code"),
    "two code items compared": ("housing_grade == road_type", "pack.code_comparison"),
    "a number that ought to be a parameter": ("wage_income < 8500", "pack.measure_mismatch"),
    "yuan added to mu": ("wage_income + farmland > 0", "pack.measure_mismatch"),
    "yuan times yuan": ("wage_income * dibao > 0", "pack.measure_mismatch"),
    "bare division": ("wage_income / 2 > limit", "pack.not_admitted"),
    "a remainder": ("size % 2 == 0", "pack.not_admitted"),
    "a pattern": ('housing_grade.matches("C|D")', "pack.not_admitted"),
    "a macro": ("[1, 2].exists(x, x == size)", "pack.not_admitted"),
    "a floating number": ("1.5 > 1.0", "pack.not_admitted"),
    "nothing compared": ("null == null", "pack.not_admitted"),
    "a function nobody declared": ("today() > as_of", "pack.not_admitted"),
    "an index": ("[1, 2][0] == size", "pack.not_admitted"),
    "a condition that is a number": ("wage_income + dibao", "pack.not_a_condition"),
    "half a condition": ("wage_income >", "pack.syntax"),
    "a division that may be by zero": ("div_floor(wage_income, size - 1) > 0", "pack.cannot_lower"),
    "arithmetic beyond 64 bits": (
        "wage_income * income_year * income_year > limit",
        "pack.cannot_lower",
    ),
    "what is true of everybody": ("true", "pack.true_of_nothing"),
    "what is true of an empty household": ("everybody == 0", "pack.true_of_nothing"),
    "what is true as soon as a limit is set": ("limit > 0 * limit", "pack.true_of_nothing"),
}


@pytest.mark.parametrize(("when", "code"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_wrong_condition_is_refused_on_its_line(when: str, code: str) -> None:
    written = "# 说明\n" + rule(f"'{when}'" if "'" not in when else when)
    counted = fact('count: "true"', name="everybody")
    found = refusals(source(rules=written, facts=counted, parameters=LIMIT))
    line = 2 if code == "pack.true_of_nothing" else 6
    assert found == [(code, "rules/all.yaml", line)]


def test_a_fault_in_a_long_condition_is_refused_on_its_own_line() -> None:
    written = rule("|\n    wage_income >= 0\n    && dibao >= 0\n    && penson >= 0\n  # 注")
    (code, _, line), *_ = refusals(source(rules=written))
    assert (code, line) == ("pack.unknown_field", 8)


def test_a_near_name_is_offered() -> None:
    with pytest.raises(PackInvalid) as refused:
        load_sources((source(rules=rule("wage_incom > 0")),))
    assert refused.value.problems[0].values == {"name": "wage_incom", "near": "wage_income"}


FACTS = {
    "two ways of gathering": (fact('count: "true"\n  any: "true"'), "pack.one_gathering", 1),
    "no way of gathering": (fact("unit: people"), "pack.one_gathering", 1),
    "a greatest of nobody left open": (
        fact('max: work_months\n  where: "true"'),
        "pack.missing_key",
        1,
    ),
    "a household's item for a member": (fact("count: wage_income > 0"), "pack.unknown_field", 3),
    "a sum that may fall": (
        fact('sum: work_months - 1\n  where: "true"'),
        "pack.may_be_negative",
        3,
    ),
    "a count of numbers": (fact("count: work_months"), "pack.not_a_condition", 3),
    "a range times a range": (
        fact("count: on_dibao", "one")
        + fact("count: medical_insured", "two")
        + fact("value: one * two"),
        "pack.cannot_lower",
        9,
    ),
    "a name of the register": (fact('count: "true"', name="dibao"), "pack.name_taken", 1),
    "another measure than its unit": (
        fact("value: wage_income + dibao\n  unit: people"),
        "pack.unknown_unit",
        4,
    ),
    "a key nobody knows": (fact('count: "true"\n  weight: 3'), "pack.unknown_key", 4),
    "a doubled key": (fact('count: "true"\n  count: "false"'), "pack.doubled", 4),
}


@pytest.mark.parametrize(("text", "code", "line"), FACTS.values(), ids=FACTS)
def test_a_wrong_fact_is_refused_on_its_line(text: str, code: str, line: int) -> None:
    assert refusals(source(facts=text)) == [(code, "facts/all.yaml", line)]


def test_facts_that_read_each_other_are_refused_with_the_circle() -> None:
    written = fact("value: two + 1", "one") + fact("value: three + 1", "two")
    written += fact("value: one + 1", "three")
    with pytest.raises(PackInvalid) as refused:
        load_sources((source(facts=written),))
    (problem,) = refused.value.problems
    assert problem.code == "pack.cycle"
    assert problem.place.file == "facts/all.yaml"
    circle = problem.values["facts"].split(" → ")
    assert circle[0] == circle[-1]
    assert set(circle) == {"one", "two", "three"}


def test_a_fact_read_by_its_own_condition_is_a_circle() -> None:
    assert refusals(source(facts=fact("value: trial_fact + 1")))[0][0] == "pack.cycle"


VALUES = {
    "no first day": ("[{value: 5, source: 试验}]", "pack.missing_key"),
    "no source": ("[{value: 5, from: 2020-01-01}]", "pack.missing_key"),
    "a day that does not exist": (
        "[{value: 5, from: 2021-02-29, source: 试验}]",
        "pack.not_a_day",
    ),
    "an end before the beginning": (
        "[{value: 5, from: 2021-01-01, to: 2020-01-01, source: 试验}]",
        "pack.period_backwards",
    ),
    "days that overlap": (
        "[{value: 5, from: 2020-01-01, source: 甲}, {value: 6, from: 2022-01-01, source: 乙}]",
        "pack.parameter_overlap",
    ),
    "a floating amount": ("[{value: 5.005, from: 2020-01-01, source: 试验}]", "pack.bad_amount"),
    "an amount below zero": ("[{value: -5, from: 2020-01-01, source: 试验}]", "pack.bad_amount"),
    "words for an amount": ("[{value: 五, from: 2020-01-01, source: 试验}]", "pack.bad_amount"),
    "a neighbour's division": (
        '[{value: 5, from: 2020-01-01, scope: "52", source: 试验}]',
        "pack.scope_outside",
    ),
    "a township": (
        '[{value: 5, from: 2020-01-01, scope: "511921001", source: 试验}]',
        "pack.scope_outside",
    ),
    "no division": (
        '[{value: 5, from: 2020-01-01, scope: "519", source: 试验}]',
        "pack.bad_scope",
    ),
}


@pytest.mark.parametrize(("values", "code"), VALUES.values(), ids=VALUES)
def test_a_wrong_value_is_refused_on_its_line(values: str, code: str) -> None:
    assert refusals(source(parameters=parameter(values))) == [(code, "parameters/all.yaml", 5)]


def test_days_of_narrower_divisions_may_overlap() -> None:
    values = (
        "[{value: 5, from: 2020-01-01, source: 省}, "
        '{value: 6, from: 2022-01-01, scope: "5119", source: 市}, '
        '{value: 7, from: 2022-01-01, scope: "511921", source: 县}]'
    )
    assert refusals(source(parameters=parameter(values))) == []


@pytest.mark.parametrize(
    ("later", "code"),
    [
        ("{value: 6, from: 2021-06-01, source: 乙}", "pack.parameter_overlap"),
        ('{value: 6, from: 2021-06-01, scope: "51", source: 乙}', "pack.parameter_wider"),
        ("{value: 6, from: 2022-01-01, source: 乙}", ""),
        ('{value: 6, from: 2021-06-01, scope: "511921", source: 乙}', ""),
    ],
    ids=["the same days", "a wider division", "other days", "a narrower division"],
)
def test_a_later_pack_sets_other_days_or_narrower_divisions_only(later: str, code: str) -> None:
    county = ', {value: 4, from: 2021-01-01, to: 2022-01-01, scope: "5119", source: 市}'
    first = "[{value: 5, from: 2021-01-01, to: 2022-01-01, scope: '', source: 国}" + county + "]"
    if code == "pack.parameter_overlap":
        later = later.replace("source", 'scope: "", source')
    base = source("base", scope="", parameters=parameter(first))
    overlay = source("overlay", "", "base", parameters=f"limit:\n  values:\n    - {later}\n")
    wanted = [(code, "parameters/all.yaml", 3)] if code else []
    assert refusals(base, overlay) == wanted


def test_a_doubled_definition_is_refused_where_it_stands_again() -> None:
    twice = rule("dibao > 0") + rule("pension > 0", "other_rule")
    later = source("later", "51", "trial", rules=rule("pension > 0", "other_rule"))
    assert refusals(source(rules=twice), later) == [("pack.doubled", "rules/all.yaml", 1)]
    again = source("later", "51", "trial", facts=fact('count: "true"'))
    first = source(facts=fact('count: "true"'))
    assert refusals(first, again) == [("pack.doubled", "facts/all.yaml", 1)]
    redefined = source("later", "51", "trial", parameters=LIMIT)
    assert refusals(source(parameters=LIMIT), redefined) == [
        ("pack.doubled", "parameters/all.yaml", 1)
    ]


RULES = {
    "a place for nothing": ("触发", "低于 {limt}", "pack.bad_placeholder", 8),
    "a place with a format": ("触发", "低于 {limit:>3}", "pack.bad_placeholder", 8),
    "a place into a value": ("触发", "低于 {limit.denominator}", "pack.bad_placeholder", 8),
    "an open bracket": ("触发", "低于 {limit", "pack.bad_placeholder", 8),
    "a risk nobody listed": ("risk: other", "risk: war", "pack.unknown_risk", 4),
    "a severity nobody knows": ("severity: low", "severity: dire", "pack.unknown_severity", 5),
    "evidence of nothing": ("shows: []", "shows: [limt]", "pack.unknown_field", 7),
    "one language": ("en: Fired", "en: ''", "pack.empty_text", 8),
    "no source": ("  source: 试验\n", "", "pack.missing_key", 2),
    "a name in capitals": ("trial_rule", "Trial_Rule", "pack.bad_name", 2),
}


@pytest.mark.parametrize(("text", "instead", "code", "line"), RULES.values(), ids=RULES)
def test_a_wrong_rule_is_refused_on_its_line(text: str, instead: str, code: str, line: int) -> None:
    quoted = f'"{instead}"' if "{" in instead else instead
    written = "\n" + rule("dibao > limit").replace(text, quoted)
    found = refusals(PackSource("trial", {
        "pack.yaml": head(), "parameters/all.yaml": LIMIT, "rules/all.yaml": written
    }))  # fmt: skip
    assert found == [(code, "rules/all.yaml", line)]


FILES = {
    "no head": ({"facts/all.yaml": "{}\n"}, "pack.no_head"),
    "another name": ({"pack.yaml": head("other")}, "pack.other_name"),
    "another register": (
        {"pack.yaml": head().replace('layout: "20', 'layout: "19')},
        "pack.other_layout",
    ),
    "broken YAML": ({"pack.yaml": head(), "facts/all.yaml": "a: [\n"}, "pack.not_yaml"),
    "an empty file": ({"pack.yaml": head(), "facts/all.yaml": "# 空\n"}, "pack.empty_file"),
    "a list of facts": ({"pack.yaml": head(), "facts/all.yaml": "- a\n"}, "pack.not_a_mapping"),
    "an alias": (
        {"pack.yaml": head(), "facts/all.yaml": "a: &x {b: 1}\nc: *x\n"},
        "pack.alias",
    ),
    "a tag": ({"pack.yaml": head(), "facts/all.yaml": "a: !!python/name:os.system\n"}, None),
}


@pytest.mark.parametrize(("files", "code"), FILES.values(), ids=FILES)
def test_a_wrong_file_is_refused(files: dict[str, str], code: str | None) -> None:
    found = refusals(PackSource("trial", files))
    assert found
    assert code in {None, found[0][0]}


def test_problems_of_many_files_are_told_together() -> None:
    found = refusals(source(facts=fact("count: nothing") + fact("count: neither", "second")))
    assert found == [
        ("pack.unknown_field", "facts/all.yaml", 3),
        ("pack.unknown_field", "facts/all.yaml", 6),
    ]


def test_a_fact_that_reads_a_refused_one_is_not_blamed() -> None:
    written = fact("count: nothing", "first") + fact("value: first + 1", "second")
    assert refusals(source(facts=written)) == [("pack.unknown_field", "facts/all.yaml", 3)]


def test_a_folder_with_a_stranger_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "pack.yaml").write_text(head(), encoding="utf-8")
    (folder / "README.md").write_text("说明", encoding="utf-8")
    assert load_pack(folder).name == "trial"
    (folder / "rules.yml").write_text("{}", encoding="utf-8")
    with pytest.raises(PackInvalid, match=r"rules\.yml:1: pack\.unknown_file"):
        load_pack(folder)


def test_a_pack_that_extends_itself_or_nothing_is_refused(tmp_path: Path) -> None:
    for name, parent in (("one", "two"), ("two", "one"), ("three", "nowhere")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(head(name, "51", parent), encoding="utf-8")
    with pytest.raises(PackInvalid, match=r"pack.extends_itself"):
        load_pack(tmp_path / "one")
    with pytest.raises(PackInvalid, match=r"pack.not_found"):
        load_pack(tmp_path / "three")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "pack.yaml").write_bytes(head().encode("gb18030"))
    with pytest.raises(PackInvalid, match=r"pack.not_unicode"):
        load_pack(folder)
