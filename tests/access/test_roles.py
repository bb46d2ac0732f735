"""The table of roles is complete, and who may do the dangerous things is written down twice."""

from __future__ import annotations

from typing import Any

import pytest

from bangfu.foundation.access.api import declared_capabilities, load_roles
from bangfu.foundation.access.domain.roles import RolesInvalid, parse_roles
from bangfu.kernel.division import Level

pytestmark = pytest.mark.one_database

TIERS = {
    "village_official": Level.VILLAGE,
    "township_reviewer": Level.TOWNSHIP,
    "county_officer": Level.COUNTY,
    "county_approver": Level.COUNTY,
    "prefecture_supervisor": Level.PREFECTURE,
    "province_supervisor": Level.PROVINCE,
    "department_officer": None,
    "evaluator": None,
    "system_administrator": None,
    "security_administrator": None,
    "audit_administrator": None,
}

# Written from the duties, not copied from the table: who may do what cannot be undone or unseen.
HOLDERS = {
    "registry.read_secret": {"township_reviewer", "county_officer"},
    "registry.import": {"county_officer"},
    "registry.reverse": {"county_officer"},
    "registry.export": {"county_officer"},
    "screening.run": {"county_officer", "province_supervisor"},
    "cases.assign": {"township_reviewer", "county_officer"},
    "cases.verify": {"village_official", "township_reviewer", "county_officer"},
    "cases.check": {"village_official", "township_reviewer", "county_officer"},
    "cases.compare": {"county_officer"},
    "cases.review": {"township_reviewer"},
    "cases.decide": {"county_approver"},
    "cases.export": {"county_officer"},
    "policy.publish": {"province_supervisor"},
    "access.manage": {"security_administrator"},
    "audit.read": {"audit_administrator"},
    "system.operate": {"system_administrator"},
}


def test_the_roles_are_these_at_these_tiers() -> None:
    assert {name: role.tier for name, role in load_roles().items()} == TIERS


def test_roles_name_only_declared_capabilities() -> None:
    named = {each for role in load_roles().values() for each in role.capabilities}
    assert named - set(declared_capabilities()) == set()


def test_every_declared_capability_belongs_to_a_role() -> None:
    named = {each for role in load_roles().values() for each in role.capabilities}
    assert set(declared_capabilities()) - named == set()


@pytest.mark.parametrize("capability", HOLDERS)
def test_dangerous_capabilities_are_held_by_these_roles_alone(capability: str) -> None:
    found = {name for name, role in load_roles().items() if capability in role.capabilities}
    assert found == HOLDERS[capability]


def test_who_may_change_may_read() -> None:
    for role in load_roles().values():
        for each in role.capabilities:
            read = f"{each.partition('.')[0]}.read"
            assert read in role.capabilities or read not in declared_capabilities(), role.name


def test_the_three_administrators_keep_apart_and_see_no_household() -> None:
    apart = {name: role for name, role in load_roles().items() if role.apart}
    assert set(apart) == {
        "system_administrator",
        "security_administrator",
        "audit_administrator",
    }
    assert len({role.apart for role in apart.values()}) == 1
    for role in apart.values():
        assert not any(each.startswith(("registry.", "cases.")) for each in role.capabilities)


def test_every_role_and_capability_has_words_in_both_languages() -> None:
    labels = [
        *((role.label("zh"), role.label("en")) for role in load_roles().values()),
        *((each.label("zh"), each.label("en")) for each in declared_capabilities().values()),
    ]
    assert all(zh and not zh.isascii() for zh, _ in labels)
    assert all(en and en.isascii() for _, en in labels)


GOOD = {"zh": "甲", "en": "A", "capabilities": ["a.read"]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"tire": "county"}, "unknown field tire"),
        ({"tier": "shire"}, "SHIRE"),
        ({"zh": None, "tier": 6}, "upper"),
        ({"capabilities": ["a.read", "a.read"]}, "stands twice"),
        ({"capabilities": None}, "not iterable"),
    ],
)
def test_a_faulty_table_is_refused_with_the_role_named(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(RolesInvalid, match=f"^officer: .*{reason}"):
        parse_roles({"roles": {"officer": {**GOOD, **change}}})


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(RolesInvalid, match=r"^officer: 'en'"):
        parse_roles({"roles": {"officer": {"zh": "甲", "capabilities": []}}})
