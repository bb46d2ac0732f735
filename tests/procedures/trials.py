"""Matters of the trial procedure `help`, brought to where a test wants them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from bangfu.foundation.clock.api import new_id, using_clock
from bangfu.kernel.clock import CHINA, FixedClock
from bangfu.procedures.api import Subject, make_move, open_matter
from procedures.people import COUNTY, VILLAGE, officer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.procedures.api import Matter

PAPERS = {"minutes": ["f"]}


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[None]:
    """Another day, at nine in the morning."""
    with using_clock(FixedClock(datetime.combine(day, time(hour), CHINA))):
        yield


def opened(place: str = VILLAGE) -> Matter:
    """A matter just received."""
    opener = officer("village_official", place, "岳鹏")
    return open_matter(actor=opener, procedure="help", subject=Subject(place, "x", new_id()))


def reviewed(place: str = VILLAGE) -> Matter:
    """A matter that the village has passed."""
    actor = officer("village_official", place, "冉桂华")
    return make_move(actor=actor, matter_id=opened(place).pk, move="review", papers=PAPERS)


def helped(place: str = VILLAGE) -> Matter:
    """A matter whose notice has hung its days: from Monday 11-16 to the Sunday after."""
    matter = reviewed(place)
    poster = officer("village_official", place, "冉桂华")
    make_move(actor=poster, matter_id=matter.pk, move="post", shown={"people": 3})
    county = officer("county_officer", place[:6] if place else COUNTY, "周敏")
    with on(date(2026, 11, 22)):
        return make_move(actor=county, matter_id=matter.pk, move="approve")
