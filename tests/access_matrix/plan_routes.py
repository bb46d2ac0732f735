"""The routes of plans and measures; see `routes.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from access_matrix.asked import Case, Route, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from access_matrix.evaluator import Rights
    from access_matrix.world import Who, World

READ: Final = "plans.read"
DRAFT: Final = "plans.draft"
RECORD: Final = "plans.record"
BOTH: Final = "GET HEAD POST"


def _number(things: str, pattern: str) -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        places = list(getattr(world, things).values())

        def count(rights: Rights) -> int:
            return sum(rights.covers(READ, place) for place in places)

        yield Case("", says=((pattern, count),))
        yield Case("elsewhere", query="place=511922100")

    return cases


def _of_household(world: World, who: Who) -> Iterator[Case]:
    for home in world.homes:
        yield Case(home.number, inside(READ, home.village), (home.id,))


def _draft(world: World, who: Who) -> Iterator[Case]:
    """The form alone: which risks."""
    for home in world.homes[1::2]:
        able = inside(DRAFT, home.village)
        yield Case(home.number, inside(READ, home.village), (home.id,), acts=able)


def _move_plan(world: World, who: Who) -> Iterator[Case]:
    for plan, place in world.plans.items():
        yield Case(
            f"submit {place}",
            inside(READ, place),
            (plan,),
            acts=inside(DRAFT, place),
            posts={"move": "submit"},
        )


def _add(world: World, who: Who) -> Iterator[Case]:
    """The form alone: without words nothing is written."""
    for plan, place in world.plans.items():
        yield Case(place, inside(READ, place), (plan,), acts=inside(DRAFT, place))


def _of_measure(world: World, who: Who) -> Iterator[Case]:
    for measure, place in world.measures.items():
        yield Case(place, inside(READ, place), (measure,))


def _change(world: World, who: Who) -> Iterator[Case]:
    for measure, place in world.measures.items():
        yield Case(place, inside(READ, place), (measure,), acts=inside(DRAFT, place))


def _move_measure(world: World, who: Who) -> Iterator[Case]:
    for measure, place in world.measures.items():
        yield Case(
            f"drop {place}",
            inside(READ, place),
            (measure,),
            acts=inside(DRAFT, place),
            posts={"move": "drop"},
        )


def _start(world: World, who: Who) -> Iterator[Case]:
    yield Case("nothing")
    for measure, place in world.measures.items():
        yield Case(place, inside(READ, place), posts={"pick": [str(measure)]})


def _evidence(world: World, who: Who) -> Iterator[Case]:
    """A paper that is not the measure's."""
    for measure in world.measures:
        yield Case("no such paper", lambda rights: False, (measure, world.homes[0].id))


PLAN_ROUTES: Final[dict[str, Route]] = {
    "plans:desk": Route(
        READ, cases=_number("plans", r"<h1>帮扶方案 (\d+) 份"), shows_all=("plans",)
    ),
    "plans:measures": Route(
        READ, cases=_number("measures", r"<h1>帮扶措施 (\d+) 项"), shows_all=("measures",)
    ),
    "plans:start": Route(RECORD, "POST", _start),
    "plans:mismatches": Route(READ),
    "plans:household": Route(READ, cases=_of_household),
    "plans:draft": Route(DRAFT, BOTH, _draft),
    "plans:move_plan": Route(READ, "POST", _move_plan),
    "plans:add": Route(DRAFT, BOTH, _add),
    "plans:measure": Route(READ, cases=_of_measure),
    "plans:change": Route(DRAFT, BOTH, _change),
    "plans:move_measure": Route(READ, "POST", _move_measure),
    "plans:evidence": Route(READ, cases=_evidence),
}
