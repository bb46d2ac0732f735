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
from bangfu.policy.queries.proposals import check_confirmable, get_proposal, list_waiting
from bangfu.policy.queries.versions import (
    active_pack,
    case_outcomes,
    find_pack,
    find_version,
    get_pack,
    get_version,
    list_versions,
    load_checked,
    pack_of_proposal,
    pack_of_version,
    sources_in,
)

__all__ = [
    "Line",
    "active_pack",
    "can_write",
    "case_outcomes",
    "check_confirmable",
    "check_writable",
    "find_pack",
    "find_phase_on",
    "find_version",
    "get_pack",
    "get_proposal",
    "get_version",
    "line_on",
    "list_phases",
    "list_versions",
    "list_waiting",
    "load_checked",
    "pack_of_proposal",
    "pack_of_version",
    "phase_on",
    "phases_of",
    "sources_in",
]
