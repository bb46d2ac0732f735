"""Made-up officials, as actors, without rows."""

from __future__ import annotations

from bangfu.foundation.access.api import Actor, Grant, load_roles
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode

COUNTY = "511921"
TOWNSHIP = "511921103"


def officer(role: str, division: str, name: str = "") -> Actor:
    """Someone with one role in one division."""
    grant = Grant(role, DivisionCode(division), load_roles()[role].capabilities)
    return Actor(new_id(), new_id(), name or role, role, grants=(grant,))
