"""The tree builds anywhere: no machine's paths, no registry's address, all locked by hash."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from architecture.tree import ROOT, files_of

if TYPE_CHECKING:
    from pathlib import Path

BINARY = {".png", ".jpg", ".xlsx", ".woff2", ".ico", ".parquet", ".mo", ".gz", ".zip", ".pdf"}
# Written in parts, so that this file does not hold what it forbids.
REGISTRY = re.compile(
    "|".join(
        [
            r"https?://[^\s\"')]*(?:pypi|pythonhosted|npmjs|npmmirror|artifactory|nexus)[.:/]",
            r"https?://(?:mirror|proxy|registry)[^\s\"')]*",
            r"--(?:extra-)?index-" + "url",
            r"https?://(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+",
        ]
    )
)
MACHINE = re.compile(
    r"(?<![\w.])/(?:"
    + r"root|home/[a-z]\w*|Users/\w+|work/(?:main|shared|\.\w+)"
    + r")(?=[/\s\"')]|$)"
)


CARRIED = ROOT / "src" / "bangfu" / "data"


def texts() -> list[tuple[Path, str]]:
    """The texts somebody here wrote; carried data stay as they came."""
    return [
        (path, path.read_text(encoding="utf-8"))
        for path in files_of()
        if path.suffix not in BINARY and CARRIED not in path.parents
    ]


def test_every_text_of_the_tree_is_utf_8_and_ends_in_a_new_line() -> None:
    assert [
        path.relative_to(ROOT).as_posix()
        for path, text in texts()
        if text and not text.endswith("\n")
    ] == []


@pytest.mark.parametrize("forbidden", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_path_of_one_machine(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path, text in texts()
        for match in forbidden.finditer(text)
        # `make lock` leaves the address out by naming the option that does so.
        if match.group() != "--no-emit-index-" + "url"
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRY, "resolved https://" + "registry.npmjs.org/htmx.org"),
        (REGISTRY, "--extra-index-" + "url somewhere"),
        (REGISTRY, "http://192.168" + ".0.12:8081/simple"),
        (MACHINE, "open('/" + "root/.cache')"),
        (MACHINE, "see /" + "home/li/bangfu"),
    ],
)
def test_addresses_and_paths_are_found(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def locked_lists() -> list[Path]:
    return sorted((ROOT / "requirements").glob("*.txt"))


def requirements_of(text: str) -> list[str]:
    """The requirements of a list, each with its continuation lines."""
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("path", locked_lists(), ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    lines = requirements_of(path.read_text(encoding="utf-8"))
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def test_every_list_has_its_lock() -> None:
    wanted = {path.stem for path in (ROOT / "requirements").glob("*.in")}
    assert {path.stem for path in locked_lists()} == wanted


def test_the_npm_lock_has_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert [name for name, each in packages.items() if "resolved" in each] == []
    assert [name for name, each in packages.items() if "integrity" not in each] == []


@pytest.mark.django_db
def test_the_migrations_are_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
