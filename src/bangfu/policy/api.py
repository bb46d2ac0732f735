"""The door to policy: others import only this."""

from bangfu.policy.models import PackVersion
from bangfu.policy.permissions import PUBLISH, READ
from bangfu.policy.queries import active_pack, get_pack, list_versions
from bangfu.policy.services import publish_pack

__all__ = [
    "PUBLISH",
    "READ",
    "PackVersion",
    "active_pack",
    "get_pack",
    "list_versions",
    "publish_pack",
]
