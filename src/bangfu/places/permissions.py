"""What may be done with tags and village records."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("places.read", zh="查看区域标签和村情", en="See area tags and villages")
MANAGE: Final = capability(
    "places.manage", zh="维护区域标签和村情", en="Keep area tags and village records"
)
HOUSEHOLDS: Final = "registry.read"
"""Counts of households ask for the register's own right."""
