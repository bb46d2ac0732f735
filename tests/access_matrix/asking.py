"""Asking for a route as somebody, and what is wrong with the answer."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from access_matrix.evaluator import door

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from access_matrix.routes import Case, Route
    from access_matrix.world import Who, World

WORKBOOK: Final = "spreadsheetml"
PAPER: Final = "application/pdf"
SIGN_IN: Final = "/sign-in/"
# A form that does not hold together is shown again; what the state does not allow is 409.
LET_IN: Final = frozenset({200, 302, 409})


@dataclass(frozen=True, slots=True)
class Question:
    """One request of the matrix."""

    route_name: str
    route: Route
    case: Case
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.route_name} {self.case.name}".strip()

    @property
    def address(self) -> str:
        """The path and query."""
        path = reverse(self.route_name, args=self.case.arguments)
        return f"{path}?{self.case.query}" if self.case.query else path


@contextmanager
def _undone() -> Iterator[None]:
    """What happens inside is undone; blocks that must be outermost pass, as in Django's tests."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


class Visitor:
    """Somebody at the door, with their session, which no request can end."""

    def __init__(self, who: Who) -> None:
        self.who = who
        # One client for all requests: a new one would build the middleware anew.
        self._client = Client(raise_request_exception=False)
        if who.person is not None:
            self._client.force_login(who.person)
        self._session = {name: each.value for name, each in self._client.cookies.items()}

    def ask(self, question: Question) -> HttpResponse:
        """The answer; what the request changed is undone."""
        client = self._client
        client.cookies.clear()
        client.cookies.load(self._session)
        send = {"GET": client.get, "HEAD": client.head, "POST": client.post}[question.method]
        data: dict[str, Any] = dict(question.case.posts) if question.method == "POST" else {}
        with _undone():
            answer: HttpResponse = send(question.address, data) if data else send(question.address)
        return answer


def expected(who: Who, question: Question) -> frozenset[int]:
    """What the evaluator says the answer must be."""
    turned_away = door(who.rights, question.route.capability)
    if turned_away is not None:
        return frozenset({turned_away})
    if question.method not in question.route.methods.split():
        return frozenset({405})
    if not question.case.found(who.rights):
        return frozenset({404})
    if question.method == "POST" and not question.case.acts(who.rights):
        return frozenset({403})
    return LET_IN


def text_of(answer: HttpResponse) -> str:
    """Everything an answer says: the page, or every cell of a workbook; a paper is no text."""
    if answer.headers.get("Content-Type") == PAPER:
        return ""
    if answer.streaming:
        return b"".join(answer.streaming_content).decode(errors="replace")
    if WORKBOOK not in answer.headers.get("Content-Type", ""):
        return answer.content.decode()
    book = load_workbook(io.BytesIO(answer.content))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def _status_problems(who: Who, question: Question, answer: HttpResponse) -> Iterator[str]:
    wanted = expected(who, question)
    if answer.status_code not in wanted:
        yield f"{question} as {who.name}: {answer.status_code}, not {sorted(wanted)}"
    to_sign_in = answer.headers.get("Location", "").startswith(SIGN_IN)
    leaves = question.route_name == "shell:sign_out"
    if answer.status_code == 302 and not leaves and to_sign_in is not (wanted == {302}):
        yield f"{question} as {who.name}: goes to {answer.headers['Location']}"


def strangers(world: World, who: Who, said: str) -> Iterator[str]:
    """What a text says of households, clues, runs and batches that are not this person's."""
    for home in world.homes:
        if not who.rights.covers("registry.read", home.village):
            yield from (mark for mark in home.marks if mark in said)
    for name, place in world.team.marks.items():
        if not who.rights.covers("teams.read", place) and name in said:
            yield f"teams.read {place} {name}"
    kinds = {
        "teams.manage": world.team.uploads,
        "cases.read": {**world.clues, **world.cases},
        "screening.read": world.runs,
        "changes.read": world.changes,
        "registry.import": {**world.batches, **world.checked},
    }
    for capability, things in kinds.items():
        for thing, place in things.items():
            if not who.rights.covers(capability, place) and str(thing) in said:
                yield f"{capability} {place} {thing}"


def missing(world: World, who: Who, route: Route, said: str) -> Iterator[str]:
    """What a list ought to show and does not."""
    capabilities = {
        "clues": "cases.read",
        "cases": "cases.read",
        "runs": "screening.read",
        "changes": "changes.read",
    }
    for kind in route.shows_all:
        if kind == "homes":
            wanted = {str(each) for each in world.homes_for(who.rights)}
        else:
            capability = capabilities.get(kind, "registry.import")
            things = getattr(world, kind).items()
            wanted = {str(key) for key, at in things if who.rights.covers(capability, at)}
        yield from (f"{kind} {each}" for each in wanted if each not in said)


def _said_problems(
    world: World, who: Who, question: Question, answer: HttpResponse
) -> Iterator[str]:
    said = text_of(answer)
    echoed = question.case.name if question.route_name == "shell:search" else "\0"
    for each in strangers(world, who, said.replace(echoed, "")):
        yield f"{question} as {who.name}: shows {each}"
    if answer.status_code != 200 or question.method != "GET":
        return
    if not question.case.query:
        for each in missing(world, who, question.route, said):
            yield f"{question} as {who.name}: does not show {each}"
    for pattern, number in question.case.says:
        found = re.search(pattern, said)
        count = int(found.group(1).replace(",", "")) if found else 0
        if count != number(who.rights):
            yield f"{question} as {who.name}: says {count}, not {number(who.rights)}"


def problems(world: World, visitor: Visitor, question: Question) -> list[str]:
    """Everything wrong with one answer."""
    answer = visitor.ask(question)
    found = list(_status_problems(visitor.who, question, answer))
    if question.method == "HEAD":
        said = not answer.streaming and answer.content
        return found + ([f"{question}: has a body"] if said else [])
    return found + list(_said_problems(world, visitor.who, question, answer))
