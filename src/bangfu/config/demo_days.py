"""Days of work in the demo county, one after the other under an injected clock.

A story is what happens to one household: a generator that does a step and yields how many days
pass before its next one. Whoever opens the demo finds each story where its last day left it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bangfu.foundation.access.api import actor_of
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.clock.api import today, using_clock
from bangfu.foundation.jobs.api import run_worker
from bangfu.kernel.clock import FixedClock
from bangfu.meetings.api import (
    AttendeeRow,
    Call,
    Votes,
    add_agenda,
    carry_out,
    close_meeting,
    plan_meeting,
    record_attendance,
    record_votes,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

    Story = Generator[int, None, None]

__all__ = ["Days", "Story"]

THURSDAY: Final = 3
"""The weekday on which the demo's villages meet."""
CHAIR, RECORDER = "冉杰", "岳鹏"
INVITED, PRESENT, IN_FAVOUR = 31, 27, 26
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶"


@dataclass
class Days:
    """The people at work, the stories under way, and what waits for the next meeting.

    Attributes:
        end: the moment at which the last story stops.
        waiting: matters that the villages' next meetings are to judge, by village.
    """

    end: datetime
    waiting: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    _begun: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _people: dict[str, Person] = field(default_factory=dict)

    def by(self, username: str) -> Actor:
        """Somebody of the demo, as an actor of the day it is."""
        if username not in self._people:
            self._people[username] = Person.objects.get(username=username)
        return actor_of(self._people[username], purpose="监测帮扶")

    def person(self, username: str) -> UUID:
        """The id of somebody of the demo."""
        return self.by(username).person_id or self._people[username].pk

    def begin(self, story: Story, days_before: int) -> None:
        """Let a story begin so many days before the end."""
        self._begun.append((self.end - timedelta(days=days_before), len(self._begun), story))

    def live(self) -> None:
        """Live through the days, in order; what events bring is done at the end of each.

        What comes round every day is done once, at the end: it looks at how things are then.
        """
        for day in self._days():
            with using_clock(FixedClock(day)):
                self._steps(day)
                if today().weekday() == THURSDAY:
                    self.hold_meetings()
                run_worker(once=True, schedules=False)
        with using_clock(FixedClock(self.end)):
            run_worker(once=True)

    def until_meeting(self, village: str, matter: UUID) -> int:
        """Put a matter before the village's next meeting; answer how many days until after it."""
        self.waiting[village].append(matter)
        return (THURSDAY - today().weekday()) % 7 + 1

    def _days(self) -> Iterator[datetime]:
        day = min((moment for moment, _, _ in self._begun), default=self.end)
        while day <= self.end:
            yield day
            day += timedelta(days=1)

    def _steps(self, day: datetime) -> None:
        """Everybody whose day has come takes the next step, in the order they began."""
        due = sorted(each for each in self._begun if each[0] <= day)
        self._begun = [each for each in self._begun if each[0] > day]
        for _, order, story in due:
            days = next(story, None)
            if days is not None:
                self._begun.append((day + timedelta(days=days), order, story))

    def hold_meetings(self) -> None:
        """Each village whose cases wait holds a meeting of its representatives."""
        waiting, self.waiting = self.waiting, defaultdict(list)
        for village, matters in sorted(waiting.items()):
            actor = self.by("ranjie")
            call = Call(
                "representatives", today(), "村委会会议室", CHAIR, RECORDER, eligible=INVITED
            )
            meeting = plan_meeting(actor=actor, division=village, call=call)
            items = add_agenda(actor=actor, meeting_id=meeting.pk, matter_ids=matters)
            rows = [
                AttendeeRow(f"{name}代表", "representative", signed=place < PRESENT)
                for place, name in enumerate(_SURNAMES[:INVITED])
            ]
            record_attendance(actor=actor, meeting_id=meeting.pk, rows=rows)
            votes = {each.matter_id: Votes(IN_FAVOUR, PRESENT - IN_FAVOUR, 0) for each in items}
            record_votes(actor=actor, meeting_id=meeting.pk, votes=votes)
            close_meeting(actor=actor, meeting_id=meeting.pk)
            carry_out(actor=actor, meeting_id=meeting.pk)
