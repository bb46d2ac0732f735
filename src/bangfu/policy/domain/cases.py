"""A pack's own cases about one rule, run: what must come out, and whether it does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bangfu.rules.api import PackSource, run_pack_tests
from bangfu.rules.reading import Unreadable, read_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.kernel.problems import Problem
    from bangfu.rules.api import Pack
    from bangfu.rules.reading import Entry

_TESTS = "tests/"


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One case: its name, where it stands, the outcome it wants; `problem` None when it holds."""

    name: str
    file: str
    line: int
    expected: str
    problem: Problem | None


def _cases_in(source: PackSource, path: str) -> Iterator[Entry]:
    try:
        fields = dict(read_entry(source.files[path], path).entries())
        yield from fields["cases"].items()
    except (Unreadable, KeyError):
        return


def _expected(entry: Entry, rule: str) -> str:
    try:
        wanted = dict(dict(entry.entries())["expect"].entries())
        return wanted[rule].text() if rule in wanted else ""
    except (Unreadable, KeyError):
        return ""


def _only(source: PackSource, paths: frozenset[tuple[str, str]]) -> PackSource:
    files = {
        path: text
        for path, text in source.files.items()
        if not path.startswith(_TESTS) or (source.name, path) in paths
    }
    return PackSource(source.name, files)


def cases_of_rule(pack: Pack, rule: str) -> tuple[RuleCase, ...]:
    """The cases of the chain that say what a rule must answer, run on both engines."""
    wanted = {
        (source.name, path, entry.line): expected
        for source in pack.sources
        for path in source.files
        if path.startswith(_TESTS)
        for entry in _cases_in(source, path)
        if (expected := _expected(entry, rule))
    }
    paths = frozenset((name, path) for name, path, _line in wanted)
    # Whole files are run, so that lines stay true; files without the rule are left out.
    reduced = replace(pack, sources=tuple(_only(source, paths) for source in pack.sources))
    return tuple(
        RuleCase(each.name, f"{each.pack}/{each.file}", each.line, wanted[key], each.problem)
        for each in run_pack_tests(reduced)
        if (key := (each.pack, each.file, each.line)) in wanted
    )
