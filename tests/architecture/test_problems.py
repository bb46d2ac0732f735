"""Every problem the product can report has its sentence, and the sentence gets its values."""

from __future__ import annotations

import ast
import re
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from architecture.tree import called, parsed, sources
from bangfu.foundation.ui import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from architecture.tree import Source

# The command is no app: it gives its refusals their words when it acts.
import_module("bangfu.config.command.actions")
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def constructed(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Every `Problem("code", ...)` of a file with a literal code."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) == "Problem":
            given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
            for code in given:
                if isinstance(code, ast.Constant):
                    yield str(code.value), node


def fault_codes() -> set[str]:
    """The values of enumerations of faults, which become problem codes as they are."""
    found: set[str] = set()
    for source in sources("src"):
        names = [
            node.name
            for node in source.tree.body
            if isinstance(node, ast.ClassDef) and node.name.endswith("Fault")
        ]
        for name in names:
            kind = getattr(import_module(source.module), name)
            if isinstance(kind, type) and issubclass(kind, StrEnum):
                found |= {str(member) for member in kind}
    return found


def test_every_problem_has_a_sentence() -> None:
    codes = {code for each in sources("src") for code, _ in constructed(each)} | fault_codes()
    assert codes
    assert codes - wording.registered_codes() == set()


def test_every_code_is_a_dotted_name() -> None:
    assert [code for code in wording.registered_codes() if not CODE.fullmatch(code)] == []


def test_every_sentence_is_used() -> None:
    elsewhere = [
        str(node.value)
        for each in sources("src")
        if each.path.name != "wording.py"
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Constant)
    ]
    used = set(elsewhere)
    assert sorted(wording.registered_codes() - used) == []


def places_of(code: str) -> set[str]:
    """The values a sentence asks for."""
    sentence = wording.sentences()[code]
    return set(re.findall(r"%\((\w+)\)", f"{sentence.title}{sentence.remedy}"))


def literal_values(node: ast.Call) -> set[str] | None:
    """The names of the values a problem carries, where they are written as a dictionary."""
    for word in node.keywords:
        if word.arg == "values":
            if not isinstance(word.value, ast.Dict):
                return None
            keys = [key.value for key in word.value.keys if isinstance(key, ast.Constant)]
            return {str(key) for key in keys} if len(keys) == len(word.value.keys) else None
    return None if len(node.args) > 2 else set()


def test_every_sentence_gets_the_values_it_asks_for() -> None:
    missing = {
        f"{each.name}:{node.lineno} {code}": places_of(code) - given
        for each in sources("src")
        for code, node in constructed(each)
        if code in wording.registered_codes()
        and (given := literal_values(node)) is not None
        and places_of(code) - given
    }
    assert missing == {}


def test_codes_and_values_are_found() -> None:
    source = parsed('Problem("a.b", place, values={"row": "1"})\nkernel.Problem(code="c.d")')
    found = {code: literal_values(node) for code, node in constructed(source)}
    assert found == {"a.b": {"row"}, "c.d": set()}
