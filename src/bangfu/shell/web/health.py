"""Is it well: for the people and machines that watch over the server.

It counts rows of work and of the audit, and names nobody and no place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import DatabaseError
from django.db.models import Count, Max, Min
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import open_to_all
from bangfu.foundation.audit.api import unsealed_window
from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.api import LEASE, Job, JobState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest

_LATE: Final = 2 * LEASE.total_seconds()
"""Seconds after which waiting work, or an unsealed row, means that no worker is there."""
_WELL, _UNWELL = 200, 503


def _seconds_since(moment: datetime | None) -> int | None:
    """Whole seconds since a moment; None when there was none."""
    return None if moment is None else int((now() - moment).total_seconds())


def _is_late(seconds: int | None) -> bool:
    return seconds is not None and seconds > _LATE


def _worker() -> dict[str, Any]:
    """When a worker last finished something, and what is due that nobody takes up."""
    due = Job.objects.filter(state=JobState.WAITING, run_after__lte=now())
    waiting = due.aggregate(number=Count("pk"), oldest=Min("run_after"))
    last = Job.objects.aggregate(last=Max("finished_at"))["last"]
    oldest = _seconds_since(waiting["oldest"])
    return {
        "ok": not _is_late(oldest),
        "seconds_since_last_job": _seconds_since(last),
        "jobs_due": waiting["number"],
        "seconds_since_oldest_was_due": oldest,
    }


def _audit() -> dict[str, Any]:
    """The rows of the audit that no seal covers yet."""
    window = unsealed_window()
    oldest = _seconds_since(window.oldest)
    return {
        "ok": not _is_late(oldest),
        "unsealed_rows": window.count,
        "seconds_since_oldest": oldest,
    }


def _asked(part: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a part says, or that the database does not answer."""
    try:
        return part()
    except DatabaseError:
        return {"ok": False}


@open_to_all
@require_safe
def report_health(request: HttpRequest) -> JsonResponse:
    """Database, worker and audit as JSON; status 503 when one of them is not well."""
    parts = {"worker": _asked(_worker), "audit": _asked(_audit)}
    database = {"ok": any(len(part) > 1 for part in parts.values())}
    parts = {"database": database, **parts}
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": well, **parts}, status=_WELL if well else _UNWELL)
