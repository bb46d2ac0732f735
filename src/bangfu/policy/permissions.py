"""What may be done with policy packs."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("policy.read", zh="查看政策规则", en="See policy rules")
PUBLISH: Final = capability("policy.publish", zh="发布政策规则", en="Publish policy rules")
