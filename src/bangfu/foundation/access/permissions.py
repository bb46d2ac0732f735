"""The capabilities of access itself, and those of the rooms below it.

The audit and the accounts lie below access and cannot declare their own.
"""

from bangfu.foundation.access.domain.capabilities import capability

MANAGE = capability("access.manage", zh="管理人员和授权", en="Manage people and postings")
READ_AUDIT = capability("audit.read", zh="查看审计记录", en="Read the audit")
