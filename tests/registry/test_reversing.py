"""Taking a batch back: what stood before stands again, and nothing is erased."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused
from bangfu.registry.api import (
    Household,
    HouseholdVersion,
    IncomeStatement,
    Member,
    ReversedBatch,
    preview_reversal,
    reverse_batch,
)
from bangfu.registry.domain.versions import version_in_force
from bangfu.registry.queries.histories import contents_of, marks_of
from registry.making import COUNTY, DAY, bring, household, member, officer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.making import Pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

LATER = date(2026, 11, 10)
LATEST = date(2026, 11, 15)


def take_back(batch: Any) -> ReversedBatch:
    return reverse_batch(actor=officer(), batch_id=batch.id, reason="导错了文件")


def register() -> dict[str, Any]:
    """Everything the current tables say, without what only tells one write from another."""
    households = Household.objects.filter(active=True).order_by("household_number")
    return {
        each.household_number: (
            bytes(each.content_hash),
            each.data_date,
            each.version_id,
            sorted(
                each.members.filter(active=True).values_list(
                    "id", "name", "relation", "labour", "sort_key"
                )
            ),
            sorted(each.incomes.values_list("income_purpose", "income_year", "wage_income")),
            (each.head_name, each.housing_grade, each.size, each.monitoring_category),
        )
        for each in households
    }


def test_a_household_the_batch_brought_is_in_the_register_no_more() -> None:
    batch = bring(household("H1"), household("H2"))
    result = take_back(batch)
    assert (result.restored, result.withdrawn, result.left_alone) == (0, 2, ())
    assert register() == {}
    assert not Member.objects.filter(active=True).exists()
    assert not IncomeStatement.objects.exists()
    # The number is for life, and what happened stays on record.
    assert Household.objects.count() == 2
    assert HouseholdVersion.objects.count() == 4


def test_a_withdrawn_household_comes_back_as_the_same_household() -> None:
    take_back(bring(household("H1")))
    (key,) = Household.objects.values_list("household_key", flat=True)
    batch = bring(household("H1"))
    assert batch.new == 1
    found = Household.objects.get()
    assert (found.household_key, found.active) == (key, True)
    assert found.members.filter(active=True).count() == 1


def test_what_stood_before_stands_again() -> None:
    son = member("H1", "2", relation="son")
    bring(household("H1", member("H1", "1"), son), household("H2"))
    before = register()
    batch = bring(household("H1", housing_grade="D", wage_income=1), day=LATER)
    assert register() != before
    result = take_back(batch)
    assert (result.restored, result.withdrawn) == (1, 0)
    assert register() == before


def test_a_confirmation_is_taken_back_too() -> None:
    bring(household("H1"))
    before = register()
    take_back(bring(household("H1"), day=LATER))
    assert register() == before


def test_households_changed_since_are_left_alone_and_named() -> None:
    bring(household("H1"), household("H2"))
    wrong = bring(household("H1", housing_grade="C"), household("H2", housing_grade="C"), day=LATER)
    bring(household("H2", housing_grade="D"), day=LATEST)
    asked = preview_reversal(officer(), wrong.id)
    result = take_back(wrong)
    assert [(each.household_number, each.reason) for each in result.left_alone] == [
        ("H2", "registry.changed_since")
    ]
    assert asked.left_alone == result.left_alone
    grades = dict(Household.objects.values_list("household_number", "housing_grade"))
    assert grades == {"H1": "B", "H2": "D"}


def test_a_change_that_was_itself_taken_back_does_not_stand_in_the_way() -> None:
    bring(household("H1"))
    before = register()
    first = bring(household("H1", housing_grade="C"), day=LATER)
    second = bring(household("H1", housing_grade="D"), day=LATEST)
    take_back(second)
    assert take_back(first).left_alone == ()
    assert register() == before


def test_who_lives_elsewhere_by_now_is_not_fetched_back() -> None:
    son = member("H1", "2", relation="son")
    bring(household("H1", member("H1", "1"), son))
    moved_out = bring(household("H1"), day=LATER)
    moved = {**son, "household_number": "H2", "person_number": "H2-2"}
    bring(household("H2", member("H2", "1"), moved), day=LATER)
    result = take_back(moved_out)
    assert [(each.household_number, each.reason) for each in result.left_alone] == [
        ("H1", "registry.people_moved_on")
    ]
    assert Member.objects.filter(active=True, person_number="H2-2").exists()


def test_a_move_inside_one_batch_is_undone_as_a_whole() -> None:
    son = member("H1", "2", relation="son")
    bring(household("H1", member("H1", "1"), son), household("H2"))
    before = register()
    moved = {**son, "household_number": "H2", "person_number": "H2-2"}
    batch = bring(household("H1"), household("H2", member("H2", "1"), moved), day=LATER)
    assert take_back(batch).left_alone == ()
    assert register() == before


def test_history_that_a_batch_added_goes_out_of_force_and_the_present_stays() -> None:
    bring(household("H1"))
    before = register()
    batch = bring(household("H1", housing_grade="D", income_year=2025), day=date(2026, 6, 1))
    assert batch.new == 1
    take_back(batch)
    assert register() == before


def test_a_batch_is_taken_back_once_with_a_reason_by_who_may() -> None:
    batch = bring(household("H1"))
    with pytest.raises(AccessRefused):
        reverse_batch(
            actor=officer(COUNTY, "registry.read", "registry.import"), batch_id=batch.id, reason="x"
        )
    with pytest.raises(Refused) as refusal:
        reverse_batch(actor=officer(), batch_id=batch.id, reason="  ")
    assert refusal.value.problems[0].code == "registry.reason_missing"
    take_back(batch)
    with pytest.raises(Refused) as refusal:
        take_back(batch)
    assert refusal.value.problems[0].code == "registry.batch_not_committed"
    row = AuditEvent.objects.get(action="registry.batch_reversed")
    assert (row.count, row.division) == (1, COUNTY)
    assert OutboxEvent.objects.get(event="registry.batch_reversed").payload["counties"] == [COUNTY]
    reversal = HouseholdVersion.objects.get(kind="reversed")
    assert (reversal.reason, reversal.document) == ("导错了文件", "")


DAYS = (date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1), DAY)
NUMBERS = ("H1", "H2", "H3")

contents = st.fixed_dictionaries(
    {},
    optional={
        number: st.tuples(st.sampled_from("ABCD"), st.booleans(), st.sampled_from([2025, 2026]))
        for number in NUMBERS
    },
).filter(bool)
imports = st.tuples(st.sampled_from(DAYS), contents)


def pairs_of(content: dict[str, tuple[str, bool, int]]) -> list[Pair]:
    pairs = []
    for number, (grade, with_son, year) in content.items():
        people = [member(number, "1")]
        if with_son:
            people.append(member(number, "2", relation="son"))
        pairs.append(household(number, *people, housing_grade=grade, income_year=year))
    return pairs


def whole_history() -> dict[tuple[str, date], bytes]:
    """What holds on every day, as known now."""
    numbers = dict(Household.objects.values_list("id", "household_number"))
    found = {}
    for household_id, marks in marks_of(numbers).items():
        for day in DAYS:
            mark = version_in_force(marks, day)
            if mark is not None and mark.content is not None:
                ((_, digest),) = contents_of({mark.content}).values()
                found[numbers[household_id], day] = digest
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back: examples do not see each other."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


PROPERTY = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PROPERTY
@given(st.lists(imports, max_size=3), imports)
def test_importing_and_taking_back_restores_every_version(
    earlier: list[tuple[date, Any]], last: tuple[date, Any]
) -> None:
    with undone():
        for day, content in earlier:
            bring(*pairs_of(content), day=day)
        before, history = register(), whole_history()
        result = take_back(bring(*pairs_of(last[1]), day=last[0]))
        assert result.left_alone == ()
        assert register() == before
        assert whole_history() == history


@PROPERTY
@given(st.lists(imports, min_size=2, max_size=4), st.data())
def test_a_household_taken_back_is_as_if_the_batch_had_never_been(
    steps: list[tuple[date, Any]], data: st.DataObject
) -> None:
    wrong = data.draw(st.integers(0, len(steps) - 1))
    with undone():
        for position, (day, content) in enumerate(steps):
            if position != wrong:
                bring(*pairs_of(content), day=day)
        never = whole_history()
    with undone():
        batches = [bring(*pairs_of(content), day=day) for day, content in steps]
        with_batch = whole_history()
        left = {each.household_number for each in take_back(batches[wrong]).left_alone}
        found = whole_history()
        # Who a later file named too is left alone, or was found unchanged and needed no version.
        later = {number for _, content in steps[wrong + 1 :] for number in content}
        assert left <= later
        for number in {*NUMBERS} - (later - left):
            expected = with_batch if number in left else never
            for day in DAYS:
                assert found.get((number, day)) == expected.get((number, day))


@PROPERTY
@given(st.lists(imports, min_size=1, max_size=4))
def test_the_current_tables_show_what_holds_on_the_last_day(steps: list[tuple[date, Any]]) -> None:
    with undone():
        for day, content in steps:
            bring(*pairs_of(content), day=day)
        history = whole_history()
        for number, state in register().items():
            assert state[0] == history[number, DAYS[-1]]


@PROPERTY
@given(st.lists(imports, min_size=1, max_size=3))
def test_importing_everything_again_in_the_same_order_of_days_changes_nothing(
    steps: list[tuple[date, Any]],
) -> None:
    with undone():
        latest: dict[tuple[date, str], Any] = {}
        for day, content in steps:
            bring(*pairs_of(content), day=day)
            latest.update({(day, number): value for number, value in content.items()})
        before, count = register(), HouseholdVersion.objects.count()
        if len(latest) == sum(len(content) for _, content in steps):
            for day, content in sorted(steps, key=lambda step: step[0], reverse=True):
                if all(value[2] == 2026 for value in content.values()):
                    bring(*pairs_of(content), day=day)
            assert register() == before
            assert HouseholdVersion.objects.count() == count
