"""A version opened to be read: its pack, the day it is looked at on, and how it stands then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bangfu.foundation.clock.api import today
from bangfu.policy.domain.standing import standing_of
from bangfu.policy.queries import get_version, pack_of_version

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.policy.domain.standing import PackStanding
    from bangfu.policy.models import PackVersion
    from bangfu.rules.api import Pack


@dataclass(frozen=True, slots=True)
class Opened:
    """A version with its pack, looked at on the day nearest to today on which it holds."""

    version: PackVersion
    pack: Pack
    standing: PackStanding

    @property
    def day(self) -> date:
        """The day it is looked at on."""
        return self.standing.day

    @property
    def in_force(self) -> bool:
        """Whether it holds today."""
        return self.day == today() and self.version.status == "published"

    @property
    def context(self) -> dict[str, object]:
        """What every page of a version needs."""
        return {"opened": self, "version": self.version, "pack": self.pack}


def day_of(version: PackVersion) -> date:
    """Today while the version holds; its first or last day before and after."""
    day = max(today(), version.valid_from)
    if version.valid_to is not None and day >= version.valid_to:
        day = version.valid_to - timedelta(days=1)
    return day


def open_version(request: ActingRequest, version_id: UUID) -> Opened:
    """The version asked for.

    Raises:
        Http404: when there is none.
    """
    version = get_version(actor=request.actor, version_id=version_id)
    pack = pack_of_version(version.pk)
    return Opened(version, pack, standing_of(pack, day_of(version)))
