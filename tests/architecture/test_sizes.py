"""The size budget: files of 400 lines and functions of 40; from 600 and 60 on the build fails."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from architecture.tree import ROOT, files_of, parsed, sources

if TYPE_CHECKING:
    from architecture.tree import Source

FILE, FILE_HARD, FUNCTION, FUNCTION_HARD = 400, 600, 40, 60
FOLDERS = ("src", "tests", "scripts")
OTHER_FILES = {".css", ".html", ".js", ".ts"}


def function_sizes(source: Source) -> dict[str, int]:
    """Lines of every function, its docstring left out: words are not what makes it long."""
    sizes = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            words = (
                (first.end_lineno or first.lineno) - first.lineno + 1
                if ast.get_docstring(node) is not None
                else 0
            )
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - words
            sizes[f"{source.name}:{node.lineno} {node.name}"] = lines
    return sizes


def file_sizes() -> dict[str, int]:
    """Lines of every file that somebody wrote; migrations are written by Django."""
    python = {each.name: each for each in sources(*FOLDERS) if not each.is_migration}
    others = [
        path
        for folder in ("src", "frontend")
        if (ROOT / folder).exists()
        for path in files_of(ROOT / folder)
        if path.suffix in OTHER_FILES
    ]
    return {name: len(each.text.splitlines()) for name, each in python.items()} | {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in others
    }


def all_functions() -> dict[str, int]:
    return {
        name: lines
        for each in sources(*FOLDERS)
        if not each.is_migration
        for name, lines in function_sizes(each).items()
    }


def over(sizes: dict[str, int], limit: int) -> dict[str, int]:
    return {name: lines for name, lines in sizes.items() if lines > limit}


def test_no_file_is_longer_than_the_hard_limit() -> None:
    assert over(file_sizes(), FILE_HARD) == {}


def test_no_function_is_longer_than_the_hard_limit() -> None:
    assert over(all_functions(), FUNCTION_HARD) == {}


def test_long_files_and_functions_stay_rare() -> None:
    files, functions = file_sizes(), all_functions()
    long_files, long_functions = over(files, FILE), over(functions, FUNCTION)
    assert len(long_files) <= len(files) // 20, long_files
    assert len(long_functions) <= len(functions) // 20, long_functions


def test_a_function_is_measured_without_its_docstring() -> None:
    source = parsed('def f():\n    """One.\n\n    Two.\n    """\n    a = 1\n    return a\n')
    assert list(function_sizes(source).values()) == [3]


def test_the_limit_itself_is_allowed() -> None:
    assert over({"a": FUNCTION_HARD, "b": FUNCTION_HARD + 1}, FUNCTION_HARD) == {"b": 61}
