"""A pack that somebody sends as a zip of its folder: hostile until proven.

It is read in memory within limits, never unpacked to disk; only the files a pack may have are
taken, and each must be plain YAML without aliases before anything else looks at it.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.kernel.problems import Place, Problem
from bangfu.rules.api import PackInvalid, PackSource
from bangfu.rules.reading import Unreadable, read_entry
from bangfu.rules.sources import FOLDERS, HEAD_FILE, ROOT_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,80}\Z")
_LEFT_BY_SYSTEMS: Final = ("__MACOSX/", ".DS_Store")
_DEEPEST: Final = 3
"""Parts of a path: the folder of the pack, a folder in it, the file."""

_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Bytes of the zip, of one file and of all files unpacked, and the number of files."""

    archive: int = 1_000_000
    file: int = 300_000
    total: int = 1_500_000
    files: int = 200


LIMITS: Final = ArchiveLimits()


def _refuse(code: str, file: str = "", **values: str) -> PackInvalid:
    return PackInvalid(Problem(code, Place(file=file), values))


def _members(archive: zipfile.ZipFile, limits: ArchiveLimits) -> Iterator[zipfile.ZipInfo]:
    """The files of the archive, none of them strange."""
    listed = archive.infolist()
    if len(listed) > limits.files:
        raise _refuse("policy.archive_too_many", most=str(limits.files))
    for info in listed:
        if info.is_dir() or info.filename.startswith(_LEFT_BY_SYSTEMS):
            continue
        parts = info.filename.split("/")
        if parts[-1] in _LEFT_BY_SYSTEMS:
            continue
        linked = stat.S_ISLNK(info.external_attr >> 16)
        strange = linked or info.flag_bits & 0x1 or info.compress_type not in _METHODS
        named = all(_NAME.match(part) and part not in {".", ".."} for part in parts)
        if strange or not named or len(parts) > _DEEPEST:
            raise _refuse("policy.archive_strange_file", info.filename[:80])
        yield info


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: ArchiveLimits) -> str:
    # What the directory says of the size is the sender's word: count what really comes out.
    with archive.open(info) as stream:
        data = stream.read(limits.file + 1)
    if len(data) > limits.file:
        raise _refuse("pack.too_long", info.filename)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refuse("pack.not_unicode", info.filename) from None


def _inside(names: list[str]) -> str:
    """The folder that all files stand in, with its slash; empty when they stand at the root."""
    tops = {name.partition("/")[0] for name in names}
    if HEAD_FILE in names or len(tops) != 1:
        return ""
    return f"{tops.pop()}/"


def _belongs(path: str) -> bool:
    folder, slash, rest = path.partition("/")
    if not slash:
        return path in ROOT_FILES
    return folder in FOLDERS and "/" not in rest and rest.endswith(".yaml")


def _unpack(archive: zipfile.ZipFile, limits: ArchiveLimits) -> dict[str, str]:
    texts: dict[str, str] = {}
    total = 0
    for info in _members(archive, limits):
        if info.filename.lower() in {name.lower() for name in texts}:
            raise _refuse("policy.archive_strange_file", info.filename)
        texts[info.filename] = _read(archive, info, limits)
        total += len(texts[info.filename])
        if total > limits.total:
            raise _refuse("policy.archive_too_large", most=str(limits.total // 1000))
    return texts


def _own_files(texts: dict[str, str]) -> dict[str, str]:
    """The pack's files by path inside it; notes at its root are left out."""
    inside = _inside(list(texts))
    files: dict[str, str] = {}
    for name, text in texts.items():
        path = name.removeprefix(inside)
        if "/" not in path and path.endswith(".md"):
            continue
        if not _belongs(path):
            raise _refuse("pack.unknown_file", path)
        files[path] = text
    return {path: files[path] for path in sorted(files)}


def check_plain(source: PackSource) -> None:
    """Refuse a pack with a file that is not plain YAML.

    Raises:
        PackInvalid: with every such file.
    """
    problems = []
    for path, text in source.files.items():
        try:
            read_entry(text, path)
        except Unreadable as unreadable:
            problems.append(unreadable.problem)
    if problems:
        raise PackInvalid(*problems)


def _head_text(files: dict[str, str], key: str) -> str:
    """What the head says under a key, as far as it can be read before it is checked."""
    try:
        return dict(read_entry(files[HEAD_FILE], HEAD_FILE).entries())[key].text()
    except (KeyError, Unreadable):
        return ""


def parent_of(source: PackSource) -> str:
    """The pack it extends; empty when it names none, or none that could be a name."""
    name = _head_text(dict(source.files), "extends")
    return name if name.isidentifier() else ""


def read_archive(data: bytes, limits: ArchiveLimits = LIMITS) -> PackSource:
    """The one pack in a zip.

    Raises:
        PackInvalid: too large, too many, no zip, files that do not belong, or not plain YAML.
    """
    if len(data) > limits.archive:
        raise _refuse("policy.archive_too_large", most=str(limits.archive // 1000))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _own_files(_unpack(archive, limits))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise _refuse("policy.archive_unreadable") from None
    if HEAD_FILE not in files:
        raise _refuse("pack.no_head", HEAD_FILE)
    source = PackSource(_head_text(files, "pack"), files)
    check_plain(source)
    return source
