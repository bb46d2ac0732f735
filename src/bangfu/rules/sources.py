"""Where a pack's files come from: the product's own folder, a path, or the database's copy."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from bangfu.kernel.problems import Place, Problem
from bangfu.rules.refusals import PackInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

HEAD_FILE: Final = "pack.yaml"
ROOT_FILES: Final = (
    HEAD_FILE,
    "calendar.yaml",
    "comparison.yaml",
    "measures.yaml",
    "phases.yaml",
    "quality.yaml",
    "quality_tests.yaml",
)
JUDGING: Final = ("parameters", "facts", "rules")
"""The folders that decide about households; they and the head make a pack's hash."""

FOLDERS: Final = (*JUDGING, "procedures", "tests")
LARGEST_FILE: Final = 1_000_000
"""Characters; a pack file is read by people."""


@dataclass(frozen=True, slots=True)
class PackSource:
    """One pack's files as texts, by path inside the pack, sorted by path."""

    name: str
    files: Mapping[str, str]


def _refuse(code: str, file: str, **values: str) -> PackInvalid:
    return PackInvalid(Problem(code, Place(file=file, line=1), values))


def _read_file(entry: Traversable, path: str) -> str:
    try:
        text = entry.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise _refuse("pack.not_unicode", path) from None
    if len(text) > LARGEST_FILE:
        raise _refuse("pack.too_long", path)
    return text


def _read_folder(folder: Traversable, name: str) -> PackSource:
    found: dict[str, str] = {}
    for entry in folder.iterdir():
        if entry.name in ROOT_FILES:
            found[entry.name] = _read_file(entry, entry.name)
        elif entry.is_dir() and entry.name in FOLDERS:
            for inner in entry.iterdir():
                path = f"{entry.name}/{inner.name}"
                if not inner.name.endswith(".yaml"):
                    raise _refuse("pack.unknown_file", path)
                found[path] = _read_file(inner, path)
        elif not entry.name.endswith(".md"):
            raise _refuse("pack.unknown_file", entry.name)
    return PackSource(name, {path: found[path] for path in sorted(found)})


def _parent_of(source: PackSource) -> str:
    """The pack it extends, read loosely: the loader checks the head file properly."""
    head: Any = None
    try:
        head = yaml.safe_load(source.files.get(HEAD_FILE, ""))
    except yaml.YAMLError:
        return ""
    parent = head.get("extends") if isinstance(head, dict) else None
    return parent if isinstance(parent, str) and parent.isidentifier() else ""


def _folder_of(
    name_or_path: str | Path, beside: Path | None
) -> tuple[str, Traversable, Path | None]:
    if isinstance(name_or_path, Path) or "/" in name_or_path:
        path = Path(name_or_path)
        return path.name, path, path.parent
    if beside is not None and (beside / name_or_path).is_dir():
        return name_or_path, beside / name_or_path, beside
    return name_or_path, files("bangfu") / "packs" / name_or_path, None


def read_sources(name_or_path: str | Path) -> tuple[PackSource, ...]:
    """The files of a pack and of all it extends, the widest first.

    A name means a pack of the product; a path means a folder, whose parent is looked for beside
    it and then among the product's.

    Raises:
        PackInvalid: no such pack, a pack that extends itself, or a file that does not belong.
    """
    chain: list[PackSource] = []
    wanted: str | Path = name_or_path
    beside: Path | None = None
    while wanted:
        name, folder, beside = _folder_of(wanted, beside)
        if not folder.is_dir():
            raise _refuse("pack.not_found", HEAD_FILE, name=name)
        if any(each.name == name for each in chain):
            raise _refuse("pack.extends_itself", HEAD_FILE, name=name)
        chain.append(_read_folder(folder, name))
        wanted = _parent_of(chain[-1])
    return tuple(reversed(chain))
