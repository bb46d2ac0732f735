"""What followed from an import: the runs that judged its counties again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol, cast

from bangfu.foundation.clock.api import now
from bangfu.foundation.ui.panels import Panel
from bangfu.screening.permissions import READ
from bangfu.screening.queries.runs import list_runs_since

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest


_SOON: Final = timedelta(minutes=10)
"""After that, a county without a run is one in which nothing changed that rules read."""


class Committed(Protocol):
    """A batch of the register or a department's list, once it is written."""

    counties: list[str]

    @property
    def committed_at(self) -> datetime | None:
        """When it was written; None before."""


def batch_panel(request: HttpRequest, batch: Committed) -> Panel | None:
    """The first run of each county since the batch was written; None for who may not see runs."""
    actor = cast("ActingRequest", request).actor
    if batch.committed_at is None or not actor.holds(READ):
        return None
    runs = list_runs_since(actor, batch.counties, batch.committed_at)
    waiting = len(runs) < len(batch.counties) and now() - batch.committed_at < _SOON
    if not runs and not waiting:
        return None
    return Panel("screening/batch_runs.html", {"runs": runs, "waiting": waiting})
