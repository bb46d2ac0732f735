"""A household under monitoring, whose every condition of elimination can be turned off alone."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.services.case_moves import move_case
from bangfu.cases.services.case_opening import open_case
from bangfu.cases.services.monitoring_visits import Visited, record_elimination_visit
from bangfu.foundation.access.api import actor_of, grant_posting, system_actor
from bangfu.foundation.accounts.api import Person, create_person
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.plans.api import MeasureFacts
from bangfu.registry.models import Household
from registry.making import COUNTY, VILLAGE, bring, household, make_id, member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor

YUAN: Final = 100
BORN: Final = date(1982, 2, 3)
REGISTERED: Final = date(2026, 5, 1)
START: Final = date(2026, 5, 15)
"""The day monitoring begins."""

PEOPLE: Final = {
    "villager": ("岳鹏", "village_official", VILLAGE),
    "cadre": ("谭勇", "village_official", VILLAGE),
    "reviewer": ("冯蓉", "township_reviewer", VILLAGE[:9]),
    "other_reviewer": ("蒲艳", "township_reviewer", VILLAGE[:9]),
    "officer": ("周敏", "county_officer", COUNTY),
    "approver": ("何建国", "county_approver", COUNTY),
    "neighbour": ("向阳", "village_official", "511921103202"),
    "stranger": ("罗勇", "county_officer", "511922"),
}

GOOD: Final = {
    "unsafe_housing": False,
    "out_of_school": False,
    "unsafe_water": False,
    "uninsured": False,
    "income_stable": True,
    "rigid_settled": True,
}
"""What visitors answer when nothing stands against an elimination."""


def helped(*matched: str, done: int = 1) -> MeasureFacts:
    """Measures that are done and answer risks: the case's own, unless others are named."""
    return MeasureFacts(started=1, done=done, matched_done=frozenset(matched or ("work",)))


@dataclass
class Village:
    """The people, and what the rooms beside would say of the household."""

    people: dict[str, Person]
    measures: MeasureFacts | None = field(default_factory=helped)
    passed: bool | None = True

    def __call__(self, name: str) -> Actor:
        """The person as an actor today."""
        return actor_of(self.people[name])

    def ids(self, *names: str) -> tuple[UUID, ...]:
        """Ids of people."""
        return tuple(self.people[each].pk for each in names)


def make_village(day: date = REGISTERED) -> Village:
    """Everybody with a posting from a day on."""
    system = system_actor("tests")
    people = {}
    for name, (full_name, role, division) in PEOPLE.items():
        people[name] = create_person(
            actor=system, username=name, name=full_name, password="niulan-shan-9"
        )
        with on(day):
            grant_posting(
                actor=system, person=people[name], organisation="通江县", title=role, role=role,
                divisions=[division],
            )  # fmt: skip
    return Village(people)


def at(day: date) -> datetime:
    """Ten in the morning, in China."""
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


@contextmanager
def on(day: date) -> Iterator[None]:
    """It is a day."""
    with using_clock(FixedClock(at(day))):
        yield


def comfortable(number: str = "H1", *, registered: date = REGISTERED, **items: Any) -> Household:
    """Register a household of two whom no rule of the six finds."""
    people = [
        member(number, "1", name="张三", labour="ordinary", work_place="none"),
        member(
            number, "2", name="王梅", relation="spouse", sex="female",
            birth_date=BORN, id_number=make_id(BORN, crc32(number.encode()) % 49 * 2),
            labour="ordinary", work_place="none",
        ),
    ]  # fmt: skip
    for order, each in enumerate(people, start=1):
        each.pop("work_months", None)
        changed = {**each, **items.pop(f"member_{order}", {})}
        people[order - 1] = {name: value for name, value in changed.items() if value is not None}
    incomes = {
        "income_year": 2026, "wage_income": 20_000 * YUAN, "business_income": 60_000 * YUAN,
        "property_income": 0, "asset_dividend": 0, "land_rent": 0, "transfer_income": 0,
        "business_expenses": 10_000 * YUAN,
        "claims_income": 0, "self_paid_expenses": 0, "self_paid_medical": 0,
    }  # fmt: skip
    with on(registered):
        bring(
            household(number, *people, **{"housing_grade": "A", **incomes, **items}),
            day=registered,
        )
    return Household.objects.get(household_number=number)


def monitor(village: Village, home: Household, *, day: date = START) -> Case:
    """Open the household's monitoring case on a day, as a recognition would."""
    with on(day):
        return open_case(
            actor=village("reviewer"), kind=CaseKind.MONITORING, household_id=home.pk,
            risks=["work"], category="prevention",
        )  # fmt: skip


def visited(village: Village, day: date, **changes: Any) -> Visited:
    """Two people's visit at which all is well, but for changes."""
    answers = {**GOOD, **changes.pop("answers", {})}
    known = {name: each for name, each in answers.items() if each is not None}
    given: dict[str, Any] = {
        "visited_on": day, "visitors": village.ids("villager", "cadre"), "approach": "visit",
        "answers": known, "signed": True,
    }  # fmt: skip
    return Visited(**{**given, **changes})


STEPS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("propose", "villager", {"answers": {"mode": "help"}}),
    ("visit", "villager", {}),
    ("check", "villager", {}),
    ("review", "villager", {"papers": {"minutes": ["minutes"]}}),
    ("post", "villager", {}),
    ("pass_notice", "villager", {}),
    ("endorse", "reviewer", {}),
    ("approve", "approver", {}),
    ("announce", "reviewer", {}),
)
"""The way to `eliminated`: the step, who takes it, and what the form brings."""
NOTICE_DAYS: Final = 6


def walk(
    village: Village, case: Case, day: date, *, upto: str = "announce", visit: Visited | None = None
) -> date:
    """Take the steps up to and including one, the notice hanging its days; answers the day."""
    for name, who, asked in STEPS:
        if name == "pass_notice":
            day += timedelta(days=NOTICE_DAYS)
        with on(day):
            if name == "visit":
                record_elimination_visit(
                    actor=village(who), case_id=case.pk, visit=visit or visited(village, day)
                )
            else:
                move_case(actor=village(who), case_id=case.pk, move=name, **asked)
        if name == upto:
            break
    case.refresh_from_db()
    case.matter.refresh_from_db()
    return day
