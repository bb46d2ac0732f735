"""The packs that the product ships: they load, hold their tests, and name their sources."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.rules.api import load_pack, run_pack_tests

DAY = date(2026, 11, 20)
COUNTY = "511921"
SIX = {
    "income_below_line": "income",
    "medical_burden": "illness",
    "unsafe_housing": "housing",
    "child_out_of_school": "schooling",
    "disability_without_labour": "disability",
    "unstable_work": "work",
}


@pytest.mark.parametrize("name", ["nation", "sichuan", "demo"])
def test_a_shipped_pack_holds_its_own_tests(name: str) -> None:
    failed = [each for each in run_pack_tests(load_pack(name)) if each.problem is not None]
    assert failed == []


def test_every_rule_of_the_province_is_tested_in_all_three_answers() -> None:
    pack = load_pack("sichuan")
    texts = "".join(source.files[path] for source in pack.sources for path in source.files
                    if path.startswith("tests/"))  # fmt: skip
    for rule in pack.rules:
        for outcome in ("fired", "clear", "unknown"):
            assert f"{rule}: {outcome}" in texts


def test_the_province_has_six_rules_of_six_kinds_of_risk() -> None:
    pack = load_pack("sichuan")
    assert {name: rule.risk for name, rule in pack.rules.items()} == SIX
    assert all(rule.measures for rule in pack.rules.values())


def test_the_nation_sets_a_line_for_2021_and_guesses_no_other_year() -> None:
    pack = load_pack("sichuan")
    found = {
        year: pack.parameters_on(date(year, 7, 1), COUNTY).get("monitoring_line")
        for year in range(2020, 2028)
    }
    assert found == {2021: 600_000} | dict.fromkeys((2020, *range(2022, 2028)))
    assert pack.missing_parameters(pack.parameters_on(DAY, COUNTY)) == {
        "income_below_line": ("monitoring_line",),
        "medical_burden": ("medical_burden_limit",),
        "unstable_work": ("stable_work_months",),
    }


def test_made_up_values_are_marked_one_by_one_and_the_pack_as_a_whole() -> None:
    demo, province = load_pack("demo"), load_pack("sichuan")
    assert demo.demo
    assert not province.demo
    given = demo.parameters_on(DAY, COUNTY)
    assert (given["monitoring_line"], given["medical_burden_limit"]) == (850_000, 2_000_000)
    assert given["stable_work_months"] == 6
    values = [value for each in demo.parameters.values() for value in each.values]
    assert {value.demo for value in values if value.origin.pack == "demo"} == {True}
    assert {value.demo for value in values if value.origin.pack != "demo"} == {False}
    assert not demo.missing_parameters(given)


def test_every_value_and_rule_names_its_source() -> None:
    pack = load_pack("demo")
    values = [value for each in pack.parameters.values() for value in each.values]
    assert all(value.source for value in values)
    assert all(rule.source for rule in pack.rules.values())
    assert all(each.source for each in pack.parameters.values())
    unverified = {name for name, each in pack.parameters.items() if any(
        value.unverified for value in each.values)}  # fmt: skip
    assert {"compulsory_school_from", "compulsory_school_to"} <= unverified


def test_what_is_judged_holds_no_name_and_no_text() -> None:
    pack = load_pack("demo")
    personal = {each.name for each in pack.layout if each.secret or each.type in {"text", "date"}}
    assert {"head_name", "name", "id_number", "birth_date"} <= personal
    for items in pack.items.values():
        assert not personal & set(items)
    assert {"birth_month", "labour", "work_place"} <= set(pack.items["member"])
