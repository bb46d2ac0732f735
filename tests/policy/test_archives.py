"""A pack sent as a zip is hostile until proven: what is refused, with which words."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from bangfu.policy.services.archives import ArchiveLimits, parent_of, read_archive
from bangfu.rules.api import PackInvalid, PackSource

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = "pack: trial\nextends: nation\n"
SMALL = ArchiveLimits(archive=4_000, file=2_000, total=3_000, files=6)


def zipped(fill: Callable[[zipfile.ZipFile], None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return stream.getvalue()


def with_files(**files: str) -> bytes:
    """A zip with a head and more; `rules__a` stands for `rules/a.yaml`."""

    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr("trial/pack.yaml", HEAD)
        for name, text in files.items():
            archive.writestr(f"trial/{name.replace('__', '/')}.yaml", text)

    return zipped(fill)


def named(name: str) -> bytes:
    """A zip with a head and a file of this name."""

    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr("pack.yaml", HEAD)
        archive.writestr(name, "a: 1\n")

    return zipped(fill)


def linked(archive: zipfile.ZipFile) -> None:
    """A link to somewhere else on the machine."""
    info = zipfile.ZipInfo("trial/pack.yaml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def refused(data: bytes) -> str:
    with pytest.raises(PackInvalid) as found:
        read_archive(data, SMALL)
    return found.value.problems[0].code


def test_a_folder_in_a_zip_is_read_with_its_notes_left_out() -> None:
    data = zipped(
        lambda archive: [
            archive.writestr("trial/pack.yaml", HEAD),
            archive.writestr("trial/rules/water.yaml", "a: 1\n"),
            archive.writestr("trial/README.md", "# 说明"),
            archive.writestr("__MACOSX/trial/._pack.yaml", b"\x00\x05"),
        ][0]
    )
    source = read_archive(data, SMALL)
    assert source == PackSource("trial", {"pack.yaml": HEAD, "rules/water.yaml": "a: 1\n"})
    assert parent_of(source) == "nation"


@pytest.mark.parametrize("text", ["extends: ../nation\n", "extends: /etc\n", "a: 1\n", "- 1\n"])
def test_only_a_name_can_be_what_a_pack_extends(text: str) -> None:
    assert parent_of(PackSource("trial", {"pack.yaml": text})) == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a zip", "policy.archive_unreadable"),
        (with_files()[:-30], "policy.archive_unreadable"),
        (b"x" * 4_001, "policy.archive_too_large"),
        (with_files(rules__a="# " + "x" * 2_000), "pack.too_long"),
        (with_files(rules__a="# " + "x" * 1_500, rules__b="# " + "x" * 1_500),
         "policy.archive_too_large"),
        (with_files(**{f"rules__a{n}": "a: 1\n" for n in range(6)}), "policy.archive_too_many"),
        (named("../pack.yaml"), "policy.archive_strange_file"),
        (named("/rules/a.yaml"), "policy.archive_strange_file"),
        (named("rules/a b.yaml"), "policy.archive_strange_file"),
        (named("a/b/c/d.yaml"), "policy.archive_strange_file"),
        (named("PACK.yaml"), "policy.archive_strange_file"),
        (named("rules/a.py"), "pack.unknown_file"),
        (named("secrets/a.yaml"), "pack.unknown_file"),
        (zipped(linked), "policy.archive_strange_file"),
        (zipped(lambda archive: archive.writestr("x/rules/a.yaml", "a: 1\n")), "pack.no_head"),
        (with_files(procedures__a="a: &b [1]\nc: [*b, *b]\n"), "pack.alias"),
        (with_files(procedures__a="a: [\n"), "pack.not_yaml"),
    ],
    ids=[
        "no zip", "cut off", "too large", "a large file", "large together", "many", "above",
        "from the root", "a strange name", "deep", "doubled but for case", "a program",
        "another folder", "a link", "no head", "aliases", "no yaml",
    ],
)  # fmt: skip
def test_what_does_not_belong_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_file_larger_than_it_says_is_counted_as_it_comes_out() -> None:
    """A bomb: the directory says few bytes, the stream holds many."""
    data = with_files(rules__a="x" * 100_000)
    said = (100_000).to_bytes(4, "little")
    assert refused(data.replace(said, (10).to_bytes(4, "little"))) in {
        "pack.too_long",
        "policy.archive_unreadable",
    }
