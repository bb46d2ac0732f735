"""What may be done with clues and cases."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("cases.read", zh="查看线索和案件", en="See clues and cases")
RECORD: Final = capability("cases.record", zh="记录线索", en="Record clues")
ASSIGN: Final = capability("cases.assign", zh="分派线索", en="Assign clues")
VERIFY: Final = capability("cases.verify", zh="核实线索", en="Check clues")
EXPORT: Final = capability("cases.export", zh="导出线索和案件", en="Export clues and cases")
CHECK: Final = capability(
    "cases.check", zh="入户核实和村级评议公示", en="Visit, review and post notices"
)
COMPARE: Final = capability("cases.compare", zh="信息比对", en="Compare with departments' records")
REVIEW: Final = capability("cases.review", zh="乡镇审核", en="Review for the township")
DECIDE: Final = capability("cases.decide", zh="县级审定", en="Decide for the county")
READ_APPEALS: Final = capability(
    "cases.read_appeals", zh="查看异议和投诉", en="See objections and complaints"
)
ANSWER: Final = capability(
    "cases.answer", zh="办理异议和投诉", en="Answer objections and complaints"
)
