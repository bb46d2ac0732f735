"""School and education: who learns where at which age, and what those who left have."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds
from bangfu.synthetic.world import EDUCATION_BY_BIRTH, MONTHS

if TYPE_CHECKING:
    from bangfu.synthetic.people import Person
    from bangfu.synthetic.world import World

NOT_IN_SCHOOL: Final = "not_in_school"
_SEPTEMBER: Final = 9
_LEVELS: Final = ("illiterate", "primary", "junior", "senior", "college", "bachelor")
_MOST_BY_AGE: Final = ((12, 1), (18, 2), (21, 3), (22, 4), (999, 5))
"""The highest level (as a position in `_LEVELS`) reached below an age."""
_STAGES: Final = (
    (3, Odds({"preschool_age": 100})),
    (6, Odds({"preschool_age": 6, "kindergarten": 94})),
    (12, Odds({"primary": 100})),
    (15, Odds({"junior": 100})),
    (18, Odds({NOT_IN_SCHOOL: 12, "vocational": 36, "senior": 52})),
    (21, Odds({NOT_IN_SCHOOL: 48, "higher_vocational": 27, "university": 25})),
    (22, Odds({NOT_IN_SCHOOL: 75, "university": 25})),
    (25, Odds({NOT_IN_SCHOOL: 97, "postgraduate": 3})),
)
"""School by completed years on 1 September, below the age given; who is older learns no more."""
_ENTRY: Final = {
    "junior": (12, 7, 3),
    "senior": (15, 1, 3),
    "vocational": (15, 1, 3),
    "higher_vocational": (18, 1, 3),
    "university": (18, 1, 5),
}
"""Age of entry, number of the first year, and years, of the stages that are told by year."""
_YEARS_ASKED_SINCE: Final = date(2021, 1, 1)


def _age_in_september(person: Person, world: World) -> int:
    year = world.day.year - (world.day.month < _SEPTEMBER)
    start = date(year, _SEPTEMBER, 1)
    had_birthday = (person.birth.month, person.birth.day) <= (start.month, start.day)
    return year - person.birth.year - (not had_birthday)


def school_status(person: Person, world: World) -> str:
    """Where the person learns; nobody of compulsory school age is out of school by nature."""
    age = _age_in_september(person, world)
    if person.settled:
        return NOT_IN_SCHOOL
    odds = next((odds for below, odds in _STAGES if age < below), None)
    status = odds.at(person.learning) if odds else NOT_IN_SCHOOL
    if status == NOT_IN_SCHOOL and person.age(world) <= world.school_to:
        status = "vocational"
    return _in_its_year(status, age, world)


def _in_its_year(stage: str, age: int, world: World) -> str:
    """The year of a stage, as the forms have asked for since 2021."""
    if stage not in _ENTRY or world.day < _YEARS_ASKED_SINCE:
        return stage
    entry, first, years = _ENTRY[stage]
    return f"{stage}_{min(max(age - entry, 0), years - 1) + first}"


def education(person: Person, world: World) -> str:
    """What somebody who is not in school has completed, as far as their age allows."""
    odds = next(odds for before, odds in EDUCATION_BY_BIRTH if person.birth.year < before)
    age = person.months_old(world) // MONTHS
    most = next(level for below, level in _MOST_BY_AGE if age < below)
    return _LEVELS[min(_LEVELS.index(odds.at(person.learning)), most)]


def go_to_school(person: Person, world: World) -> None:
    """Fill in school status, and education for those who are not in school."""
    status = school_status(person, world)
    person.facts["school_status"] = status
    person.facts["education"] = education(person, world) if status == NOT_IN_SCHOOL else None
