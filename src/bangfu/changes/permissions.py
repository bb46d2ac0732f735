"""What may be done with changes of the register."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("changes.read", zh="查看信息变更", en="See changes")
REQUEST: Final = capability("changes.request", zh="提出信息变更", en="Ask for changes")
DECIDE: Final = capability("changes.decide", zh="审核信息变更", en="Decide about changes")
