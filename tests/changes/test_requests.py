"""Asking for changes and deciding about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404

from bangfu.changes.api import (
    ChangeRequest,
    RequestFilters,
    count_waiting,
    get_request,
    list_requests,
    move_request,
    propose_change,
)
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused
from bangfu.registry.api import (
    Correct,
    Correction,
    Household,
    HouseholdVersion,
    Leave,
    Member,
    Move,
    Split,
)
from bangfu.registry.services.divisions import load_divisions
from registry.adjusting_making import CHANGED, newborn
from registry.making import OTHER_VILLAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Change

    Office = Callable[[str], Actor]

pytestmark = pytest.mark.django_db

DEATH = Leave("H1", "H1-2", "died")
GRADE = Correct("H1", (Correction("household", "", "housing_grade", "B", "C"),))
COUPLE = Split("H1", ("H1-3", "H1-4"), "H1-F", "H1-3", {"H1-4": "spouse"})
FAR = "511921104201"
AWAY = Move("H1", village=FAR)


def ask(actor: Actor, change: Change = DEATH, **more: Any) -> ChangeRequest:
    return propose_change(actor=actor, change=change, day=CHANGED, note="入户时核实", **more)


def refused(work: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as found:
        work()
    return [each.code for each in found.value.problems]


def move(actor: Actor, request: ChangeRequest, name: str, note: str = "") -> ChangeRequest:
    return move_request(actor=actor, request_id=request.pk, move=name, note=note)


def test_a_death_is_asked_for_reviewed_and_holds(office: Office) -> None:
    request = ask(office("villager"))
    assert HouseholdVersion.objects.filter(household=request.household).count() == 1
    assert count_waiting(office("reviewer")) == 1
    detail = get_request(office("reviewer"), request.pk)
    assert detail.preview.problems == ()
    (one,) = detail.preview.households
    assert one.people == ("张三", "张小军", "李芳")
    assert detail.row.what == "减少成员：死亡"
    # What the request holds names people and lies sealed.
    assert b"H1-2" not in bytes(request.sealed)
    done = move(office("reviewer"), request, "apply")
    assert done.matter.state == "applied"
    assert Member.objects.get(person_number="H1-2").left_on == CHANGED
    assert done.adjustment is not None
    assert done.adjustment.reason == "died"
    assert OutboxEvent.objects.filter(event="changes.change_applied").exists()


def test_who_asks_does_not_decide_and_a_village_never_does(office: Office) -> None:
    request = ask(office("reviewer"))
    assert "procedures.four_eyes" in refused(lambda: move(office("reviewer"), request, "apply"))
    with pytest.raises(AccessRefused):
        move(office("villager"), request, "apply")
    for name in ("neighbour", "stranger"):
        with pytest.raises(Http404):
            get_request(office(name), request.pk)
    assert Household.objects.get(pk=request.household_id).size == 4
    assert move(office("officer"), request, "apply").matter.state == "applied"


def test_between_townships_the_county_decides(office: Office) -> None:
    load_divisions(rows=[("511921104", "诺水河镇"), (FAR, "碧溪村")])
    request = ask(office("officer"), AWAY)
    assert request.crosses
    assert "procedures.guard" in refused(lambda: move(office("reviewer"), request, "apply"))
    assert move(office("reviewer"), request, "forward", "属实").matter.state == "forwarded"
    assert "procedures.four_eyes" in refused(lambda: move(office("officer"), request, "apply"))
    near = ask(office("officer"), Move("H2", village=OTHER_VILLAGE))
    assert not near.crosses
    assert "procedures.guard" in refused(lambda: move(office("reviewer"), near, "forward", "x"))


def test_a_conflict_is_named_and_nothing_is_written(office: Office) -> None:
    late, early = ask(office("villager"), GRADE), ask(office("officer"), GRADE_D)
    move(office("reviewer"), early, "apply")
    detail = get_request(office("reviewer"), late.pk)
    assert [each.code for each in detail.preview.problems] == ["registry.changed_since_asked"]
    assert not next(each for each in detail.offers if each.move == "apply").allowed
    versions = HouseholdVersion.objects.count()
    codes = refused(lambda: move(office("reviewer"), late, "apply"))
    assert codes == ["registry.changed_since_asked"]
    assert HouseholdVersion.objects.count() == versions
    late.refresh_from_db()
    assert late.matter.state == "requested"
    # What does not meet is made on top of it.
    child = ask(office("villager"), newborn())
    assert move(office("reviewer"), child, "apply").matter.state == "applied"


GRADE_D = Correct("H1", (Correction("household", "", "housing_grade", "B", "D"),))


def test_a_change_is_taken_back_from_its_request(office: Office) -> None:
    request = move(office("reviewer"), ask(office("villager"), COUPLE), "apply")
    assert Household.objects.get(household_number="H1-F").active
    assert refused(lambda: move(office("reviewer"), request, "undo")) == ["procedures.note_missing"]
    undone = move(office("reviewer"), request, "undo", "填错了")
    assert undone.matter.state == "undone"
    assert Household.objects.get(household_number="H1").size == 4
    assert not Household.objects.get(household_number="H1-F").active


def test_the_same_wish_is_kept_once(office: Office) -> None:
    ask(office("villager"))
    assert refused(lambda: ask(office("officer"))) == ["changes.asked_already"]
    again = ask(system_actor("exchange"), source="department")
    assert ChangeRequest.objects.get() == again


def test_a_department_reports_what_a_person_must_put_right(office: Office) -> None:
    head = Leave("H1", "H1-1", "died")
    assert refused(lambda: ask(office("villager"), head)) == ["registry.head_leaves"]
    request = ask(system_actor("exchange"), head, source="department")
    detail = get_request(office("reviewer"), request.pk)
    assert [each.code for each in detail.preview.problems] == ["registry.head_leaves"]
    assert move(office("reviewer"), request, "return", "先定新户主").matter.state == "returned"


@pytest.mark.parametrize(("name", "allowed"), [("villager", True), ("reviewer", False)])
def test_only_who_asked_withdraws(office: Office, name: str, allowed: bool) -> None:
    request = ask(office("villager"))
    if allowed:
        assert move(office(name), request, "withdraw").matter.state == "withdrawn"
    else:
        assert "procedures.guard" in refused(lambda: move(office(name), request, "withdraw"))


def test_lists_show_what_lies_in_the_scope(office: Office) -> None:
    ask(office("villager"))
    ask(office("villager"), GRADE)
    assert list_requests(office("officer")).total == 2
    assert list_requests(office("neighbour")).total == 0
    only = list_requests(office("officer"), RequestFilters(kinds=("leave",)), sort="-asked")
    assert [row.kind for row in only.rows] == ["leave"]
    assert only.rows[0].village == "朱元村"
