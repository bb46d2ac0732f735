"""The door to policy: others import only this."""

from bangfu.policy.domain.admission import register_admission
from bangfu.policy.domain.phases import Category, Form, Phase, Relabelled
from bangfu.policy.models import PackVersion
from bangfu.policy.permissions import PUBLISH, READ
from bangfu.policy.queries import (
    Line,
    active_pack,
    can_write,
    check_writable,
    find_phase_on,
    find_version,
    get_pack,
    line_on,
    list_phases,
    list_versions,
    phase_on,
    phases_of,
)
from bangfu.policy.services import propose_pack, publish_pack

__all__ = [
    "PUBLISH",
    "READ",
    "Category",
    "Form",
    "Line",
    "PackVersion",
    "Phase",
    "Relabelled",
    "active_pack",
    "can_write",
    "check_writable",
    "find_phase_on",
    "find_version",
    "get_pack",
    "line_on",
    "list_phases",
    "list_versions",
    "phase_on",
    "phases_of",
    "propose_pack",
    "publish_pack",
    "register_admission",
]
