"""Health, disability and labour capability, each fitting age and the others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds
from bangfu.synthetic.schooling import NOT_IN_SCHOOL
from bangfu.synthetic.world import ADULT, DISABILITY_CATEGORY, DISABILITY_GRADE, HEALTH_BY_AGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.synthetic.people import Person
    from bangfu.synthetic.world import World

STURDY: Final = 0.999
"""A vigour that is healthy at any age."""
SEVERE: Final = frozenset({"1", "2"})
_MILDER: Final = {"1": "3", "2": "4"}
_ALSO_CHRONIC: Final = 0.25
_WEAK_SINCE: Final = date(2017, 1, 1)
"""The forms before know no half labourers."""
_FIRST_CERTIFICATES: Final = 1996

# Labour by the age below which it holds, for the healthy, the chronically ill and so on; drawn by
# the person's `mark`, so that it does not change from year to year without a cause.
_ByAge = tuple[tuple[int, Odds[str]], ...]
_HEALTHY: Final[_ByAge] = (
    (60, Odds({"ordinary": 80, "skilled": 20})),
    (66, Odds({"weak": 45, "ordinary": 50, "none": 5})),
    (78, Odds({"weak": 85, "none": 15})),
    (999, Odds({"none": 80, "weak": 20})),
)
_CHRONIC: Final[_ByAge] = (
    (60, Odds({"weak": 40, "ordinary": 58, "skilled": 2})),
    (74, Odds({"weak": 80, "none": 20})),
    (999, Odds({"none": 90, "weak": 10})),
)
_SERIOUS: Final[_ByAge] = ((66, Odds({"weak": 55, "lost": 45})), (999, Odds({"none": 100})))
_SEVERELY_DISABLED: Final[_ByAge] = ((999, Odds({"lost": 75, "weak": 25})),)
_DISABLED: Final[_ByAge] = (
    (60, Odds({"weak": 60, "ordinary": 40})),
    (70, Odds({"weak": 50, "none": 50})),
    (999, Odds({"none": 100})),
)


def disable(person: Person, grade: str) -> None:
    """Give the person a disability of a grade, with a category."""
    health = ("chronic", "disabled") if person.mark < _ALSO_CHRONIC else ("disabled",)
    person.facts["health"] = health
    person.facts["disability_category"] = DISABILITY_CATEGORY.at(person.roaming)
    person.facts["disability_grade"] = grade
    certified = person.birth.year + int(person.mark * 9)
    person.facts["disability_year"] = max(certified, _FIRST_CERTIFICATES + int(person.mark * 20))


def recover(person: Person) -> None:
    """Nothing ails the person."""
    person.facts["health"] = ("healthy",)
    person.facts["disability_category"] = person.facts["disability_grade"] = "none"
    person.facts["disability_year"] = None


def feel(person: Person, world: World) -> None:
    """Fill in health and disability by age and vigour."""
    age = person.age(world)
    state = next(odds for below, odds in HEALTH_BY_AGE if age < below).at(person.vigour)
    if state == "disabled":
        disable(person, DISABILITY_GRADE.at(person.mark))
        return
    recover(person)
    person.facts["health"] = (state,)


def labour_of(person: Person, world: World) -> str:
    """Labour capability by age, school, health and disability."""
    age = person.age(world)
    if age < ADULT or person.facts["school_status"] != NOT_IN_SCHOOL:
        return "none"
    return next(odds for below, odds in _table(person) if age < below).at(person.mark)


def name_labour(people: Iterable[Person], world: World) -> None:
    """Call half labourers what the day's form calls them."""
    if world.day >= _WEAK_SINCE:
        return
    for person in people:
        if person.facts["labour"] == "weak":
            person.facts["labour"] = "ordinary"


def _table(person: Person) -> _ByAge:
    health = person.facts["health"]
    if person.facts["disability_grade"] in SEVERE:
        return _SEVERELY_DISABLED
    if health in (("disabled",), ("chronic", "disabled")):
        return _DISABLED
    if health != ("healthy",):
        return _SERIOUS if health == ("serious",) else _CHRONIC
    return _HEALTHY


def soften(people: Iterable[Person]) -> None:
    """Make severe disabilities milder by two grades, and serious illness chronic."""
    for person in people:
        grade = person.facts["disability_grade"]
        if grade in SEVERE:
            person.facts["disability_grade"] = _MILDER[str(grade)]
        if person.facts["health"] == ("serious",):
            person.facts["health"] = ("chronic",)
