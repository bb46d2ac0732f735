"""Work that belongs to no feature: the audit is sealed by the clock.

Audit and jobs are neighbours in the foundation and do not know each other; here they meet.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.audit.api import seal_batch
from bangfu.foundation.jobs.api import job_kind

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

SEAL_EVERY_SECONDS: Final = 30
"""Half of the minute within which every committed row is promised to be sealed."""


@job_kind("audit.seal", every_seconds=SEAL_EVERY_SECONDS)
def seal(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Seal what was committed since the last time."""
    return asdict(seal_batch())
