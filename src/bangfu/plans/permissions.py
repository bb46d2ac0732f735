"""What may be done with plans and measures."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("plans.read", zh="查看帮扶方案", en="See plans")
DRAFT: Final = capability("plans.draft", zh="拟定帮扶方案", en="Draft plans")
APPROVE: Final = capability("plans.approve", zh="审定帮扶方案", en="Approve plans")
RECORD: Final = capability("plans.record", zh="登记措施进展", en="Record the progress of measures")
