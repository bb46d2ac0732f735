"""The door to the audit: others import only this."""

from bangfu.foundation.audit.domain.events import Acting, Checked, Kind, PersonalValue
from bangfu.foundation.audit.exporting import export_audit, verify
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.audit.queries import Opening, list_events, list_openings
from bangfu.foundation.audit.sealing import Sealed, UnsealedWindow, seal_batch, unsealed_window
from bangfu.foundation.audit.services import (
    ACTION_LENGTH,
    OutsideTransaction,
    check_purpose,
    hidden_text,
    record,
    record_counted,
    record_listed,
    record_opened,
    record_refused,
)
from bangfu.foundation.audit.verify_audit import Report, describe

__all__ = [
    "ACTION_LENGTH",
    "Acting",
    "AuditEvent",
    "Checked",
    "Kind",
    "Opening",
    "OutsideTransaction",
    "PersonalValue",
    "Report",
    "Sealed",
    "UnsealedWindow",
    "check_purpose",
    "describe",
    "export_audit",
    "hidden_text",
    "list_events",
    "list_openings",
    "record",
    "record_counted",
    "record_listed",
    "record_opened",
    "record_refused",
    "seal_batch",
    "unsealed_window",
    "verify",
]
