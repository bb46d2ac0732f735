"""Kinds of jobs and subscribers of events: features register their functions here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bangfu.foundation.jobs.context import JobContext

JobFunction = Callable[["JobContext", dict[str, Any]], "dict[str, Any] | None"]


@dataclass(frozen=True, slots=True)
class JobKind:
    """What a kind of job does.

    Attributes:
        every_seconds: how often the worker has such a job made by itself; 0 for never.
        in_transaction: whether the work and the mark "done" commit together, which makes the
            work's changes happen exactly once. Only for work of seconds: on SQLite nobody else
            writes meanwhile. Other kinds may run twice when a worker dies, and must not mind.
    """

    name: str
    function: JobFunction
    in_transaction: bool = False
    every_seconds: int = 0


class KindUnknown(LookupError):
    """No function is registered for a kind; it may belong to another version of the product."""


class KindTaken(ValueError):
    """Two different functions want one name."""


_kinds: dict[str, JobKind] = {}
_subscribers: dict[str, set[str]] = {}


def job_kind(
    name: str, *, in_transaction: bool = False, every_seconds: int = 0
) -> Callable[[JobFunction], JobFunction]:
    """Register the decorated function as the work of jobs of this kind (see `JobKind`).

    Raises:
        KindTaken: when another function has the name.
    """

    def register(function: JobFunction) -> JobFunction:
        known = _kinds.get(name)
        if known is not None and _origin(known.function) != _origin(function):
            raise KindTaken(name)
        _kinds[name] = JobKind(name, function, in_transaction, every_seconds)
        return function

    return register


def _origin(function: JobFunction) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def subscribe(
    event: str, *, name: str, in_transaction: bool = False
) -> Callable[[JobFunction], JobFunction]:
    """Run the decorated function as a job of kind `name` once for every `event` announced.

    Raises:
        KindTaken: when another function has the name.
    """

    def register(function: JobFunction) -> JobFunction:
        job_kind(name, in_transaction=in_transaction)(function)
        _subscribers.setdefault(event, set()).add(name)
        return function

    return register


def kind_of(name: str) -> JobKind:
    """The kind of this name.

    Raises:
        KindUnknown: when nobody registered it.
    """
    try:
        return _kinds[name]
    except KeyError:
        raise KindUnknown(name) from None


def scheduled_kinds() -> list[JobKind]:
    """The kinds that run by themselves, by name."""
    return [kind for _, kind in sorted(_kinds.items()) if kind.every_seconds]


def subscribers_of(event: str) -> list[str]:
    """The kinds that want an event, by name."""
    return sorted(_subscribers.get(event, ()))
