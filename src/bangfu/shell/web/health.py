"""Is it well: for the people and machines that watch over the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import open_to_all

if TYPE_CHECKING:
    from django.http import HttpRequest


def _database() -> dict[str, Any]:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return {"ok": False}
    return {"ok": True}


@open_to_all
@require_safe
def report_health(request: HttpRequest) -> JsonResponse:
    """Database, worker and audit; 503 when one of them is not well. Names nobody, counts nobody."""
    parts = {"database": _database()}
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": well, **parts}, status=200 if well else 503)
