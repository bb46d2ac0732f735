"""A changed table comes into force by publishing; what began under the old one ends under it."""

from __future__ import annotations

import shutil
from datetime import date
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.problems import Refused
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import (
    ProcedureInvalid,
    Subject,
    list_moves,
    list_procedures,
    load_procedure,
    open_matter,
    pinned_procedure,
)
from procedures.people import COUNTY, VILLAGE, officer

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.procedures.api import Matter

pytestmark = pytest.mark.usefixtures("pack", "on_friday")
FRIDAY = date(2026, 11, 20)
SYSTEM = system_actor("tests")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the product's packs that a test may change."""
    for name in ("nation", "sichuan"):
        with as_file(files("bangfu") / "packs" / name) as folder:
            shutil.copytree(folder, tmp_path / name)
    return tmp_path


def rewrite(packs: Path, old: str, new: str, name: str = "clue.yaml") -> None:
    """Change the clue's table, under its own name or another."""
    table = packs / "nation" / "procedures" / "clue.yaml"
    text = table.read_text(encoding="utf-8")
    assert old in text
    (table.parent / name).write_text(text.replace(old, new), encoding="utf-8")


def opened() -> Matter:
    """A new matter."""
    actor = system_actor("screening", COUNTY)
    return open_matter(
        actor=actor, procedure="clue", subject=Subject(VILLAGE, "household", new_id())
    )


def label_of_assign(matter: Matter) -> str:
    """The first button's words."""
    return list_moves(officer("county_officer", COUNTY), matter, {})[0].label


def test_a_table_alone_can_be_published(packs: Path) -> None:
    before = opened()
    rewrite(packs, "zh: 分派核实", "zh: 派人核实")
    publish_pack(actor=SYSTEM, path=packs / "sichuan")
    after = opened()
    assert (label_of_assign(before), label_of_assign(after)) == ("分派核实", "派人核实")
    assert before.version_id != after.version_id
    assert pinned_procedure(before.version_id).version == "2026.1"


def test_of_two_tables_the_latest_that_holds_is_taken(packs: Path) -> None:
    rewrite(packs, "valid_from: 2021-05-14", "valid_from: 2026-12-01", "clue_2026.yaml")
    publish_pack(actor=SYSTEM, path=packs / "sichuan")
    assert [each.valid_from for each in list_procedures() if each.name == "clue"] == [
        date(2021, 5, 14),
        date(2026, 12, 1),
    ]
    assert load_procedure("clue", FRIDAY).valid_from == date(2021, 5, 14)
    assert load_procedure("clue", date(2026, 12, 1)).valid_from == date(2026, 12, 1)


def test_two_tables_from_one_day_are_refused(packs: Path) -> None:
    rewrite(packs, "zh: 分派核实", "zh: 派人核实", "clue_2026.yaml")
    with pytest.raises(ProcedureInvalid) as refused:
        publish_pack(actor=SYSTEM, path=packs / "sichuan")
    assert [each.code for each in refused.value.problems] == ["procedures.table.doubled_version"]


def test_a_procedure_nobody_wrote_is_refused() -> None:
    for name, day in (("review", FRIDAY), ("clue", date(2021, 5, 13))):
        with pytest.raises(Refused) as refused:
            load_procedure(name, day)
        codes = {each.code for each in refused.value.problems}
        assert codes <= {"procedures.unknown_procedure", "policy.nothing_in_force"}
