"""The examples of the how-to pages run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bangfu.procedures.api import main_way
from bangfu.procedures.domain.reading import ProcedureInvalid
from bangfu.procedures.queries import check_pack
from bangfu.procedures.queries.tables import procedures_of
from bangfu.rules.api import judge_household, load_pack, run_pack_tests
from docs.built import ROOT, source_of

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.rules.api import Pack

pytestmark = pytest.mark.one_database
BLOCK = re.compile(r"```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)```", re.S)
DAY = date(2026, 11, 20)


def written(page: str, folder: Path) -> Path:
    """The pack of a page written out as it says; its folder."""
    for name, text in BLOCK.findall(source_of(page)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "guizhou"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """The pack written out as the page says."""
    return load_pack(written("how-to/bring-your-own-pack", tmp_path))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the pack with a procedure of its own."""
    return written("how-to/bring-your-own-procedure", tmp_path)


def test_the_script_on_the_page_runs(pack: Pack, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "look.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(f"{pack.version} {pack.hash} ")
    assert "medical_expenses" in done.stdout
    assert "guizhou 没有收到医保名单，未知，不当作零 holds" in done.stdout


def test_every_case_on_the_page_holds(pack: Pack) -> None:
    cases = run_pack_tests(pack)
    assert len([each for each in cases if each.pack == "guizhou"]) == 5
    assert [each for each in cases if each.problem is not None] == []


def test_the_pack_on_the_page_loads_and_extends_the_nations(pack: Pack) -> None:
    assert pack.chain == ("nation", "guizhou")
    assert list(pack.rules) == ["low_income", "medical_expenses"]


@pytest.mark.parametrize(
    ("wages", "expected"), [(899_999, "fired"), (900_000, "clear"), (None, "unknown")]
)
def test_its_rule_has_three_answers(pack: Pack, wages: int | None, expected: str) -> None:
    parts = ("business_income", "property_income", "transfer_income", "business_expenses")
    household = {**dict.fromkeys(parts, 0), "wage_income": wages}
    parameters = pack.parameters_on(DAY, "520303")
    verdicts = judge_household(pack, household, [{}], DAY, parameters)
    assert {each.rule: str(each.outcome) for each in verdicts}["low_income"] == expected


def test_a_countys_value_counts_in_its_county_alone(pack: Pack) -> None:
    assert pack.parameters_on(DAY, "520302")["medical_limit"] == 1_500_000
    assert pack.parameters_on(DAY, "520303")["medical_limit"] == 2_000_000
    assert "medical_limit" not in pack.parameters_on(DAY, "511921")


def test_the_procedure_on_the_page_may_come_into_force_and_is_the_one_read(own: Path) -> None:
    pack = load_pack(own)
    check_pack(pack)
    (table,) = (each for each in procedures_of(pack) if each.version == "52-2026.1")
    assert main_way(table) == [
        "opened", "compared", "reviewed", "notice", "county_approval", "announcement", "recognised",
    ]  # fmt: skip
    assert pack.parameters_on(date(2026, 12, 1), "520303")["village_notice_days"] == 7


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("to: recognised", "to: announcement"),
        ("guards: [meeting_passed]", "guards: [nobody_knows]"),
        ("parameter: village_days", "parameter: no_days"),
        ("capability: cases.decide", "capability: cases.nothing"),
        ("tiers: [county]", "tiers: [village]"),
    ],
)
def test_what_the_page_says_is_refused_is_refused(own: Path, right: str, wrong: str) -> None:
    path = own / "procedures" / "recognition.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ProcedureInvalid) as refused:
        check_pack(load_pack(own))
    assert all(each.code.startswith("procedures.table.") for each in refused.value.problems)


def test_every_key_on_the_page_stands_in_its_example_or_is_said_not_to(own: Path) -> None:
    page = source_of("how-to/bring-your-own-procedure")
    keys = re.findall(r"`([a-z_]+)`", page.split("## 3.")[1].split("## 4.")[0])
    text = (own / "procedures" / "recognition.yaml").read_text(encoding="utf-8")
    left = {each for each in keys if not re.search(rf"\b{each}\b", text)}
    assert left <= {"prefecture", "province", "list", "fact", "household_fact", "issued"}
