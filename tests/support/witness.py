"""A witness of every request: each row of the register that it reads lies in the reader's scope.

The product promises that queries are scoped. The witness does not believe it: while a request is
answered, by the test client or by the live server, it looks at every row Django reads, as model
instances, `values()` or `values_list()`, joined rows included, and asks whether the place of the
row is one for which the actor holds the capability of the route and that of the table. A row
outside fails the test by name. Reading one of these tables past Django's compiler (raw SQL), or
names without anything that tells whose they are, fails as well: the witness cannot place it.

Jobs, commands and tests' own queries are not watched: they are not requests.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from django.apps import apps
from django.db.backends.utils import CursorWrapper
from django.db.models import Lookup
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import WhereNode
from django.http import FileResponse, StreamingHttpResponse

from bangfu.foundation.access.middleware import ActorOfRequest
from support.witness_tables import ECHOED, OWN_SIDE, WATCHED, Leak, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.http import HttpRequest, HttpResponseBase

    from bangfu.foundation.access.api import ActingRequest, Actor

_CHUNK: Final = 500


@dataclass(slots=True)
class Witness:
    """What was seen since it was last asked."""

    leaks: list[Leak] = field(default_factory=list)
    rows: int = 0

    def take(self) -> list[Leak]:
        """The leaks seen so far, each once; it starts afresh."""
        seen = list(dict.fromkeys(self.leaks))
        self.leaks.clear()
        return seen

    @contextmanager
    def caught(self) -> Iterator[list[Leak]]:
        """For tests of the witness: leaks of the block go into the list, and are forgiven."""
        before = self.take()
        caught: list[Leak] = []
        try:
            yield caught
        finally:
            caught += self.take()
            self.leaks += before


WITNESS: Final = Witness()


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one watched table, under one alias, in a select: name -> position."""

    label: str
    table: Table
    columns: dict[str, int]

    @property
    def key(self) -> str | None:
        """The column that tells whose row it is, if one was read."""
        return next((name for name in self.table.keys if name in self.columns), None)

    @property
    def placed(self) -> bool:
        """Whether its rows can be placed."""
        return self.key is not None or self.table.place in self.columns

    def name_of(self, row: Sequence[Any]) -> str:
        """What names the row in a report."""
        position = self.columns.get("id", self.columns.get(self.key or ""))
        return "?" if position is None else str(row[position])


@dataclass(slots=True)
class Watch:
    """The watch over one request.

    Attributes:
        inside: how deep Django's compiler is at work.
        known: places by table, column and value.
    """

    request: HttpRequest
    inside: int = 0
    known: dict[tuple[str, str, Any], tuple[str, ...]] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return cast("ActingRequest", self.request).actor

    def wanted(self, table: Table) -> list[str]:
        """The capabilities that the actor must hold where the row lies."""
        match = self.request.resolver_match
        of_route = getattr(match.func, "bangfu_capability", "") if match else ""
        return sorted({table.capability, of_route} - {"", "*"})

    def report(self, label: str, row: str, place: str, capability: str) -> None:
        """Keep a leak."""
        match = self.request.resolver_match
        if match and label in OWN_SIDE.get(match.view_name, ()):
            return
        route = f"{self.request.method} {match.view_name if match else self.request.path}"
        places = ",".join(str(grant.division) for grant in self.actor.grants) or "nowhere"
        who = f"{self.actor.name} of {places}"
        WITNESS.leaks.append(Leak(route, who, capability, label, row, place))


_watch: ContextVar[Watch | None] = ContextVar("witness", default=None)


def _covers(actor: Actor, capability: str, place: str) -> bool:
    """Plain prefixes, on purpose not the product's own scope."""
    return any(
        place.startswith(str(grant.division))
        for grant in actor.grants
        if capability in grant.capabilities
    )


def _touches(actor: Actor, capability: str, prefix: str) -> bool:
    """Whether a part of the country, named by the beginning of codes, meets the scope."""
    return _covers(actor, capability, prefix) or any(
        str(grant.division).startswith(prefix)
        for grant in actor.grants
        if capability in grant.capabilities
    )


def _groups(compiler: SQLCompiler) -> list[Group]:
    """The watched tables in a select."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for position, (expression, _, _) in enumerate(compiler.select):
        if isinstance(expression, Col):
            label = expression.target.model._meta.label
            if label in WATCHED:
                columns = found.setdefault((label, expression.alias), {})
                columns.setdefault(expression.target.attname, position)
    return [Group(label, WATCHED[label], columns) for (label, _), columns in found.items()]


def _prefixes(compiler: SQLCompiler) -> list[tuple[str, int]]:
    """Computed columns made of a place: the beginning of its code, by which rows are counted."""
    found = []
    for position, (expression, _, _) in enumerate(compiler.select):
        if isinstance(expression, Col) or not hasattr(expression, "flatten"):
            continue
        for part in expression.flatten():
            label = part.target.model._meta.label if isinstance(part, Col) else ""
            if label in WATCHED and part.target.attname == WATCHED[label].place:
                found.append((label, position))
    return found


def _asked_by(where: WhereNode) -> Iterator[Lookup[Any]]:
    """The conditions that hold for every row of a query."""
    if where.negated or where.connector != "AND":
        return
    for each in where.children:
        if isinstance(each, WhereNode):
            yield from _asked_by(each)
        elif isinstance(each, Lookup):
            yield each


def _only_echoes(compiler: SQLCompiler) -> bool:
    """Whether nothing is read but a number by which the rows were asked for.

    Such a row tells that the number is taken, which whoever brings it must be told, and no more.
    """
    expressions = [expression for expression, _, _ in compiler.select]
    if len(expressions) != 1 or not isinstance(expressions[0], Col):
        return False
    target = expressions[0].target
    return target.attname in ECHOED and any(
        isinstance(each.lhs, Col) and each.lhs.target is target and each.lookup_name == "in"
        for each in _asked_by(compiler.query.where)
    )


@contextmanager
def _unnoticed(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """The witness's own queries: not watched, and not counted by tests that count queries."""
    token, counted = _watch.set(None), connection.force_debug_cursor
    connection.force_debug_cursor = False
    try:
        yield
    finally:
        connection.force_debug_cursor = counted
        _watch.reset(token)


def _learn(watch: Watch, key: tuple[str, str, str], values: set[Any], using: str) -> None:
    """Learn the places of rows by a key."""
    label, column, path = key
    missing = [value for value in values if (label, column, value) not in watch.known]
    for start in range(0, len(missing), _CHUNK):
        rows = apps.get_model(label)._base_manager.using(using)
        found = rows.filter(**{f"{column}__in": missing[start : start + _CHUNK]})
        for value, place in found.values_list(column, path).distinct():
            known = watch.known.get((label, column, value), ())
            watch.known[label, column, value] = (*known, place)


def _placed(
    watch: Watch, group: Group, rows: Sequence[Any], using: str
) -> Iterator[tuple[str, str | None]]:
    """Rows with their places; None for what cannot be placed."""
    place_at = group.columns.get(group.table.place)
    if place_at is not None:
        yield from ((group.name_of(row), row[place_at]) for row in rows if row[place_at])
    elif group.key is not None:
        key_at, lookup = group.columns[group.key], group.table.keys[group.key]
        _learn(watch, lookup, {row[key_at] for row in rows} - {None}, using)
        for row in rows:
            for place in watch.known.get((*lookup[:2], row[key_at]), ()):
                yield group.name_of(row), place
    elif group.table.named & group.columns.keys():
        yield ", ".join(sorted(group.table.named & group.columns.keys())), None


def _judge_rows(watch: Watch, compiler: SQLCompiler, rows: Sequence[Any]) -> None:
    """Report every row of a watched table that lies outside."""
    groups = _groups(compiler)
    # A table whose own columns do not place it is placed by the one it is joined to.
    judged = [group for group in groups if group.placed] or groups
    for group in judged:
        for name, place in _placed(watch, group, rows, compiler.using):
            for capability in watch.wanted(group.table):
                if place is None or not _covers(watch.actor, capability, place):
                    watch.report(group.label, name, place or "no known place", capability)


def _judge(watch: Watch, compiler: SQLCompiler, rows: Sequence[Any]) -> None:
    """Report every row, and every count of a place, that lies outside."""
    WITNESS.rows += len(rows)
    with _unnoticed(compiler.connection):
        _judge_rows(watch, compiler, rows)
        for label, position in _prefixes(compiler):
            capability = WATCHED[label].capability
            for prefix in {row[position] for row in rows if str(row[position] or "").isdigit()}:
                if not _touches(watch.actor, capability, prefix):
                    watch.report(label, "count", prefix, capability)


def _witnessed(watch: Watch, compiler: SQLCompiler, rows: Iterable[Any]) -> Iterator[Any]:
    """The rows, looked at before anybody gets them; a query read in part is judged in part."""
    waiting = iter(rows)
    while part := list(islice(waiting, _CHUNK)):
        _judge(watch, compiler, part)
        yield from part


def _watching_rows(results_iter: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
    @wraps(results_iter)
    def read(self: SQLCompiler, *args: Any, **kwargs: Any) -> Iterable[Any]:
        rows = results_iter(self, *args, **kwargs)
        watch = _watch.get()
        if watch is None or _only_echoes(self) or not (_groups(self) or _prefixes(self)):
            return rows
        return _witnessed(watch, self, rows)

    return read


def _watching_compiler(execute_sql: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(execute_sql)
    def execute(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        watch = _watch.get()
        if watch is None:
            return execute_sql(self, *args, **kwargs)
        watch.inside += 1
        try:
            return execute_sql(self, *args, **kwargs)
        finally:
            watch.inside -= 1

    return execute


def _raw_reading(statement: object) -> str | None:
    """The watched table that a statement reads, when it reads one."""
    text = str(statement)
    if not re.match(r"\s*(SELECT|WITH|COPY\s*\()", text, re.IGNORECASE):
        return None
    tables = {apps.get_model(label)._meta.db_table: label for label in WATCHED}
    return next((tables[name] for name in tables if re.search(rf"\b{name}\b", text)), None)


def _watching_cursor(execute: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(execute)
    def run(self: CursorWrapper, sql: Any, *args: Any, **kwargs: Any) -> Any:
        watch = _watch.get()
        if watch is not None and not watch.inside:
            label = _raw_reading(sql)
            if label is not None:
                with _unnoticed(self.db):
                    watch.report(label, "read by raw SQL", "no known place", "any")
        return execute(self, sql, *args, **kwargs)

    return run


def _streamed(watch: Watch, parts: Iterable[bytes]) -> Iterator[bytes]:
    """A streamed answer reads its rows after the view has answered."""
    waiting = iter(parts)
    while True:
        token = _watch.set(watch)
        try:
            part = next(waiting, None)
        finally:
            _watch.reset(token)
        if part is None:
            return
        yield part


def _watching_request(
    answer: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    @wraps(answer)
    def ask(self: ActorOfRequest, request: HttpRequest) -> HttpResponseBase:
        watch = Watch(request)
        token = _watch.set(watch)
        try:
            response = answer(self, request)
        finally:
            _watch.reset(token)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _streamed(
                watch, cast("Iterable[bytes]", response.streaming_content)
            )
        return response

    return ask


@pytest.fixture(scope="session", autouse=True)
def watched_requests() -> Iterator[None]:
    """Every request of the session is watched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "results_iter", _watching_rows(SQLCompiler.results_iter))
        patch.setattr(SQLCompiler, "execute_sql", _watching_compiler(SQLCompiler.execute_sql))
        execute = CursorWrapper._execute_with_wrappers
        patch.setattr(CursorWrapper, "_execute_with_wrappers", _watching_cursor(execute))
        patch.setattr(ActorOfRequest, "__call__", _watching_request(ActorOfRequest.__call__))
        yield


@pytest.fixture
def witness() -> Witness:
    """The witness, for the tests that plant leaks."""
    return WITNESS


def pytest_runtest_setup() -> None:
    """Nothing of an earlier test is held against this one."""
    WITNESS.take()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, Any, Any]:
    """A test in which a request read too much fails, whatever it asserted."""
    result = yield
    leaks = WITNESS.take()
    if leaks:
        pytest.fail("Read outside the scope:\n" + "\n".join(map(str, leaks)), pytrace=False)
    return result
