"""A visit tells that the visitors were in the village: nobody signs in twice for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from bangfu.attendance.api import record_presence
from bangfu.foundation.access.api import system_actor

if TYPE_CHECKING:
    from bangfu.cases.models import CaseVisit

AT_THE_HOUSE: Final = "visit"
"""The approach that takes somebody to the village; a telephone call does not."""


def tell_presence(visit: CaseVisit) -> None:
    """Let the duty of resident officials know of a visit made at the house.

    Whoever records the visit need not keep the duty of the others who went; the system does.
    """
    if visit.approach != AT_THE_HOUSE:
        return
    place = visit.case.division
    people = [UUID(each["id"]) for each in visit.visitors]
    record_presence(
        actor=system_actor("cases", place), division=place, day=visit.visited_on, person_ids=people
    )
