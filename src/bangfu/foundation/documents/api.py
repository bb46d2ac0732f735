"""The door to documents: others import only this."""

from bangfu.foundation.documents.domain.codes import in_groups, read_code
from bangfu.foundation.documents.kinds import (
    KindUnknown,
    PaperKind,
    list_kinds,
    paper_kind,
    register_paper,
)
from bangfu.foundation.documents.models import IssuedPaper
from bangfu.foundation.documents.queries import (
    CheckedPaper,
    find_by_code,
    get_issued,
    issued_for,
    list_issued,
)
from bangfu.foundation.documents.services import (
    check_address,
    issue_paper,
    open_paper,
    render_paper,
)
from bangfu.foundation.documents.typesetting import RenderedPaper

__all__ = [
    "CheckedPaper",
    "IssuedPaper",
    "KindUnknown",
    "PaperKind",
    "RenderedPaper",
    "check_address",
    "find_by_code",
    "get_issued",
    "in_groups",
    "issue_paper",
    "issued_for",
    "list_issued",
    "list_kinds",
    "open_paper",
    "paper_kind",
    "read_code",
    "register_paper",
    "render_paper",
]
