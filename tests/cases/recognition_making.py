"""A recognition walked step by step by the people of a county. Everybody is made up."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from bangfu.cases.api import Answer, CaseMove, Signed, Visit
from bangfu.cases.api import ask_comparison as ask
from bangfu.cases.api import move_cases as move_many
from bangfu.cases.api import open_recognition as begin
from bangfu.cases.api import record_answer as answer
from bangfu.cases.api import record_consent as sign
from bangfu.cases.api import record_visit as visit
from bangfu.cases.models import Case
from bangfu.cases.queries.recognition_table import comparison_table
from bangfu.foundation.access.api import actor_of, grant_posting, system_actor
from bangfu.foundation.clock.api import now, today, using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
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
from bangfu.registry.api import Correct, Correction, apply_change
from bangfu.registry.models import Household
from registry.making import COUNTY, VILLAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.accounts.api import Person

MONDAY: Final = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
"""Monday 2026-11-02, ten in the morning in China: the day the walk begins."""

FULL: Final = {
    "unsafe_housing": False,
    "out_of_school": False,
    "unsafe_water": False,
    "uninsured": True,
}


@contextmanager
def days_later(days: int) -> Iterator[None]:
    """The same moment so many days later than now."""
    with using_clock(FixedClock(now() + timedelta(days=days))):
        yield


@dataclass
class Walk:
    """The people, and the moves they make. Each step leaves the case where the next begins."""

    people: dict[str, Person]
    cases: dict[str, UUID] = field(default_factory=dict)
    postings: dict[str, UUID] = field(default_factory=dict)

    def by(self, name: str) -> Actor:
        """Somebody as an actor today."""
        return actor_of(self.people[name], posting_id=self.postings.get(name))

    def open(self, number: str = "H1", *, by: str = "villager", risks: Any = ("illness",)) -> Case:
        """A recognition of a household that nobody monitors."""
        household = Household.objects.get(household_number=number)
        case = begin(actor=self.by(by), household_id=household.pk, risks=risks)
        self.cases[number] = case.pk
        return case

    def seen(self, number: str = "H1") -> Case:
        """The case as it is now."""
        return Case.objects.select_related("matter", "household").get(pk=self.cases[number])

    def state(self, number: str = "H1") -> str:
        """Where the case is."""
        return self.seen(number).matter.state

    def also(self, name: str, role: str, division: str = COUNTY) -> None:
        """Give somebody a second posting, in which they act from now on."""
        posting = grant_posting(
            actor=system_actor("tests"),
            person=self.people[name],
            organisation="通江县",
            title=role,
            role=role,
            divisions=[division],
        )
        self.postings[name] = posting.pk

    def correct(self, item: str, value: str, number: str = "H1") -> None:
        """Somebody puts an item of the register right today."""
        household = self.seen(number).household
        correction = Correction("household", "", item, None, value)
        apply_change(
            actor=self.by("officer"),
            change=Correct(number, (correction,)),
            day=today(),
            reason="更正",
            expected={household.pk: household.version_id},
        )

    def visit(self, number: str = "H1", **changes: Any) -> None:
        """Two people of the village and township go there today."""
        told: dict[str, Any] = {
            "visited_on": today(),
            "visitors": (self.people["villager"].pk, self.people["team"].pk),
            "guarantees": FULL,
            "amounts": {"income": 2_400_000, "rigid_expenses": 1_800_000},
            "words": "住院三次，家里只剩两头猪",
            "signed": True,
            "category": "prevention",
            "risks": ("illness", "labour"),
        }
        found = Visit(**{**told, **changes})
        visit(actor=self.by("villager"), case_id=self.cases[number], visit=found)

    def consent(self, number: str = "H1", **changes: Any) -> Any:
        """The head signs for every department."""
        head = self.seen(number).household.head_name
        told: dict[str, Any] = {
            "scope": tuple(comparison_table().departments),
            "signer": head,
            "signed_on": today(),
        }
        signed = Signed(**{**told, **changes})
        return sign(actor=self.by("villager"), case_id=self.cases[number], signed=signed)

    def compare(self, number: str = "H1") -> None:
        """Every department is asked and finds nothing."""
        rows = ask(actor=self.by("officer"), case_id=self.cases[number])
        for row in rows:
            clear = Answer(row.department, "clear")
            answer(actor=self.by("officer"), case_id=self.cases[number], answer=clear)

    def meet(
        self, *numbers: str, present: int = 20, in_favour: int = 20, carry: bool = True
    ) -> Any:
        """The village's representatives meet about the cases, thirty of them invited."""
        actor = self.by("villager")
        call = Call("representatives", today(), "村委会会议室", "岳鹏", "蒲艳", eligible=30)
        meeting = plan_meeting(actor=actor, division=VILLAGE, call=call)
        matters = [self.seen(each).matter_id for each in numbers or ("H1",)]
        items = add_agenda(actor=actor, meeting_id=meeting.pk, matter_ids=matters)
        rows = [AttendeeRow(f"代表{each}", "representative") for each in range(present)]
        record_attendance(actor=actor, meeting_id=meeting.pk, rows=rows)
        votes = {each.matter_id: Votes(in_favour, present - in_favour, 0) for each in items}
        record_votes(actor=actor, meeting_id=meeting.pk, votes=votes)
        close_meeting(actor=actor, meeting_id=meeting.pk)
        return carry_out(actor=actor, meeting_id=meeting.pk) if carry else meeting

    def move(self, name: str, move: str, number: str = "H1", **told: Any) -> Case:
        """One move of one case; raises `Refused` with the reasons."""
        request = CaseMove(self.cases[number], **told)
        done = move_many(actor=self.by(name), move=move, requests=[request])
        if done.refused:
            raise Refused(*done.refused[self.cases[number]])
        return done.moved[0]

    def to(self, state: str, number: str = "H1") -> Case:
        """Walk a new case as far as a state, on the usual way."""
        if number not in self.cases:
            self.open(number)
        while self.state(number) != state:
            STEPS[self.state(number)](self, number)
        return self.seen(number)


def _check(walk: Walk, number: str) -> None:
    walk.visit(number)
    walk.consent(number)
    walk.move("villager", "check", number)


def _compare(walk: Walk, number: str) -> None:
    walk.compare(number)
    walk.move("officer", "compare", number)


def _review(walk: Walk, number: str) -> None:
    walk.meet(number)


def _post(walk: Walk, number: str) -> None:
    walk.move("villager", "post_notice", number)


def _pass(walk: Walk, number: str) -> None:
    with days_later(6):
        walk.move("villager", "pass_notice", number)


def _endorse(walk: Walk, number: str) -> None:
    with days_later(6):
        walk.move("reviewer", "endorse", number)


def _approve(walk: Walk, number: str) -> None:
    with days_later(7):
        walk.move("approver", "approve", number)


def _announce(walk: Walk, number: str) -> None:
    with days_later(8):
        walk.move("reviewer", "announce", number)


def problems_of(walk: Walk, name: str, move: str, number: str = "H1", **told: Any) -> list[str]:
    """The codes of the reasons against a move; the case stays as it was."""
    before = walk.seen(number).matter
    with pytest.raises(Refused) as refused:
        walk.move(name, move, number, **told)
    after = walk.seen(number).matter
    assert (after.state, after.lock_version) == (before.state, before.lock_version)
    return [problem.code for problem in refused.value.problems]


STEPS: Final = {
    "opened": _check,
    "checked": _compare,
    "compared": _review,
    "reviewed": _post,
    "notice": _pass,
    "township_review": _endorse,
    "county_approval": _approve,
    "announcement": _announce,
}
"""The usual step from each state."""
DECIDED: Final = date(2026, 11, 9)
"""The day on which the walk's approver decides."""
