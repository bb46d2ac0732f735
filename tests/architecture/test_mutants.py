"""The named mutants fit the tree, and the script that plants them tells dead from alive."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Any

import pytest

from architecture.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

pytestmark = pytest.mark.one_database


def load() -> ModuleType:
    """The script as a module; it is not part of the product."""
    spec = importlib.util.spec_from_file_location("mutants", ROOT / "scripts" / "mutants.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module
    spec.loader.exec_module(module)
    return module


mutants = load()


@pytest.mark.parametrize("mutant", mutants.read_table(), ids=lambda each: each.name)
def test_a_named_mutant_fits_the_tree(mutant: Any) -> None:
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert mutants.mutated(source, mutant) != source
    assert len(mutant.why.split()) > 3
    assert mutant.tests
    assert [test for test in mutant.tests if not (ROOT / test.split("::")[0]).exists()] == []


def test_there_are_at_least_twenty_two() -> None:
    assert len(mutants.read_table()) >= 22


def made(replace: str, *, find: str = "a <= b", tests: str = "test_it.py") -> Any:
    return mutants.Mutant("made", "made up for a test", "it.py", find, replace, (tests,))


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    (tmp_path / "it.py").write_text("def below(a, b):\n    return a <= b\n", encoding="utf-8")
    (tmp_path / "test_it.py").write_text(
        "from it import below\n\ndef test_it():\n    assert below(1, 1)\n", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("replace", "tests", "outcome"),
    [
        ("a < b", "test_it.py", "killed"),
        ("a <= b + 1", "test_it.py", "SURVIVED"),
        ("a <=", "test_it.py", "BROKEN"),
        ("a < b", "test_it.py::test_absent", "BROKEN"),
    ],
    ids=["killed", "survives", "no-python", "no-test"],
)
def test_only_a_failing_test_kills_a_mutant(
    tree: Path, replace: str, tests: str, outcome: str
) -> None:
    before = (tree / "it.py").read_text(encoding="utf-8")
    assert mutants.try_mutant(tree, made(replace, tests=tests))[0] == outcome
    assert (tree / "it.py").read_text(encoding="utf-8") == before


def test_a_run_that_cannot_start_kills_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_PLUGINS", "absent_plugin")
    assert mutants.try_mutant(tree, made("a < b"))[0] == "BROKEN"


@pytest.mark.parametrize("find", ["absent", "b"])
def test_a_mutant_must_stand_in_exactly_one_place(find: str) -> None:
    with pytest.raises(mutants.TableInvalid):
        mutants.mutated("def below(a, b):\n    return a <= b\n", made("x", find=find))


def test_a_name_stands_once(tmp_path: Path) -> None:
    row = "{name: a, why: w, file: f, find: x, replace: y, tests: [t]}"
    (tmp_path / "m.yaml").write_text(f"- {row}\n- {row}\n", encoding="utf-8")
    with pytest.raises(mutants.TableInvalid, match="named twice: a"):
        mutants.read_table(tmp_path / "m.yaml")
