"""Making changes of households: versions with both times, one winner, and back again."""

from __future__ import annotations

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
from bangfu.registry.domain.adjusting import (
    ChangeHead,
    Correct,
    Correction,
    Join,
    Leave,
    Merge,
    Move,
    Split,
)
from bangfu.registry.models import Household, HouseholdVersion, Member
from bangfu.registry.queries.adjustments import (
    list_common_past,
    list_offspring,
    list_origins,
)
from bangfu.registry.queries.counts import Tally, tally_places
from bangfu.registry.queries.history import get_household_as_of
from bangfu.registry.queries.snapshots import frames_of
from bangfu.registry.services.adjusting import undo_change
from bangfu.registry.services.checking import check_forms
from bangfu.registry.services.committing import commit_batch
from bangfu.registry.services.revealing import reveal_secret
from registry.adjusting_making import CHANGED, changer, family, make, newborn, seen
from registry.making import (
    COUNTY,
    DAY,
    FAR_VILLAGE,
    OTHER_VILLAGE,
    VILLAGE,
    bring,
    household,
    member,
    officer,
    upload,
)
from registry.test_reversing import register

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from bangfu.registry.domain.adjusting import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

LATER = date(2026, 11, 15)
COUPLE = Split("H1", ("H1-3", "H1-4"), "H1-F", "H1-3", {"H1-4": "spouse"}, group="4 组")
GRADE = Correct("H1", (Correction("household", "", "housing_grade", "B", "C"),))


def codes(change: Change, **given: Any) -> list[str]:
    """Why a change is refused; and it wrote nothing."""
    versions = HouseholdVersion.objects.count()
    with pytest.raises(Refused) as refused:
        make(change, **given)
    assert HouseholdVersion.objects.count() == versions
    return [each.code for each in refused.value.problems]


def of(number: str) -> Household:
    return Household.objects.get(household_number=number)


def names(number: str) -> list[str]:
    found = Member.objects.filter(household__household_number=number, active=True)
    return sorted(found.values_list("name", flat=True))


def test_a_child_is_born_and_everything_says_so() -> None:
    bring(household("H1", *family()))
    (version,) = make(newborn(), expected=seen("H1"))
    one = of("H1")
    assert (one.size, one.version_id, one.data_date) == (5, version.pk, CHANGED)
    child = Member.objects.get(name="张新")
    assert (child.active, child.change_reason) == (True, "newborn")
    whole = reveal_secret(actor=officer(), subject=child, item="id_number", reason="核对")
    assert whole.startswith("51990020261105")
    before = get_household_as_of(officer(), one.pk, DAY)
    assert before.document["household"]["size"] == 4
    event = AuditEvent.objects.get(action="registry.household_changed")
    assert (event.kind, event.count, event.division) == ("changed", 1, one.village_code)
    told = OutboxEvent.objects.get(event="registry.households_changed")
    assert told.payload == {"households": [str(one.pk)], "counties": [COUNTY]}


def test_a_split_gives_two_households_with_one_past() -> None:
    bring(household("H1", *family()))
    people = set(Member.objects.values_list("name", flat=True))
    make(COUPLE, expected=seen("H1"))
    old, new = of("H1"), of("H1-F")
    assert names("H1") == ["张三", "王梅"]
    assert names("H1-F") == ["张小军", "李芳"]
    assert {*names("H1"), *names("H1-F")} == people
    assert (new.head_name, new.group_name, new.size, new.farmland) == ("张小军", "4 组", 2, None)
    actor = officer()
    (past,) = list_common_past(actor, new.pk)
    assert (past.origin.number, past.origin.kind) == ("H1", "split")
    assert [each.version.valid_from for each in past.entries] == [DAY]
    assert [each.number for each in list_offspring(actor, old.pk)] == ["H1-F"]
    # Who went is encrypted for the row they are now.
    son = Member.objects.get(name="张小军", active=True)
    assert reveal_secret(actor=actor, subject=son, item="id_number", reason="核对")
    assert Member.objects.get(name="张小军", active=False).left_on == CHANGED


def test_households_merge_and_the_one_that_leaves_keeps_its_history() -> None:
    bring(household("H1"), household("H2", member("H2", "1", name="李四")))
    make(Merge("H2", "H1", {"H2-1": "sibling"}), expected=seen("H1", "H2"))
    gone = of("H2")
    assert (gone.active, gone.left_on, gone.size, gone.head_name) == (False, CHANGED, 0, "李四")
    assert names("H1") == ["张三", "李四"]
    assert get_household_as_of(officer(), gone.pk, DAY).document["members"] != []
    assert [each.number for each in list_origins(officer(), of("H1").pk)] == ["H2"]
    # Counted by the day: both before, one after.
    for day, households in ((DAY, 2), (CHANGED, 1), (LATER, 1)):
        frame, members = frames_of(officer(), COUNTY, day)
        assert (frame.height, members.height) == (households, 2)


def test_the_last_member_dies_and_the_household_leaves_the_rolls() -> None:
    bring(household("H1"))
    make(Leave("H1", "H1-1", "died"))
    assert (of("H1").active, of("H1").left_on) == (False, CHANGED)
    assert codes(newborn()) == ["registry.off_the_rolls"]
    assert [frames_of(officer(), COUNTY, day)[0].height for day in (DAY, LATER)] == [1, 0]


def test_what_changed_since_and_is_in_the_way_is_named_and_the_rest_is_kept() -> None:
    bring(household("H1", *family()))
    asked = seen("H1")
    bring(household("H1", *family(), water_safe=True), day=CHANGED)
    make(GRADE, day=LATER, expected=asked)
    assert (of("H1").housing_grade, of("H1").water_safe) == ("C", True)
    with pytest.raises(Refused) as refused:
        make(GRADE, day=LATER, expected=asked)
    (problem,) = refused.value.problems
    assert problem.code == "registry.changed_since_asked"
    assert (problem.values["before"], problem.values["now"]) == ("B级", "C级") or (
        "B" in problem.values["before"] and "C" in problem.values["now"]
    )


def test_a_change_of_a_day_before_later_data_is_carried_into_them() -> None:
    bring(household("H1", *family()))
    bring(household("H1", *family(), housing_grade="A"), day=LATER)
    make(Leave("H1", "H1-2", "died"), day=CHANGED)
    actor, one = officer(), of("H1")
    sizes = [
        get_household_as_of(actor, one.pk, day).document["household"]["size"]
        for day in (DAY, CHANGED, LATER)
    ]
    assert sizes == [4, 3, 3]
    assert (one.size, one.housing_grade) == (3, "A")
    assert Member.objects.get(name="王梅").left_on == CHANGED
    # A value recorded for the later day itself stands.
    make(GRADE, day=CHANGED)
    assert of("H1").housing_grade == "A"
    assert get_household_as_of(actor, one.pk, CHANGED).document["household"]["housing_grade"] == "C"


def test_a_person_on_the_rolls_elsewhere_is_refused_without_telling_where() -> None:
    far = officer("511922", "registry.read", "registry.import")
    people = household("F1", member("F1", "1", name="远人"), village_code=FAR_VILLAGE)

    batch = check_forms(actor=far, division="511922", data_date=DAY, upload=upload(people))
    commit_batch(actor=far, batch_id=batch.id)
    bring(household("H1"), household("H2", member("H2", "1", name="李四")))
    child = newborn()
    theirs = Member.objects.get(name="远人")
    leaf = {"plain": "x", "fingerprint": bytes(theirs.id_number_fingerprint).hex()}
    stranger = Join("H1", {**child.member, "id_number": leaf}, "married_in")
    with pytest.raises(Refused) as refused:
        make(stranger)
    told = [(each.code, dict(each.values)) for each in refused.value.problems]
    assert ("registry.member_elsewhere", {}) in told
    near = Join("H1", {**child.member, "person_number": "H2-1"}, "married_in")
    with pytest.raises(Refused) as refused:
        make(near)
    told = [(each.code, dict(each.values)) for each in refused.value.problems]
    assert told == [("registry.person_in_household", {"owner": "H2"})]


@pytest.mark.parametrize(
    ("change", "day", "code"),
    [
        (GRADE, date(2026, 12, 1), "registry.day_not_come"),
        (GRADE, date(2025, 12, 31), "policy.phase_frozen"),
        (GRADE, date(2026, 10, 1), "registry.before_registration"),
        (Leave("H9", "x", "died"), CHANGED, "registry.household_unknown"),
        (Leave("H1", "H1-2", "eaten"), CHANGED, "registry.code_unknown"),
        (Move("H1", village="511921103999"), CHANGED, "registry.village_unknown"),
        (Move("H1", living="999999999999"), CHANGED, "registry.living_unknown"),
        (Split("H1", ("H1-2",), "H2", "H1-2", {}), CHANGED, "registry.number_taken"),
    ],
)
def test_what_the_register_does_not_admit_is_refused(change: Change, day: date, code: str) -> None:
    bring(household("H1", *family()), household("H2", member("H2", "1")))
    assert code in codes(change, day=day)


def test_who_may_not_change_in_a_village_touched_changes_nothing() -> None:
    bring(household("H1", *family()))
    reader = officer(COUNTY, "registry.read")
    village = changer(of("H1").village_code)
    for actor, change in ((reader, GRADE), (village, Move("H1", village=OTHER_VILLAGE))):
        with pytest.raises(AccessRefused):
            make(change, actor=actor)
    assert HouseholdVersion.objects.count() == 1
    make(Move("H1", village=OTHER_VILLAGE))
    assert of("H1").village_code == OTHER_VILLAGE
    # Asked about a day before, it is counted where it was.
    old = str(VILLAGE)
    for day, here in ((DAY, 1), (LATER, 0)):
        assert frames_of(officer(), old, day)[0].height == here
        assert frames_of(officer(), OTHER_VILLAGE, day)[0].height == 1 - here
        tallies = tally_places(officer(), old[:9], on=day)
        assert tallies.below.get(old, Tally()).households == here


def test_a_change_is_taken_back_whole_and_once() -> None:
    bring(household("H1", *family()))
    before = register()
    version, *_rest = make(COUPLE)
    assert version.adjustment_id is not None
    actor = changer()
    undo_change(actor=actor, adjustment_id=version.adjustment_id, reason="填错了")
    assert register() == before
    assert list_origins(officer(), of("H1-F").pk) == []
    with pytest.raises(Refused) as refused:
        undo_change(actor=actor, adjustment_id=version.adjustment_id, reason="填错了")
    assert refused.value.problems[0].code == "registry.undone_already"
    # The number may be used again for the same split, and for nothing else.
    make(COUPLE)
    assert names("H1-F") == ["张小军", "李芳"]


def test_a_change_that_others_rest_on_is_not_taken_back() -> None:
    bring(household("H1", *family()))
    version, *_rest = make(COUPLE)
    make(Leave("H1-F", "H1-4", "moved_out"), day=LATER)
    assert version.adjustment_id is not None
    with pytest.raises(Refused) as refused:
        undo_change(actor=changer(), adjustment_id=version.adjustment_id, reason="填错了")
    assert refused.value.problems[0].code == "registry.changed_since_adjusted"


SOME: list[Change] = [
    newborn(),
    COUPLE,
    GRADE,
    Leave("H1", "H1-2", "died"),
    Leave("H1", "H1-1", "died", "H1-2", {"H1-3": "son", "H1-4": "daughter_in_law"}),
    ChangeHead("H1", "H1-3", {"H1-1": "father", "H1-2": "mother", "H1-4": "spouse"}),
    Move("H1", village=OTHER_VILLAGE, group="1 组"),
    Merge("H2", "H1", {"H2-1": "sibling"}),
    Merge("H1-F", "H2", {"H1-3": "other", "H1-4": "other"}),
]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.lists(st.sampled_from(SOME), min_size=1, max_size=5))
def test_any_changes_taken_back_in_turn_leave_the_register_as_it_was(order: list[Change]) -> None:
    actor: Actor = changer()
    with transaction.atomic():
        bring(household("H1", *family()), household("H2", member("H2", "1")))
        states, made = [register()], []
        for change in order:
            try:
                with transaction.atomic():
                    versions = make(change, actor=actor)
            except Refused:
                continue
            made.append(versions[0].adjustment_id)
            states.append(register())
        for adjustment in reversed(made):
            assert register() == states.pop()
            assert adjustment is not None
            undo_change(actor=actor, adjustment_id=adjustment, reason="撤销")
        assert register() == states.pop()
        transaction.set_rollback(True)
