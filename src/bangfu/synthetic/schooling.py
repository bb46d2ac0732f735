"""School and education: who learns where at which age, and what those who left have."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds
from bangfu.synthetic.world import EDUCATION_BY_BIRTH, MONTHS

if TYPE_CHECKING:
    from bangfu.synthetic.people import Person
    from bangfu.synthetic.places import Village
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
_HIGHER: Final = frozenset({"college", "bachelor"})
_SCHOOLS: Final = {
    "kindergarten": "中心幼儿园",
    "primary": "中心小学",
    "junior": "初级中学",
    "senior": "中学",
    "vocational": "职业高级中学",
    "higher_vocational": "四川职业技术学院",
    "technician": "四川技师学院",
    "university": "四川农业大学",
    "postgraduate": "四川大学",
}
_NEAR: Final = frozenset({"kindergarten", "primary", "junior"})
_FAR: Final = frozenset({"higher_vocational", "technician", "university", "postgraduate"})
_DROPOUT: Final = Odds({"unwilling": 55, "illness": 20, "disability": 15, "poverty": 5, "other": 5})
_LEAGUE_FROM, _LEAGUE_TO = 14, 28
_YOUNG_PARTY: Final = Odds({"masses": 74, "league": 24, "probationary": 1, "party": 1})
_PARTY: Final = Odds({"masses": 93, "party": 7})


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
    level = _LEVELS[min(_LEVELS.index(odds.at(person.learning)), most)]
    if level in _HIGHER and world.day < _YEARS_ASKED_SINCE:
        return "college_or_above"
    return level


def go_to_school(person: Person, world: World, village: Village) -> None:
    """Fill in school status and school, and education for those who are not in school."""
    facts, status = person.facts, school_status(person, world)
    facts["school_status"] = status
    facts["education"] = education(person, world) if status == NOT_IN_SCHOOL else None
    facts["school_name"] = _school(status, village)
    facts["dropout_reason"] = None
    facts["political"] = _political(person, world)


def drop_out(person: Person, world: World) -> None:
    """Fill in the reason of somebody of school age who is not in school."""
    person.facts["school_name"] = None
    if world.school_from <= person.age(world) <= world.school_to:
        person.facts["dropout_reason"] = _DROPOUT.at(person.mark)


def _school(status: str, village: Village) -> str | None:
    kind = status if status in _SCHOOLS else status.rsplit("_", 1)[0]
    name = _SCHOOLS.get(kind)
    place = village.township if kind in _NEAR else village.county
    return name and (name if kind in _FAR else f"{place}{name}")


def _political(person: Person, world: World) -> str:
    if person.age(world) < _LEAGUE_FROM:
        return "masses"
    return (_YOUNG_PARTY if person.age(world) < _LEAGUE_TO else _PARTY).at(person.roaming)
