"""The command in a process of its own, at a moment and in surroundings of the test's choice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bangfu

if TYPE_CHECKING:
    from datetime import datetime

_CLOCK = Path(__file__).with_name("strange_clock")


@dataclass
class Command:
    """`bangfu`, told to work in one home.

    Attributes:
        source: folders that hold packages the interpreter does not know of.
        python: the interpreter.
        moment: where its clock begins; None leaves the machine's.
    """

    home: Path
    moment: datetime | None = None
    source: tuple[Path, ...] = (Path(bangfu.__file__).parents[1],)
    python: str = sys.executable
    surroundings: dict[str, str] = field(default_factory=dict)
    folder: Path = Path("/")

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run it; whatever it says, it must end well."""
        return self.run("-m", "bangfu.config.command", *words)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the interpreter as the command is run."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        path = [str(each) for each in self.source]
        if self.moment is not None:
            path.append(str(_CLOCK))
            kept["BANGFU_TEST_MOMENT"] = str(self.moment.timestamp())
        if path:
            kept["PYTHONPATH"] = os.pathsep.join(path)
        done = subprocess.run(
            [self.python, *words],
            env={**kept, "BANGFU_HOME": str(self.home), **self.surroundings},
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done

    def json(self, *words: str) -> dict[str, Any]:
        """Run it with `--json`; exactly one object on standard output."""
        found: dict[str, Any] = json.loads(self(*words, "--json").stdout)
        return found
