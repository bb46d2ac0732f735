"""What is not written in this house: vague names, switched-off checks, glued sentences."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING

import pytest

from architecture.tree import ROOT, called, files_of, parsed, sources

if TYPE_CHECKING:
    from architecture.tree import Source

VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "processor", "handler"}
# Django calls the maker of accounts a manager; a class that inherits it keeps Django's word.
DJANGO_MANAGER = "BaseUserManager"
FOLDERS = ("src", "tests", "scripts")
SWITCHED_OFF = re.compile(
    r"#\s*(noqa|type:\s*ignore|pragma|pylint:|ruff:|mypy:|nosec)|"
    r"#.*\b(TODO|FIXME|XXX|HACK)\b",
    re.IGNORECASE,
)
LEFT_OUT_TESTS = {"skip", "skipif", "skipIf", "xfail", "importorskip", "expectedFailure"}
OFF_IN_FRONT_END = re.compile(
    r"eslint-disable|@ts-ignore|@ts-expect-error|@ts-nocheck|stylelint-disable|prettier-ignore|"
    r"\b(TODO|FIXME)\b"
)
GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "npgettext",
    "npgettext_lazy",
    "pgettext",
    "pgettext_lazy",
}


def words_of(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name, in small letters."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def vague_names(source: Source) -> list[str]:
    """Modules, packages and classes named after nothing in particular."""
    parts = source.path.relative_to(ROOT).with_suffix("").parts
    found = [f"{source.name}: {part}" for part in parts if words_of(part) & VAGUE]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and words_of(node.name) & VAGUE:
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            bases |= {
                base.value.id
                for base in node.bases
                if isinstance(base, ast.Subscript) and isinstance(base.value, ast.Name)
            }
            if DJANGO_MANAGER not in bases:
                found.append(f"{source.name}: {node.name}")
    return found


def test_nothing_is_named_after_nothing() -> None:
    assert [line for each in sources(*FOLDERS) for line in vague_names(each)] == []


@pytest.mark.parametrize(
    ("name", "text", "vague"),
    [
        ("src/bangfu/a/utils.py", "", True),
        ("src/bangfu/common/a.py", "", True),
        ("src/bangfu/a/request_handler.py", "", True),
        ("src/bangfu/a/b.py", "class RowProcessor: ...", True),
        ("src/bangfu/a/b.py", "class PersonManager(Manager): ...", True),
        ("src/bangfu/a/b.py", "class PersonManager(BaseUserManager['Person']): ...", False),
        ("src/bangfu/a/commonwealth.py", "class Handle: ...", False),
    ],
)
def test_vague_names_are_found(name: str, text: str, vague: bool) -> None:
    assert bool(vague_names(parsed(text, name))) is vague


def switched_off(source: Source) -> list[str]:
    """Comments that silence a check or put work off, and tests that are left out."""
    tokens = tokenize.generate_tokens(io.StringIO(source.text).readline)
    found = [
        f"{source.name}:{token.start[0]} {token.string}"
        for token in tokens
        if token.type == tokenize.COMMENT and SWITCHED_OFF.search(token.string)
    ]
    for node in ast.walk(source.tree):
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        owner = ast.unparse(node.value) if isinstance(node, ast.Attribute) else ""
        if name in LEFT_OUT_TESTS and (owner in {"pytest", "pytest.mark", "unittest", ""}):
            found.append(f"{source.name}:{node.lineno} {name}")
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node):
            found.append(f"{source.name}:{node.lineno} NotImplementedError")
    return found


def test_no_check_is_switched_off_and_no_work_put_off() -> None:
    assert [line for each in sources(*FOLDERS) for line in switched_off(each)] == []


@pytest.mark.parametrize(
    "line",
    [
        "a = 1  # noqa: E501",
        "a = 1  # type: ignore[misc]",
        "a = 1  # pragma: no cover",
        "# TODO: later",
        "pytest.skip('no')",
        "@pytest.mark.xfail\ndef test_a(): ...",
        "raise NotImplementedError",
    ],
)
def test_what_is_switched_off_is_found(line: str) -> None:
    assert switched_off(parsed(line)) != []


def test_no_check_of_the_front_end_is_switched_off() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for top in ("frontend", "src")
        for path in files_of(ROOT / top)
        if path.suffix in {".css", ".html", ".js", ".ts"}
        for match in OFF_IN_FRONT_END.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def glued_sentences(source: Source) -> list[str]:
    """Calls of gettext whose sentence is not a plain text: it could never be translated."""
    texts = {"ngettext": 2, "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2}
    found = []
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and called(node) in GETTEXT):
            continue
        given = node.args[: texts.get(called(node), 1)]
        if not all(isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in given):
            found.append(f"{source.name}:{node.lineno}")
    return found


def test_no_sentence_is_glued_before_it_is_translated() -> None:
    assert [line for each in sources("src") for line in glued_sentences(each)] == []


@pytest.mark.parametrize(
    ("line", "glued"),
    [
        ('_(f"共 {n} 户")', True),
        ('gettext("共 " + n)', True),
        ('gettext_lazy("共 {}".format(n))', True),
        ("_(title)", True),
        ('_("共 %(n)s 户") % {"n": n}', False),
        ('ngettext("%(n)s 户", "%(n)s 户", n)', False),
    ],
)
def test_glued_sentences_are_found(line: str, glued: bool) -> None:
    assert bool(glued_sentences(parsed(line))) is glued


def test_what_people_read_is_written_in_chinese() -> None:
    found = [
        f"{each.name}:{node.lineno} {arg.value}"
        for each in sources("src")
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Call) and called(node) in GETTEXT
        for arg in node.args[:1]
        if isinstance(arg, ast.Constant)
        and re.search(r"[A-Za-z]{3,}", re.sub(r"%\(\w+\)s", "", str(arg.value)))
        and not re.search(r"[\u4e00-\u9fff]", str(arg.value))
    ]
    assert found == []
