"""Secrets lie encrypted, are shown masked, and whole only for a reason and on record."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.secrets.api import SecretUnreadable
from bangfu.kernel.problems import Refused
from bangfu.registry.api import Household, Member, reveal_secret
from bangfu.registry.domain.masks import masked
from bangfu.registry.queries.leaves import open_secret
from registry.making import COUNTY, VILLAGE, bring, check, household, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

PHONE, ACCOUNT = "19987654321", "6217000012345678"


def bring_one() -> Household:
    bring(household("H1", phone=PHONE, bank_account=ACCOUNT))
    return Household.objects.get()


def test_a_secret_is_shown_whole_for_a_reason_and_on_record() -> None:
    found = bring_one()
    actor = officer()
    phone = reveal_secret(actor=actor, subject=found, item="phone", reason="电话核实")
    assert phone == PHONE
    person = found.members.get()
    number = reveal_secret(actor=actor, subject=person, item="id_number", reason="比对证件")
    assert number == member("H1", "1")["id_number"]
    rows = AuditEvent.objects.filter(action="registry.secret_revealed")
    assert {(row.subject_type, row.division) for row in rows} == {
        ("household", VILLAGE),
        ("member", VILLAGE),
    }
    assert "电话核实" in rows.get(subject_type="household").filters


def test_without_reason_right_or_scope_nothing_is_shown() -> None:
    found = bring_one()
    with pytest.raises(Refused) as refusal:
        reveal_secret(actor=officer(), subject=found, item="phone", reason=" ")
    assert refusal.value.problems[0].code == "registry.reason_missing"
    reader = officer(COUNTY, "registry.read")
    with pytest.raises(AccessRefused):
        reveal_secret(actor=reader, subject=found, item="phone", reason="核实")
    for actor, item in ((officer("511922"), "phone"), (officer(), "head_name")):
        with pytest.raises(Http404):
            reveal_secret(actor=actor, subject=found, item=item, reason="核实")
    assert not AuditEvent.objects.filter(action="registry.secret_revealed").exists()


def test_a_secret_opens_in_its_own_row_only() -> None:
    bring(household("H1"), household("H2"))
    one, two = Member.objects.order_by("person_number")
    with pytest.raises(SecretUnreadable):
        open_secret("members", "id_number", two.id, bytes(one.id_number_sealed))


@pytest.mark.parametrize(
    ("item", "text", "seen"),
    [
        ("id_number", "519900198005200070", "519900************"),
        ("id_number", "51990019800520007042", "519900**************"),
        ("phone", "19987654321", "199****4321"),
        ("phone", "123", "***"),
        ("bank_account", "6217000012345678", "************5678"),
        ("bank_account", "1234", "****"),
        ("helper", "张三", "**"),
    ],
)
def test_masks_keep_no_more_than_agreed(item: str, text: str, seen: str) -> None:
    assert masked(item, text) == seen


def everything_stored() -> str:
    """All rows of all tables as text, bytes also as they would read."""
    parts: list[str] = []
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            for cell in row:
                raw = bytes(cell) if isinstance(cell, bytes | memoryview) else None
                parts.append(str(cell) if raw is None else raw.decode("utf-8", "replace"))
    return "\n".join(parts)


def test_no_identity_phone_or_account_lies_open_in_the_database() -> None:
    bring_one()
    bring(household("H1", phone="19911112222", bank_account=ACCOUNT))
    waiting = household("H2", phone="19933334444")
    refused = household("H3", member("H3", "1", id_number="519900198005200071"), size=3)
    check(waiting, refused)
    stored = everything_stored()
    secrets = [PHONE, ACCOUNT, "19911112222", "19933334444", "519900198005200071"]
    secrets += [member(number, "1")["id_number"] for number in ("H1", "H2")]
    assert "张三" in stored
    assert [each for each in secrets if each in stored] == []
