"""What households say of themselves, or a cadre writes down for them: kept once, made a clue."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from django.db import transaction
from django.http import Http404

from bangfu.cases.domain.pictures import (
    LEAD,
    MOST_PICTURE_BYTES,
    MOST_PICTURES,
    picture_suffix,
)
from bangfu.cases.models import Declaration
from bangfu.cases.permissions import ASSIGN, READ, RECORD
from bangfu.cases.queries.appeal_codes import list_troubles, words_of
from bangfu.cases.queries.declarations import SEALED, Said, said_of
from bangfu.cases.queries.receipts import DECLARATION
from bangfu.cases.services.receipts import once
from bangfu.cases.services.reporting import declare_clue
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.files.api import Purpose, register_purpose, store
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.division import Level
from bangfu.kernel.identity import identity_fault
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import identity_fingerprints, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

PORTAL: Final = "portal"
PROXY: Final = "proxy"
MOST_WORDS: Final = 500
MOST_NAME: Final = 40
MOST_CONTACT: Final = 60

PICTURES: Final = Purpose(
    "cases.declaration",
    read=READ,
    write=RECORD,
    zh="自主申报的照片和按手印的纸",
    en="Photos and papers of a declaration",
)
register_purpose(PICTURES)


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody declares.

    Attributes:
        village: the code of the village named.
        name: whose household; the head's or a member's name.
        troubles: codes of the list `trouble`, at least one.
        words, contact, group: what else they said, how to reach them, which villagers' group.
        identity: a document number, when they gave one; only its fingerprint is kept.
        pictures: what they sent with it, as open streams.
        proxy: how a cadre names the person they write for; empty for one's own.
    """

    village: str
    name: str
    troubles: Sequence[str]
    words: str = ""
    contact: str = ""
    group: str = ""
    identity: str = ""
    pictures: Sequence[IO[bytes]] = ()
    proxy: str = ""


def declare(
    *, actor: Actor, declared: Declared, token: str, channel: str = PORTAL, held: bool = False
) -> str:
    """Keep a declaration, and make a clue of it; answer the receipt's number.

    Args:
        actor: needs `cases.record` in the village; for people without an account the portal.
        declared: what they say.
        token: of the form: the same form again changes nothing and has the same receipt.
        channel: `portal` or `proxy`.
        held: keep it without a clue until a person has looked at it.

    Raises:
        AccessRefused: when the actor may not record clues there.
        Refused: with every reason of what is missing or wrong.
    """
    found = list(_faults(declared, channel))
    if found:
        raise Refused(*found)
    actor.check(RECORD, declared.village)
    return once(token, DECLARATION, lambda: _keep(actor, declared, channel, held=held))


def _faults(declared: Declared, channel: str) -> Iterator[Problem]:
    known = dict(list_troubles())
    whole = len(declared.village) == Level.VILLAGE
    if not whole or not list_divisions([declared.village]):
        yield Problem("cases.village_unknown")
    if not declared.name.strip() or len(declared.name) > MOST_NAME:
        yield Problem("cases.declared_name")
    if not declared.troubles or any(each not in known for each in declared.troubles):
        yield Problem("cases.troubles_missing")
    if len(declared.words) > MOST_WORDS or len(declared.contact) > MOST_CONTACT:
        yield Problem("cases.words_long")
    if declared.identity and identity_fault(declared.identity.upper()) is not None:
        yield Problem("cases.identity_wrong")
    if channel == PROXY and not declared.pictures:
        yield Problem("cases.thumbprint_missing")
    yield from _picture_faults(declared.pictures)


def _picture_faults(pictures: Sequence[IO[bytes]]) -> Iterator[Problem]:
    if len(pictures) > MOST_PICTURES:
        yield Problem("cases.pictures_many", values={"most": str(MOST_PICTURES)})
    for stream in pictures[:MOST_PICTURES]:
        if not picture_suffix(stream.read(LEAD)):
            yield Problem("cases.picture_kind")
        stream.seek(0, io.SEEK_END)
        if stream.tell() > MOST_PICTURE_BYTES:
            yield Problem("cases.picture_large")
        stream.seek(0)


def _keep(actor: Actor, declared: Declared, channel: str, *, held: bool) -> UUID:
    row = Declaration(
        id=new_id(),
        division=declared.village,
        channel=channel,
        troubles=list(dict.fromkeys(declared.troubles)),
        files=[str(each) for each in _stored(actor, declared)],
        by_id=actor.person_id,
        by_name=actor.name if actor.person_id else "",
        held=held,
        received_at=now(),
    )
    said = {
        "name": declared.name.strip(),
        "words": declared.words.strip(),
        "contact": declared.contact.strip(),
        "group": declared.group.strip(),
        "proxy": declared.proxy.strip(),
    }
    row.sealed = seal(*SEALED, row.pk, json.dumps(said, ensure_ascii=False))
    if declared.identity:
        (row.identity_fingerprint,) = identity_fingerprints([declared.identity.upper()])
    row.save(force_insert=True)
    if not held:
        _open_clue(actor, row, said_of(row))
    return row.pk


def _stored(actor: Actor, declared: Declared) -> Iterator[UUID]:
    for number, stream in enumerate(declared.pictures, start=1):
        name = f"{number}{picture_suffix(stream.read(LEAD))}"
        stream.seek(0)
        stored = store(
            actor=actor,
            name=name,
            stream=stream,
            purpose=PICTURES.name,
            division=declared.village,
        )
        yield stored.pk


def _open_clue(actor: Actor, row: Declaration, said: Said) -> None:
    words = "；".join([*words_of("trouble", row.troubles), *filter(None, [said.words])])
    row.clue = declare_clue(
        actor=actor, declaration=row, risk=row.troubles[0], words=words[:MOST_WORDS]
    )
    row.save(update_fields=["clue"])


@transaction.atomic
def admit_declaration(*, actor: Actor, declaration_id: UUID) -> Declaration:
    """Make a clue of a declaration that was held until a person looked at it.

    Raises:
        Http404: when none is held in the actor's scope.
        AccessRefused: when the actor may not assign clues there.
    """
    row = _held(actor, declaration_id)
    row.held = False
    row.save(update_fields=["held"])
    _open_clue(actor, row, said_of(row))
    return row


@transaction.atomic
def discard_declaration(*, actor: Actor, declaration_id: UUID) -> Declaration:
    """Say of a held declaration that it means nobody; it stays on record.

    Raises:
        Http404: when none is held in the actor's scope.
        AccessRefused: when the actor may not assign clues there.
    """
    row = _held(actor, declaration_id)
    row.held, row.discarded_on = False, today()
    row.save(update_fields=["held", "discarded_on"])
    record(
        actor=actor, action="declaration.discarded", kind="changed", subject_type="declaration",
        subject_ids=(row.pk,), division=row.division, count=1,
    )  # fmt: skip
    return row


def _held(actor: Actor, declaration_id: UUID) -> Declaration:
    rows = Declaration.objects.select_for_update().filter(actor.scope(READ).q("division"))
    row = rows.filter(pk=declaration_id, held=True).first()
    if row is None:
        raise Http404
    actor.check(ASSIGN, row.division)
    return row
