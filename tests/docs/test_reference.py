"""The reference holds everything the product has: an item without a line in it fails here."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from bangfu.config.command.arguments import build_parser
from bangfu.foundation.ui.wording import registered_codes
from bangfu.rules.layout import load_layout
from docs.built import ROOT, build, source_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.one_database


def test_the_documentation_builds_without_a_warning() -> None:
    assert (build() / "index.html").exists()


def test_every_item_stands_in_the_reference() -> None:
    page = words_of("reference/items")
    missing = [item.name for item in load_layout() if item.name not in page or item.zh not in page]
    assert missing == []


def test_every_code_stands_in_the_reference() -> None:
    page = words_of("reference/codes")
    missing = [
        f"{each.name} {code.code}"
        for each in load_layout().lists.values()
        for code in each.codes
        if code.zh not in page or each.name not in page
    ]
    assert missing == []


def test_every_command_and_option_stands_in_the_reference() -> None:
    page = words_of("reference/commands")
    help_text = build_parser().format_help()
    names = re.findall(r"\{([\w,-]+)\}", help_text)[0].split(",")
    assert len(names) > 5
    for name in names:
        assert f"bangfu {name}" in page
        options = build_parser()._subparsers._group_actions[0].choices[name].format_usage()
        assert [each for each in re.findall(r"--[\w-]+", options) if each not in page] == []


def test_every_problem_stands_in_the_reference() -> None:
    page = words_of("reference/problems")
    assert sorted(code for code in registered_codes() if code not in page) == []


def settings_read() -> Iterator[str]:
    """The environment variables of ours that the source asks for."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "os.environ.get",
                "environ.get",
                "os.getenv",
            }:
                name = node.args[0]
                if isinstance(name, ast.Constant) and str(name.value).startswith("BANGFU_"):
                    yield str(name.value)


def test_the_settings_page_names_what_the_source_reads_and_nothing_else() -> None:
    documented = set(re.findall(r"^\| `(BANGFU_\w+)`", source_of("reference/settings"), re.M))
    assert documented == set(settings_read())
