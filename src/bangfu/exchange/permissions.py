"""What may be done with departments' lists."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("exchange.read", zh="查看部门名单", en="See departments' lists")
SUBMIT: Final = capability("exchange.submit", zh="报送部门名单", en="Hand in a department's list")
MATCH: Final = capability("exchange.match", zh="匹配部门名单", en="Match rows of lists")
WITHDRAW: Final = capability("exchange.withdraw", zh="撤回部门名单", en="Withdraw a list")
REGISTER: Final = "registry.read"
"""Who may also read the register sees the lists of every office, and whom rows were matched to."""
