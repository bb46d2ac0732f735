"""Publishing packs: at once, or proposed by one person and confirmed by another."""

from bangfu.policy.services.proposing import (
    check_proposal,
    confirm_proposal,
    propose_archive,
    propose_pack,
    withdraw_proposal,
)
from bangfu.policy.services.publishing import publish_pack

__all__ = [
    "check_proposal",
    "confirm_proposal",
    "propose_archive",
    "propose_pack",
    "publish_pack",
    "withdraw_proposal",
]
