"""Python reads this at its start when the folder is on its path: the clock begins where asked.

`BANGFU_TEST_MOMENT` is the moment, in seconds since 1970; from there the clock runs on.
"""

import os
import time

_machine = time.time
_ahead = float(os.environ["BANGFU_TEST_MOMENT"]) - _machine()


def _moved() -> float:
    return _machine() + _ahead


time.time = _moved
