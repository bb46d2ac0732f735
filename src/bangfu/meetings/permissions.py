"""What may be done with village meetings."""

from __future__ import annotations

from typing import Final

from bangfu.foundation.access.api import capability

READ: Final = capability("meetings.read", zh="查看村级会议", en="See village meetings")
HOLD: Final = capability("meetings.hold", zh="召集并记录村级会议", en="Hold village meetings")
