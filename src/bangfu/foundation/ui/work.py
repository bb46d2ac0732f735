"""What waits for a person: features bring their open work, the home page puts it in order.

The page lies above every feature and the features know nothing of it; each registers a source
that answers for the actor of the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bangfu.kernel.problems import NothingInForce

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

__all__ = ["Work", "WorkItem", "register_work", "work_of"]


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do.

    Attributes:
        kind: the kind of work in a word or two: `核实线索`.
        subject: whom or what it is about; `note` is the line below it.
        task: what is to be done; `why` is the line below it.
        url: where it is done; `action` is the word on the button.
        due: the day it is due, None when nothing says so.
        days_left: working days until then; negative is overdue.
    """

    kind: str
    subject: str
    note: str
    task: str
    why: str
    url: str
    action: str
    due: date | None = None
    days_left: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What one feature has waiting: the most urgent items, and how many there are by day.

    `by_day` counts every open item, shown or not; None is the day of those without one.
    `waiting` counts what others have to do first, which is in no other number.
    """

    items: Sequence[WorkItem] = ()
    by_day: Mapping[date | None, int] = field(default_factory=dict)
    waiting: int = 0
    more_url: str = ""


WorkSource = Callable[["HttpRequest"], Work]
_sources: dict[str, WorkSource] = {}


def register_work(name: str, source: WorkSource) -> None:
    """Let a feature's open work stand on the home page."""
    _sources[name] = source


def work_of(request: HttpRequest) -> Iterable[Work]:
    """The open work of the request's actor, feature by feature.

    A feature whose work follows from a policy has none before one is in force.
    """
    return [_asked(source, request) for _, source in sorted(_sources.items())]


def _asked(source: WorkSource, request: HttpRequest) -> Work:
    try:
        return source(request)
    except NothingInForce:
        return Work()
