"""The routes of cases; see `routes.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from access_matrix.asked import Case, Route, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from access_matrix.evaluator import Rights
    from access_matrix.world import Who, World

READ: Final = "cases.read"
CHECK: Final = "cases.check"
COMPARE: Final = "cases.compare"
ASSIGN: Final = "cases.assign"
BOTH: Final = "GET HEAD POST"


def _count(world: World) -> Callable[[Rights], int]:
    return lambda rights: sum(rights.covers(READ, place) for place in world.cases.values())


def _overview(world: World, who: Who) -> Iterator[Case]:
    yield Case("", says=((r"<h1>在办 (\d+) 件", _count(world)),))


def _desk(world: World, who: Who) -> Iterator[Case]:
    yield Case("", says=((r"共 (\d+) 条", _count(world)),))
    yield Case("B", query="place=511922100")
    yield Case("whose turn", query="turn=mine&sort=-name")


def _batch(world: World, who: Who) -> Iterator[Case]:
    yield Case("nothing")
    for case, place in world.cases.items():
        posts = {"pick": [str(case)], "move": "check"}
        yield Case(place, inside(READ, place), acts=inside(CHECK, place), posts=posts)


def _hand_over(world: World, who: Who) -> Iterator[Case]:
    yield Case("nothing")
    for case, place in world.cases.items():
        posts = {"pick": [f"case:{case}"], "to": str(world.homes[0].id)}
        yield Case(place, inside(READ, place), posts=posts)


def _of_case(*more: object, acts: str = "", **posts: Any) -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        for case, place in world.cases.items():
            able = inside(acts, place) if acts else lambda rights: True
            yield Case(place, inside(READ, place), (case, *more), acts=able, posts=posts)
        yield Case("no case", lambda rights: False, (world.homes[0].id, *more))

    return cases


def _seen(world: World, who: Who) -> Iterator[Case]:
    yield from _of_case(0)(world, who)
    for case in world.cases:
        yield Case("no such move", lambda rights: False, (case, 99))


def _do(world: World, who: Who) -> Iterator[Case]:
    yield from _of_case("check", acts=CHECK, note="")(world, who)
    for case in world.cases:
        yield Case("no such move", lambda rights: False, (case, "nonsense"))


def _withdraw(world: World, who: Who) -> Iterator[Case]:
    for consent, (case, _file, place) in world.consents.items():
        yield Case(place, inside(READ, place), (case, consent))
    for case in world.cases:
        yield Case("no consent", lambda rights: False, (case, world.homes[0].id))


def _file(world: World, who: Who) -> Iterator[Case]:
    """A file that is not the case's."""
    for case in world.cases:
        yield Case("no such file", lambda rights: False, (case, world.homes[0].id))


CASE_ROUTES: Final[dict[str, Route]] = {
    "case:desk": Route(READ, cases=_desk, shows_all=("cases",)),
    "case:batch": Route(READ, "POST", _batch),
    "case:overview": Route(READ, cases=_overview),
    "case:left": Route(ASSIGN),
    "case:hand_over": Route(ASSIGN, "POST", _hand_over),
    "case:quality": Route(READ),
    "case:durations": Route(READ),
    "case:case": Route(READ, cases=_of_case()),
    "case:seen": Route(READ, cases=_seen),
    "case:do": Route(READ, BOTH, _do),
    "case:visit": Route(CHECK, BOTH, _of_case()),
    "case:propose": Route(CHECK, BOTH, _of_case()),
    "case:consent": Route(CHECK, BOTH, _of_case()),
    "case:consent_withdraw": Route(CHECK, BOTH, _withdraw),
    "case:compare": Route(COMPARE, BOTH, _of_case()),
    "case:file": Route(READ, cases=_file),
}
