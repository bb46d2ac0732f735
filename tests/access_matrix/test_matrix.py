"""Everybody asks for everything: each answer is what the table of roles says, and no more.

Ten roles and those in between, visitors, ended postings and postings not begun, times every route
of the resolver, times things in the own place, below, above, beside and in the other county, times
GET, HEAD and POST. The answers are worked out by `evaluator.py`, which does not ask the product.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from openpyxl import load_workbook

from access_matrix.asking import Question, Visitor, expected, problems, strangers, text_of
from access_matrix.evaluator import ROLES
from access_matrix.routes import ROUTES
from access_matrix.world import NOBODY, POSTS
from bangfu.foundation.access.api import end_posting, load_roles, system_actor
from bangfu.foundation.audit.api import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse

    from access_matrix.world import Who, World

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST")


def resolved(
    patterns: Iterable[URLPattern | URLResolver], space: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every route by its full name; one without a name by its pattern."""
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = ":".join(part for part in (space, each.namespace) if part)
            yield from resolved(each.url_patterns, inner)
        else:
            name = each.name or f"unnamed {each.pattern}"
            yield f"{space}:{name}" if space else name, each


def routes() -> list[tuple[str, URLPattern]]:
    return list(resolved(get_resolver().url_patterns))


def questions(world: World, who: Who) -> Iterator[Question]:
    for name, route in ROUTES.items():
        for number, case in enumerate(route.cases(world, who)):
            for method in METHODS:
                # Once a route for HEAD, the same view as GET, and for methods it does not answer.
                answers = method in route.methods.split() and method != "HEAD"
                if answers or number == 0:
                    yield Question(name, route, case, method)


def test_every_route_stands_in_the_table_and_says_who_may_enter() -> None:
    assert [
        name for name, each in routes() if not hasattr(each.callback, "bangfu_capability")
    ] == []
    found = {name: each.callback.bangfu_capability for name, each in routes()}
    assert found == {name: route.capability for name, route in ROUTES.items()}


def test_the_product_reads_the_roles_as_the_evaluator_does() -> None:
    read = {role.name: set(role.capabilities) for role in load_roles().values()}
    assert read == {name: set(row["capabilities"]) for name, row in ROLES.items()}
    assert {role for role, *_ in POSTS.values()} == set(ROLES)


@pytest.mark.parametrize("name", [*POSTS, NOBODY])
def test_everybody_gets_what_the_roles_say_and_no_more(name: str, world: World) -> None:
    who = world.people[name]
    visitor = Visitor(who)
    wrong = [each for one in questions(world, who) for each in problems(world, visitor, one)]
    assert not wrong, "\n".join(wrong)


def test_the_matrix_asks_for_every_kind_of_answer(world: World) -> None:
    asked = [
        (one.method, min(expected(who, one)))
        for who in world.people.values()
        for one in questions(world, who)
    ]
    kinds = {(method, status) for method in METHODS for status in (200, 302, 403, 404, 405)}
    assert kinds <= set(asked)
    assert len(asked) > 3000


def exported(answer: HttpResponse) -> list[str]:
    """The household numbers of a workbook's rows."""
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    return sorted(cell for cell in cells if re.fullmatch(r"H\d{13}", cell))


def wanted_rows(world: World, who: Who, capability: str) -> list[str]:
    """The household numbers that a workbook must hold: one a household, or one a clue."""
    numbers = {home.id: home.number for home in world.homes}
    if capability == "registry.export":
        return sorted(numbers[each] for each in world.homes_for(who.rights, capability))
    places = [place for place in world.clues.values() if who.rights.covers(capability, place)]
    unsafe = {home.village: home.number for home in world.homes[::2]}
    return sorted(unsafe[place] for place in places)


@pytest.mark.parametrize(
    ("address", "capability"),
    [
        ("/households/?export=xlsx&cols=number", "registry.export"),
        ("/clues/?export=xlsx&cols=number", "cases.export"),
    ],
)
@pytest.mark.parametrize("name", [name for name in POSTS if "officer" in name])
def test_a_workbook_holds_the_rows_of_the_scope_and_no_more(
    name: str, address: str, capability: str, world: World
) -> None:
    who = world.people[name]
    assert who.person is not None
    client = Client()
    client.force_login(who.person)
    answer = client.get(address)
    assert answer.status_code == (200 if who.rights.holds(capability) else 403)
    assert list(strangers(world, who, text_of(answer))) == []
    if answer.status_code == 200:
        assert exported(answer) == wanted_rows(world, who, capability)


def test_an_attempt_beyond_one_s_rights_is_kept(world: World) -> None:
    who = world.people["evaluator"]
    assert who.person is not None
    client = Client()
    client.force_login(who.person)
    clue = next(clue for clue, place in world.clues.items() if place.startswith("511921"))
    for move in ("assign", "verify", "dismiss"):
        answer = client.post(f"/clues/{clue}/move/", {"move": move, "note": "看过", "reason": "x"})
        assert answer.status_code == 403, move
    kept = AuditEvent.objects.filter(kind="refused", person_id=who.person.pk)
    assert [row.action for row in kept] == ["cases:move"] * 3


def test_a_right_taken_back_is_gone_at_the_next_request_of_a_running_session(world: World) -> None:
    who = world.people["county_officer"]
    assert who.person is not None
    client = Client()
    client.force_login(who.person)
    home = world.homes[0]
    pages = ["/households/", f"/households/{home.id}/", "/clues/", "/imports/", "/runs/new/"]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    (posting,) = who.person.postings.all()
    end_posting(actor=system_actor("tests"), posting_id=posting.id)
    answers = [client.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [403] * len(pages)
    assert all(mark not in text_of(answer) for answer in answers for mark in home.marks)
    assert (
        client.post("/clues/assign/", {"pick": [str(next(iter(world.clues)))]}).status_code == 403
    )


def test_somebody_put_out_of_office_is_asked_to_sign_in_again(world: World) -> None:
    who = world.people["county_officer"]
    assert who.person is not None
    client = Client()
    client.force_login(who.person)
    assert client.get("/households/").status_code == 200
    type(who.person).objects.filter(pk=who.person.pk).update(is_active=False)
    answer = client.get("/households/")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/sign-in/?next=/households/",
    )
