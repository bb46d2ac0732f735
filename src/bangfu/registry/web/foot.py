"""What the register says at the foot of every page: how fresh the data are."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from bangfu.kernel.clock import CHINA
from bangfu.registry.permissions import READ
from bangfu.registry.queries.subjects import find_last_commit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest


def say_how_fresh(request: HttpRequest) -> str | None:
    """The data date of the last import that reached the reader's places, and when it came."""
    actor = cast("ActingRequest", request).actor
    if not actor.holds(READ):
        return None
    batch = find_last_commit(actor)
    if batch is None or batch.committed_at is None:
        return None
    at = batch.committed_at.astimezone(CHINA)
    values = {"day": batch.data_date.isoformat(), "at": f"{at:%Y-%m-%d %H:%M}"}
    return _("登记数据截至 %(day)s，%(at)s 导入") % values
