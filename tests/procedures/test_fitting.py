"""A pack whose tables do not fit it, or the product's rights, is refused: file, line, reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.ui.wording import sentence_of
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import ProcedureInvalid
from procedures.packs import HELP, PARAMETERS, write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.kernel.problems import Problem

pytestmark = pytest.mark.usefixtures("trial")


def problems_of(folder: Path, table: str, parameters: str = PARAMETERS) -> list[Problem]:
    """Why a pack with this table is refused."""
    path = write_pack(folder / "wrong", help=table)
    (path / "parameters" / "trial.yaml").write_text(parameters, encoding="utf-8")
    with pytest.raises(ProcedureInvalid) as refused:
        publish_pack(actor=system_actor("tests"), path=path)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("parameter: income_line", "parameter: income_lime", "unknown_parameter", "  line:"),
        ("parameter: notice_days", "parameter: notice_dogs", "unknown_parameter", "  notice:"),
        ("parameter: review_days", "parameter: review_dogs", "unknown_parameter", "  reviewed:"),
        (
            "months: {type: count,",
            "months: {type: household_fact, fact: headcount,",
            "unknown_household_fact",
            "  months:",
        ),
        (
            "parameter: review_days, unit: working_days",
            "parameter: review_days, unit: calendar_days",
            "limit_in_other_unit",
            "  reviewed:",
        ),
        ("capability: cases.record", "capability: cases.recall", "unknown_capability", "opens:"),
        ("reads: cases.read", "reads: cases.reed", "unknown_capability", "reads:"),
        ("capability: cases.verify", "capability: cases.verity", "unknown_capability", "  review:"),
        ("tiers: [county]", "tiers: [province]", "move_nobody_holds", "  refuse:"),
        ("reads: cases.read", "reads: registry.import", "escalates_to_nobody", "  reviewed:"),
        ("when: months >= least", "when: months >= line", "guard_invalid", "  long_enough:"),
        (
            "parameter: income_line, label",
            "parameter: income_line, unit: months, label",
            "unknown_fact_unit",
            "  line:",
        ),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, where: str
) -> None:
    assert old in HELP
    table = HELP.replace(old, new, 1)
    if "unit: months" in new:
        table = table.replace("when: income > line", "when: months > line")
    found = problems_of(tmp_path, table)
    first = next(each for each in found if each.code == f"procedures.table.{code}")
    line = next(n for n, text in enumerate(table.splitlines(), 1) if text.startswith(where))
    assert (first.place.file, first.place.line) == ("trial/procedures/help.yaml", line)
    title, remedy = sentence_of(first)
    assert title
    assert remedy


def test_a_notice_whose_days_nobody_ever_set_is_refused(tmp_path: Path) -> None:
    head, _, rest = PARAMETERS.partition("review_days:")
    never = head.partition("  values:")[0] + "review_days:" + rest
    assert "notice_days" in never
    assert [each.code for each in problems_of(tmp_path, HELP, never)] == [
        "procedures.table.notice_without_days"
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "    limit: {parameter: review_days, unit: working_days}\n",
            "",
            "escalates_without_limit",
        ),
        ("{after: 0, to: township}", "{after: 0, to: county}", "escalates_twice"),
        ("{after: 0, to: township}", "{after: -1, to: township}", "wrong_type"),
        ("{after: 0, to: township}", "{after: 0, to: hamlet}", "unknown_tier"),
        ("from: meeting}", "from: heaven}", "unknown_origin"),
        ("parameter: income_line,", "unit: yuan,", "missing_field"),
        ("months: {type: count,", "months: {type: count, unit: months,", "unknown_field"),
        ("parameter: least_months,", "parameter: least_months, unit: moons,", "unknown_fact_unit"),
        ("line: {type: parameter,", "line: {type: parameter, asked: true,", "unknown_field"),
        ("law: 测试办法第三条", "lore: 测试办法第三条", "unknown_field"),
        ("zh: 帮扶时间不够, en: Not helped for long enough", "zh: 帮扶时间不够", "missing_field"),
        ("      limit: {parameter: notice_days, unit: calendar_days}\n", "", "missing_field"),
    ],
)
def test_a_table_that_says_half_of_it_is_refused(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    assert old in HELP
    found = {each.code for each in problems_of(tmp_path, HELP.replace(old, new, 1))}
    assert f"procedures.table.{code}" in found


def test_facts_of_the_pack_are_read_with_the_packs_kinds(tmp_path: Path) -> None:
    table = HELP.replace(
        "months: {type: count,", "months: {type: household_fact, fact: heads,"
    ).replace(
        "facts:\n",
        "facts:\n  working: {type: household_fact, fact: at_work, "
        "label: {zh: 务工, en: At work}}\n",
        1,
    )
    table = table.replace("when: months >= least", "when: months >= least && working")
    path = write_pack(tmp_path / "facts", help=table)
    assert publish_pack(actor=system_actor("tests"), path=path).pk
    swapped = table.replace("months >= least && working", "working >= least && months")
    assert [each.code for each in problems_of(tmp_path, swapped)] == [
        "procedures.table.guard_invalid"
    ]
