"""Run what CI runs, stage after stage, and say how long each took.

Every stage runs even when an earlier one failed, so that one run shows all that is wrong.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
SQLITE = {"BANGFU_TEST_DATABASE": "sqlite"}
POSTGRESQL = {"BANGFU_TEST_DATABASE": "postgresql"}
PARALLEL = ("-n", "2", "--dist", "loadfile", "-q")

STAGES: dict[str, list[tuple[dict[str, str], tuple[str, ...]]]] = {
    "lint": [
        ({}, ("ruff", "check", "src", "tests", "scripts")),
        ({}, ("ruff", "format", "--check", "src", "tests", "scripts")),
        ({}, ("lint-imports", "--no-cache")),
        ({}, ("npm", "run", "--silent", "lint")),
        ({}, ("mypy",)),
    ],
    "sqlite": [(SQLITE, ("pytest", *PARALLEL, "-m", "not e2e and not deep"))],
    "postgresql": [
        (POSTGRESQL, ("pytest", *PARALLEL, "-m", "not e2e and not deep and not one_database"))
    ],
    "e2e": [(SQLITE, ("pytest", "-q", "-m", "e2e"))],
    "docs": [({}, ("sphinx-build", "-q", "-W", "-n", "-b", "html", "docs", "docs/_build/html"))],
}


def say(words: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def run(extra: dict[str, str], command: tuple[str, ...]) -> bool:
    """Run one command of the environment; whether it passed."""
    own = BIN / command[0]
    found = str(own) if own.exists() else shutil.which(command[0]) or command[0]
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, **extra, "PATH": path}
    begun = time.monotonic()
    code = subprocess.run([found, *command[1:]], cwd=ROOT, env=environment, check=False).returncode
    result = "passed" if code == 0 else f"FAILED ({code})"
    say(f"--- {' '.join(command)}: {result} in {time.monotonic() - begun:.0f} s")
    return code == 0


def run_all(commands: list[tuple[dict[str, str], tuple[str, ...]]]) -> bool:
    """Run every command of a stage, also after a failure; whether all passed."""
    return False not in [run(extra, command) for extra, command in commands]


def main() -> int:
    """Read the command line; 0 when all stages passed."""
    parser = argparse.ArgumentParser(description="Run what CI runs.")
    parser.add_argument("--only", choices=sorted(STAGES), help="one stage")
    only = parser.parse_args().only
    begun = time.monotonic()
    results = {name: run_all(commands) for name, commands in STAGES.items() if only in (None, name)}
    say(
        f"=== {time.monotonic() - begun:.0f} s: "
        + ", ".join(f"{name} {'passed' if ok else 'FAILED'}" for name, ok in results.items())
    )
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
