"""The procedure tables and the calendar that the pack in force brings, and tables pinned before."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import yaml

from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Place, Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.procedures.domain.calendar import WorkingCalendar, read_calendar
from bangfu.procedures.domain.reading import ProcedureInvalid, read_procedure
from bangfu.procedures.models import ProcedureVersion

if TYPE_CHECKING:
    from datetime import date

    from bangfu.procedures.domain.table import Procedure
    from bangfu.rules.api import Pack

FOLDER: Final = "procedures/"
CALENDAR: Final = "calendar.yaml"

# Reading is pure, and the same text is asked for with every matter.
_read = lru_cache(maxsize=256)(read_procedure)


@lru_cache(maxsize=8)
def _calendar_of(text: str) -> WorkingCalendar:
    return read_calendar(yaml.safe_load(text))


def list_procedures(on: date | None = None) -> list[Procedure]:
    """Every table of the pack in force on a day, by name and then by its first day.

    Raises:
        ProcedureInvalid: when a table is wrong, or two tables of one name begin on one day.
    """
    return procedures_of(active_pack(on or today()))


def procedures_of(pack: Pack) -> list[Procedure]:
    """Every table of a pack and of those it extends, by name and then by its first day.

    Raises:
        ProcedureInvalid: when a table is wrong, or two tables of one name begin on one day.
    """
    tables = [
        _read(text, f"{source.name}/{path}")
        for source in pack.sources
        for path, text in source.files.items()
        if path.startswith(FOLDER)
    ]
    tables.sort(key=lambda table: (table.name, table.valid_from))
    for earlier, later in pairwise(tables):
        if (earlier.name, earlier.valid_from) == (later.name, later.valid_from):
            values = {"name": later.name, "day": later.valid_from.isoformat()}
            place = Place(file=f"{FOLDER}{later.name}.yaml", line=1)
            problem = Problem("procedures.table.doubled_version", place, values)
            raise ProcedureInvalid(problem)
    return tables


def load_procedure(name: str, on: date | None = None) -> Procedure:
    """The table under which a matter opened on `on` (today) begins.

    Raises:
        Refused: `procedures.unknown_procedure` when no table of this name holds that day.
    """
    day = on or today()
    holding = [
        table for table in list_procedures(day) if table.name == name and table.valid_from <= day
    ]
    if not holding:
        raise Refused(Problem("procedures.unknown_procedure", values={"name": name}))
    return holding[-1]


@lru_cache(maxsize=256)
def pinned_procedure(version: str) -> Procedure:
    """The table that a matter was opened under, by its hash, whatever packs say today.

    Raises:
        ProcedureVersion.DoesNotExist: when no matter was ever opened under it.
    """
    return _read(ProcedureVersion.objects.get(hash=version).document, version)


def calendar_of_pack(pack: Pack) -> WorkingCalendar:
    """The working days as a pack knows them; none announced when it brings no list."""
    texts = [source.files[CALENDAR] for source in pack.sources if CALENDAR in source.files]
    return _calendar_of(texts[-1]) if texts else WorkingCalendar()


def working_calendar(on: date | None = None) -> WorkingCalendar:
    """The working days as the pack in force on a day (today) knows them."""
    return calendar_of_pack(active_pack(on or today()))
