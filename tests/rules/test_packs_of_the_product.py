"""The packs that the product ships: they load, hold their tests, and name their sources."""

from __future__ import annotations

from collections import Counter
from datetime import date

import yaml

from bangfu.rules.api import load_pack, run_pack_tests

DAY = date(2026, 11, 20)
COUNTY = "511921"
RISKS = {
    "income": {"income_below_line", "income_fall", "low_income_group", "mostly_transfers"},
    "illness": {
        "medical_burden",
        "medical_cost_reported",
        "serious_illness",
        "serious_illness_reported",
    },
    "insurance": {"uninsured"},
    "schooling": {"child_out_of_school", "education_burden", "dropout_reported"},
    "disability": {"disability_without_labour", "new_disability"},
    "housing": {"unsafe_housing", "housing_reported"},
    "water": {"unsafe_water", "water_cut"},
    "disaster": {"disaster_loss"},
    "accident": {"accident"},
    "industry": {"industry_failure"},
    "work": {"unstable_work", "job_lost", "unpaid_wages"},
    "labour": {"worker_died", "no_labour"},
    "debt": {"overdue_credit", "heavy_debt"},
    "care": {"elderly_alone", "orphan_child", "left_behind_child"},
    "safety_net": {"newly_on_dibao", "dibao_unhelped", "large_aid"},
    "market": {"price_fall"},
    "relocation": {"relocated_without_work"},
}
URGENT = {
    "income_below_line",
    "medical_burden",
    "medical_cost_reported",
    "serious_illness_reported",
    "unsafe_housing",
    "housing_reported",
    "child_out_of_school",
    "dropout_reported",
    "disability_without_labour",
    "unsafe_water",
    "disaster_loss",
    "accident",
    "worker_died",
    "orphan_child",
    "relocated_without_work",
}
NEEDED = {
    "income_below_line": ("monitoring_line",),
    "income_fall": ("income_fall_percent",),
    "medical_burden": ("medical_burden_limit",),
    "education_burden": ("education_burden_limit",),
    "unstable_work": ("stable_work_months",),
    "mostly_transfers": ("transfer_share_percent",),
    "elderly_alone": ("elderly_from",),
    "heavy_debt": ("debt_percent", "feed_window_months"),
    "price_fall": ("feed_window_months", "price_fall_percent", "product_share_percent"),
    "orphan_child": ("adult_from", "adult_to", "child_to"),
}
HOLDS_WITHOUT_PARAMETERS = {
    "unsafe_housing",
    "child_out_of_school",
    "disability_without_labour",
    "uninsured",
    "unsafe_water",
    "no_labour",
    "dibao_unhelped",
    "relocated_without_work",
}


def test_the_shipped_packs_hold_their_own_tests() -> None:
    outcomes = run_pack_tests(load_pack("demo"))
    assert [each for each in outcomes if each.problem is not None] == []
    assert {each.pack for each in outcomes} == {"sichuan", "demo"}


def test_every_rule_of_the_province_has_five_cases_or_more() -> None:
    pack = load_pack("sichuan")
    (province,) = (source for source in pack.sources if source.name == "sichuan")
    cases = [
        case
        for path, text in province.files.items()
        if path.startswith("tests/")
        for case in yaml.safe_load(text)["cases"]
    ]
    counted = Counter(rule for case in cases for rule in case["expect"])
    assert {rule: counted[rule] for rule in pack.rules if counted[rule] < 5} == {}


def test_every_rule_of_the_province_is_tested_in_all_three_answers() -> None:
    pack = load_pack("sichuan")
    texts = "".join(source.files[path] for source in pack.sources for path in source.files
                    if path.startswith("tests/"))  # fmt: skip
    for rule in pack.rules:
        for outcome in ("fired", "clear", "unknown"):
            assert f"{rule}: {outcome}" in texts


def test_the_rules_of_the_province_stand_under_their_kinds_of_risk() -> None:
    pack = load_pack("sichuan")
    found: dict[str, set[str]] = {}
    for name, rule in pack.rules.items():
        found.setdefault(rule.risk, set()).add(name)
    assert found == RISKS
    assert {name for name, rule in pack.rules.items() if rule.severity == "high"} == URGENT
    assert len(pack.facts) >= 50


def test_every_rule_says_what_to_do_why_it_is_clear_and_what_it_rests_on() -> None:
    pack = load_pack("sichuan")
    for name, rule in pack.rules.items():
        assert rule.measures, name
        assert rule.clear, name
        assert set(rule.shows) & pack.reads[name], name


def test_every_fact_is_read_or_shown_by_some_rule() -> None:
    pack = load_pack("sichuan")
    read = {each for names in pack.reads.values() for each in names}
    shown = {each for rule in pack.rules.values() for each in rule.shown_names}
    assert set(pack.facts) <= read | shown


def test_every_matter_that_departments_report_has_a_rule_that_listens() -> None:
    pack = load_pack("sichuan")
    triggers = {code.code for code in pack.layout.lists["report_trigger"].codes}
    read = {each for names in pack.reads.values() for each in names}
    assert {pack.facts[name].feed for name in read & pack.facts.keys()} - {""} == triggers


def test_the_nation_sets_a_line_for_2021_and_guesses_no_other_year() -> None:
    pack = load_pack("sichuan")
    found = {
        year: pack.parameters_on(date(year, 7, 1), COUNTY).get("monitoring_line")
        for year in range(2020, 2028)
    }
    assert found == {2021: 600_000} | dict.fromkeys((2020, *range(2022, 2028)))
    missing = pack.missing_parameters(pack.parameters_on(DAY, COUNTY))
    assert set(pack.rules) - set(missing) == HOLDS_WITHOUT_PARAMETERS
    assert {name: missing[name] for name in NEEDED} == NEEDED


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
