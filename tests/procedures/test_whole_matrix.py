"""Every role in every state with every move of every shipped table, facts and papers there or not.

The engine's three answers (the button, the preview, the move itself) are held against an
evaluator that shares no code with it; see `table_oracle`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused, Actor, Grant, system_actor
from bangfu.foundation.clock.api import new_id, using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.division import DivisionCode, Level
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import (
    Matter,
    MatterMove,
    MoveRequest,
    Procedure,
    ProcedureVersion,
    PublicNotice,
    list_moves,
    list_procedures,
    make_moves,
    preview_moves,
)
from procedures.people import VILLAGE
from procedures.table_oracle import TIERS, Judge, Try, roles, table, table_files
from procedures.tries import tries_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

PERSON = new_id()
MOST_TRIES = 60
"""Matters of one state; a move with more tries than that would go untested."""


class World:
    """A table, and matters of it in each of its states."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.day: date = table(path)["valid_from"] + timedelta(days=200)
        self.judge = Judge(path, self.day, VILLAGE)
        self.procedure = self._procedure()
        self._pin()
        self.matters = {state: self._matters(state) for state in self.judge.table["states"]}
        self._own = self._moved_by_the_same_person()

    def _procedure(self) -> Procedure:
        raw = self.judge.table
        (found,) = [
            each
            for each in list_procedures(self.day)
            if (each.name, each.valid_from) == (raw["name"], raw["valid_from"])
        ]
        return found

    def _pin(self) -> None:
        ProcedureVersion.objects.create(
            hash=self.procedure.hash,
            name=self.procedure.name,
            version=self.procedure.version,
            document=self.procedure.document,
            recorded_at=self.moment,
        )

    @property
    def moment(self) -> datetime:
        """Noon of the day."""
        return datetime(self.day.year, self.day.month, self.day.day, 4, tzinfo=UTC)

    def _matter(self, state: str) -> Matter:
        return Matter(
            procedure=self.procedure.name,
            version_id=self.procedure.hash,
            state=state,
            division=VILLAGE,
            opened_at=self.moment,
            entered_at=self.moment,
        )

    def _matters(self, state: str) -> list[Matter]:
        made = Matter.objects.bulk_create([self._matter(state) for _ in range(MOST_TRIES)])
        self._hang(made, hangs=False)
        return made

    def _hang(self, matters: list[Matter], *, hangs: bool) -> None:
        last = self.day if hangs else self.day - timedelta(days=1)
        PublicNotice.objects.bulk_create(
            PublicNotice(
                matter=matter,
                procedure=matter.procedure,
                state=matter.state,
                division=VILLAGE,
                number="2026-01",
                days=5,
                posted_on=last - timedelta(days=5),
                ends_on=last,
            )
            for matter in matters
            if "notice" in self.judge.table["states"][matter.state]
        )

    def _moved_by_the_same_person(self) -> dict[tuple[str, str], Matter]:
        """A matter in each state for each move that the same person made before."""
        found = {
            (state, move): self._matter(state)
            for state in self.matters
            for move in ("open", *self.judge.table["moves"])
        }
        Matter.objects.bulk_create(found.values())
        self._hang(list(found.values()), hangs=False)
        MatterMove.objects.bulk_create(
            MatterMove(
                matter=matter,
                number=0,
                move=move,
                to_state=state,
                at=self.moment,
                by_id=PERSON,
                by_name="周敏",
            )
            for (state, move), matter in found.items()
        )
        return found

    def place(self, state: str, tries: list[Try]) -> list[tuple[Matter, Try]]:
        """A matter of the state for each try."""
        assert len(tries) <= MOST_TRIES
        free = iter(self.matters[state])
        placed = []
        for each in tries:
            matter = self._own[state, each.own] if each.own else next(free)
            if each.hangs:
                PublicNotice.objects.filter(matter=matter).update(ends_on=self.day)
            placed.append((matter, each))
        return placed

    def put_back(self, placed: list[tuple[Matter, Try]]) -> None:
        """Notices as they were."""
        hung = [matter.pk for matter, each in placed if each.hangs]
        PublicNotice.objects.filter(matter__in=hung).update(ends_on=self.day - timedelta(days=1))


def actor_of_role(role: str) -> Actor:
    """The one person, in a role, for the division of its tier around the village."""
    rights = roles()[role]
    division = DivisionCode(VILLAGE).at(Level(TIERS[rights.get("tier") or "village"]))
    grant = Grant(role, division, frozenset(rights["capabilities"]))
    return Actor(PERSON, new_id(), "周敏", role, grants=(grant,))


def requests_of(placed: list[tuple[Matter, Try]]) -> list[MoveRequest]:
    """What is asked for."""
    return [
        MoveRequest(
            matter.pk,
            each.facts,
            {name: ["file"] for name in each.papers},
            each.note,
            shown={"people": 3},
        )
        for matter, each in placed
    ]


def tries_in(world: World, state: str, move: str, tries: list[Try]) -> list[tuple[Matter, Try]]:
    """All tries where the move leads from the state, else only the first of them."""
    leads = state in world.judge.table["moves"][move]["from"]
    notice = "notice" in world.judge.table["states"][state]
    chosen = [each for each in tries if notice or not each.hangs] if leads else tries[:1]
    return world.place(state, chosen)


def codes(problems: Any) -> list[str]:
    """The codes without the room's name, in order of the alphabet."""
    return sorted(each.code.removeprefix("procedures.") for each in problems)


@pytest.fixture
def in_force(db: None) -> None:
    """The province's pack, as if it had been there from the beginning."""
    publish_pack(actor=system_actor("tests"), path="sichuan", valid_from=date(2000, 1, 1))


@pytest.fixture(params=table_files())
def world(request: pytest.FixtureRequest, in_force: None) -> Iterator[World]:
    """One table after the other."""
    made_on = table(request.param)["valid_from"] + timedelta(days=200)
    noon = datetime(made_on.year, made_on.month, made_on.day, 4, tzinfo=UTC)
    with using_clock(FixedClock(noon)):
        yield World(request.param)


def test_every_answer_is_the_tables_own(world: World) -> None:
    asked, made = 0, set[str]()
    for role in roles():
        actor = actor_of_role(role)
        rights = roles()[role]["capabilities"]
        for move, rule in world.judge.table["moves"].items():
            if world.judge.table["reads"] not in rights:
                _expect(Http404, actor, world, move)
            elif rule["capability"] not in rights:
                _expect(AccessRefused, actor, world, move)
            else:
                answers = _compare(world, actor, role, move)
                asked += len(answers)
                made |= {move} if [] in answers else set()
    # Nothing is proved by a table that nobody gets anywhere with, or that was hardly asked.
    assert made == set(world.judge.table["moves"])
    assert asked > 10 * len(made)


def _expect(error: type[Exception], actor: Actor, world: World, move: str) -> None:
    """Neither the preview nor the move gets that far, in any state."""
    requests = [MoveRequest(each[0].pk) for each in world.matters.values()]
    with pytest.raises(error):
        preview_moves(actor, move, requests)
    with pytest.raises(error):
        make_moves(actor=actor, move=move, requests=requests)


def _compare(world: World, actor: Actor, role: str, move: str) -> list[list[str]]:
    """Preview, move and button of one role's move in every state; the answers that all gave."""
    judge = world.judge
    tier = judge.tier(role, actor.grants[0].division, move)
    tries = tries_of(judge, move, tier) if tier else [Try("ready"), Try("nothing")]
    placed = [
        pair for state in judge.table["states"] for pair in tries_in(world, state, move, tries)
    ]
    expected: dict[UUID, list[str]] = {}
    for matter, each in placed:
        expected[matter.pk] = judge.refusals(tier, matter.state, move, each)
    requests = requests_of(placed)
    preview = preview_moves(actor, move, requests)
    named = {matter.pk: (matter.state, each.name) for matter, each in placed}
    for matter_id, problems in preview.items():
        assert codes(problems) == expected[matter_id], (role, move, named[matter_id])
    _compare_made(actor, move, requests, expected, judge.table["moves"][move]["to"])
    for matter, each in placed:
        if matter.state in judge.table["moves"][move]["from"]:
            wanted = judge.standing(tier, matter.state, move, each)
            assert _button(actor, matter, move, each) == wanted, (role, move, matter.state, each)
    world.put_back(placed)
    return list(expected.values())


def _button(actor: Actor, matter: Matter, move: str, tried: Try) -> list[str]:
    offers = {each.move: each for each in list_moves(actor, matter, tried.facts)}
    return codes(offers[move].problems)


def _compare_made(
    actor: Actor,
    move: str,
    requests: list[MoveRequest],
    expected: dict[UUID, list[str]],
    target: str,
) -> None:
    """What is made, is made where nothing speaks against it, and nowhere else; put back again."""
    with transaction.atomic():
        outcome = make_moves(actor=actor, move=move, requests=requests)
        assert {each.pk for each in outcome.moved} == {
            matter_id for matter_id, reasons in expected.items() if not reasons
        }
        assert {key: codes(each) for key, each in outcome.refused.items()} == {
            matter_id: reasons for matter_id, reasons in expected.items() if reasons
        }
        moved = Matter.objects.filter(pk__in=[each.pk for each in outcome.moved])
        assert set(moved.values_list("state", flat=True)) <= {target}
        transaction.set_rollback(True)


def test_every_move_can_be_made_by_somebody() -> None:
    """The tries hold what they promise: with everything in order each move goes through."""
    idle = []
    for path in table_files():
        day = table(path)["valid_from"] + timedelta(days=200)
        judge = Judge(path, day, VILLAGE)
        for move, rule in judge.table["moves"].items():
            ready = [tries_of(judge, move, tier)[0] for tier in rule["tiers"]]
            answers = [
                judge.refusals(tier, rule["from"][0], move, each)
                for tier, each in zip(rule["tiers"], ready, strict=True)
            ]
            if [] not in answers:
                idle.append((path, move, answers))
    assert idle == []
