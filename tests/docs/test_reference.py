"""The reference holds everything the product has: an item without a line in it fails here."""

from __future__ import annotations

import ast
import re
from argparse import ArgumentParser, _SubParsersAction
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
import yaml

from bangfu.config.command.arguments import build_parser
from bangfu.foundation.access.api import declared_capabilities, load_roles
from bangfu.foundation.ui.wording import registered_codes
from bangfu.places.api import load_catalogue
from bangfu.policy.api import phases_of
from bangfu.rules.admitted import ADMITTED
from bangfu.rules.api import load_pack
from bangfu.rules.layout import load_layout
from bangfu.teams.api import load_catalogue as load_teams
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


def test_every_kind_of_tag_and_item_of_a_village_stands_in_the_reference() -> None:
    page, catalogue = words_of("reference/places"), load_catalogue()
    names = [item.zh for layout in (catalogue.tags, catalogue.records) for item in layout]
    kinds = [f"{each.code} {each.zh}" for each in catalogue.kinds.values()]
    sources = [said.source for kind in catalogue.kinds.values() for said in kind.published]
    assert [each for each in (*names, *kinds, *sources) if each not in page] == []


def test_every_role_code_and_column_of_people_stands_in_the_reference() -> None:
    page, catalogue = words_of("reference/teams"), load_teams()
    names = [item.zh for layout in catalogue.layouts.values() for item in layout]
    names += [code.zh for each in catalogue.lists.values() for code in each.codes]
    assert [each for each in (*names, *catalogue.roles) if each not in page] == []


def test_every_code_stands_in_the_reference() -> None:
    page = words_of("reference/codes")
    missing = [
        f"{each.name} {code.code}"
        for each in load_layout().lists.values()
        for code in each.codes
        if code.zh not in page or each.name not in page
    ]
    assert missing == []


def commands_under(name: str, parser: ArgumentParser) -> Iterator[tuple[str, str]]:
    """Every command that does something, with its line of usage."""
    actions = [each for each in parser._actions if isinstance(each, _SubParsersAction)]
    if not actions:
        yield name, parser.format_usage()
    for action in actions:
        for child, below in action.choices.items():
            yield from commands_under(f"{name} {child}", below)


def test_every_command_and_option_stands_in_the_reference() -> None:
    page = words_of("reference/commands")
    commands = dict(commands_under("bangfu", build_parser()))
    assert "bangfu cases move" in commands
    for name, usage in commands.items():
        assert name in page
        assert [each for each in re.findall(r"--[\w-]+", usage) if each not in page] == []


def test_every_problem_stands_in_the_reference() -> None:
    import_module("bangfu.config.command.actions")
    page = words_of("reference/problems")
    assert sorted(code for code in registered_codes() if code not in page) == []


@pytest.mark.parametrize("name", ["nation", "sichuan", "demo"])
def test_every_rule_fact_and_parameter_stands_in_the_reference(name: str) -> None:
    pack, rules, parameters = (
        load_pack(name),
        words_of("reference/rules"),
        words_of("reference/parameters"),
    )
    assert [each for each in (*pack.rules, *pack.facts) if each not in rules] == []
    for each, parameter in pack.parameters.items():
        assert each in parameters
        assert parameter.text.zh in parameters
        assert [value.source for value in parameter.values if value.source not in parameters] == []


def test_every_phase_stands_in_the_reference() -> None:
    page = words_of("reference/phases")
    for each in phases_of(load_pack("nation")):
        assert each.text.zh in page
        assert [form.text.zh for form in each.forms if form.text.zh not in page] == []
        labels = [one.text.zh for listed in each.categories.values() for one in listed]
        assert [label for label in labels if label not in page] == []
    assert "防止返贫致贫对象（原脱贫不稳定户）" in page


def test_every_word_of_the_condition_language_stands_in_the_reference() -> None:
    page = words_of("reference/language")
    assert [row.written for row in ADMITTED if row.zh not in page] == []


def test_every_procedure_of_a_pack_stands_in_the_reference() -> None:
    page = words_of("reference/procedures")
    files = list((ROOT / "src" / "bangfu" / "packs").glob("*/procedures/*.yaml"))
    assert files
    for path in files:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert [name for name in (*table["states"], *table["moves"]) if name not in page] == []
        assert table["label"]["zh"] in page


def test_what_cases_and_meetings_go_by_stands_in_the_reference() -> None:
    comparison, meetings = words_of("reference/comparison"), words_of("reference/meetings")
    packs = ROOT / "src" / "bangfu" / "packs"
    asked = yaml.safe_load((packs / "nation" / "comparison.yaml").read_text(encoding="utf-8"))
    doubted = yaml.safe_load((packs / "nation" / "quality.yaml").read_text(encoding="utf-8"))
    held = yaml.safe_load((packs / "register" / "meetings.yaml").read_text(encoding="utf-8"))
    kept = yaml.safe_load((packs / "register" / "attendance.yaml").read_text(encoding="utf-8"))
    names = [*asked["departments"], *asked["flags"], *doubted["rules"]]
    assert [name for name in names if name not in comparison] == []
    names = [each["code"] for each in held["kinds"]] + kept["resident"] + kept["groups"]
    assert [name for name in names if name not in meetings] == []


def test_every_role_and_capability_stands_in_the_reference() -> None:
    page = words_of("reference/rights")
    assert [name for name in (*load_roles(), *declared_capabilities()) if name not in page] == []


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
