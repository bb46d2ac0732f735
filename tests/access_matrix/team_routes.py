"""The routes of people and postings; see `routes.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from access_matrix.asked import Case, Route, inside
from access_matrix.world import VILLAGES, A, B

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from access_matrix.evaluator import Rights
    from access_matrix.world import Who, World

READ: Final = "teams.read"
MANAGE: Final = "teams.manage"
BOTH: Final = "GET HEAD POST"
END: Final = {"day": "2026-11-20", "reason": "other"}
BEGIN: Final = {"name": "新人", "phone": "19900000007", "valid_from": "2026-11-20"}


def _number(kind: str, capability: str = READ) -> Callable[[World], Callable[[Rights], int]]:
    def of(world: World) -> Callable[[Rights], int]:
        places = list(getattr(world.team, kind).values())
        return lambda rights: sum(rights.covers(capability, place) for place in places)

    return of


def _list(kind: str, pattern: str) -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        yield Case("", says=((pattern, _number(kind)(world)),))
        for place in (A, B, VILLAGES[0]):
            yield Case(place, query=f"division={place}")

    return cases


def _things(
    kind: str, posts: dict[str, Any], acts: str = "", seen: str = READ
) -> Callable[[World, Who], Iterator[Case]]:
    """Every thing of a kind: seen where it is, acted on where the capability reaches."""

    def cases(world: World, who: Who) -> Iterator[Case]:
        things: dict[UUID, str] = getattr(world.team, kind)
        for thing, place in things.items():
            able = inside(acts, place) if acts else lambda rights: True
            yield Case(place, inside(seen, place), (thing,), acts=able, posts=posts)

    return cases


def _begin_pairing(world: World, who: Who) -> Iterator[Case]:
    for home in world.homes[1::2]:
        found, able = inside(READ, home.village), inside(MANAGE, home.village)
        yield Case(home.number, found, (home.id,), acts=able, posts=BEGIN)


def _begin_duty(world: World, who: Who) -> Iterator[Case]:
    yield Case("")


def _nets(world: World, who: Who) -> Iterator[Case]:
    for village in VILLAGES:
        yield Case(village, inside(READ, village), ("village", village))
    yield Case("no tier", lambda rights: False, ("planet", VILLAGES[0]))


def _kinds(world: World, who: Who) -> Iterator[Case]:
    for kind in ("organisation", "duty", "pairing", "grid"):
        yield Case(kind, arguments=(kind,))
    yield Case("nonsense", lambda rights: False, ("nonsense",))


def _jobs(world: World, who: Who) -> Iterator[Case]:
    job = world.people["county_officer"].job
    assert job is not None
    yield Case("a screening", lambda rights: False, (job.pk,))


def _upload(world: World, who: Who) -> Iterator[Case]:
    yield Case("")
    yield Case("elsewhere", posts={"division": B, "kind": "duty"})


TEAM_ROUTES: Final[dict[str, Route]] = {
    "teams:duties": Route(READ, cases=_list("duties", r"共 (\d+) 条")),
    "teams:gaps": Route(READ),
    "teams:duty_new": Route(MANAGE, BOTH, _begin_duty),
    "teams:duty_end": Route(MANAGE, BOTH, _things("duties", END)),
    "teams:pairings": Route(READ, cases=_list("pairings", r"共 (\d+) 条")),
    "teams:unhelped": Route(READ),
    "teams:pairing_new": Route(MANAGE, BOTH, _begin_pairing),
    "teams:pairing_end": Route(MANAGE, BOTH, _things("pairings", END)),
    "teams:people": Route(READ, cases=_list("cadres", r"共 (\d+) 条")),
    "teams:person": Route(READ, cases=_things("cadres", {})),
    "teams:reveal": Route(
        "registry.read_secret", BOTH, _things("cadres", {"reason": "通知"}, "registry.read_secret")
    ),
    "teams:grid": Route(READ),
    "teams:net": Route(READ, cases=_nets),
    "teams:organisations": Route(READ, cases=_list("organisations", r"共 (\d+) 条")),
    "teams:organisation_new": Route(MANAGE, BOTH),
    "teams:organisation": Route(READ, cases=_things("organisations", {})),
    "teams:succeed": Route(
        MANAGE, BOTH, _things("organisations", {"kind": "dissolved", "day": "2026-11-20"})
    ),
    "teams:imports": Route(MANAGE),
    "teams:import_new": Route(MANAGE, BOTH, _upload),
    "teams:import_template": Route(MANAGE, cases=_kinds),
    "teams:import_current": Route(MANAGE, cases=_kinds),
    "teams:import_job": Route(MANAGE, cases=_jobs),
    "teams:import": Route(MANAGE, cases=_things("uploads", {}, seen=MANAGE)),
    "teams:import_errors": Route(MANAGE, cases=_things("uploads", {}, seen=MANAGE)),
    "teams:import_commit": Route(MANAGE, "POST", _things("uploads", {}, seen=MANAGE)),
    "teams:import_discard": Route(MANAGE, "POST", _things("uploads", {}, seen=MANAGE)),
}
