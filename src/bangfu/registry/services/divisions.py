"""Loading divisions, and what happens to them: renamed, merged, recoded."""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import insert_rows, update_rows
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import NATION, DivisionCode
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.sorting import place_key
from bangfu.registry.models import BEGINNING, Division, DivisionSuccession
from bangfu.registry.permissions import OPERATE
from bangfu.registry.queries.divisions import forget_divisions, list_children, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from bangfu.foundation.access.api import Actor

SOURCE: Final = "国家统计局统计用区划代码 2023-06-30"
_FILES: Final = ("provinces", "cities", "areas", "streets", "villages")
_COLUMNS: Final = (
    "id", "code", "name", "level", "parent_code", "sort_key", "valid_from", "valid_to", "source",
)  # fmt: skip


def packaged_divisions() -> Iterator[tuple[DivisionCode, str]]:
    """Code and name of every division the product carries, provinces first."""
    folder = files("bangfu") / "data" / "divisions"
    for part in _FILES:
        for source in sorted(folder.iterdir(), key=lambda each: each.name):
            if source.name.endswith(f"_{part}.csv"):
                text = StringIO(source.read_text(encoding="utf-8"), newline="")
                yield from (
                    (DivisionCode(row["code"]), row["name"]) for row in csv.DictReader(text)
                )


@transaction.atomic
def load_divisions(
    *, actor: Actor | None = None, rows: Iterable[tuple[str, str]] | None = None
) -> int:
    """Add the divisions that are not there yet and correct misspelt names; answer how many rows
    were written. Loading again writes nothing.

    Args:
        actor: who operates the system; None is the system itself, when it is set up.
        rows: code and name; None loads what the product carries (source: national statistics,
            2023-06-30, which does not tell since when a division holds).

    Raises:
        AccessRefused: when the actor may not operate the system.
        DivisionCodeInvalid: for a text that is no division code.
    """
    actor = actor or system_actor("divisions")
    actor.check(OPERATE, NATION)
    known = {
        code: (row_id, name)
        for row_id, code, name in Division.objects.filter(valid_from=BEGINNING).values_list(
            "id", "code", "name"
        )
    }
    fresh: list[tuple[Any, ...]] = []
    renamed: list[tuple[Any, ...]] = []
    for text, name in packaged_divisions() if rows is None else rows:
        code = DivisionCode(text)
        if code not in known:
            fresh.append(_row(code, name, BEGINNING))
        elif known[code][1] != name:
            renamed.append((known[code][0], name, place_key(name)))
    insert_rows(Division, _COLUMNS, fresh)
    update_rows(Division, ("id", "name", "sort_key"), renamed)
    written = len(fresh) + len(renamed)
    if written:
        record(actor=actor, action="registry.divisions_loaded", kind="changed", count=written)
    forget_divisions()
    return written


def _row(code: DivisionCode, name: str, day: date, source: str = SOURCE) -> tuple[Any, ...]:
    parent = code.parent or NATION
    return (new_id(), code, name, int(code.level), parent, place_key(name), day, None, source)


def _current(code: str, day: date) -> Division:
    found = {each.code: each for each in list_divisions([code], day)}
    if code not in found:
        raise Refused(Problem("registry.division_unknown", values={"code": code}))
    return found[code]


@transaction.atomic
def rename_division(*, actor: Actor, code: str, name: str, day: date, source: str) -> Division:
    """Give a division another name from `day` on; the old name stays for the days before.

    Raises:
        AccessRefused: when the actor may not operate the system.
        Refused: when no such division holds on that day.
    """
    actor.check(OPERATE, DivisionCode(code))
    before = _current(code, day)
    _close([before], day)
    _open(DivisionCode(code), name, day, source)
    _succeed([(code, code)], day, DivisionSuccession.Kind.RENAMED)
    record(actor=actor, action="registry.division_renamed", kind="changed", division=code, count=1)
    forget_divisions()
    return _current(code, day)


@transaction.atomic
def merge_divisions(
    *,
    actor: Actor,
    codes: Sequence[str],
    into: str,
    name: str,
    day: date,
    source: str,
    moved: Mapping[str, str] | None = None,
) -> Division:
    """Merge divisions into one from `day` on, and give the places in them their new codes.

    Args:
        actor: who operates the system.
        codes: what ends.
        into: the code that takes over; one of `codes`, another one that holds, or a new one.
        name: the name of `into` from that day on.
        day: the first day of the new state.
        source: the notice that says so.
        moved: old to new code of every division inside `codes`; they keep their names.

    Raises:
        AccessRefused: when the actor may not operate the system.
        Refused: when a division does not hold on that day, or a place inside has no new code.
    """
    moved = moved or {}
    for code in (*codes, into):
        actor.check(OPERATE, DivisionCode(code))
    _check_all_moved([code for code in codes if code != into], moved, day)
    ending = [_current(code, day) for code in codes]
    inside = [_current(code, day) for code in moved]
    _close([*ending, *inside, *list_divisions([into], day)], day)
    _open(DivisionCode(into), name, day, source)
    for each in inside:
        _open(DivisionCode(moved[each.code]), each.name, day, source)
    _succeed([(code, into) for code in codes], day, DivisionSuccession.Kind.MERGED)
    _succeed(list(moved.items()), day, DivisionSuccession.Kind.RECODED)
    count = len(codes) + len(moved)
    record(
        actor=actor, action="registry.divisions_merged", kind="changed", division=into, count=count
    )
    forget_divisions()
    return _current(into, day)


def _check_all_moved(codes: Sequence[str], moved: Mapping[str, str], day: date) -> None:
    inside = list(codes)
    while inside:
        children = [child.code for code in inside for child in list_children(code, day)]
        left = [code for code in children if code not in moved]
        if left:
            raise Refused(Problem("registry.division_not_moved", values={"code": left[0]}))
        inside = children


def _close(divisions: Iterable[Division], day: date) -> None:
    """End rows the day before `day`; a row that began on that very day was never in force."""
    for each in {division.id: division for division in divisions}.values():
        if each.valid_from == day:
            each.delete()
        else:
            each.valid_to = day
            each.save(update_fields=["valid_to"])


def _open(code: DivisionCode, name: str, day: date, source: str) -> None:
    insert_rows(Division, _COLUMNS, [_row(code, name, day, source)])


def _succeed(pairs: Sequence[tuple[str, str]], day: date, kind: str) -> None:
    DivisionSuccession.objects.bulk_create(
        DivisionSuccession(predecessor=old, successor=new, day=day, kind=kind) for old, new in pairs
    )
