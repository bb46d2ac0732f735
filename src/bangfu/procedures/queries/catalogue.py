"""The procedures as the pack in force brings them: each version, its days and its text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import Http404

from bangfu.foundation.clock.api import today
from bangfu.policy.api import active_pack
from bangfu.procedures.queries.tables import procedures_of

if TYPE_CHECKING:
    from datetime import date

    from bangfu.procedures.domain.table import Procedure
    from bangfu.rules.api import Pack


@dataclass(frozen=True, slots=True)
class TableVersion:
    """A version of a procedure.

    Attributes:
        until: the first day of the version after it; None for the last.
        current: whether a matter opened today begins under it.
    """

    procedure: Procedure
    until: date | None
    current: bool


def list_table_versions() -> list[TableVersion]:
    """Every version of every procedure of the pack in force, the latest of each first.

    Policy concerns nobody in person: it is read without an actor.

    Raises:
        Refused: `policy.nothing_in_force`.
    """
    day = today()
    found: list[TableVersion] = []
    tables = procedures_of(active_pack(day))
    for _, group in groupby(tables, key=lambda table: table.name):
        versions = list(group)
        ends = [each.valid_from for each in versions[1:]]
        found += [
            TableVersion(table, until, table.valid_from <= day and (until is None or day < until))
            for table, until in reversed(list(zip(versions, [*ends, None], strict=True)))
        ]
    return found


def list_versions_of(name: str) -> list[TableVersion]:
    """The versions of one procedure, the latest first.

    Raises:
        Http404: when the pack in force has none of this name.
    """
    found = [each for each in list_table_versions() if each.procedure.name == name]
    if not found:
        raise Http404
    return found


def source_of(pack: Pack, procedure: Procedure) -> str:
    """The table as it stands in the pack's file."""
    name, _, path = procedure.file.partition("/")
    return next((each.files[path] for each in pack.sources if each.name == name), "")
