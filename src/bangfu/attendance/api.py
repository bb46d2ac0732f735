"""The door to resident duty: others import only this."""

from bangfu.attendance.domain.months import Month, month_of
from bangfu.attendance.models import DutyMonth, Leave, Recall, SignIn
from bangfu.attendance.permissions import MANAGE, READ, SIGN
from bangfu.attendance.queries.months import MonthCount, count_months
from bangfu.attendance.services.freezing import freeze_month
from bangfu.attendance.services.leaving import Asked, ask_leave, move_leave
from bangfu.attendance.services.presence import record_presence, sign_in
from bangfu.attendance.services.recalling import recall_official

__all__ = [
    "MANAGE",
    "READ",
    "SIGN",
    "Asked",
    "DutyMonth",
    "Leave",
    "Month",
    "MonthCount",
    "Recall",
    "SignIn",
    "ask_leave",
    "count_months",
    "freeze_month",
    "month_of",
    "move_leave",
    "recall_official",
    "record_presence",
    "sign_in",
]
