"""The routes of papers; see `routes.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from access_matrix.asked import Case, Route, inside
from access_matrix.world import VILLAGES
from bangfu.cases.services.papers import issue_card
from bangfu.foundation.access.api import system_actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from access_matrix.world import Who, World

READ: Final = "cases.read"
READING: Final = "registry.read"


def _issued(world: World, who: Who) -> Iterator[Case]:
    """The card of every second household; issued anew it is the same paper."""
    for home in world.homes[::2]:
        paper = issue_card(actor=system_actor("tests"), household_id=home.id)
        yield Case(home.number, inside(READ, home.village), (paper.pk,))
    yield Case("no paper", lambda rights: False, (world.homes[0].id,))


def _no_case(world: World, who: Who) -> Iterator[Case]:
    yield Case("a household", lambda rights: False, (world.homes[0].id,))


def _no_case_with_kind(world: World, who: Who) -> Iterator[Case]:
    yield Case("a household", lambda rights: False, (world.homes[0].id, "approval"))


def _card(world: World, who: Who) -> Iterator[Case]:
    for home in world.homes[::2]:
        found, able = inside(READING, home.village), inside(READ, home.village)
        yield Case(home.number, found, (home.id,), acts=able)


def _cards(world: World, who: Who) -> Iterator[Case]:
    for village in VILLAGES:
        yield Case(village, inside(READ, village), (village,))
    yield Case("no village", lambda rights: False, ("511921103",))


def _no_job(world: World, who: Who) -> Iterator[Case]:
    yield Case("nobody's", lambda rights: False, (world.homes[0].id,))


PAPER_ROUTES: Final = {
    "papers:paper": Route(READ, cases=_issued),
    "papers:case": Route(READ, cases=_no_case),
    "papers:issue": Route(READ, "POST", _no_case_with_kind),
    "papers:preview": Route(READ, cases=_no_case_with_kind),
    "papers:card": Route(READ, "POST", _card),
    "papers:cards": Route(READ, "POST", _cards),
    "papers:cards_job": Route(READ, cases=_no_job),
    "papers:cards_done": Route(READ, cases=_no_job),
}
