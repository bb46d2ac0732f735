"""The door to the audit: others import only this."""

from bangfu.foundation.audit.domain.events import Acting, Kind, PersonalValue
from bangfu.foundation.audit.services import (
    OutsideTransaction,
    check_purpose,
    record,
    record_counted,
    record_listed,
    record_opened,
    record_refused,
)

__all__ = [
    "Acting",
    "Kind",
    "OutsideTransaction",
    "PersonalValue",
    "check_purpose",
    "record",
    "record_counted",
    "record_listed",
    "record_opened",
    "record_refused",
]
