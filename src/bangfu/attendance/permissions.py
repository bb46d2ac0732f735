"""What may be done with the attendance of resident officials."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("attendance.read", zh="查看驻村考勤", en="See resident duty")
SIGN: Final = capability("attendance.sign", zh="驻村签到请假", en="Sign in and ask for leave")
MANAGE: Final = capability("attendance.manage", zh="管理驻村考勤", en="Manage resident duty")
