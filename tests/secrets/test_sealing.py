"""Sealed values open where they were put and nowhere else; fingerprints find and tell nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.foundation.secrets.api import (
    KeyUnknown,
    SecretUnreadable,
    fingerprint,
    fingerprint_many,
    rotate_keys,
    seal,
    seal_many,
    unseal,
    unseal_many,
)

if TYPE_CHECKING:
    from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.one_database

ROW = UUID("019a0000-0000-7000-8000-000000000001")
OTHER_ROW = UUID("019a0000-0000-7000-8000-000000000002")
NUMBER = "51990019800101001X"


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.BANGFU_KEYS = tmp_path / "keys"
    return tmp_path / "keys"


def sealed() -> bytes:
    return seal("member", "identity", ROW, NUMBER)


def test_a_value_opens_at_its_place() -> None:
    assert unseal("member", "identity", ROW, sealed()) == NUMBER


def test_a_sealed_value_does_not_hold_its_text() -> None:
    assert NUMBER.encode() not in sealed()


def test_equal_texts_are_sealed_differently() -> None:
    assert sealed() != sealed()


def test_the_key_id_stands_in_front() -> None:
    key_id = rotate_keys()
    assert sealed()[:5] == b"\x01" + bytes.fromhex(key_id)


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("household", "identity", ROW),
        ("member", "phone", ROW),
        ("member", "identity", OTHER_ROW),
    ],
    ids=["table", "column", "row"],
)
def test_a_value_moved_elsewhere_does_not_open(table: str, column: str, row: UUID) -> None:
    with pytest.raises(SecretUnreadable, match=f"{table}.{column} of {row}: altered, moved"):
        unseal(table, column, row, sealed())


def test_names_that_run_into_each_other_are_different_places() -> None:
    blob = seal("a", "b", "1|c|2", NUMBER)
    with pytest.raises(SecretUnreadable):
        unseal("a", "b", "1", blob)
    for table, column in (("a|b", "c"), ("a", "b|c"), ("", "c"), ("a", "")):
        with pytest.raises(ValueError, match="not a table and a column"):
            seal(table, column, "1", NUMBER)


def test_any_altered_byte_is_noticed() -> None:
    blob = sealed()
    for position in range(len(blob)):
        altered = bytearray(blob)
        altered[position] ^= 0x01
        with pytest.raises(SecretUnreadable):
            unseal("member", "identity", ROW, bytes(altered))


@pytest.mark.parametrize("length", [0, 1, 5, 17, 32])
def test_a_cut_value_is_noticed(length: int) -> None:
    with pytest.raises(SecretUnreadable, match="not a sealed value"):
        unseal("member", "identity", ROW, sealed()[:length])


def test_an_error_never_tells_the_value() -> None:
    blob = sealed()
    with pytest.raises(SecretUnreadable) as caught:
        unseal("member", "phone", ROW, blob)
    assert NUMBER not in str(caught.value)
    assert blob.hex() not in str(caught.value)
    assert caught.value.__cause__ is None


def test_another_ring_does_not_open(settings: Settings, tmp_path: Path) -> None:
    blob = sealed()
    settings.BANGFU_KEYS = tmp_path / "other"
    with pytest.raises(KeyUnknown, match=blob[1:5].hex()):
        unseal("member", "identity", ROW, blob)


def test_a_wrong_key_under_the_right_id_does_not_open(keys: Path) -> None:
    blob = sealed()
    path = keys / "ring.json"
    ring = json.loads(path.read_text(encoding="ascii"))
    ring["keys"][ring["current"]] = ring["fingerprint"]
    other = keys.with_name("other")
    other.mkdir()
    (other / "ring.json").write_text(json.dumps(ring), encoding="ascii")
    (other / "ring.json").chmod(0o600)
    from_other = seal_in(other, NUMBER)
    assert from_other[1:5] == blob[1:5]
    with pytest.raises(SecretUnreadable, match="altered"):
        unseal("member", "identity", ROW, from_other)


def seal_in(folder: Path, text: str) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.BANGFU_KEYS", folder)
        return seal("member", "identity", ROW, text)


@given(st.lists(st.tuples(st.uuids(), st.text()), max_size=20))
def test_many_are_sealed_and_opened_in_their_order(values: list[tuple[UUID, str]]) -> None:
    blobs = seal_many("member", "note", values)
    rows = [row for row, _ in values]
    assert unseal_many("member", "note", zip(rows, blobs, strict=True)) == [
        text for _, text in values
    ]


def test_no_two_values_share_a_nonce() -> None:
    blobs = seal_many("member", "note", [(row, "x") for row in range(2000)])
    assert len({blob[5:17] for blob in blobs}) == 2000


def test_a_memory_view_opens_too() -> None:
    # PostgreSQL's driver gives binary columns as memory views.
    assert unseal("member", "identity", ROW, memoryview(sealed())) == NUMBER


def test_equal_texts_of_a_kind_have_equal_fingerprints() -> None:
    assert fingerprint("identity", NUMBER) == fingerprint("identity", NUMBER)
    assert len(fingerprint("identity", NUMBER)) == 32


def test_kinds_and_texts_do_not_run_into_each_other() -> None:
    found = {
        fingerprint("identity", "1"),
        fingerprint("phone", "1"),
        fingerprint("a", "b:c"),
        fingerprint("a:b", "c"),
        fingerprint("", "a:b:c"),
    }
    assert len(found) == 5


def test_many_fingerprints_are_the_single_ones() -> None:
    assert fingerprint_many("phone", ["1", "", "二"]) == [
        fingerprint("phone", each) for each in ("1", "", "二")
    ]


def test_fingerprints_depend_on_the_ring(settings: Settings, tmp_path: Path) -> None:
    here = fingerprint("identity", NUMBER)
    settings.BANGFU_KEYS = tmp_path / "other"
    assert fingerprint("identity", NUMBER) != here


def test_rotation_keeps_old_values_readable_and_fingerprints_equal() -> None:
    before, mark = sealed(), fingerprint("identity", NUMBER)
    rotate_keys()
    after = sealed()
    assert after[1:5] != before[1:5]
    assert unseal_many("member", "identity", [(ROW, before), (ROW, after)]) == [NUMBER, NUMBER]
    assert fingerprint("identity", NUMBER) == mark
