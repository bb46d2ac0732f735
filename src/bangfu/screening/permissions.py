"""What may be done with screening."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("screening.read", zh="查看筛查结果", en="See what screening found")
RUN: Final = capability("screening.run", zh="运行筛查和试算", en="Run screenings and simulations")
