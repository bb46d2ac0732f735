"""What waits for a meeting: features above say it, since meetings know matters only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class AgendaCandidate:
    """A matter that waits for a village to judge it.

    Attributes:
        division: the village it waits in.
        title: whom it is about, `张三 户`.
        words: why, in one sentence.
        url: its own page.
        due: the day it should be done by; None when nothing says so.
    """

    matter_id: UUID
    division: str
    title: str
    words: str
    url: str = ""
    due: date | None = None


AgendaSource = Callable[["Actor", str], list[AgendaCandidate]]
_sources: list[AgendaSource] = []


def register_agenda(source: AgendaSource) -> None:
    """Let a feature say what waits for a meeting.

    Args:
        source: answers every candidate in a division of any tier that the actor may see.
    """
    if source not in _sources:
        _sources.append(source)


def list_candidates(actor: Actor, division: str) -> list[AgendaCandidate]:
    """Everything that waits in a division, those due first."""
    found = [each for source in _sources for each in source(actor, division)]
    known = [each for each in found if each.due is not None]
    rest = [each for each in found if each.due is None]
    return [*sorted(known, key=lambda each: (each.due, each.title)), *rest]
