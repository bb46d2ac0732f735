"""Beginning, ending and handing over: one act each, kept in the audit, never two at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import AuditEvent, PersonalValue
from bangfu.kernel.problems import Refused
from bangfu.teams.api import (
    Duty,
    Pairing,
    begin_duty,
    begin_pairing,
    end_duty,
    end_pairing,
    hand_over_duty,
    hand_over_pairing,
    load_grid,
    reveal_phone,
)
from bangfu.teams.models import Cadre
from registry.making import FAR_VILLAGE, OTHER_VILLAGE, VILLAGE
from teams.teams_making import (
    START,
    bring_bureaus,
    bring_households,
    cell,
    duty,
    manager,
    pairing,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places", "county")]

LATER = date(2026, 6, 1)
OTHER = person("罗勇", phone="19900000001")


@pytest.fixture
def county(places: None) -> None:
    bring_bureaus()
    bring_households()


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return caught.value.problems[0].code


def test_a_handover_ends_the_one_and_begins_the_other_in_one_act() -> None:
    actor = manager()
    begin_duty(actor=actor, row=duty())
    old = Duty.objects.get()
    new = hand_over_duty(actor=actor, duty_id=old.pk, day=LATER, reason="term_over", person=OTHER)
    old.refresh_from_db()
    assert (old.valid_to, old.end_reason, old.successor_id) == (LATER, "term_over", new.pk)
    assert (new.valid_from, new.valid_to, new.role, new.division) == (
        LATER, None, old.role, old.division,
    )  # fmt: skip
    assert AuditEvent.objects.filter(action="teams.duty_handed_over", count=2).exists()


def test_a_handover_that_cannot_be_changes_nothing() -> None:
    actor = manager()
    begin_duty(actor=actor, row=duty(role="team_member"))
    begin_duty(actor=actor, row=duty(OTHER, role="team_member"))
    old = Duty.objects.order_by("recorded_at").first()
    assert old is not None

    def hand_over() -> object:
        return hand_over_duty(
            actor=actor, duty_id=old.pk, day=LATER, reason="transferred", person=OTHER
        )

    assert code(hand_over) == "teams.holds_already"
    old.refresh_from_db()
    assert (old.valid_to, Duty.objects.count()) == (None, 2)


def test_a_pairing_is_handed_over_and_the_past_stays() -> None:
    actor = manager()
    begin_pairing(actor=actor, village=VILLAGE, row=pairing())
    old = Pairing.objects.get()
    new = hand_over_pairing(
        actor=actor, pairing_id=old.pk, day=LATER, reason="rearranged", person=OTHER
    )
    assert new.main
    end_pairing(actor=actor, pairing_id=new.pk, day=LATER, reason="mistaken")
    kept = Pairing.objects.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(kept) == [(START, LATER), (LATER, LATER)]
    # Taken back on its first day, it is in nobody's way.
    begin_pairing(actor=actor, village=VILLAGE, row=pairing(OTHER, valid_from=LATER))


def test_a_cell_has_one_head_at_a_time() -> None:
    actor = manager()
    load_grid(actor=actor, division=VILLAGE, rows=[cell()])
    second = cell(OTHER, valid_from=LATER)
    assert code(lambda: load_grid(actor=actor, division=VILLAGE, rows=[second])) == (
        "teams.held_by_another"
    )
    head = Duty.objects.get()
    new = hand_over_duty(actor=actor, duty_id=head.pk, day=LATER, reason="other", person=OTHER)
    assert new.cell_id == head.cell_id


@pytest.mark.parametrize("main", [True, False])
def test_the_database_itself_refuses_a_second_one(main: bool) -> None:
    begin_pairing(actor=manager(), village=VILLAGE, row=pairing(main=main))
    begin_duty(actor=manager(), row=duty())
    old, held = Pairing.objects.get(), Duty.objects.get()
    other = Cadre.objects.create(
        number="1", name="罗勇", sort_key="luo", division=VILLAGE, recorded_at=old.recorded_at
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(
            household=old.household, cadre=other if main else old.cadre, main=main,
            valid_from=LATER, recorded_at=old.recorded_at,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(
            cadre=other, role=held.role, division=held.division, sole=True, valid_from=LATER,
            recorded_at=held.recorded_at,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "wanted"),
    [
        (manager(FAR_VILLAGE), Http404),
        (manager(OTHER_VILLAGE), Http404),
        (manager(VILLAGE, "teams.read", "registry.read"), AccessRefused),
    ],
)
def test_who_manages_elsewhere_or_only_reads_ends_nothing(
    actor: object, wanted: type[Exception]
) -> None:
    begin_duty(actor=manager(), row=duty())
    begin_pairing(actor=manager(), village=VILLAGE, row=pairing())
    held, helped = Duty.objects.get(), Pairing.objects.get()
    acts = (
        lambda: end_duty(actor=actor, duty_id=held.pk, day=LATER, reason="other"),
        lambda: hand_over_duty(
            actor=actor, duty_id=held.pk, day=LATER, reason="other", person=OTHER
        ),
        lambda: end_pairing(actor=actor, pairing_id=helped.pk, day=LATER, reason="other"),
        lambda: hand_over_pairing(
            actor=actor, pairing_id=helped.pk, day=LATER, reason="other", person=OTHER
        ),
    )
    for act in acts:
        with pytest.raises(wanted), transaction.atomic():
            act()
    assert not Duty.objects.exclude(valid_to=None).exists()
    assert not Pairing.objects.exclude(valid_to=None).exists()


def test_a_telephone_number_is_shown_for_a_reason_and_on_record() -> None:
    begin_duty(actor=manager(), row=duty(person(phone="19900001234")))
    cadre = Cadre.objects.get()

    def show(actor: object, reason: str) -> str:
        return reveal_phone(actor=actor, cadre_id=cadre.pk, reason=reason)

    assert show(manager(VILLAGE), "通知开会") == "19900001234"
    kept = AuditEvent.objects.get(action="teams.phone_revealed")
    assert "通知开会" in kept.filters
    assert "19900001234" not in kept.filters
    assert code(lambda: show(manager(), " ")) == "teams.reason_missing"
    with pytest.raises(PersonalValue), transaction.atomic():
        show(manager(), "打 19900001234")
    with pytest.raises(AccessRefused), transaction.atomic():
        show(manager(VILLAGE, "teams.read"), "看看")
    with pytest.raises(Http404):
        show(manager(FAR_VILLAGE), "看看")
    assert AuditEvent.objects.filter(action="teams.phone_revealed").count() == 1


DAYS = st.integers(0, 9).map(lambda n: START + timedelta(days=n))
WHO = st.sampled_from([person("甲", phone="1990000000" + str(n)) for n in range(3)])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from("bbehh"), DAYS, WHO, st.integers(0, 5)), max_size=8))
def test_whatever_people_do_a_village_has_one_first_secretary_a_day(
    acts: list[tuple[str, date, object, int]],
) -> None:
    actor = manager()
    with transaction.atomic():
        for kind, day, who, which in acts:
            held = list(Duty.objects.order_by("valid_from", "id"))
            target = held[which % len(held)].pk if held else None
            try:
                with transaction.atomic():
                    if kind == "b" or target is None:
                        begin_duty(actor=actor, row=duty(who, valid_from=day))
                    elif kind == "e":
                        end_duty(actor=actor, duty_id=target, day=day, reason="other")
                    else:
                        hand_over_duty(
                            actor=actor, duty_id=target, day=day, reason="other", person=who
                        )
            except Refused:
                continue
        days = (START + timedelta(days=n) for n in range(15))
        for day in days:
            rows = Duty.objects.filter(valid_from__lte=day).exclude(valid_to__lte=day)
            assert rows.count() <= 1
        transaction.set_rollback(True)
