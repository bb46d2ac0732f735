"""What the architecture tests read: the source files of the repository, parsed once."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "bangfu"
# Folders that are made, not written: nothing in them is kept in git.
MADE = {
    ".git",
    ".venv",
    ".make",
    ".home",
    ".home-keys",
    ".home-checkpoints",
    ".hypothesis",
    "node_modules",
    "__pycache__",
    "assets",
    "_build",
    "build",
    "dist",
    "test-results",
}


@dataclass(frozen=True)
class Source:
    """A Python file: where it lies and what it says."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path as people write it, from the repository's root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """The dotted name of a file under `src`."""
        parts = self.path.relative_to(ROOT / "src").with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def is_migration(self) -> bool:
        """Whether Django wrote it."""
        return "migrations" in self.path.parts


def parsed(text: str, name: str = "src/bangfu/made_up.py") -> Source:
    """A file that exists only in a test, to see a check find what it looks for."""
    return Source(ROOT / name, text, ast.parse(text))


def files_of(top: Path = ROOT) -> Iterator[Path]:
    """Every written file under a folder, in order."""
    for path in sorted(top.iterdir()):
        if path.is_dir():
            if path.name not in MADE and not path.name.endswith("_cache"):
                yield from files_of(path)
        elif path.suffix not in {".pyc"}:
            yield path


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The Python files under folders of the repository."""
    return tuple(
        Source(path, text := path.read_text(encoding="utf-8"), ast.parse(text))
        for folder in folders
        for path in files_of(ROOT / folder)
        if path.suffix == ".py"
    )


def imported(source: Source) -> Iterator[str]:
    """The full names a file imports, `from a import b` as `a.b`, `import_module("a")` too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) == "import_module":
            yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))


def called(node: ast.Call) -> str:
    """The last word of what is called: `record` for `audit.record(...)`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


@cache
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def rooms() -> tuple[tuple[str, ...], ...]:
    """The rooms from top to bottom as the import contract names them, siblings together."""
    contract = project()["tool"]["importlinter"]["contracts"][0]
    return tuple(
        tuple(name.strip(" ()") for name in layer.split("|")) for layer in contract["layers"]
    )


def depth_of(module: str) -> int:
    """How far down the room of a module lies; siblings share a depth."""
    room = module.split(".")[1]
    return next(depth for depth, names in enumerate(rooms()) if room in names)
