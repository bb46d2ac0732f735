"""The words of the command line: what is wrong use, and what a demo may fill."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bangfu.config.command import main
from bangfu.config.command.arguments import WrongUse, build_parser, read_arguments
from bangfu.config.database import database_from
from bangfu.config.home import HomeInUse, find_home, find_keys, mark_demo, read_or_make_secret

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "words",
    [
        "",
        "nonsense",
        "screen --as-of 20.11.2026",
        "screen --division 5119x1",
        "screen --set monitoring_line",
        "screen --set monitoring_line=lots",
        "screen --engine abacus",
        "screen --snapshot /no/such/folder",
        "generate --division 511921 --households 0 --seed 1 --out /tmp/x",
        "import",
        "import /no/such/file.xlsx",
        "demo --port none",
        "explain",
        "cases",
        "cases move SB-2026-511921-0001 check",
        "cases list --limit none",
    ],
)
def test_wrong_use_is_one_line_and_status_two(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("bangfu: ")
    assert said.err.count("\n") == 1


def test_a_screening_is_read_with_its_day_place_and_settings() -> None:
    asked = read_arguments(
        ["screen", "--division", "511921", "--as-of", "2026-11-20", "--set", "monitoring_line=9000"]
    )
    assert asked.division == "511921"
    assert asked.as_of == date(2026, 11, 20)
    assert asked.overrides == [("monitoring_line", 9000)]


def test_the_help_names_every_command_with_a_sentence() -> None:
    text = build_parser().format_help()
    for command in (
        "demo",
        "generate",
        "import",
        "screen",
        "explain",
        "cases",
        "serve",
        "verify-audit",
    ):
        assert f"    {command} " in text


def test_wrong_use_is_raised_not_printed_by_the_reader() -> None:
    with pytest.raises(WrongUse, match="2026-11-20"):
        read_arguments(["screen", "--as-of", "today"])


def test_a_demo_fills_an_empty_home_and_no_other(tmp_path: Path) -> None:
    home = tmp_path / "新 家"
    mark_demo(home)
    mark_demo(home)  # a demo may be filled again
    assert (home / "demo.json").exists()
    used = tmp_path / "used"
    used.mkdir()
    (used / "bangfu.sqlite3").touch()
    with pytest.raises(HomeInUse, match="used"):
        mark_demo(used)
    assert not (used / "demo.json").exists()


def test_keys_lie_beside_the_home_and_not_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANGFU_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("BANGFU_KEYS", raising=False)
    home = find_home()
    assert home == tmp_path / "home"
    assert find_keys(home) == tmp_path / "home-keys"


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = read_or_make_secret(tmp_path / "keys", "secret")
    assert len(first) >= 48
    assert read_or_make_secret(tmp_path / "keys", "secret") == first
    assert (tmp_path / "keys" / "secret").stat().st_mode & 0o077 == 0
    assert [each.name for each in (tmp_path / "keys").iterdir()] == ["secret"]


def test_a_database_address_is_taken_apart(tmp_path: Path) -> None:
    found = database_from("postgresql://li:p%40ss@db.example:5433/bangfu", tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "li",
        "p@ss",
        "db.example",
        "5433",
        "bangfu",
    )
    assert database_from("postgresql://li@/bangfu?host=/run/pg", tmp_path)["HOST"] == "/run/pg"
    assert database_from("", tmp_path)["NAME"] == tmp_path / "bangfu.sqlite3"
    with pytest.raises(ValueError, match="mysql"):
        database_from("mysql://x/y", tmp_path)
