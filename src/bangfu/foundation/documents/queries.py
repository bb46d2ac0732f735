"""Issued papers: those an actor reaches, and what a code tells whoever holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404

from bangfu.foundation.documents.domain.codes import in_groups, read_code
from bangfu.foundation.documents.kinds import KindUnknown, list_kinds, paper_kind
from bangfu.foundation.documents.models import IssuedPaper
from bangfu.kernel.clock import CHINA

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """What the check page shows of a real paper: nothing of the person it is about.

    Attributes:
        kind_zh, kind_en: what kind of paper it is.
        place: the division, as it was called when the paper was issued.
        sha256: of the issued file, in hexadecimal.
    """

    code: str
    kind_zh: str
    kind_en: str
    place: str
    as_of: date
    issued_on: date
    sha256: str


def list_issued(actor: Actor, *, subject_id: UUID | None = None) -> QuerySet[IssuedPaper]:
    """The papers the actor may open, the latest first; with `subject_id`, those about it."""
    reached = Q(pk__in=())
    for kind in list_kinds():
        reached |= Q(kind=kind.name) & actor.scope(kind.read).q("division")
    found = IssuedPaper.objects.filter(reached)
    if subject_id is not None:
        found = found.filter(subject_id=subject_id)
    return found.order_by("-issued_at", "-id")


def get_issued(actor: Actor, paper_id: UUID) -> IssuedPaper:
    """One paper the actor may open; not audited: `open_paper` is.

    Raises:
        Http404: when there is none, or it lies outside the actor's scope.
    """
    found = list_issued(actor).filter(pk=paper_id).first()
    if found is None:
        raise Http404
    return found


def issued_for(subject_id: UUID, kind: str) -> IssuedPaper | None:
    """The latest paper of a kind about a subject; unscoped, for guards and services."""
    found = IssuedPaper.objects.filter(subject_id=subject_id, kind=kind)
    return found.order_by("-issued_at", "-id").first()


def find_by_code(typed: str) -> CheckedPaper | None:
    """What a code tells, whoever asks; None when no paper bears it."""
    code = read_code(typed)
    if code is None:
        return None
    paper = IssuedPaper.objects.filter(code=code).first()
    if paper is None:
        return None
    try:
        kind = paper_kind(paper.kind)
    except KindUnknown:
        # A feature that was switched off; the paper is still real.
        zh = en = paper.kind
    else:
        zh, en = kind.zh, kind.en
    return CheckedPaper(
        code=in_groups(code),
        kind_zh=zh,
        kind_en=en,
        place=paper.place or paper.division,
        as_of=paper.as_of,
        issued_on=_day_of(paper),
        sha256=paper.sha256,
    )


def _day_of(paper: IssuedPaper) -> date:
    return paper.issued_at.astimezone(CHINA).date()
