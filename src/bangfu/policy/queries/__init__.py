"""Reading published packs and what they say of days."""

from bangfu.policy.queries.phases import (
    Line,
    can_write,
    check_writable,
    find_phase_on,
    line_on,
    list_phases,
    phase_on,
    phases_of,
)
from bangfu.policy.queries.versions import (
    active_pack,
    find_pack,
    find_version,
    get_pack,
    list_versions,
)

__all__ = [
    "Line",
    "active_pack",
    "can_write",
    "check_writable",
    "find_pack",
    "find_phase_on",
    "find_version",
    "get_pack",
    "line_on",
    "list_phases",
    "list_versions",
    "phase_on",
    "phases_of",
]
