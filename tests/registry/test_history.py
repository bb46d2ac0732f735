"""A household through time: as it was, as it was known, what changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.http import Http404

from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.registry.api import (
    Household,
    describe_document,
    describe_document_members,
    diff_versions,
    get_household_as_of,
    list_versions,
    reverse_batch,
)
from registry.making import DAY, bring, household, member, officer

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.registry.models import ImportBatch
    from registry.making import Pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def bring_at(moment: datetime, pair: Pair, day: date) -> ImportBatch:
    with using_clock(FixedClock(moment)):
        return bring(pair, day=day)


def the_id() -> UUID:
    return Household.objects.values_list("id", flat=True).get()


def grade(day: date, known_on: date | None = None) -> str:
    state = get_household_as_of(officer(), the_id(), day, known_on)
    return str(state.document["household"]["housing_grade"])


@pytest.fixture
def three_reports(places: None) -> None:
    """A on 1 March; C for 1 September, told in September; B for 1 June, told in October."""
    bring_at(datetime(2026, 3, 2, tzinfo=UTC), household(housing_grade="A"), date(2026, 3, 1))
    bring_at(datetime(2026, 9, 2, tzinfo=UTC), household(housing_grade="C"), date(2026, 9, 1))
    bring_at(datetime(2026, 10, 2, tzinfo=UTC), household(housing_grade="B"), date(2026, 6, 1))


@pytest.mark.usefixtures("three_reports")
def test_a_day_is_shown_as_known_today() -> None:
    assert grade(date(2026, 3, 1)) == "A"
    assert grade(date(2026, 7, 1)) == "B"
    assert grade(date(2026, 9, 1)) == "C"
    assert grade(DAY) == "C"


@pytest.mark.usefixtures("three_reports")
def test_an_auditor_sees_what_was_known_then() -> None:
    assert grade(date(2026, 7, 1), known_on=date(2026, 10, 1)) == "A"
    assert grade(date(2026, 7, 1), known_on=date(2026, 10, 2)) == "B"
    assert grade(DAY, known_on=date(2026, 4, 1)) == "A"


def test_known_on_a_day_means_by_its_end_in_china() -> None:
    late = datetime(2026, 11, 5, 15, 59, tzinfo=UTC)  # 23:59 in China
    bring_at(late, household(housing_grade="A"), DAY)
    assert grade(DAY, known_on=date(2026, 11, 5)) == "A"
    with pytest.raises(Http404):
        grade(DAY, known_on=date(2026, 11, 4))


@pytest.mark.usefixtures("three_reports")
def test_before_the_first_day_there_is_no_such_household() -> None:
    with pytest.raises(Http404):
        grade(date(2026, 2, 28))


@pytest.mark.usefixtures("three_reports")
def test_a_stranger_finds_no_history() -> None:
    stranger = officer("511922")
    for ask in (
        lambda: get_household_as_of(stranger, the_id(), DAY),
        lambda: list_versions(stranger, the_id()),
        lambda: diff_versions(stranger, the_id(), 1, 2),
    ):
        with pytest.raises(Http404):
            ask()
    assert not AuditEvent.objects.filter(kind="opened").exists()


@pytest.mark.usefixtures("three_reports")
def test_looking_back_is_an_opening_too() -> None:
    get_household_as_of(officer(), the_id(), DAY)
    row = AuditEvent.objects.get(kind="opened")
    assert (row.subject_type, row.count) == ("household", 1)
    assert str(the_id()) in row.subject_ids


def test_versions_are_listed_latest_first_and_say_which_stand() -> None:
    bring(household(housing_grade="A"))
    wrong = bring(household(housing_grade="D"), day=date(2026, 11, 10))
    reverse_batch(actor=officer(), batch_id=wrong.id, reason="错")
    found = [(each.version.kind, each.stands) for each in list_versions(officer(), the_id())]
    assert found == [("reversed", True), ("changed", False), ("created", True)]


def test_two_versions_differ_item_by_item_in_words_with_secrets_masked() -> None:
    bring(household())
    son = member("H1", "2", relation="son", name="张小")
    bring(
        household("H1", member("H1", "1"), son, phone="19912345678", wage_income=31_000_50),
        day=date(2026, 11, 10),
    )
    changes = diff_versions(officer(), the_id(), 1, 2)
    found = {(each.subject, each.label): (each.before, each.after) for each in changes}
    assert found == {
        ("", "家庭人口数"): ("1", "2"),
        ("", "户联系电话"): ("199****0000", "199****5678"),
        ("张小", "整行"): ("不是家庭成员", "是家庭成员"),
        ("2026 年收入（年度采集）", "工资性收入（元）"): ("30,000.00", "31,000.50"),
    }


def test_the_first_version_differs_from_nothing() -> None:
    bring(household())
    changes = diff_versions(officer(), the_id(), 0, 1)
    assert ("户主姓名", "", "张三") in [(each.label, each.before, each.after) for each in changes]
    with pytest.raises(Http404):
        diff_versions(officer(), the_id(), 0, 2)


def test_what_a_reversal_brought_back_can_be_compared() -> None:
    bring(household(housing_grade="A"))
    wrong = bring(household(housing_grade="D"), day=date(2026, 11, 10))
    reverse_batch(actor=officer(), batch_id=wrong.id, reason="错")
    (change,) = diff_versions(officer(), the_id(), 2, 3)
    assert (change.label, change.before, change.after) == ("住房安全等级", "D级", "A级")


def test_a_past_state_is_ready_for_a_page() -> None:
    bring(household(relocated=None))
    state = get_household_as_of(officer(), the_id(), DAY)
    blocks = describe_document(state.document, state.household.id, DAY)
    head = {each.name: each for each in blocks["head"]}
    assert head["phone"].text == "199****0000"
    assert head["phone"].secret
    register = {each.name: each for each in blocks["register"]}
    assert (register["identified_month"].text, register["relocated"].known) == ("2014-05", False)
    (person,) = describe_document_members(state.document)
    assert person["id_number"].text == "519900************"
    assert person["health"].text == "长期慢性病、残疾"
