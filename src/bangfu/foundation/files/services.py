"""Storing, opening and deleting files: checked, sealed, audited."""

from __future__ import annotations

import io
import mimetypes
import secrets
from datetime import timedelta
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Final

from django.db import transaction

from bangfu.foundation.audit.api import Kind, record, record_opened
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.files.domain.pieces import KEY_BYTES
from bangfu.foundation.files.models import StoredFile
from bangfu.foundation.files.purposes import purpose_of
from bangfu.foundation.files.queries import TABLE, get_stored
from bangfu.foundation.files.vault import (
    Measured,
    SealedReader,
    remove_sealed,
    sealed_names,
    write_sealed,
)
from bangfu.foundation.secrets.api import seal, unseal

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

MOST_BYTES: Final = 256 * 1024 * 1024
_ORPHAN_AFTER: Final = timedelta(days=1)
_LONGEST_NAME: Final = 200


def store(*, actor: Actor, name: str, stream: IO[bytes], purpose: str, division: str) -> StoredFile:
    """Seal a file and keep it.

    The bytes are on the disk before the row is written; a transaction that is rolled back leaves
    bytes that `remove_orphans` takes away.

    Args:
        actor: who stores it; needs the purpose's capability to write.
        name: the name it came with; folders in it are dropped.
        stream: the plain bytes, read to the end.
        purpose: a registered purpose.
        division: whose data it holds.

    Raises:
        AccessRefused: when the actor may not store such a file there.
        Refused: when it is larger than `MOST_BYTES`.
        PurposeUnknown: when nobody registered the purpose.
    """
    actor.check(purpose_of(purpose).write, division)
    bare = PurePath(name.replace("\\", "/")).name[-_LONGEST_NAME:]
    stored = StoredFile(id=new_id(), purpose=purpose, division=division, created_at=now())
    key = secrets.token_bytes(KEY_BYTES)
    plain = Measured(stream, MOST_BYTES)
    stored.path = write_sealed(key, stored.id, plain)
    stored.size, stored.sha256 = plain.size, plain.sha256
    stored.media_type = mimetypes.guess_type(bare)[0] or "application/octet-stream"
    stored.sealed_name = seal(TABLE, "sealed_name", stored.id, bare)
    stored.sealed_key = seal(TABLE, "sealed_key", stored.id, key.hex())
    stored.created_by = actor.person_id
    stored.created_by_system = "" if actor.person_id else actor.name
    with transaction.atomic():
        stored.save(force_insert=True)
        _record(actor, "file.stored", stored)
    return stored


def _record(actor: Actor, action: str, stored: StoredFile) -> None:
    record(
        actor=actor,
        action=action,
        kind=Kind.CHANGED,
        subject_type="file",
        subject_ids=(stored.id,),
        division=stored.division,
        count=1,
        filters={"purpose": stored.purpose},
    )


def open_stored(*, actor: Actor, file_id: UUID) -> IO[bytes]:
    """The plain bytes of a file, as a stream to read once; the opening is on record.

    Raises:
        Http404: when the actor does not reach such a file.
        PiecesBroken: from reading, when the stored bytes were altered.
    """
    with transaction.atomic():
        stored = get_stored(actor, file_id)
        record_opened(actor, "file", stored.id, stored.division)
    key = bytes.fromhex(unseal(TABLE, "sealed_key", stored.id, bytes(stored.sealed_key)))
    return io.BufferedReader(SealedReader(key, stored.id, stored.path))


def delete_stored(*, actor: Actor, file_id: UUID) -> None:
    """Take a file away for good: its key first, its bytes when the transaction commits.

    Raises:
        Http404: when the actor does not reach such a file.
        AccessRefused: when the actor may open but not delete it.
    """
    with transaction.atomic():
        stored = get_stored(actor, file_id)
        actor.check(purpose_of(stored.purpose).write, stored.division)
        stored.deleted_at = now()
        stored.sealed_name, stored.sealed_key = b"", b""
        stored.save(update_fields=["deleted_at", "sealed_name", "sealed_key"])
        _record(actor, "file.deleted", stored)
        transaction.on_commit(lambda: remove_sealed(stored.path))


def remove_orphans() -> int:
    """Take away bytes older than a day that no row names; answer how many files.

    They stay behind when a transaction was rolled back or the machine died between disk and row.
    """
    kept = set(StoredFile.objects.filter(deleted_at=None).values_list("path", flat=True))
    before = (now() - _ORPHAN_AFTER).timestamp()
    orphans = [
        path for name, path in sealed_names() if name not in kept and path.stat().st_mtime < before
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
