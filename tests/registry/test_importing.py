"""From a checked file to the register: whole households, nothing twice, nothing lost."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused
from bangfu.registry.api import (
    Household,
    HouseholdVersion,
    ImportLine,
    IncomeStatement,
    Member,
    commit_batch,
    count_problems,
    discard_batch,
    list_lines,
)
from bangfu.registry.models.batches import BatchState
from bangfu.registry.services.checking import check_forms
from registry.making import (
    COUNTY,
    DAY,
    OTHER_VILLAGE,
    bring,
    check,
    household,
    make_id,
    member,
    officer,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

LATER = date(2026, 11, 15)
EARLIER = date(2026, 5, 1)


def counts(batch) -> tuple[int, int, int, int]:
    return batch.new, batch.changed, batch.unchanged, batch.refused


def head(number: str) -> Household:
    return Household.objects.get(household_number=number)


def test_checking_writes_nothing_to_the_register() -> None:
    batch = check(household("H1"), household("H2", size=9))
    assert counts(batch) == (1, 0, 0, 1)
    assert batch.state is BatchState.CHECKED
    assert not Household.objects.exists()
    assert not HouseholdVersion.objects.exists()


def test_committing_writes_households_members_and_incomes() -> None:
    bring(household("H1", member("H1", "1"), member("H1", "2", relation="son", name="张小")))
    found = head("H1")
    assert (found.head_name, found.size, found.village_code[:6]) == ("张三", 2, COUNTY)
    assert (found.data_date, found.active) == (DAY, True)
    assert found.identified_month == 201405
    assert found.monitoring_category == "none"
    assert found.relocated is None
    person = found.members.get(person_number="H1-1")
    assert person.health == ("chronic", "disabled")
    assert person.birth_date == date(1980, 5, 20)
    income = found.incomes.get()
    assert (income.income_year, income.wage_income, income.transfer_income) == (
        2026,
        3_000_000,
        None,
    )


def test_half_a_household_is_never_written() -> None:
    bad = household("H1", member("H1", "1"), member("H1", "2", relation="son", id_number="1"))
    bring(bad, household("H2"))
    assert list(Household.objects.values_list("household_number", flat=True)) == ["H2"]
    assert set(Member.objects.values_list("person_number", flat=True)) == {"H2-1"}


def test_the_same_file_again_changes_nothing() -> None:
    pairs = [household("H1"), household("H2")]
    bring(*pairs)
    keys = list(Household.objects.values_list("household_key", "version_id"))
    again = bring(*pairs)
    assert counts(again) == (0, 0, 2, 0)
    assert HouseholdVersion.objects.count() == 2
    assert list(Household.objects.values_list("household_key", "version_id")) == keys


def test_committing_twice_writes_once() -> None:
    actor = officer()
    batch = bring(household("H1"), actor=actor)
    again = commit_batch(actor=actor, batch_id=batch.id)
    assert again.state is BatchState.COMMITTED
    assert HouseholdVersion.objects.count() == 1
    assert OutboxEvent.objects.filter(event="registry.batch_committed").count() == 1


def test_a_change_is_a_new_version_and_the_present_state() -> None:
    bring(household("H1"))
    batch = bring(household("H1", housing_grade="C"), day=LATER)
    assert counts(batch) == (0, 1, 0, 0)
    assert (head("H1").housing_grade, head("H1").data_date) == ("C", LATER)
    kinds = HouseholdVersion.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["created", "changed"]


def test_an_older_data_date_becomes_history_and_does_not_overwrite() -> None:
    bring(household("H1"))
    batch = bring(household("H1", housing_grade="D", identified_month="201405", income_year=2025),
                  day=EARLIER)  # fmt: skip
    assert counts(batch) == (1, 0, 0, 0)
    assert (head("H1").housing_grade, head("H1").data_date) == ("B", DAY)
    assert HouseholdVersion.objects.count() == 2
    assert IncomeStatement.objects.get().income_year == 2026


def test_the_same_facts_on_a_later_day_are_confirmed_without_a_second_document() -> None:
    bring(household("H1"))
    batch = bring(household("H1"), day=LATER)
    assert counts(batch) == (0, 0, 1, 0)
    first, second = HouseholdVersion.objects.order_by("number")
    assert (second.kind, second.document, second.same_as_id) == ("confirmed", "", first.id)
    assert (head("H1").data_date, head("H1").version_id) == (LATER, second.id)
    between = bring(household("H1", housing_grade="D"), day=date(2026, 11, 10))
    assert between.changed == 1
    assert head("H1").housing_grade == "B"


def test_incomes_of_other_years_stay() -> None:
    bring(household("H1", income_year=2025))
    bring(household("H1", income_year=2026, wage_income=1), day=LATER)
    years = head("H1").incomes.order_by("income_year").values_list("income_year", "wage_income")
    assert list(years) == [(2025, 3_000_000), (2026, 1)]


def test_a_member_who_is_missing_in_the_file_left_and_comes_back_as_the_same_row() -> None:
    son = member("H1", "2", relation="son")
    bring(household("H1", member("H1", "1"), son))
    row = Member.objects.get(person_number="H1-2").id
    bring(household("H1"), day=LATER)
    left = Member.objects.get(person_number="H1-2")
    assert (left.active, left.left_on) == (False, LATER)
    bring(household("H1", member("H1", "1"), son), day=date(2026, 11, 18))
    back = Member.objects.get(person_number="H1-2")
    assert (back.id, back.active, back.left_on) == (row, True, None)


def test_two_members_may_swap_their_document_numbers() -> None:
    one, two = member("H1", "1"), member("H1", "2", relation="son")
    bring(household("H1", one, two))
    swapped = [
        {**one, "id_number": two["id_number"]}, {**two, "id_number": one["id_number"]}
    ]  # fmt: skip
    assert counts(bring(household("H1", *swapped), day=LATER)) == (0, 1, 0, 0)


def test_somebody_may_move_to_another_household_in_one_file() -> None:
    son = member("H1", "2", relation="son")
    bring(household("H1", member("H1", "1"), son), household("H2"))
    moved = {**son, "household_number": "H2", "person_number": "H2-2"}
    batch = bring(household("H1"), household("H2", member("H2", "1"), moved), day=LATER)
    assert counts(batch) == (0, 2, 0, 0)
    assert head("H2").members.filter(active=True).count() == 2


def test_somebody_registered_elsewhere_is_refused_with_the_other_household_named() -> None:
    bring(household("H1"))
    guest = member("H2", "1", id_number=member("H1", "1")["id_number"])
    batch = check(household("H2", guest))
    assert counts(batch) == (0, 0, 0, 1)
    (problem,) = count_problems(officer(), batch.id)
    assert problem.code == "registry.identity_taken"
    assert "H1" in problem.remedy


def test_a_refusal_that_keeps_a_person_where_they_are_refuses_who_wants_them() -> None:
    son = member("H1", "2", relation="son")
    bring(household("H1", member("H1", "1"), son), household("H2"))
    moved = {**son, "household_number": "H2", "person_number": "H2-2"}
    # H1 would let the son go, but is refused for its size: so H2 cannot have him.
    batch = check(household("H1", size=5), household("H2", member("H2", "1"), moved), day=LATER)
    assert counts(batch) == (0, 0, 0, 2)


def test_a_commit_is_refused_when_the_register_changed_since_the_check() -> None:
    bring(household("H1"))
    actor = officer()
    stale = check(household("H1", housing_grade="C"), day=LATER, actor=actor)
    bring(household("H1", housing_grade="D"), day=LATER)
    with pytest.raises(Refused) as refusal:
        commit_batch(actor=actor, batch_id=stale.id)
    assert refusal.value.problems[0].code == "registry.register_changed"
    assert head("H1").housing_grade == "D"


def test_a_commit_is_refused_when_somebody_else_brought_the_same_person_meanwhile() -> None:
    actor = officer()
    stale = check(household("H1"), actor=actor)
    bring(household("H2", member("H2", "1", id_number=member("H1", "1")["id_number"])))
    with pytest.raises(Refused) as refusal:
        commit_batch(actor=actor, batch_id=stale.id)
    assert refusal.value.problems[0].code == "registry.register_changed"
    assert not Household.objects.filter(household_number="H1").exists()


def test_a_data_date_that_has_not_come_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        check(household("H1"), day=date(2026, 11, 21))
    assert refusal.value.problems[0].code == "registry.data_date_in_future"


def test_nobody_imports_without_the_right_or_outside_their_place() -> None:
    reader = officer(COUNTY, "registry.read")
    with pytest.raises(AccessRefused):
        check(household("H1"), actor=reader)
    with pytest.raises(AccessRefused):
        check_forms(
            actor=officer("511922"), division=COUNTY, data_date=DAY, upload=upload(household())
        )
    batch = check(household("H1"))
    with pytest.raises(AccessRefused):
        commit_batch(actor=reader, batch_id=batch.id)
    assert not Household.objects.exists()


def test_a_township_file_takes_no_household_of_another_township() -> None:
    township = "511921103"
    actor = officer(township)
    pairs = [household("H1"), household("H2", village_code="511921104201")]
    batch = check_forms(actor=actor, division=township, data_date=DAY, upload=upload(*pairs))
    assert counts(batch) == (1, 0, 0, 1)


def test_committing_is_announced_and_audited_in_the_same_transaction() -> None:
    batch = bring(household("H1"))
    event = OutboxEvent.objects.get(event="registry.batch_committed")
    assert event.payload == {"batch": str(batch.id), "counties": [COUNTY]}
    row = AuditEvent.objects.get(action="registry.batch_committed")
    assert (row.kind, row.count, row.division) == ("changed", 1, COUNTY)
    assert str(batch.id) in row.subject_ids


def test_the_preview_tells_field_by_field_what_would_change() -> None:
    bring(household("H1"), household("H2"))
    son = member("H1", "2", relation="son", name="张小")
    changed = household(
        "H1", member("H1", "1", name="张叁"), son, housing_grade="C", phone="19911112222"
    )
    batch = check(changed, household("H2"), household("H3"), household("H4", size=3), day=LATER)
    actor = officer()
    (line,) = list_lines(actor, batch.id, outcome="changed").rows
    found = {(each.subject, each.label): (each.before, each.after) for each in line.changes}
    assert found["", "住房安全等级"] == ("B级", "C级")
    assert found["", "户联系电话"] == ("199****0000", "199****2222")
    assert found["张叁", "姓名"] == ("张三", "张叁")
    assert found["张小", "整行"] == ("不是家庭成员", "是家庭成员")
    (refused,) = list_lines(actor, batch.id, outcome="refused").rows
    assert refused.problems[0].title == "家庭人口数与成员行数不一致"
    assert refused.problems[0].place.row == 5
    assert [row.line.household_number for row in list_lines(actor, batch.id).rows] == [
        "H1", "H2", "H3", "H4",
    ]  # fmt: skip


def test_after_the_commit_nothing_of_the_file_stays_in_the_batch() -> None:
    batch = bring(household("H1"))
    assert ImportLine.objects.get(batch=batch).staged is None


def test_a_discarded_batch_leaves_nothing_behind_and_cannot_be_committed() -> None:
    actor = officer()
    batch = check(household("H1"), household("H2", size=4), actor=actor)
    discard_batch(actor=actor, batch_id=batch.id)
    assert not ImportLine.objects.exists()
    with pytest.raises(Refused) as refusal:
        commit_batch(actor=actor, batch_id=batch.id)
    assert refusal.value.problems[0].code == "registry.batch_over"


def test_a_certificate_that_was_issued_again_is_a_change_of_the_same_person() -> None:
    number = make_id(date(1980, 5, 20), 7)
    first = member("H1", "1", id_type="disability", id_number=number + "42")
    bring(household("H1", first))
    again = {**first, "id_number": number + "4211"}
    batch = bring(household("H1", again), day=LATER)
    assert counts(batch) == (0, 1, 0, 0)
    assert Member.objects.count() == 1


def test_households_share_no_fingerprint_of_unknown_secrets() -> None:
    bring(household("H1", phone=None), household("H2", phone=None))
    assert set(Household.objects.values_list("phone_sealed", "phone_fingerprint")) == {(None, None)}


def test_a_household_refused_at_first_is_taken_when_the_corrected_file_comes() -> None:
    bring(household("H1"), household("H2", size=4))
    batch = bring(household("H1"), household("H2"))
    assert counts(batch) == (1, 0, 1, 0)
    assert OTHER_VILLAGE not in Household.objects.values_list("village_code", flat=True)
