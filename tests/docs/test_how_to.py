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
    return load_pack(tmp_path / "tongjiang")


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
    assert "unsafe_water" in done.stdout
    assert "tongjiang 没有问过，未知 holds" in done.stdout


def test_every_case_on_the_page_holds(pack: Pack) -> None:
    cases = run_pack_tests(pack)
    assert len([each for each in cases if each.pack == "tongjiang"]) == 5
    assert [each for each in cases if each.problem is not None] == []


def outcomes(pack: Pack, household: dict[str, object]) -> dict[str, str]:
    parameters = pack.parameters_on(DAY, "511921")
    return {
        each.rule: str(each.outcome)
        for each in judge_household(pack, household, [], DAY, parameters)
    }


def test_the_pack_on_the_page_loads_and_extends_the_provinces(pack: Pack) -> None:
    assert pack.chain == ("nation", "sichuan", "tongjiang")
    assert "unsafe_water" in pack.rules


@pytest.mark.parametrize(
    ("household", "expected"),
    [({"water_safe": False}, "fired"), ({"water_safe": True}, "clear"), ({}, "unknown")],
)
def test_its_rule_has_three_answers(
    pack: Pack, household: dict[str, object], expected: str
) -> None:
    assert outcomes(pack, household)["unsafe_water"] == expected


def test_its_value_counts_in_its_county_alone(pack: Pack) -> None:
    assert outcomes(pack, {"self_paid_medical": 1_500_000})["medical_burden"] == "fired"
    assert outcomes(pack, {"self_paid_medical": 1_499_999})["medical_burden"] == "clear"
    assert "medical_burden_limit" not in pack.parameters_on(DAY, "511922")
