"""The wheel alone makes a demo: from the root folder, in a home with a space and Chinese in it.

What is installed is what the wheel holds, run by an interpreter that does not know this checkout.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

import bangfu
from config.commanding import Command

pytestmark = pytest.mark.one_database

PACKAGE: Final = Path(bangfu.__file__).parent
ROOT: Final = PACKAGE.parents[1]
BUILT_FROM: Final = (
    "pyproject.toml", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md", ".gitignore",
)  # fmt: skip
WHAT_PEOPLE_SEE: Final = """
import re, django
django.setup()
from django.test import Client
import bangfu
page = Client(headers={"host": "127.0.0.1", "accept-language": "en"}).get("/sign-in/")
files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.content.decode())
answers = [Client(headers={"host": "127.0.0.1"}).get(each).status_code for each in files]
print(bangfu.__file__, page.status_code, len(files) > 0, sorted(set(answers)), sep="|")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout."""
    copy, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("dist")
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("src", "requirements"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, copy / name)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(build, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = out.glob("*.whl")
    return made


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment of its own: its interpreter and where its packages lie."""

    python: str
    packages: Path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in a fresh environment, which borrows what it needs from this one.

    A path file names this environment's packages; their own path files, and with them the
    editable install of the checkout, are not read through it.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(packages)
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return Installed(str(folder / "bin" / "python"), packages)


def kept() -> set[str]:
    """Every file of the package in the checkout that is not made by running it."""
    found = (path for path in PACKAGE.rglob("*") if path.is_file())
    return {
        str(path.relative_to(PACKAGE.parent))
        for path in found
        if "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    package = {name for name in names if name.startswith("bangfu/")}
    assert package == kept()
    for part in ("packs/sichuan/", "packs/demo/", "data/divisions/", "data/maps/", "locale/en/"):
        assert any(name.startswith(f"bangfu/{part}") for name in package), part
    assert any("/templates/" in name for name in package)
    assert ("bangfu/assets/manifest.json" in package) is (PACKAGE / "assets").is_dir()
    others = {name.partition("/")[2] for name in names - package}
    assert {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"} <= others


def test_its_command_and_its_needs_are_written_in_it(installed: Installed) -> None:
    (about,) = installed.packages.glob("bangfu-*.dist-info")
    assert "bangfu = bangfu.config.command:main" in (about / "entry_points.txt").read_text()
    needs = (ROOT / "requirements" / "main.in").read_text(encoding="utf-8").splitlines()
    wanted = {line for line in needs if line and not line.startswith("#")}
    told = (about / "METADATA").read_text(encoding="utf-8").splitlines()
    assert len([line for line in told if line.startswith("Requires-Dist: ")]) == len(wanted)
    assert not any("http" in line for line in told if line.startswith("Requires-Dist: "))


def test_a_demo_from_the_wheel_needs_no_checkout(installed: Installed, tmp_path: Path) -> None:
    home = tmp_path / "新 家 home" / "演示 demo"
    command = Command(home, source=(), python=installed.python)
    said = command("demo", "--no-serve", "--households", "60").stderr
    assert "every household judged, clues opened" in said
    assert command.json("screen")["households"] == 60
    told = {each["check"]: each["passed"] for each in command.json("check")["checks"]}
    assert told["home"]
    assert told["tables"]
    assert told["keys apart"]
    assert told["front end"] is (PACKAGE / "assets" / "manifest.json").exists()
    command.surroundings["DJANGO_SETTINGS_MODULE"] = "bangfu.config.settings"
    where, status, files, answers = command.run("-c", WHAT_PEOPLE_SEE).stdout.strip().split("|")
    assert Path(where).is_relative_to(installed.packages)
    assert (status, files, answers) == ("200", "True", "[200]")
