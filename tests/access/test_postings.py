"""Postings: who may give them, when they hold, and what the database itself refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from access.people import make_person, post
from bangfu.foundation.access.api import (
    AccessRefused,
    Actor,
    Grant,
    actor_of,
    end_posting,
    get_posting,
    grant_posting,
    list_onlookers,
    list_own_postings,
    list_postings,
    system_actor,
)
from bangfu.foundation.access.models import GrantedDivision, Posting
from bangfu.foundation.audit.api import AuditEvent, record_opened
from bangfu.foundation.clock.api import today, using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.accounts.api import Person

pytestmark = pytest.mark.django_db

START, END = date(2026, 3, 1), date(2026, 9, 1)
DAY = timedelta(days=1)


def security(division: str = "511921", person: Person | None = None) -> Actor:
    grant = Grant("security_administrator", DivisionCode(division), frozenset({"access.manage"}))
    return Actor(person.id if person else UUID(int=5), None, "周敏", grants=(grant,))


def codes_of(refused: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught, transaction.atomic():
        refused()
    return [each.code for each in caught.value.problems]


@pytest.mark.parametrize(
    ("day", "holds"),
    [(START - DAY, False), (START, True), (END - DAY, True), (END, False), (END + DAY, False)],
)
def test_a_posting_holds_from_its_first_day_up_to_its_last(day: date, holds: bool) -> None:
    person = make_person()
    post(person, start=START, end=END)
    actor = actor_of(person, on=day)
    assert actor.may("registry.read", "511921101") is holds
    assert (actor.posting_id is not None) is holds


@pytest.mark.parametrize(("day", "holds"), [(START, True), (END - DAY, True), (END, False)])
def test_a_division_can_end_before_its_posting(day: date, holds: bool) -> None:
    person = make_person()
    posting = post(person, divisions=["511921101", "511921102"], start=START)
    posting.granted.filter(division_code="511921101").update(valid_to=END)
    actor = actor_of(person, on=day)
    assert actor.may("registry.read", "511921101") is holds
    assert actor.may("registry.read", "511921102")


def test_the_day_is_that_of_china() -> None:
    person = make_person()
    post(person, start=START)
    with using_clock(FixedClock(datetime(2026, 2, 28, 15, 59, tzinfo=UTC))):
        assert not actor_of(person).grants
    with using_clock(FixedClock(datetime(2026, 2, 28, 16, 0, tzinfo=UTC))):
        assert actor_of(person).grants


def test_an_actor_carries_posting_title_role_and_purpose() -> None:
    person = make_person()
    posting = post(person, divisions=["511921", "511922"])
    actor = actor_of(person, purpose="年度核查")
    assert (actor.person_id, actor.posting_id) == (person.id, posting.id)
    assert (actor.name, actor.title, actor.purpose) == ("李梅", "监测股干部", "年度核查")
    assert [(each.role, each.division) for each in actor.grants] == [
        ("county_officer", "511921"),
        ("county_officer", "511922"),
    ]


def test_a_person_acts_in_one_posting_at_a_time() -> None:
    person = make_person()
    county = post(person, start=START)
    village = post(person, "village_official", ["511922101201"], start=START + DAY)
    assert actor_of(person).posting_id == county.id
    chosen = actor_of(person, posting_id=village.id)
    assert chosen.may("registry.read", "511922101201")
    assert not chosen.may("registry.read", "511921")
    assert [each.id for each in list_own_postings(person)] == [county.id, village.id]


def test_a_named_posting_that_ended_or_is_another_persons_gives_nothing() -> None:
    person, other = make_person(), make_person("wang.qiang", "王强")
    post(person, start=START)
    ended = post(person, "village_official", ["511922101201"], start=START, end=END)
    foreign = post(other, start=START)
    for each in (ended, foreign):
        actor = actor_of(person, posting_id=each.id, on=END)
        assert (actor.grants, actor.posting_id) == ((), None)


def test_who_is_inactive_holds_nothing() -> None:
    person = make_person()
    post(person)
    person.is_active = False
    assert actor_of(person).grants == ()


def test_a_role_that_left_the_table_gives_nothing() -> None:
    person = make_person()
    post(person)
    Posting.objects.update(role="role_of_last_year")
    actor = actor_of(person)
    assert actor.grants == ()
    assert actor.posting_id is not None


def test_a_posting_is_given_with_its_divisions_and_audited() -> None:
    person = make_person()
    posting = grant_posting(
        actor=security(),
        person=person,
        organisation="通江县乡村振兴局",
        title="干部",
        role="township_reviewer",
        divisions=["511921101", "511921102", "511921101"],
    )
    assert posting.valid_from == today()
    assert posting.valid_to is None
    assert sorted(posting.granted.values_list("division_code", flat=True)) == [
        "511921101",
        "511921102",
    ]
    row = AuditEvent.objects.get(action="access.posting_granted")
    assert row.person_id == UUID(int=5)
    assert str(posting.id) in row.subject_ids
    assert row.filters == '{"divisions":["511921101","511921102"],"role":"township_reviewer"}'


@pytest.mark.parametrize("divisions", [["511922"], ["511921101", "511922101"], ["51"], [""]])
def test_nobody_gives_what_lies_outside_their_own_division(divisions: list[str]) -> None:
    person = make_person()
    with pytest.raises(AccessRefused):
        grant_posting(
            actor=security("511921"),
            person=person,
            organisation="o",
            title="t",
            role="evaluator",
            divisions=divisions,
        )
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    ("role", "division", "codes"),
    [
        ("village_official", "511921101", ["access.division_too_broad"]),
        ("village_official", "511921101201", []),
        ("county_officer", "5119", ["access.division_too_broad"]),
        ("county_officer", "511921", []),
        ("county_officer", "511921101", []),
        ("evaluator", "", []),
        ("mayor", "511921", ["access.role_unknown"]),
        ("county_officer", "51192", ["access.division_invalid"]),
        ("county_officer", "五一一九", ["access.division_invalid"]),
    ],
)
def test_a_role_is_given_at_its_tier_or_below(role: str, division: str, codes: list[str]) -> None:
    person = make_person()
    if codes:
        assert codes_of(lambda: post(person, role, [division])) == codes
    else:
        assert post(person, role, [division]).role == role


def test_what_is_wrong_is_told_all_at_once() -> None:
    person = make_person()
    assert codes_of(lambda: post(person, divisions=[], start=END, end=START)) == [
        "access.division_missing",
        "access.period_invalid",
    ]
    assert codes_of(lambda: post(person, start=START, end=START)) == ["access.period_invalid"]
    assert not Posting.objects.exists()


def test_nobody_gives_or_takes_a_posting_of_their_own() -> None:
    person = make_person()
    own = security(person=person)

    def give() -> Posting:
        return grant_posting(
            actor=own,
            person=person,
            organisation="o",
            title="t",
            role="evaluator",
            divisions=["511921"],
        )

    assert codes_of(give) == ["access.own_posting"]
    posting = post(person)
    assert codes_of(lambda: end_posting(actor=own, posting_id=posting.id)) == ["access.own_posting"]
    assert actor_of(person).grants


def test_an_ended_posting_is_gone_today() -> None:
    person = make_person()
    posting = post(person, start=today() - DAY)
    assert actor_of(person).may("registry.read", "511921")
    end_posting(actor=security(), posting_id=posting.id)
    assert not actor_of(person).may("registry.read", "511921")
    assert actor_of(person, on=today() - DAY).may("registry.read", "511921")
    assert AuditEvent.objects.filter(action="access.posting_ended").count() == 1


def test_a_posting_can_be_taken_back_on_the_day_it_was_given() -> None:
    person = make_person()
    posting = post(person)
    assert end_posting(actor=security(), posting_id=posting.id).valid_to == posting.valid_from
    assert actor_of(person).grants == ()
    assert post(person).valid_to is None


def test_an_earlier_end_stays_and_a_later_one_comes_forward() -> None:
    posting = post(make_person(), start=START, end=END)
    assert end_posting(actor=security(), posting_id=posting.id, on=END + DAY).valid_to == END
    assert end_posting(actor=security(), posting_id=posting.id, on=END - DAY).valid_to == END - DAY
    assert end_posting(actor=security(), posting_id=posting.id, on=START - DAY).valid_to == START


def test_a_stranger_finds_no_posting_and_a_neighbour_cannot_end_it() -> None:
    posting = post(make_person(), divisions=["511921", "511922"])
    with pytest.raises(Http404):
        get_posting(security("511923"), posting.id)
    with pytest.raises(Http404):
        end_posting(actor=security("511923"), posting_id=posting.id)
    assert get_posting(security("511921"), posting.id) == posting
    with pytest.raises(AccessRefused):
        end_posting(actor=security("511921"), posting_id=posting.id)
    assert list(list_postings(security("5119"))) == [posting]
    assert not list_postings(Actor(UUID(int=5), None, "x")).exists()


ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")


@pytest.mark.parametrize("second", ADMINISTRATORS)
@pytest.mark.parametrize("first", ADMINISTRATORS)
def test_administrators_never_meet_in_one_person(first: str, second: str) -> None:
    person = make_person()
    post(person, first, start=START)
    assert codes_of(lambda: post(person, second, ["511922"], start=END)) == [
        "access.administrators_apart"
    ]
    post(make_person("wang.qiang"), second, start=END)


@pytest.mark.parametrize(
    ("start", "end", "refused"),
    [
        (START - 2 * DAY, START, False),
        (START - 2 * DAY, START + DAY, True),
        (START - 2 * DAY, None, True),
        (START + DAY, END - DAY, True),
        (END - DAY, None, True),
        (END, None, False),
    ],
)
def test_administrators_may_follow_each_other_in_time(
    start: date, end: date | None, refused: bool
) -> None:
    person = make_person()
    post(person, "system_administrator", start=START, end=END)

    def again() -> Posting:
        return post(person, "audit_administrator", start=start, end=end)

    if refused:
        assert codes_of(again) == ["access.administrators_apart"]
    else:
        assert again().apart == "administration"


def test_a_posting_taken_back_at_once_does_not_stand_in_the_way() -> None:
    person = make_person()
    posting = post(person, "system_administrator")
    end_posting(actor=security(), posting_id=posting.id)
    assert post(person, "audit_administrator").role == "audit_administrator"


def test_an_administrator_may_have_an_ordinary_posting_too() -> None:
    person = make_person()
    post(person, "audit_administrator")
    assert post(person, "evaluator").apart == ""
    assert post(person, "evaluator").apart == ""


def test_the_database_refuses_a_second_administrator_and_a_period_that_runs_backwards() -> None:
    posting = post(make_person(), "system_administrator", start=START)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(
            person=posting.person,
            role="audit_administrator",
            apart="administration",
            valid_from=END,
        )
    for row in (Posting, GrantedDivision):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.objects.update(valid_to=START - DAY)


def test_who_looked_has_a_name_a_place_and_a_title() -> None:
    person = make_person()
    post(person)
    record_opened(actor_of(person, purpose="入户"), "household", "h", "511921")
    record_opened(system_actor("screening"), "household", "h", "511921")
    found = {
        (each.name, each.organisation, each.title, each.purpose)
        for each in list_onlookers("household", "h")
    }
    assert found == {
        ("李梅", "通江县乡村振兴局", "监测股干部", "入户"),
        ("screening", "", "", ""),
    }
    assert list_onlookers("household", "other") == []
