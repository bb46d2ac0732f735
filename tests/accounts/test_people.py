"""People are made by who may, and sign in under any spelling of their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser

from bangfu.foundation.access.api import AccessRefused, Actor, Grant, system_actor
from bangfu.foundation.accounts.api import Person, create_person, find_person, names_of
from bangfu.foundation.audit.api import AuditEvent
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

PASSWORD = "heron-over-the-ford"


def make(username: str = "li.mei", *, password: str | None = PASSWORD) -> Person:
    return create_person(
        actor=system_actor("trial"), username=username, name="李梅", password=password
    )


def test_a_person_signs_in_with_the_password() -> None:
    person = make()
    assert authenticate(username="li.mei", password=PASSWORD) == person
    assert authenticate(username="li.mei", password=PASSWORD + "x") is None
    assert PASSWORD not in person.password


@pytest.mark.parametrize("written", ["LI.MEI", " li.mei ", "ｌｉ．ｍｅｉ"])
def test_a_name_is_the_same_however_it_is_written(written: str) -> None:
    person = make()
    assert authenticate(username=written, password=PASSWORD) == person
    assert find_person(written) == person
    with pytest.raises(Refused) as caught:
        make(written)
    assert [each.code for each in caught.value.problems] == ["accounts.username_taken"]


def test_without_a_password_nobody_gets_in() -> None:
    make(password=None)
    for tried in ("", "!", PASSWORD):
        assert authenticate(username="li.mei", password=tried) is None


def test_who_is_inactive_stays_out_and_is_put_out(client: Client) -> None:
    person = make()
    assert client.login(username="li.mei", password=PASSWORD)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    response = client.get("/health/")
    assert isinstance(response.wsgi_request.user, AnonymousUser)
    assert not client.login(username="li.mei", password=PASSWORD)


def test_a_person_has_no_rights_of_their_own() -> None:
    person = make()
    assert not hasattr(person, "is_superuser")
    assert not hasattr(person, "groups")


@pytest.mark.parametrize(
    ("username", "name", "password", "codes"),
    [
        ("", "李梅", PASSWORD, ["accounts.username_invalid"]),
        ("li mei", "李梅", PASSWORD, ["accounts.username_invalid"]),
        ("a<b>", "李梅", PASSWORD, ["accounts.username_invalid"]),
        ("li.mei", "  ", PASSWORD, ["accounts.name_missing"]),
        ("li.mei", "李梅", "kx9-q2", ["accounts.password_too_short"]),
        ("li.mei", "李梅", "password1", ["accounts.password_too_common"]),
        ("heron.ford", "李梅", "heron.ford1", ["accounts.password_too_similar"]),
        (
            "",
            " ",
            "kx9-q2",
            ["accounts.username_invalid", "accounts.name_missing", "accounts.password_too_short"],
        ),
    ],
)
def test_what_is_wrong_is_told_all_at_once(
    username: str, name: str, password: str, codes: list[str]
) -> None:
    with pytest.raises(Refused) as caught:
        create_person(actor=system_actor("trial"), username=username, name=name, password=password)
    assert [each.code for each in caught.value.problems] == codes
    assert not Person.objects.exists()
    assert not AuditEvent.objects.exists()


def test_only_who_manages_people_makes_them() -> None:
    county = Grant("x", DivisionCode("511921"), frozenset({"access.manage"}))
    actor = Actor(None, None, "trial", grants=(county,))
    with pytest.raises(AccessRefused):
        create_person(actor=actor, username="li.mei", name="李梅")
    person = create_person(actor=actor, username="li.mei", name="李梅", division="511921101")
    row = AuditEvent.objects.get(action="accounts.person_created")
    assert (row.subject_ids, row.division) == (f'["{person.id}"]', "511921101")
    assert "李梅" not in f"{row.subject_ids}{row.filters}{row.purpose}"


def test_names_are_found_by_id() -> None:
    first, second = make(), make("wang.qiang")
    assert names_of([first.id, second.id, first.id]) == {first.id: "李梅", second.id: "李梅"}
    assert find_person("nobody") is None
