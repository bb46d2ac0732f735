"""The routes of meetings and attendance; see `routes.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from access_matrix.asked import Case, Route, inside
from bangfu.foundation.clock.api import new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from access_matrix.evaluator import Rights
    from access_matrix.world import Who, World

MEETINGS: Final = "meetings.read"
HOLD: Final = "meetings.hold"
READ: Final = "attendance.read"
SIGN: Final = "attendance.sign"
MANAGE: Final = "attendance.manage"
BOTH: Final = "GET HEAD POST"


def _things(
    kind: str, seen: str, acts: str = "", posts: dict[str, Any] | None = None
) -> Callable[[World, Who], Iterator[Case]]:
    """Every thing of a kind: seen where it is, acted on where the capability reaches."""

    def cases(world: World, who: Who) -> Iterator[Case]:
        for thing, place in getattr(world.duties, kind).items():
            able = inside(acts, place) if acts else lambda rights: True
            yield Case(place, inside(seen, place), (thing,), acts=able, posts=posts or {})

    return cases


def _absent(kind: str) -> Callable[[World, Who], Iterator[Case]]:
    """A part that a thing does not have."""

    def cases(world: World, who: Who) -> Iterator[Case]:
        for thing, place in getattr(world.duties, kind).items():
            yield Case(place, lambda rights: False, (thing, new_id()))

    return cases


def _number(kind: str, capability: str, query: str = "") -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        places = list(getattr(world.duties, kind).values())

        def count(rights: Rights) -> int:
            return sum(rights.covers(capability, place) for place in places)

        yield Case("", query=query, says=((r"共 (\d+) 条", count),))
        yield Case("elsewhere", query="place=511922100")

    return cases


DUTY_ROUTES: Final[dict[str, Route]] = {
    "meetings:desk": Route(MEETINGS, cases=_number("meetings", MEETINGS)),
    "meetings:plan": Route(HOLD, BOTH),
    "meetings:meeting": Route(MEETINGS, cases=_things("meetings", MEETINGS)),
    "meetings:change": Route(HOLD, BOTH, _things("meetings", MEETINGS, HOLD)),
    "meetings:agenda": Route(HOLD, "POST", _things("meetings", MEETINGS, HOLD)),
    "meetings:remove": Route(HOLD, "POST", _absent("meetings")),
    "meetings:attendance": Route(HOLD, "POST", _things("meetings", MEETINGS, HOLD)),
    "meetings:votes": Route(HOLD, "POST", _things("meetings", MEETINGS, HOLD)),
    "meetings:tally": Route(HOLD, "POST", _things("meetings", MEETINGS, HOLD)),
    "meetings:close": Route(HOLD, "POST", _things("meetings", MEETINGS, HOLD)),
    "meetings:call_off": Route(HOLD, "POST", _things("meetings", MEETINGS, HOLD)),
    "meetings:results": Route(HOLD, "POST", _things("meetings", MEETINGS, HOLD)),
    "meetings:minutes": Route(MEETINGS, cases=_things("meetings", MEETINGS)),
    "meetings:papers": Route(HOLD, "POST", _things("meetings", MEETINGS, HOLD)),
    "meetings:paper": Route(MEETINGS, cases=_absent("meetings")),
    "attendance:desk": Route(READ, cases=_number("residents", READ, "result=")),
    "attendance:own": Route(SIGN),
    "attendance:sign": Route(SIGN, "POST"),
    "attendance:leaves": Route(READ, cases=_number("leaves", READ)),
    "attendance:ask": Route(SIGN, BOTH),
    "attendance:leave": Route(READ, cases=_things("leaves", READ)),
    "attendance:move": Route(
        READ, "POST", _things("leaves", READ, MANAGE, {"move": "grant", "seen": "0"})
    ),
    "attendance:gaps": Route(READ),
    "attendance:duty": Route(READ, cases=_things("residents", READ)),
    "attendance:recall": Route(MANAGE, BOTH, _things("residents", READ, MANAGE)),
}
