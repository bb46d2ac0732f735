"""The witness sees planted leaks, and leaves alone what is in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from access_matrix.leaking_urls import READINGS
from bangfu.foundation.access.api import grant_posting, system_actor
from bangfu.foundation.accounts.api import create_person
from screening.register import OTHER_VILLAGE, VILLAGE, Home, add
from support.witness import pytest_runtest_call as watch_call

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from bangfu.registry.models import Household
    from support.witness import Witness

pytestmark = [pytest.mark.django_db, pytest.mark.urls("access_matrix.leaking_urls")]

FAR_VILLAGE = "511922100201"
HOUSEHOLD = "registry.Household"


@pytest.fixture
def homes() -> dict[str, Household]:
    """One household in each of three villages of two counties."""
    return {
        "own": add(Home("51190000000001", VILLAGE)),
        "next": add(Home("51190000000002", OTHER_VILLAGE)),
        "far": add(Home("51190000000003", FAR_VILLAGE)),
    }


def sign_in(client: Client, role: str, division: str) -> None:
    actor = system_actor("tests")
    person = create_person(actor=actor, username=role, name="岳鹏", password="niulan-shan-9")
    grant_posting(
        actor=actor,
        person=person,
        organisation="朱元村",
        title="网格员",
        role=role,
        divisions=[division],
    )
    client.force_login(person)


@pytest.mark.parametrize("way", sorted(READINGS))
def test_every_way_of_reading_too_much_is_seen(
    way: str, client: Client, homes: dict[str, Household], witness: Witness
) -> None:
    sign_in(client, "village_official", VILLAGE)
    with witness.caught() as leaks:
        client.get(f"/leak/{way}/")
    assert leaks, way
    assert {leak.route for leak in leaks} == {"GET leak"}
    assert {leak.actor for leak in leaks} == {f"岳鹏 of {VILLAGE}"}
    known = {leak.place for leak in leaks} - {"no known place"}
    outside = {FAR_VILLAGE} if way == "one" else {OTHER_VILLAGE, FAR_VILLAGE}
    if way == "counts_by_county":
        outside = {FAR_VILLAGE[:6]}
    assert known == (set() if way in {"raw", "cursor", "values_without_key"} else outside)


@pytest.mark.parametrize("way", ["instances", "values"])
def test_a_leak_names_route_person_table_and_row(
    way: str, client: Client, homes: dict[str, Household], witness: Witness
) -> None:
    sign_in(client, "township_reviewer", VILLAGE[:9])
    with witness.caught() as leaks:
        client.get(f"/leak/{way}/")
    rows = {str(homes["next"].pk), str(homes["far"].pk)}
    assert {leak.row for leak in leaks if leak.table == HOUSEHOLD} == rows
    assert any(
        str(leak) == f"GET leak read {HOUSEHOLD} {homes['far'].pk} of {FAR_VILLAGE} "
        f"for 岳鹏 of {VILLAGE[:9]}, outside the scope of registry.read"
        for leak in leaks
    )


def test_what_lies_in_scope_is_left_alone(
    client: Client, homes: dict[str, Household], witness: Witness
) -> None:
    sign_in(client, "county_officer", "511921")
    before = witness.rows
    with witness.caught() as leaks:
        assert client.get("/scoped/").content == b"2 8"
        client.get("/leak/counts_by_village/")
    assert [leak.place for leak in leaks] == [FAR_VILLAGE]
    assert witness.rows >= before + 10


def test_rows_are_held_against_the_right_of_the_page_too(
    client: Client, homes: dict[str, Household], witness: Witness
) -> None:
    sign_in(client, "village_official", OTHER_VILLAGE)
    with witness.caught() as leaks:
        client.get("/other-right/")
    assert {leak.capability for leak in leaks} == {"cases.verify", "registry.read"}


def test_a_page_for_everybody_is_held_against_the_right_of_the_table(
    client: Client, homes: dict[str, Household], witness: Witness
) -> None:
    sign_in(client, "department_officer", VILLAGE)
    with witness.caught() as leaks:
        client.get("/everybody/")
    assert [(leak.capability, leak.row) for leak in leaks] == [
        ("registry.read", str(homes["own"].pk))
    ]


def test_whether_a_number_is_taken_may_be_asked_but_not_by_whom(
    client: Client, homes: dict[str, Household], witness: Witness
) -> None:
    sign_in(client, "village_official", VILLAGE)
    number = homes["far"].household_number
    with witness.caught() as leaks:
        assert client.get(f"/is-taken/{number}/").content.decode() == number
    assert leaks == []
    with witness.caught() as leaks:
        client.get(f"/whose/{number}/")
    assert {leak.place for leak in leaks} == {FAR_VILLAGE}


def test_rows_of_a_streamed_answer_are_seen(
    client: Client, homes: dict[str, Household], witness: Witness
) -> None:
    sign_in(client, "village_official", VILLAGE)
    with witness.caught() as leaks:
        answer = client.get("/streamed/")
        list(answer)
    assert {leak.row for leak in leaks} == {str(homes["next"].pk), str(homes["far"].pk)}


def test_a_test_in_which_a_request_leaks_fails(
    client: Client, homes: dict[str, Household], witness: Witness
) -> None:
    sign_in(client, "village_official", VILLAGE)
    with witness.caught():
        client.get("/leak/instances/")
        hook = watch_call()
        next(hook)
        with pytest.raises(pytest.fail.Exception, match="Read outside the scope"):
            hook.send(None)


def test_the_witness_costs_no_counted_query(
    client: Client,
    homes: dict[str, Household],
    witness: Witness,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sign_in(client, "village_official", VILLAGE)
    with witness.caught() as leaks, django_assert_num_queries(5):
        client.get("/leak/members_values/")  # session, person, posting, divisions, members
    assert leaks


def test_reading_outside_a_request_is_nobodys_business(
    homes: dict[str, Household], witness: Witness
) -> None:
    before = witness.rows
    with witness.caught() as leaks:
        assert len(list(READINGS["instances"]())) == 3
    assert leaks == []
    assert witness.rows == before
