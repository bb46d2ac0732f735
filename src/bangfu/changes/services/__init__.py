"""The writes: changes are asked for and decided."""

from bangfu.changes.services.asking import EVIDENCE, propose_change
from bangfu.changes.services.deciding import move_request

__all__ = ["EVIDENCE", "move_request", "propose_change"]
