"""Facts over what departments report: what may be written, how it reads, and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from bangfu.rules.api import (
    DataUnfit,
    Outcome,
    Range,
    describe_fact,
    judge_frames,
    judge_household,
    load_pack,
    load_sources,
    run_pack_tests,
)
from bangfu.rules.engines.frames import KEY, empty_rows
from bangfu.rules.engines.reference import find_facts
from bangfu.rules.kinds import LARGEST_REPORTED, MOST_REPORTS
from bangfu.rules.pack import Over
from rules.packs import fact, load, parameter, refusals, rule, source

DAY = date(2026, 11, 20)
MONTH = 2026 * 12 + 10
AID = "over: reports\n  feed: temporary_aid"
RECENT = "where: months_between(month, as_of) < 12"
FACTS = fact(f"{AID}\n  sum: amount\n  {RECENT}", "aid") + fact(
    f'{AID}\n  count: "true"', "times_helped"
)
LIMIT = parameter("[{value: 3000, from: 2020-01-01, source: 试验}]")
PACK = load(facts=FACTS, parameters=LIMIT, rules=rule("aid >= limit"))
GIVEN = PACK.parameters_on(DAY, "511921")
TOLD = {"feeds": ["temporary_aid", "medical"]}
Row = dict[str, Any]


def aid(amount: int | None, month: int | None = MONTH) -> Row:
    return {"trigger": "temporary_aid", "amount": amount, "month": month}


@pytest.mark.parametrize(
    ("household", "reports", "value", "outcome"),
    [
        ({}, [], Range(0, None), "unknown"),
        ({"feeds": ["medical"]}, [], Range(0, None), "unknown"),
        (TOLD, [], 0, "clear"),
        (TOLD, [aid(100_000), aid(200_000)], 300_000, "fired"),
        ({}, [aid(100_000), aid(200_000)], Range(300_000, None), "fired"),
        ({}, [aid(100_000)], Range(100_000, None), "unknown"),
        (TOLD, [aid(100_000), aid(None)], Range(100_000, None), "unknown"),
        (TOLD, [aid(100_000), aid(900_000, MONTH - 12)], 100_000, "clear"),
        (TOLD, [aid(100_000), aid(900_000, None)], Range(100_000, 1_000_000), "unknown"),
        (TOLD, [{"trigger": "medical", "amount": 900_000, "month": MONTH}], 0, "clear"),
    ],
)
def test_no_report_is_nothing_only_where_the_list_came(
    household: Row, reports: list[Row], value: object, outcome: str
) -> None:
    known, _ = find_facts(PACK, household, [], DAY, GIVEN, reports)
    assert known["aid"] == value
    [verdict] = judge_household(PACK, household, [], DAY, GIVEN, reports)
    assert verdict.outcome.value == outcome
    assert by_frames([household], reports) == [outcome]


def frame(over: Over, rows: list[Row]) -> pl.DataFrame:
    schema = empty_rows(PACK, over, pl.String()).schema
    filled = [{name: row.get(name) for name in schema} | {KEY: "1"} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def by_frames(households: list[Row], reports: list[Row]) -> list[str]:
    judged = judge_frames(
        PACK,
        frame(Over.HOUSEHOLD, households),
        frame(Over.MEMBERS, []),
        DAY,
        GIVEN,
        reports=frame(Over.REPORTS, reports),
        with_clear=True,
    )
    return judged["outcome"].to_list()


def test_households_of_an_older_snapshot_have_heard_of_no_list() -> None:
    older = frame(Over.HOUSEHOLD, [{}]).drop("feeds")
    judged = judge_frames(PACK, older, frame(Over.MEMBERS, []), DAY, GIVEN)
    assert judged["outcome"].to_list() == ["unknown"]


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([aid(100)] * (MOST_REPORTS + 1), "rules.too_many_reports"),
        ([aid(LARGEST_REPORTED + 1)], "rules.out_of_bounds"),
        ([aid(-1)], "rules.out_of_bounds"),
        ([{"trigger": None, "amount": 5}], "rules.wrong_type"),
    ],
    ids=["too many", "too much", "less than nothing", "about nothing"],
)
def test_reports_no_rule_may_be_asked_about(reports: list[Row], code: str) -> None:
    with pytest.raises(DataUnfit) as of_reference:
        judge_household(PACK, TOLD, [], DAY, GIVEN, reports)
    with pytest.raises(DataUnfit) as of_embedded:
        by_frames([TOLD], reports)
    found = [each.value.problems[0].code for each in (of_reference, of_embedded)]
    assert found == [code, code]


def test_many_reports_of_different_matters_are_fine() -> None:
    reports = [aid(1)] * MOST_REPORTS + [{"trigger": "medical", "month": MONTH}] * MOST_REPORTS
    known, _ = find_facts(PACK, TOLD, [], DAY, GIVEN, reports)
    assert known["aid"] == MOST_REPORTS
    assert by_frames([TOLD], reports) == ["clear"]


REFUSED = {
    "no feed": ('over: reports\n  count: "true"', "pack.missing_key"),
    "a feed nobody sends": ('over: reports\n  feed: rain\n  count: "true"', "pack.unknown_code"),
    "members with a feed": ('feed: medical\n  count: "true"', "pack.unknown_key"),
    "over something else": ('over: clues\n  count: "true"', "pack.unknown_field"),
    "a formula with a feed": ("feed: medical\n  value: dibao", "pack.unknown_key"),
    "a formula over reports": ("over: reports\n  value: dibao", "pack.unknown_key"),
    "a report's item of a member": ("count: percent > 2", "pack.unknown_field"),
    "a member's item of a report": (f"{AID}\n  count: work_months > 2", "pack.unknown_field"),
    "a household's item of a report": (f"{AID}\n  count: size > 2", "pack.unknown_field"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_fact_that_is_refused(name: str) -> None:
    text, code = REFUSED[name]
    assert [each[0] for each in refusals(source(facts=fact(text)))] == [code]


def test_a_rule_that_is_true_when_nothing_was_reported_yet_is_refused() -> None:
    assert refusals(source(facts=FACTS, rules=rule("times_helped >= 0"))) == [
        ("pack.true_of_nothing", "rules/all.yaml", 1)
    ]
    assert refusals(source(facts=FACTS, rules=rule("times_helped == 0"))) == []


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            f"{AID}\n  sum: amount\n  where: percent > 5",
            "部门推送的“临时救助”中跌幅高于 5 的金额之和",
            "The sum of Amount over reports of “Temporary aid” where Fall in per cent is above 5",
        ),
        (
            f'{AID}\n  count: "true"',
            "部门推送的“临时救助”的条数",
            "The number of reports of “Temporary aid”",
        ),
        (
            f'{AID}\n  any: labour in ["skilled"]',
            "部门推送的“临时救助”中有当事人劳动技能是技能劳动力的",
            "There is a report of “Temporary aid” where",
        ),
    ],
)
def test_a_fact_over_reports_has_its_words(text: str, zh: str, en: str) -> None:
    pack = load(facts=fact(text))
    assert describe_fact(pack, pack.facts["trial_fact"], "zh") == zh
    assert describe_fact(pack, pack.facts["trial_fact"], "en").startswith(en)


def test_what_is_missing_is_the_list_or_the_reports_item() -> None:
    [untold] = judge_household(PACK, {}, [], DAY, GIVEN)
    [(name, feed, label)] = [(each.name, each.is_feed, each.label.zh) for each in untold.missing]
    assert (name, feed, label) == ("temporary_aid", True, "临时救助")
    [unpaid] = judge_household(PACK, TOLD, [], DAY, GIVEN, [aid(None)])
    assert unpaid.outcome is Outcome.UNKNOWN
    assert [(each.name, each.of_reports) for each in unpaid.missing] == [("amount", True)]


def test_the_feed_is_part_of_a_packs_meaning() -> None:
    other = FACTS.replace("feed: temporary_aid", "feed: medical")
    assert load(facts=other, parameters=LIMIT, rules=rule("aid >= limit")).hash != PACK.hash


def test_a_packs_own_tests_say_what_was_reported() -> None:
    tests = """
      as_of: 2026-11-20
      division: "511921"
      feeds: [temporary_aid]
      cases:
        - name: 两次共 3,000 元
          reports:
            - {trigger: temporary_aid, month: 2026-11, amount: 1000}
            - {trigger: temporary_aid, month: 2025-12, amount: 2000}
          expect: {trial_rule: fired}
          values: {aid: 3000}
        - name: 没有名单
          feeds: []
          expect: {trial_rule: unknown}
          values: {aid: [0, unknown]}
        - name: 有名单而未列入
          expect: {trial_rule: clear}
    """
    written = source(facts=FACTS, parameters=LIMIT, rules=rule("aid >= limit"), tests=tests)
    outcomes = run_pack_tests(load_sources((written,)))
    assert [(each.name, each.problem) for each in outcomes] == [
        ("两次共 3,000 元", None),
        ("没有名单", None),
        ("有名单而未列入", None),
    ]


RISKS = (
    "income illness schooling disability housing water insurance disaster accident industry "
    "work labour debt care safety_net market relocation"
)


def test_the_products_rules_use_the_risks_that_clues_are_grouped_by() -> None:
    pack = load_pack("demo")
    assert sorted({each.risk for each in pack.rules.values()}) == sorted(RISKS.split())
    assert {each.risk for each in pack.rules.values()} <= pack.risks.keys()
