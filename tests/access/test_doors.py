"""Doors: who is sent to sign in, who is told why not, who finds nothing, and what stays of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import resolve

from access.people import PASSWORD, make_person, post
from bangfu.foundation.access.api import (
    AccessRefused,
    actor_of,
    choose_posting,
    end_posting,
    keeping_refusals,
    state_purpose,
    system_actor,
)
from bangfu.foundation.access.refusals import may_know
from bangfu.foundation.audit.api import AuditEvent, PersonalValue
from bangfu.foundation.clock.api import today

if TYPE_CHECKING:
    from uuid import UUID

    from django.http.response import HttpResponseBase
    from django.test import Client, RequestFactory
    from pytest_django import DjangoAssertNumQueries

    from bangfu.foundation.accounts.api import Person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("access.urls")]


@pytest.fixture
def person(client: Client) -> Person:
    """A county officer of 511921 who has signed in."""
    person = make_person()
    post(person)
    client.force_login(person)
    return person


def refusals() -> list[tuple[str, str, str, UUID | None]]:
    return [
        (row.action, json.loads(row.filters)["capability"], row.division, row.person_id)
        for row in AuditEvent.objects.filter(kind="refused").order_by("at")
    ]


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def test_a_visitor_is_sent_to_sign_in_and_back(client: Client) -> None:
    response = client.get("/t/read/?page=2")
    assert response.status_code == 302
    assert response.headers["Location"] == "/sign-in/?next=/t/read/%3Fpage%3D2"
    assert refusals() == []


def test_a_fragment_asked_by_a_visitor_moves_the_whole_page(client: Client) -> None:
    response = client.get("/t/read/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/sign-in/?next=/t/read/"
    assert text(response) == ""


@pytest.mark.parametrize("address", ["/t/read/", "/t/listing/", "/t/decorated/", "/t/read/7/"])
def test_who_holds_the_capability_enters(client: Client, person: Person, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/t/read/", "/t/listing/", "/t/decorated/", "/t/read/7/"])
def test_who_does_not_is_told_why_and_it_is_kept(client: Client, address: str) -> None:
    person = make_person()
    post(person, "department_officer")
    client.force_login(person)
    response = client.get(address)
    capability = "cases.read" if "decorated" in address else "registry.read"
    assert response.status_code == 403
    assert "您没有“查看" in text(response)
    assert "安全管理员" in text(response)
    match = resolve(address)
    assert refusals() == [(match.view_name, capability, "511921", person.id)]


def test_who_has_no_posting_is_told_too(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    assert client.get("/t/read/").status_code == 403
    assert refusals() == [("trial_read", "registry.read", "", person.id)]
    assert client.get("/t/somebody/").status_code == 200


@pytest.mark.parametrize(
    ("address", "capability"),
    [
        ("/t/read/", "registry.read"),
        ("/t/listing/", "registry.read"),
        ("/t/decorated/", "cases.read"),
        ("/t/everybody/", ""),
        ("/t/somebody/", "*"),
    ],
)
def test_every_view_says_who_may_enter(address: str, capability: str) -> None:
    assert vars(resolve(address).func)["bangfu_capability"] == capability
    assert resolve(address).func.__name__ != "enter"


def test_an_open_page_is_open(client: Client) -> None:
    assert text(client.get("/t/everybody/")) == "visitor"
    assert client.get("/t/somebody/").status_code == 302


def test_the_actor_is_read_only_when_it_is_asked_for(
    client: Client, person: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.logout()
    with django_assert_num_queries(0):
        client.get("/t/nobody-asked/")
    client.force_login(person)
    with django_assert_num_queries(4):  # session, person, posting, divisions
        client.get("/t/read/")


def test_a_right_taken_away_is_gone_at_the_next_request(client: Client, person: Person) -> None:
    assert client.get("/t/read/").status_code == 200
    (posting,) = person.postings.all()
    end_posting(actor=system_actor("trial"), posting_id=posting.id)
    assert client.get("/t/read/").status_code == 403


def test_a_right_that_ends_tonight_is_gone_tomorrow(client: Client) -> None:
    person = make_person()
    post(person, start=today() - timedelta(days=9), end=today())
    client.force_login(person)
    assert client.get("/t/read/").status_code == 403


def test_a_service_that_refuses_changes_nothing_and_the_attempt_is_kept(
    client: Client, person: Person
) -> None:
    response = client.post("/t/change/registry.read_secret/511921101/")
    assert response.status_code == 200
    response = client.post("/t/change/policy.publish/511921/")
    assert response.status_code == 403
    assert "您没有“" in text(response)
    assert refusals() == [("trial_change", "policy.publish", "511921", person.id)]
    assert AuditEvent.objects.filter(action="trial.changed").count() == 1


@pytest.mark.parametrize(
    ("capability", "division", "status"),
    [
        ("cases.assign", "511922", 404),  # may not even read there
        ("registry.read", "511922", 404),  # reading itself is refused
        ("policy.publish", "511921", 403),  # reads policies here
        ("policy.publish", "511922", 404),
        ("access.manage", "511921", 403),  # nothing to read in access; the place is their own
        ("access.manage", "511922", 404),
        ("audit.read", "511921", 404),
    ],
)
def test_a_stranger_finds_nothing_and_a_reader_is_told(
    client: Client, person: Person, capability: str, division: str, status: int
) -> None:
    response = client.post(f"/t/change/{capability}/{division}/")
    assert response.status_code == status
    assert ("您没有“" in text(response)) is (status == 403)
    assert refusals() == [("trial_change", capability, division, person.id)]


def test_what_lies_nowhere_is_told_to_whoever_reads_anywhere(person: Person) -> None:
    actor = actor_of(person)
    assert may_know(actor, AccessRefused("policy.publish", ""))
    assert may_know(actor, AccessRefused("access.manage", ""))
    assert not may_know(actor, AccessRefused("audit.read", ""))


@pytest.mark.parametrize(("address", "status"), [("/t/absent/", 404), ("/t/broken/", 500)])
def test_other_exceptions_are_left_alone(
    client: Client, person: Person, address: str, status: int
) -> None:
    client.raise_request_exception = False
    assert client.get(address).status_code == status
    assert refusals() == []


def test_the_chosen_posting_and_the_purpose_hold_from_the_next_request_on(
    client: Client, person: Person, rf: RequestFactory
) -> None:
    village = post(person, "village_official", ["511922101201"], start=today())
    request = rf.get("/")
    request.session = client.session
    choose_posting(request, village.id)
    state_purpose(request, "入户核查")
    with pytest.raises(PersonalValue):
        state_purpose(request, "13800138000")
    request.session.save()
    assert text(client.get("/t/read/")) == f"李梅 监测股干部 入户核查 {village.id}"
    assert client.post("/t/change/registry.read/511922101201/").status_code == 200
    assert client.post("/t/change/registry.read/511921/").status_code == 404
    end_posting(actor=system_actor("trial"), posting_id=village.id)
    first = person.postings.order_by("valid_from", "id").exclude(pk=village.id).get()
    assert text(client.get("/t/read/")).endswith(str(first.id))


def test_signing_in_and_out_is_kept(client: Client) -> None:
    person = make_person()
    post(person)
    assert not client.login(username="li.mei", password="wrong")
    assert not client.login(username="nobody 13800138000", password=PASSWORD)
    assert client.login(username="li.mei", password=PASSWORD)
    client.logout()
    client.logout()
    assert refusals() == [
        ("access.sign_in", "access.sign_in", "511921", person.id),
        ("access.sign_in", "access.sign_in", "", None),
    ]
    kept = AuditEvent.objects.filter(action__startswith="access.signed")
    assert list(kept.order_by("at").values_list("action", "person_id", "division")) == [
        ("access.signed_in", person.id, "511921"),
        ("access.signed_out", person.id, "511921"),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_refused_command_is_kept_after_its_transaction_is_gone() -> None:
    actor = actor_of(make_person())

    def run() -> None:
        with keeping_refusals(actor, "bangfu.import"), transaction.atomic():
            make_person("wang.qiang", "王强")
            actor.check("registry.import", "511921")

    with pytest.raises(AccessRefused):
        run()
    assert refusals() == [("bangfu.import", "registry.import", "511921", actor.person_id)]
    assert AuditEvent.objects.filter(action="accounts.person_created").count() == 1
