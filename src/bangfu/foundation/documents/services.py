"""Issuing papers and opening them: checked, sealed, audited."""

from __future__ import annotations

import hashlib
import json
import secrets
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction

from bangfu.foundation.audit.api import Kind, record
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.documents.domain.characters import code_point
from bangfu.foundation.documents.domain.codes import in_groups, new_code
from bangfu.foundation.documents.kinds import paper_kind
from bangfu.foundation.documents.models import IssuedPaper
from bangfu.foundation.documents.queries import get_issued
from bangfu.foundation.documents.typesetting import RenderedPaper, Stamp, set_paper
from bangfu.foundation.files.api import open_stored, store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

CHECK_PATH: Final = "/check/"


def check_address() -> str:
    """Where codes are checked, in full: it stands on every issued paper."""
    return f"{settings.BANGFU_PUBLIC_ADDRESS.rstrip('/')}{CHECK_PATH}"


def render_paper(kind: str, data: Mapping[str, Any], *, as_of: date | None = None) -> RenderedPaper:
    """A draft of a paper: it says on every page that it has no code and proves nothing.

    Permission and audit are the caller's: nothing is kept of it.

    Raises:
        KindUnknown: when nobody registered the kind.
        Refused: `documents.too_long`, `documents.unmade`.
    """
    stamp = Stamp(as_of or today(), demo=bool(settings.BANGFU_DEMO))
    return set_paper(paper_kind(kind), data, stamp)


def issue_paper(
    *,
    actor: Actor,
    kind: str,
    subject_type: str,
    subject_id: UUID | None,
    division: str,
    data: Mapping[str, Any],
    place: str = "",
    day: date | None = None,
) -> IssuedPaper:
    """Issue a paper: set it, seal it, give it a code.

    The same data about the same subject as of the same day are the same paper: asked for twice, it
    is issued once.

    Args:
        actor: who issues it; needs the kind's capability in `division`.
        kind: a registered kind.
        subject_type, subject_id: whom or what it is about (`case` and its id).
        division: where the subject lies.
        data: what the template asks for, in the words that stand on the paper.
        place: the division's name; the check page shows it.
        day: the day for which the data hold; today when left out.

    Raises:
        AccessRefused: when the actor may not issue such a paper there.
        KindUnknown: when nobody registered the kind.
        Refused: `documents.too_long`, `documents.unmade`.
    """
    known = paper_kind(kind)
    actor.check(known.issuing, division)
    as_of = day or today()
    content = _hash_of(data)
    standing = IssuedPaper.objects.filter(
        kind=kind, subject_id=subject_id, division=division, data_hash=content, as_of=as_of
    ).first()
    if standing is not None:
        return standing
    code = new_code(secrets.choice)
    stamp = Stamp(as_of, code, check_address(), demo=bool(settings.BANGFU_DEMO))
    made = set_paper(known, data, stamp)
    with transaction.atomic():
        stored = store(
            actor=actor,
            name=f"{known.zh}-{in_groups(code)}.pdf",
            stream=BytesIO(made.pdf),
            purpose=known.purpose,
            division=division,
        )
        paper = IssuedPaper.objects.create(
            id=new_id(),
            code=code,
            kind=kind,
            subject_type=subject_type,
            subject_id=subject_id,
            division=division,
            place=place,
            as_of=as_of,
            data_hash=content,
            sha256=stored.sha256,
            missing=[code_point(each) for each in made.missing],
            file=stored,
            issued_at=now(),
            issued_by=actor.person_id,
            issued_by_name=actor.name,
        )
        record(
            actor=actor,
            action="documents.paper_issued",
            kind=Kind.CHANGED,
            subject_type=subject_type,
            subject_ids=(subject_id,) if subject_id else (),
            division=division,
            count=1,
            filters={"paper": kind},
        )
    return paper


def _hash_of(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def open_paper(*, actor: Actor, paper_id: UUID) -> tuple[IssuedPaper, IO[bytes]]:
    """An issued paper and its bytes, to read once; the opening is on record.

    Raises:
        Http404: when the actor does not reach such a paper.
    """
    paper = get_issued(actor, paper_id)
    return paper, open_stored(actor=actor, file_id=paper.file_id)
