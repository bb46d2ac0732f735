"""The examples of the how-to pages run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bangfu.rules.api import judge_household, load_pack, run_pack_tests
from docs.built import ROOT, source_of

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.rules.api import Pack

pytestmark = pytest.mark.one_database
BLOCK = re.compile(r"```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)```", re.S)
DAY = date(2026, 11, 20)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """The pack written out as the page says."""
    for name, text in BLOCK.findall(source_of("how-to/bring-your-own-pack")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_pack(tmp_path / "guizhou")


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
