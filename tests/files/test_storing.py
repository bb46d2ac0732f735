"""Files in and out: sealed on the disk, scoped, audited."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import transaction
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused, Actor, Grant, system_actor
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import new_id, now, using_clock
from bangfu.foundation.files import services
from bangfu.foundation.files.api import (
    PiecesBroken,
    Purpose,
    PurposeUnknown,
    StoredFile,
    delete_stored,
    get_stored,
    list_stored,
    name_of,
    open_stored,
    register_purpose,
    store,
)
from bangfu.foundation.files.services import remove_orphans
from bangfu.foundation.files.vault import path_of
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor as Someone

pytestmark = pytest.mark.django_db
READ, WRITE = "system.operate", "access.manage"
COUNTY, OTHER_COUNTY = "511921", "511922"
DATA = b"519900199001010010 " * 10_000
register_purpose(Purpose("trial.file", READ, WRITE, "试验", "Trial"))
register_purpose(Purpose("trial.other", "audit.read", "audit.read", "另一试验", "Other trial"))


def someone(*capabilities: str, division: str = COUNTY) -> Actor:
    grant = Grant("trial", DivisionCode(division), frozenset(capabilities))
    return Actor(person_id=new_id(), posting_id=new_id(), name="某人", grants=(grant,))


def put(actor: Someone | None = None, name: str = "某县.xlsx", data: bytes = DATA) -> StoredFile:
    return store(
        actor=actor or someone(READ, WRITE),
        name=name,
        stream=io.BytesIO(data),
        purpose="trial.file",
        division=COUNTY,
    )


@pytest.mark.parametrize("data", [b"", b"x", DATA])
def test_what_goes_in_comes_out(data: bytes) -> None:
    actor = someone(READ, WRITE)
    stored = put(actor, data=data)
    with open_stored(actor=actor, file_id=stored.id) as stream:
        assert stream.read() == data
    with open_stored(actor=actor, file_id=stored.id) as stream:
        assert b"".join(iter(lambda: stream.read(1000), b"")) == data


def test_what_is_known_of_a_file_is_kept_and_its_name_sealed() -> None:
    stored = put(name="C:\\表格\\../某县 519900199001010010.xlsx")
    kept = StoredFile.objects.get(pk=stored.id)
    assert name_of(kept) == "某县 519900199001010010.xlsx"
    assert b"519900199001010010" not in bytes(kept.sealed_name)
    assert kept.size == len(DATA)
    assert kept.sha256 == hashlib.sha256(DATA).hexdigest()
    assert kept.media_type.endswith("spreadsheetml.sheet")


def test_the_disk_holds_neither_contents_nor_names() -> None:
    stored = put()
    path = path_of(stored.path)
    assert path.is_relative_to(Path(settings.BANGFU_HOME) / "files")
    assert b"519900199001010010" not in path.read_bytes()
    assert "某县" not in str(path)
    assert path.stat().st_mode & 0o077 == 0


def test_a_changed_byte_on_the_disk_is_found_when_it_is_read() -> None:
    actor = someone(READ, WRITE)
    stored = put(actor)
    path = path_of(stored.path)
    changed = bytearray(path.read_bytes())
    changed[100_000] ^= 1
    path.write_bytes(changed)
    with open_stored(actor=actor, file_id=stored.id) as stream, pytest.raises(PiecesBroken):
        stream.read()


def test_another_files_bytes_do_not_open_in_its_place() -> None:
    actor = someone(READ, WRITE)
    stored, other = put(actor), put(actor)
    path_of(stored.path).write_bytes(path_of(other.path).read_bytes())
    with open_stored(actor=actor, file_id=stored.id) as stream, pytest.raises(PiecesBroken):
        stream.read()


@pytest.mark.parametrize(
    "stranger",
    [
        someone(READ, WRITE, division=OTHER_COUNTY),
        someone(READ, WRITE, division=COUNTY + "100"),
        someone(WRITE),
        someone("audit.read"),
        Actor(person_id=new_id(), posting_id=None, name="无权"),
    ],
    ids=["other county", "one township of it", "may only write", "other purpose", "nothing"],
)
def test_a_stranger_finds_no_file(stranger: Actor) -> None:
    stored = put()
    assert list(list_stored(stranger)) == []
    for reach in (get_stored, lambda actor, file_id: open_stored(actor=actor, file_id=file_id)):
        with pytest.raises(Http404):
            reach(stranger, stored.id)
    with pytest.raises(Http404):
        delete_stored(actor=stranger, file_id=stored.id)


def test_who_holds_the_division_above_reaches_the_file() -> None:
    stored = put()
    assert list(list_stored(someone(READ, division="51"), "trial.file")) == [stored]
    assert list(list_stored(someone(READ, division="51"), "trial.other")) == []


def test_storing_and_deleting_need_the_purposes_capability() -> None:
    reader = someone(READ)
    with pytest.raises(AccessRefused):
        put(reader)
    stored = put()
    with pytest.raises(AccessRefused):
        delete_stored(actor=reader, file_id=stored.id)
    assert get_stored(reader, stored.id) == stored


def test_a_purpose_nobody_registered_is_refused() -> None:
    with pytest.raises(PurposeUnknown):
        store(actor=system_actor("trial"), name="x", stream=io.BytesIO(), purpose="no", division="")


def test_storing_opening_and_deleting_are_on_record() -> None:
    actor = someone(READ, WRITE)
    stored = put(actor)
    open_stored(actor=actor, file_id=stored.id).close()
    delete_stored(actor=actor, file_id=stored.id)
    rows = AuditEvent.objects.filter(person_id=actor.person_id).order_by("id")
    assert [(row.action, row.division) for row in rows] == [
        ("file.stored", COUNTY),
        ("file.opened", COUNTY),
        ("file.deleted", COUNTY),
    ]
    assert all(str(stored.id) in row.subject_ids for row in rows)


@pytest.mark.django_db(transaction=True)
def test_a_deleted_file_keeps_its_row_and_loses_bytes_name_and_key() -> None:
    actor = someone(READ, WRITE)
    stored = put(actor)
    delete_stored(actor=actor, file_id=stored.id)
    row = StoredFile.objects.get(pk=stored.id)
    assert (bytes(row.sealed_key), name_of(row), row.sha256) == (b"", "", stored.sha256)
    assert not path_of(stored.path).exists()
    with pytest.raises(Http404):
        open_stored(actor=actor, file_id=stored.id)


def test_too_large_a_file_is_refused_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_BYTES", 100_000)
    before = set((Path(settings.BANGFU_HOME) / "files").rglob("*"))
    with pytest.raises(Refused) as refused:
        put()
    assert refused.value.problems[0].code == "files.too_large"
    after = {each for each in (Path(settings.BANGFU_HOME) / "files").rglob("*") if each.is_file()}
    assert after <= before
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_without_a_row_are_taken_away_after_a_day() -> None:
    kept = put()
    with transaction.atomic():
        lost = put()
        transaction.set_rollback(True)
    unfinished = path_of(lost.path).with_suffix(".unfinished")
    unfinished.write_bytes(b"half")
    assert remove_orphans() == 0
    with using_clock(FixedClock(now() + timedelta(days=1, seconds=5))):
        assert remove_orphans() >= 2
    assert not path_of(lost.path).exists()
    assert not unfinished.exists()
    assert path_of(kept.path).exists()


def test_a_disk_that_is_full_leaves_no_row_and_no_half_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put()
    assert not StoredFile.objects.exists()
    assert not list((Path(settings.BANGFU_HOME) / "files").rglob("*.unfinished"))
