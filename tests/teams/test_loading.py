"""Lists of organisations, duties, pairings and cells: what is written, refused, left as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.foundation.access.api import AccessRefused
from bangfu.kernel.problems import Refused
from bangfu.teams.api import (
    Duty,
    GridCell,
    Loaded,
    Organisation,
    Pairing,
    load_duties,
    load_grid,
    load_organisations,
    load_pairings,
    succeed_organisation,
)
from bangfu.teams.models import Cadre
from registry.making import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, VILLAGE
from teams.teams_making import (
    BUREAU,
    CREDIT_CODE,
    LOADERS,
    START,
    TOWNSHIP,
    bring_bureaus,
    bring_households,
    bureau,
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
ROWS: dict[str, list[Any]] = {
    "duty": [duty(), duty(person("罗勇", phone="19900000001"), role="team_member")],
    "pairing": [pairing(), pairing(person("罗勇", phone="19900000001"), main=False)],
    "grid": [
        cell(),
        cell(person("罗勇", phone="19900000001"), role="grid_monitor"),
        cell(tier="township", net=TOWNSHIP, kind="place", cell=VILLAGE),
        cell(tier="county", net=COUNTY, kind="department", cell=BUREAU),
    ],
}


@pytest.fixture
def county(places: None) -> None:
    bring_bureaus()
    bring_households()


def codes(load: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        load()
    return [each.code for each in caught.value.problems]


@pytest.mark.parametrize("kind", ROWS)
def test_a_list_loaded_again_changes_nothing(kind: str) -> None:
    rows = ROWS[kind]
    assert LOADERS[kind](actor=manager(), division=COUNTY, rows=rows) == Loaded(len(rows), 0, 0)
    before = (Cadre.objects.count(), Duty.objects.count(), Pairing.objects.count())
    assert LOADERS[kind](actor=manager(), division=COUNTY, rows=rows) == Loaded(0, 0, len(rows))
    assert (Cadre.objects.count(), Duty.objects.count(), Pairing.objects.count()) == before
    assert Cadre.objects.count() == 2


@pytest.mark.parametrize("kind", ["duty", "pairing", "grid"])
def test_an_end_is_written_and_who_follows_begins_that_day(kind: str) -> None:
    load = LOADERS[kind]
    (first, *_), who = ROWS[kind], person("何建国", phone="19900000009")
    load(actor=manager(), division=COUNTY, rows=[first])
    follow = replace(first, person=who, valid_from=LATER)
    alone = codes(lambda: load(actor=manager(), division=COUNTY, rows=[follow]))
    assert alone == ["teams.held_by_another"]
    assert not Cadre.objects.filter(name="何建国").exists()
    over = replace(first, valid_to=LATER, end_reason="transferred")
    assert load(actor=manager(), division=COUNTY, rows=[follow, over]) == Loaded(1, 1, 0)
    model = Pairing if kind == "pairing" else Duty
    assert list(model.objects.order_by("valid_from").values_list("valid_to", "end_reason")) == [
        (LATER, "transferred"),
        (None, ""),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (duty(division="511921999999"), "teams.place_unknown"),
        (duty(division=FAR_VILLAGE), "teams.place_outside_list"),
        (duty(division=TOWNSHIP), "teams.place_of_another_tier"),
        (duty(place_name="红云村"), "teams.place_name_differs"),
        (duty(role="grid_head"), "teams.role_of_grid"),
        (duty(role="emperor"), "teams.role_unknown"),
        (duty(valid_to=date(2025, 1, 1)), "teams.ends_before_it_begins"),
        (duty(end_reason="retired"), "teams.reason_without_end"),
        (duty(person("冯蓉", "")), "teams.organisation_missing"),
        (duty(person("冯蓉", "没有的局")), "teams.organisation_unknown"),
        (duty(person(number="0000000000")), "teams.person_unknown"),
        (duty(person(phone="12 34")), "teams.phone"),
        (duty(person("冯蓉", ""), role="village_cadre"), "teams.person_unidentified"),
    ],
)
def test_a_duty_that_cannot_be_is_refused_with_its_reason(row: Any, code: str) -> None:
    assert codes(lambda: load_duties(actor=manager(), division=COUNTY, rows=[row])) == [code]
    assert not Duty.objects.exists()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (pairing(household_number="H9"), "teams.household_unknown"),
        (pairing(head_name="别人"), "teams.head_differs"),
    ],
)
def test_a_pairing_names_a_household_of_the_place(row: Any, code: str) -> None:
    assert codes(lambda: load_pairings(actor=manager(), division=COUNTY, rows=[row])) == [code]


def test_several_help_at_once_but_one_mainly() -> None:
    rows = [pairing(), pairing(person("罗勇", phone="19900000001"))]
    found = codes(lambda: load_pairings(actor=manager(), division=COUNTY, rows=rows))
    assert found == ["teams.held_by_another"]
    rows[1] = replace(rows[1], main=False)
    assert load_pairings(actor=manager(), division=COUNTY, rows=rows).new == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (cell(net=TOWNSHIP), "teams.net_unknown"),
        (cell(kind="department"), "teams.cell_kind"),
        (cell(tier="township", net=TOWNSHIP, kind="place", cell=TOWNSHIP),
         "teams.place_of_another_tier"),
        (cell(role="first_secretary"), "teams.role_not_of_grid"),
        (cell(cell=""), "teams.cell_name"),
        (cell(valid_from=None), "teams.day_missing"),
    ],
)  # fmt: skip
def test_a_cell_fits_its_net(row: Any, code: str) -> None:
    assert code in codes(lambda: load_grid(actor=manager(), division=COUNTY, rows=[row]))
    assert not GridCell.objects.exists()


def test_a_cell_may_stand_empty() -> None:
    row = cell(person=None, role="", valid_from=None)
    assert load_grid(actor=manager(), division=COUNTY, rows=[row]).new == 1
    assert (GridCell.objects.count(), Duty.objects.count()) == (1, 0)


def test_a_township_manages_its_own_places_and_no_others() -> None:
    actor = manager(OTHER_VILLAGE)
    with pytest.raises(AccessRefused):
        load_duties(actor=actor, division=COUNTY, rows=[duty()])
    found = codes(lambda: load_duties(actor=actor, division=OTHER_VILLAGE, rows=[duty()]))
    assert found == ["teams.place_outside_list"]
    found = codes(lambda: load_pairings(actor=actor, division=OTHER_VILLAGE, rows=[pairing()]))
    assert found == ["teams.household_unknown"]


def test_people_are_told_apart_by_what_is_written_of_them() -> None:
    rows = [
        duty(person("王强", phone="19900000001"), role="team_member"),
        duty(person("王强", phone="19900000002"), role="team_member"),
    ]
    load_duties(actor=manager(), division=COUNTY, rows=rows)
    assert Cadre.objects.filter(name="王强").count() == 2
    third = [duty(person("王强"), role="liaison")]
    ambiguous = codes(lambda: load_duties(actor=manager(), division=COUNTY, rows=third))
    assert ambiguous == ["teams.person_ambiguous"]
    number = Cadre.objects.order_by("number").first()
    assert number is not None
    named = [duty(person("王强", "", number=number.number.lower()), role="liaison")]
    assert load_duties(actor=manager(), division=COUNTY, rows=named).new == 1
    assert Cadre.objects.count() == 2
    wrong = [duty(person("王刚", "", number=number.number), role="technician")]
    differs = codes(lambda: load_duties(actor=manager(), division=COUNTY, rows=wrong))
    assert differs == ["teams.person_differs"]


def test_telephones_lie_sealed() -> None:
    load_duties(actor=manager(), division=COUNTY, rows=[duty(person(phone="19900001234"))])
    cadre = Cadre.objects.get()
    assert cadre.phone_sealed is not None
    assert b"19900001234" not in bytes(cadre.phone_sealed)


def test_credit_codes_are_checked_and_borne_once() -> None:
    def load(*rows: Any) -> Loaded:
        return load_organisations(actor=manager(), division=COUNTY, rows=list(rows))

    good = bureau("通江县供销社", kind="enterprise", credit_code=CREDIT_CODE.lower())
    bad = replace(good, credit_code=CREDIT_CODE[:-1] + "A")
    assert codes(lambda: load(bad)) == ["teams.credit_code"]
    assert load(good) == Loaded(1, 0, 0)
    assert load(good) == Loaded(0, 0, 1)
    other = bureau("通江县盐业", credit_code=CREDIT_CODE)
    assert codes(lambda: load(other)) == ["teams.credit_code_taken"]
    by_code = person("冯蓉", CREDIT_CODE)
    assert load_duties(actor=manager(), division=COUNTY, rows=[duty(by_code)]).new == 1


def test_a_renamed_organisation_is_two_names_one_after_the_other() -> None:
    old = Organisation.objects.get(name=BUREAU)
    (new,) = succeed_organisation(
        actor=manager(),
        organisation_id=old.pk,
        kind="renamed",
        day=LATER,
        successors=[bureau("通江县水务局")],
    )
    old.refresh_from_db()
    assert (old.valid_to, new.valid_from) == (LATER, LATER)
    with pytest.raises(Refused):
        succeed_organisation(actor=manager(), organisation_id=old.pk, kind="dissolved", day=LATER)
    # Who began before came from the old name, who begins after from the new one.
    rows = [duty(role="team_member"), duty(person("罗勇", "通江县水务局"), role="team_member",
                                           valid_from=LATER)]  # fmt: skip
    load_duties(actor=manager(), division=COUNTY, rows=rows)
    names = Duty.objects.order_by("valid_from").values_list("organisation__name", flat=True)
    assert list(names) == [BUREAU, "通江县水务局"]


@pytest.mark.parametrize(("kind", "heirs"), [("renamed", 0), ("split", 1), ("dissolved", 1)])
def test_a_succession_has_the_heirs_of_its_kind(kind: str, heirs: int) -> None:
    old = Organisation.objects.get(name=BUREAU)
    with pytest.raises(Refused) as caught:
        succeed_organisation(
            actor=manager(),
            organisation_id=old.pk,
            kind=kind,
            day=START,
            successors=[bureau("某局")] * heirs,
        )
    assert caught.value.problems[0].code == "teams.succession_shape"
