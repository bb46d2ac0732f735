"""What may be done with jobs."""

from bangfu.foundation.access.api import capability

OPERATE = capability("system.operate", zh="运行和维护系统", en="Operate the system")
