"""What may be done with clues."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("cases.read", zh="查看线索", en="See clues")
RECORD: Final = capability("cases.record", zh="记录线索", en="Record clues")
ASSIGN: Final = capability("cases.assign", zh="分派线索", en="Assign clues")
VERIFY: Final = capability("cases.verify", zh="核实线索", en="Check clues")
EXPORT: Final = capability("cases.export", zh="导出线索", en="Export clues")
READ_APPEALS: Final = capability(
    "cases.read_appeals", zh="查看异议和投诉", en="See objections and complaints"
)
ANSWER: Final = capability(
    "cases.answer", zh="办理异议和投诉", en="Answer objections and complaints"
)
