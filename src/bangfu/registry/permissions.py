"""What may be done with the register."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("registry.read", zh="查看农户", en="See households")
READ_SECRET: Final = capability(
    "registry.read_secret",
    zh="查看证件、电话和账号全号",
    en="See whole document, phone, account numbers",
)
IMPORT: Final = capability("registry.import", zh="导入农户信息", en="Import households")
REVERSE: Final = capability("registry.reverse", zh="撤回导入批次", en="Reverse an import")
CHANGE: Final = capability("registry.change", zh="变更农户信息", en="Change households")
EXPORT: Final = capability("registry.export", zh="导出农户信息", en="Export households")
OPERATE: Final = "system.operate"
"""Loading and changing divisions is part of running the system."""
