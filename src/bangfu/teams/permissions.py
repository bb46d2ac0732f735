"""What may be done with people and postings."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("teams.read", zh="查看队伍", en="See people and postings")
MANAGE: Final = capability("teams.manage", zh="管理队伍", en="Manage people and postings")
