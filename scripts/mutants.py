"""Plant each named mutant of tests/mutants.yaml in a copy of the tree; its tests must turn red.

A mutant takes one protection away (a scope filter, a lease check, a boundary). A test run that
stays green then protects nothing, so a surviving mutant fails this script. The working tree is
never touched. First the tests named by all mutants run on the unchanged copy: only tests that are
green without the mutant can prove anything by turning red.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue

import yaml

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tests" / "mutants.yaml"
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", ".home*", ".make", "__pycache__", ".*_cache", ".hypothesis"
)
PARALLEL = 2
LIMIT_SECONDS = 900
TESTS_FAILED = 1
RAN = re.compile(r"^\d+ (failed|passed|error).* in [\d.]+s", re.MULTILINE)


class Outcome(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "SURVIVED"
    BROKEN = "BROKEN"
    """The tests could not run: the mutant is badly written, and proves nothing."""


@dataclass(frozen=True)
class Mutant:
    """One change that some test must notice."""

    name: str
    why: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]


class TableInvalid(ValueError):
    """tests/mutants.yaml does not fit the tree."""


def read_table(path: Path = TABLE) -> list[Mutant]:
    """The named mutants, each with a name of its own."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    mutants = [Mutant(**{**row, "tests": tuple(row["tests"])}) for row in rows]
    names = [mutant.name for mutant in mutants]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise TableInvalid(f"named twice: {', '.join(doubled)}")
    return mutants


def mutated(source: str, mutant: Mutant) -> str:
    """The source with the mutant in it.

    Raises:
        TableInvalid: when the text to find does not stand there exactly once.
    """
    found = source.count(mutant.find)
    if found != 1:
        raise TableInvalid(f"{mutant.name}: found {found} times in {mutant.file}")
    return source.replace(mutant.find, mutant.replace)


def run_tests(tree: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """Run a selection in a copy of the tree: pytest's exit status and the end of its output."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree / 'tests'}",
        # A mutant can share size and second with the original: stale bytecode would hide it.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header"]
    try:
        done = subprocess.run(
            [*command, *tests],
            cwd=tree,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, f"stopped after {LIMIT_SECONDS} s"
    return done.returncode, "\n".join(done.stdout.splitlines()[-15:])


def try_mutant(tree: Path, mutant: Mutant) -> tuple[Outcome, str]:
    """Plant one mutant in `tree`, run its tests, and put the file back."""
    path = tree / mutant.file
    original = path.read_text(encoding="utf-8")
    path.write_text(mutated(original, mutant), encoding="utf-8")
    try:
        code, output = run_tests(tree, mutant.tests)
    finally:
        path.write_text(original, encoding="utf-8")
    if code == 0:
        return Outcome.SURVIVED, output
    # A run that never came to its tests ends with the same status as a failed test.
    failed = code == TESTS_FAILED and RAN.search(output)
    return (Outcome.KILLED if failed else Outcome.BROKEN), output


def say(words: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def try_all(mutants: list[Mutant], trees: list[Path]) -> list[Outcome]:
    """Try every mutant, one at a time in each tree."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def attempt(mutant: Mutant) -> Outcome:
        tree, begun = free.get(), time.monotonic()
        try:
            outcome, output = try_mutant(tree, mutant)
        finally:
            free.put(tree)
        say(f"{outcome:9} {mutant.name} ({time.monotonic() - begun:.0f} s)")
        if outcome is not Outcome.KILLED:
            say(f"          {mutant.why}\n{output}")
        return outcome

    with ThreadPoolExecutor(len(trees)) as pool:
        return list(pool.map(attempt, mutants))


def run(mutants: list[Mutant]) -> int:
    """Try the mutants in fresh copies; 0 when every one was killed."""
    with tempfile.TemporaryDirectory(prefix="bangfu-mutants-") as folder:
        trees = [Path(folder) / str(number) for number in range(min(PARALLEL, len(mutants)))]
        for tree in trees:
            shutil.copytree(ROOT, tree, ignore=LEFT_OUT, symlinks=True)
        for mutant in mutants:
            mutated((ROOT / mutant.file).read_text(encoding="utf-8"), mutant)
        tests = tuple(sorted({test for mutant in mutants for test in mutant.tests}))
        code, output = run_tests(trees[0], tests)
        if code != 0:
            say(f"The tests must be green before a mutant can turn them red:\n{output}")
            return 1
        outcomes = try_all(mutants, trees)
    killed = outcomes.count(Outcome.KILLED)
    say(f"{killed} of {len(outcomes)} mutants killed")
    return 0 if killed == len(outcomes) else 1


def main() -> int:
    """Read the command line; 0 when every mutant was killed."""
    parser = argparse.ArgumentParser(description="Every named mutant must turn a test red.")
    parser.add_argument("names", nargs="*", help="only these mutants")
    parser.add_argument("--list", action="store_true", help="list the mutants and stop")
    arguments = parser.parse_args()
    mutants = read_table()
    unknown = sorted(set(arguments.names) - {mutant.name for mutant in mutants})
    if unknown:
        parser.error(f"no mutant is called {', '.join(unknown)}")
    if arguments.list:
        for mutant in mutants:
            say(f"{mutant.name:32} {mutant.why}")
        return 0
    wanted = set(arguments.names) or {mutant.name for mutant in mutants}
    return run([mutant for mutant in mutants if mutant.name in wanted])


if __name__ == "__main__":
    raise SystemExit(main())
