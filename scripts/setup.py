"""Set everything up for `make demo` and `make test`: environment, dependencies, front end.

Standard library only, since it runs before anything is installed. Each stage is skipped when
what it depends on has not changed since it last succeeded.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMPS = ROOT / ".make"
FRONT_END = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "frontend")
NODE_AT_LEAST = 20


class SetUpFailed(Exception):
    """A stage failed; the message says which and what to do."""


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over names and contents of files and folders."""
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        files = (
            sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        )
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def stage(name: str, inputs: Iterable[Path], wanted: Path, do: Callable[[], None]) -> None:
    """Run `do` unless `wanted` exists and the inputs are as at the last success."""
    stamp = STAMPS / name.replace(" ", "-")
    key = fingerprint(inputs)
    if wanted.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == key:
        return
    say(f"  {name} ...")
    begun = time.monotonic()
    do()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(key, encoding="ascii")
    say(f"  {name}: {time.monotonic() - begun:.1f} s")


def say(words: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def run(*command: str | Path) -> None:
    """Run a command in the repository; its output is shown only when it fails."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    environment["PATH"] = f"{ENVIRONMENT / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    done = subprocess.run(
        [str(each) for each in command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SetUpFailed(f"{' '.join(str(each) for each in command)}\n{done.stdout}")


def make_environment() -> None:
    """A fresh virtual environment."""
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    venv.create(ENVIRONMENT, with_pip=True)


def install(*lists: str) -> None:
    """Install hash-locked lists."""
    for each in lists:
        run(
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            f"requirements/{each}.txt",
        )


def install_product() -> None:
    """The product itself, in place."""
    install("build")
    run(
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--editable",
        ".",
    )
    name_the_source_relatively()


def name_the_source_relatively() -> None:
    """Let Python find the source by a path from the environment itself.

    Python reads .pth files in the language of the terminal: in a plain `C` locale it could not
    even start when the folder's own name holds Chinese.
    """
    for file in ENVIRONMENT.glob("lib/python*/site-packages/*bangfu*.pth"):
        file.write_text(os.path.relpath(ROOT / "src", file.parent) + "\n", encoding="ascii")


def node_is_here() -> bool:
    """Whether the machine (or the environment) has a Node that can build the front end."""
    path = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return said.startswith("v") and int(said[1:].split(".")[0]) >= NODE_AT_LEAST


def build_front_end() -> None:
    """Install npm's packages from the lock file and build the assets."""
    if not node_is_here():
        install("node")
    run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    run("npm", "run", "--silent", "build")


def set_up(*, development: bool) -> None:
    """All stages, in order."""
    locks = ROOT / "requirements"
    stage("environment", [], PYTHON, make_environment)
    stage("dependencies", [locks / "main.txt"], PYTHON, lambda: install("main"))
    stage(
        "product",
        [ROOT / "pyproject.toml", locks / "build.txt"],
        ENVIRONMENT / "bin" / "bangfu",
        install_product,
    )
    front_end = [ROOT / each for each in FRONT_END if (ROOT / each).exists()]
    built = ROOT / "src" / "bangfu" / "assets" / "manifest.json"
    stage("front end", front_end, built, build_front_end)
    if development:
        stage(
            "test tools",
            [locks / "dev.txt"],
            ENVIRONMENT / "bin" / "pytest",
            lambda: install("dev"),
        )


def main() -> int:
    """Read the command line; 0 when everything stands."""
    arguments = argparse.ArgumentParser(description="Set up Bangfu in this folder.")
    arguments.add_argument("--development", action="store_true", help="also what the tests need")
    try:
        set_up(development=arguments.parse_args().development)
    except SetUpFailed as failed:
        say(f"Set-up stopped at: {failed}")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
