"""A seed nobody has seen before, one for each run of the tests, printed so that it can be repeated.

It is drawn once, before worker processes start, and handed to them in the environment.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

VARIABLE = "BANGFU_TEST_SEED"

os.environ.setdefault(VARIABLE, str(secrets.randbelow(10**9)))


def new_seed() -> int:
    """This run's seed."""
    return int(os.environ[VARIABLE])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which seed was used, whether the run passed or not."""
    terminalreporter.write_line(f"{VARIABLE}={new_seed()} repeats this run's made-up county")
