"""The documentation, built once for the tests that read it."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


class BuildFailed(AssertionError):
    """Sphinx warned, and a warning is an error."""


@cache
def build() -> Path:
    """Build the documentation as `make docs` does; the folder of its pages.

    Raises:
        BuildFailed: with what Sphinx said.
    """
    out = Path(tempfile.mkdtemp(prefix="bangfu-docs-test-"))
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-b", "html"]
    done = subprocess.run(
        [*command, "-d", str(out / "trees"), str(DOCS), str(out / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BuildFailed(done.stderr)
    return out / "html"


def words_of(page: str) -> str:
    """The words of a built page, tags off, white space made single."""
    text = (build() / f"{page}.html").read_text(encoding="utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def source_of(page: str) -> str:
    """A page as it was written."""
    return (DOCS / f"{page}.md").read_text(encoding="utf-8")
