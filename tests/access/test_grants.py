"""Grants, reach and actors, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.codes import codes
from bangfu.foundation.access.api import (
    VISITOR,
    AccessRefused,
    Actor,
    Grant,
    capability,
    declared_capabilities,
    system_actor,
)
from bangfu.foundation.access.domain.capabilities import CapabilityInvalid
from bangfu.foundation.access.domain.grants import minimal
from bangfu.kernel.division import DivisionCode

pytestmark = pytest.mark.one_database

COUNTY, TOWN, VILLAGE = (DivisionCode(code) for code in ("511921", "511921101", "511921101201"))
OTHER = DivisionCode("511922")


def acting(*grants: tuple[str, DivisionCode]) -> Actor:
    return Actor(
        None, None, "x", grants=tuple(Grant("r", code, frozenset({cap})) for cap, code in grants)
    )


def test_a_grant_holds_in_its_division_and_below() -> None:
    actor = acting(("registry.read", TOWN))
    assert actor.may("registry.read", TOWN)
    assert actor.may("registry.read", VILLAGE)
    assert not actor.may("registry.read", COUNTY)
    assert not actor.may("registry.read", "511921102")
    assert not actor.may("registry.read_secret", TOWN)


def test_a_capability_and_a_place_must_come_from_one_grant() -> None:
    actor = acting(("registry.read", COUNTY), ("cases.assign", OTHER))
    assert not actor.may("cases.assign", COUNTY)
    assert not actor.may("registry.read", OTHER)


def test_check_refuses_what_may_denies_and_says_what_was_missing() -> None:
    actor = acting(("registry.read", COUNTY))
    actor.check("registry.read", VILLAGE)
    with pytest.raises(AccessRefused) as caught:
        actor.check("access.manage", VILLAGE)
    assert (caught.value.capability, caught.value.division) == ("access.manage", VILLAGE)
    (problem,) = caught.value.problems
    assert problem.code == "access.refused"
    assert problem.values == {"capability": "管理人员和授权", "division": VILLAGE}


def test_holding_anywhere_is_not_holding_there() -> None:
    actor = acting(("registry.read", COUNTY))
    assert actor.holds("registry.read")
    assert not actor.holds("cases.read")
    assert not actor.may("registry.read", OTHER)


def test_a_scope_is_minimal_and_sorted() -> None:
    actor = acting(
        ("registry.read", VILLAGE),
        ("registry.read", OTHER),
        ("registry.read", COUNTY),
        ("registry.read", TOWN),
        ("cases.read", DivisionCode("")),
    )
    assert actor.scope("registry.read").divisions == (COUNTY, OTHER)
    assert actor.scope("cases.read").divisions == ("",)
    assert not actor.scope("cases.assign")


@given(st.lists(codes(), max_size=8), codes())
def test_the_minimal_divisions_contain_the_same_places(
    divisions: list[DivisionCode], place: DivisionCode
) -> None:
    kept = minimal(divisions)
    assert any(each.contains(place) for each in kept) is any(
        each.contains(place) for each in divisions
    )
    assert list(kept) == sorted(kept)
    assert not any(a.contains(b) for a in kept for b in kept if a != b)


def test_a_visitor_holds_nothing() -> None:
    assert not any(VISITOR.holds(each) for each in declared_capabilities())
    assert VISITOR.person_id is None


def test_the_system_holds_everything_in_its_division_under_its_name() -> None:
    actor = system_actor("screening", "511921")
    assert all(actor.may(each, VILLAGE) for each in declared_capabilities())
    assert not any(actor.may(each, OTHER) for each in declared_capabilities())
    assert (actor.person_id, actor.posting_id, actor.name) == (None, None, "screening")


def test_a_capability_is_its_name_with_words() -> None:
    made = capability("access.manage", zh="管理人员和授权", en="Manage people and postings")
    assert made == "access.manage"
    assert (made.feature, made.label("zh"), made.label("en")) == (
        "access",
        "管理人员和授权",
        "Manage people and postings",
    )
    assert acting((made, COUNTY)).may("access.manage", COUNTY)


@pytest.mark.parametrize("code", ["access", "Access.read", "access.read.all", "access.", ".read"])
def test_a_capability_is_called_feature_and_verb(code: str) -> None:
    with pytest.raises(CapabilityInvalid):
        capability(code, zh="x", en="x")
    assert code not in declared_capabilities()


def test_a_second_different_declaration_is_refused() -> None:
    with pytest.raises(CapabilityInvalid, match="twice"):
        capability("access.manage", zh="别的", en="Other")
