"""The routes of people's own side: the public's pages, appeals, declarations; see `routes.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from access_matrix.asked import Case, Route, inside
from access_matrix.evaluator import OPEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from access_matrix.evaluator import Rights
    from access_matrix.world import Who, World

READ: Final = "cases.read"
RECORD: Final = "cases.record"
ASSIGN: Final = "cases.assign"
CHECK: Final = "cases.check"
ANSWER: Final = "cases.answer"
APPEALS: Final = "cases.read_appeals"
BOTH: Final = "GET HEAD POST"
VILLAGE: Final = "511921103201"
NOTHING: Final = UUID(int=7)


def _nowhere(rights: Rights) -> bool:
    return False


def _villages(*before: object, after: tuple[object, ...] = ()) -> Callable[..., Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        yield Case("a village", arguments=(*before, VILLAGE, *after))
        yield Case("no village", _nowhere, (*before, "511999999999", *after))

    return cases


def _no_sheet(world: World, who: Who) -> Iterator[Case]:
    yield Case("no sheet", _nowhere, (VILLAGE, "2026-99"))


def _kind(world: World, who: Who) -> Iterator[Case]:
    yield Case("complaint", arguments=("complaint",))
    yield Case("nonsense", _nowhere, ("nonsense",))


def _language(world: World, who: Who) -> Iterator[Case]:
    yield Case("none", _nowhere, ("xx",))


PORTAL_ROUTES: Final[dict[str, Route]] = {
    "portal:home": Route(OPEN),
    "portal:language": Route(OPEN, cases=_language),
    "portal:declare": Route(OPEN),
    "portal:tell": Route(OPEN, BOTH, _villages()),
    "portal:status": Route(OPEN, BOTH),
    "portal:enquiry": Route(OPEN, BOTH),
    "portal:consent": Route(OPEN, BOTH),
    "portal:file": Route(OPEN, BOTH),
    "portal:notices": Route(OPEN),
    "portal:village": Route(OPEN, cases=_villages()),
    "portal:sheet": Route(OPEN, cases=_no_sheet),
    "portal:object": Route(OPEN, BOTH, _no_sheet),
    "portal:say": Route(OPEN, cases=_kind),
    "portal:write": Route(OPEN, BOTH, _villages("complaint")),
}


def _appeals(world: World, who: Who) -> Iterator[Case]:
    def count(rights: Rights) -> int:
        return sum(rights.covers(APPEALS, place) for place in world.appeals.values())

    yield Case("", says=((r"<h1>异议和投诉 (\d+) 件", count),))
    yield Case("elsewhere", query="place=511922100")


def _appeal(acts: str = "", **posts: str) -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        for appeal, place in world.appeals.items():
            able = inside(acts, place) if acts else lambda rights: True
            yield Case(place, inside(APPEALS, place), (appeal,), acts=able, posts=dict(posts))

    return cases


def _declaration(seen: str, acts: str = "") -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        for declaration, place in world.declarations.items():
            able = inside(acts, place) if acts else lambda rights: True
            yield Case(place, inside(seen, place), (declaration,), acts=able)

    return cases


def _no_picture(world: World, who: Who) -> Iterator[Case]:
    for declaration in world.declarations:
        yield Case("no such picture", _nowhere, (declaration, NOTHING))


def _household(
    seen: str = READ, acts: str = "", *more: object
) -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        for home in world.homes[::2]:
            able = inside(acts, home.village) if acts else lambda rights: True
            yield Case(home.number, inside(seen, home.village), (home.id, *more), acts=able)

    return cases


def _nothing_of_a_household(world: World, who: Who) -> Iterator[Case]:
    for home in world.homes[::2]:
        yield Case("no such thing", _nowhere, (home.id, NOTHING))


def _match(world: World, who: Who) -> Iterator[Case]:
    """Without a household chosen nothing happens."""
    for appeal, place in world.appeals.items():
        yield Case(place, arguments=(appeal,))


APPEAL_ROUTES: Final[dict[str, Route]] = {
    "appeals:appeals": Route(APPEALS, cases=_appeals),
    "appeals:new": Route(ANSWER, BOTH),
    "appeals:appeal": Route(APPEALS, cases=_appeal()),
    "appeals:move": Route(ANSWER, "POST", _appeal(ANSWER, move="withdraw", note="本人撤回")),
    "appeals:match": Route(ANSWER, "POST", _match),
    "appeals:propose": Route(ANSWER, "POST", _appeal(ANSWER)),
    "appeals:declarations": Route(ASSIGN),
    "appeals:write_down": Route(RECORD, BOTH),
    "appeals:declaration": Route(READ, cases=_declaration(READ)),
    "appeals:settle": Route(ASSIGN, "POST", _declaration(READ)),
    "appeals:picture": Route(READ, cases=_no_picture),
    "appeals:own": Route(READ, cases=_household()),
    "appeals:hand_out": Route(RECORD, "POST", _household("registry.read", RECORD)),
    "appeals:file": Route(READ, cases=_nothing_of_a_household),
    "appeals:consent_receipt": Route(CHECK, "POST", _household("registry.read", CHECK, NOTHING)),
    "appeals:consent_withdraw": Route(CHECK, "POST", _nothing_of_a_household),
}
