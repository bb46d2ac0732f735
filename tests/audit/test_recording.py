"""What an audit row holds, what it refuses to hold, and which transaction it lives in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from bangfu.foundation.audit.api import (
    AuditEvent,
    Kind,
    OutsideTransaction,
    PersonalValue,
    check_purpose,
    hidden_text,
    list_openings,
    record,
    record_counted,
    record_listed,
    record_opened,
    record_refused,
)
from bangfu.foundation.audit.models import AppendOnly
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor

MOMENT = datetime(2026, 11, 20, 1, 2, 3, 4, tzinfo=UTC)
PERSON = UUID("019a0000-0000-7000-8000-000000000001")
POSTING = UUID("019a0000-0000-7000-8000-000000000002")
HOUSEHOLD = UUID("019a0000-0000-7000-8000-138001380000")
IDENTITY = "51990019800101001X"
MOBILE = "13800138000"


@pytest.fixture
def person(actor: Actor) -> Actor:
    return replace(actor, person_id=PERSON, posting_id=POSTING, name="李梅", purpose="入户前查看")


@pytest.mark.django_db
def test_a_row_says_who_what_where_when_and_what_for(person: Actor) -> None:
    with using_clock(FixedClock(MOMENT)):
        record(
            actor=person,
            action="registry.exported",
            kind=Kind.LISTED,
            subject_type="household",
            subject_ids=[HOUSEHOLD, "b"],
            division="511921",
            count=2,
            filters={"town": "511921101", "grade": ["C", "D"]},
        )
    row = AuditEvent.objects.get()
    assert (row.at, row.person_id, row.posting_id, row.system) == (MOMENT, PERSON, POSTING, "")
    assert (row.action, row.kind, row.division) == ("registry.exported", "listed", "511921")
    assert json.loads(row.subject_ids) == [str(HOUSEHOLD), "b"]
    assert json.loads(row.filters) == {"grade": ["C", "D"], "town": "511921101"}
    assert (row.purpose, row.count, row.batch) == ("入户前查看", 2, None)


@pytest.mark.django_db
def test_a_person_stands_by_id_and_the_system_by_name(person: Actor, actor: Actor) -> None:
    record_opened(person, "household", HOUSEHOLD, "511921")
    record_opened(actor, "household", HOUSEHOLD, "511921")
    assert set(AuditEvent.objects.values_list("person_id", "system")) == {
        (PERSON, ""),
        (None, "trial"),
    }


@pytest.mark.django_db
def test_nobody_in_particular_cannot_act(actor: Actor) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record_opened(replace(actor, name=""), "household", HOUSEHOLD, "511921")


@pytest.mark.django_db
def test_the_short_forms_keep_ids_filters_and_counts(actor: Actor) -> None:
    record_opened(actor, "household", HOUSEHOLD, "511921")
    record_listed(actor, "clue", {"state": "new"}, (str(n) for n in range(3)), "511921")
    record_counted(actor, "household", None, "51")
    rows = AuditEvent.objects.order_by("action")
    assert [(row.action, row.kind, row.count, row.subject_ids, row.filters) for row in rows] == [
        ("clue.listed", "listed", 3, '["0","1","2"]', '{"state":"new"}'),
        ("household.counted", "counted", None, "[]", ""),
        ("household.opened", "opened", 1, f'["{HOUSEHOLD}"]', ""),
    ]


@pytest.mark.parametrize(
    "value",
    [
        IDENTITY,
        IDENTITY.lower(),
        "519900198001010014",
        f"身份证{IDENTITY}的户",
        "５１９９００１９８００１０１００１Ｘ",
        "519900 19800101 001X",
        MOBILE,
        f"电话{MOBILE}。",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
    ],
)
@pytest.mark.django_db
def test_numbers_of_people_are_refused_everywhere(actor: Actor, value: str) -> None:
    given: list[dict[str, Any]] = [
        {"action": value},
        {"subject_type": value},
        {"subject_ids": [value]},
        {"filters": {"q": value}},
        {"filters": {value: 1}},
        {"filters": {"deep": [{"er": (value,)}]}},
        {"actor": replace(actor, purpose=value)},
    ]
    for each in given:
        with pytest.raises(PersonalValue) as caught:
            record(**{"actor": actor, "action": "a.b", "kind": Kind.OPENED, **each})
        assert value not in str(caught.value)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_a_number_given_as_a_number_is_refused_too(actor: Actor) -> None:
    with pytest.raises(PersonalValue):
        record_listed(actor, "member", {"q": int(MOBILE)}, (), "511921")


@pytest.mark.parametrize(
    "value",
    [
        "511921101201",  # a village
        "019a0000-0000-7000-8000-138001380001",  # an id whose tail is decimal by chance
        "019a00000000700080001380013800ab",
        "ab13800138000cd" + "0" * 49,  # a content hash
        "2026-11-20 2026-12-31",
        "5119210000000000001",  # 19 digits
        "10000000000",  # no mobile number starts with 10
    ],
)
@pytest.mark.django_db
def test_codes_ids_hashes_and_dates_are_taken(actor: Actor, value: str) -> None:
    record(actor=actor, action="a.b", kind=Kind.LISTED, subject_ids=[value], filters={"v": value})
    assert AuditEvent.objects.get().subject_ids == f'["{value}"]'


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("action", "a" * 65),
        ("subject_type", "a" * 65),
        ("division", "5" * 13),
        ("action", "a\x00b"),
        ("subject_ids", ["\ud800"]),
        ("kind", "looked"),
    ],
)
@pytest.mark.django_db
def test_what_only_one_database_would_take_is_refused(actor: Actor, field: str, value: Any) -> None:
    with pytest.raises(ValueError, match=r"longer|NUL|surrogates|not a valid Kind"):
        record(**{"actor": actor, "action": "a.b", "kind": Kind.OPENED, field: value})
    assert not AuditEvent.objects.exists()


def test_a_purpose_is_checked_before_it_is_kept() -> None:
    check_purpose("年度核查")
    with pytest.raises(PersonalValue):
        check_purpose(f"核实{MOBILE}")
    with pytest.raises(ValueError, match="longer than 200"):
        check_purpose("长" * 201)


@pytest.mark.one_database
def test_a_searched_word_leaves_its_length_and_a_mark() -> None:
    assert hidden_text("王小明") == hidden_text("王小明")
    assert hidden_text("王小明") != hidden_text("王小强")
    assert hidden_text("王小明").startswith("3:")
    assert "王" not in hidden_text("王小明")
    assert hidden_text("") == ""


@pytest.mark.django_db(transaction=True)
def test_a_row_goes_with_the_change_it_tells_of(actor: Actor) -> None:
    def fail() -> None:
        with transaction.atomic():
            record(actor=actor, action="a.changed", kind=Kind.CHANGED)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_refused(actor: Actor) -> None:
    with pytest.raises(OutsideTransaction, match=r"a\.changed"):
        record(actor=actor, action="a.changed", kind=Kind.CHANGED)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refused_attempt_needs_a_transaction_of_its_own(actor: Actor) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        record_refused(actor, "cases.assign", "cases.assign", "511921")
    record_refused(actor, "cases:assign", "cases.assign", "511921")
    row = AuditEvent.objects.get()
    assert (row.kind, row.action, row.division) == ("refused", "cases:assign", "511921")
    assert json.loads(row.filters) == {"capability": "cases.assign"}


@pytest.mark.django_db
def test_rows_are_neither_changed_nor_deleted(actor: Actor) -> None:
    record_opened(actor, "household", HOUSEHOLD, "511921")
    row = AuditEvent.objects.get()
    row.action = "other"
    with pytest.raises(AppendOnly):
        row.save()
    with pytest.raises(AppendOnly):
        row.delete()
    with pytest.raises(AppendOnly):
        AuditEvent.objects.update(action="other")
    with pytest.raises(AppendOnly):
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.get().action == "household.opened"


@pytest.mark.django_db
def test_who_looked_is_told_the_latest_first(person: Actor, actor: Actor) -> None:
    for minute, who in enumerate((person, actor, person)):
        with using_clock(FixedClock(MOMENT.replace(minute=minute))):
            record_opened(who, "household", HOUSEHOLD, "511921")
    record_opened(actor, "household", PERSON, "511921")
    record_opened(actor, "member", HOUSEHOLD, "511921")
    record_listed(actor, "household", {}, [HOUSEHOLD], "511921")
    openings = list_openings("household", HOUSEHOLD)
    assert [(each.at.minute, each.person_id, each.system) for each in openings] == [
        (2, PERSON, ""),
        (1, None, "trial"),
        (0, PERSON, ""),
    ]
    assert openings[0].purpose == "入户前查看"
    assert len(list_openings("household", HOUSEHOLD, limit=2)) == 2
