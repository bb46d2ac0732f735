"""The `bangfu` command: stable words that people script against.

Exit status 0 when done, 1 for a refusal (the data, the pack or the state does not allow it), 2 for
wrong use (one line on standard error). With `--json` one object goes to standard output, and
nothing else.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from bangfu.config.command.arguments import WrongUse, read_arguments
from bangfu.config.home import HomeInUse, find_home, mark_demo

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the answer is its exit status."""
    try:
        asked = read_arguments(sys.argv[1:] if arguments is None else arguments)
        if asked.command == "demo":
            mark_demo(find_home())
    except HomeInUse as in_use:
        sys.stderr.write(f"bangfu: {in_use}\n")
        return 1
    except WrongUse as wrong:
        sys.stderr.write(f"bangfu: {wrong}\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.config.settings")
    # Settings read the home, so nothing of Django may be imported before the home is known.
    import_module("django").setup()
    return int(import_module("bangfu.config.command.actions").act(asked))
