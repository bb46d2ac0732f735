"""Due days: the table names the limit, the pack says how long, the calendar counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.kernel.clock import civil_day
from bangfu.policy.api import active_pack
from bangfu.procedures.domain.deadlines import count_limit, start_of
from bangfu.procedures.queries.tables import calendar_of_pack

if TYPE_CHECKING:
    from datetime import date, datetime

    from bangfu.procedures.domain.calendar import Due
    from bangfu.procedures.domain.table import Limit, Procedure
    from bangfu.rules.api import Pack


class Dues:
    """Due days of one state of one table; the pack is fetched and a place counted once."""

    def __init__(self, procedure: Procedure, state: str) -> None:
        self._limit = procedure.states[state].limit
        self._packs: dict[date, Pack] = {}
        self._known: dict[tuple[date, str], Due | None] = {}

    def of(self, *, opened: datetime, entered: datetime, division: str) -> Due | None:
        """The last day in time; None when the state has no limit, or nobody set its length."""
        if self._limit is None:
            return None
        start = start_of(self._limit, opened=civil_day(opened), entered=civil_day(entered))
        key = (start, division)
        if key not in self._known:
            self._known[key] = self._count(self._limit, start, division)
        return self._known[key]

    def _count(self, limit: Limit, start: date, division: str) -> Due | None:
        pack = self._packs.get(start)
        if pack is None:
            pack = self._packs[start] = active_pack(start)
        days = pack.parameters_on(start, division).get(limit.parameter)
        return None if days is None else count_limit(limit, start, days, calendar_of_pack(pack))
