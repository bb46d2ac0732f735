"""The door to changes: others import only this."""

from bangfu.changes.models import ChangeRequest
from bangfu.changes.permissions import DECIDE, READ, REQUEST
from bangfu.changes.queries.details import RequestDetail, get_request
from bangfu.changes.queries.filters import SORTS, RequestFilters
from bangfu.changes.queries.lists import (
    count_waiting,
    export_requests,
    list_requests,
    requests_of,
)
from bangfu.changes.queries.rows import RequestRow
from bangfu.changes.services import EVIDENCE, move_request, propose_change

__all__ = [
    "DECIDE",
    "EVIDENCE",
    "READ",
    "REQUEST",
    "SORTS",
    "ChangeRequest",
    "RequestDetail",
    "RequestFilters",
    "RequestRow",
    "count_waiting",
    "export_requests",
    "get_request",
    "list_requests",
    "move_request",
    "propose_change",
    "requests_of",
]
