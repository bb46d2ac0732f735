"""A made-up county taken the whole way: generated, imported, screened; read back as verdicts."""

from __future__ import annotations

import csv
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from openpyxl import load_workbook

from bangfu.exchange.api import check_list, commit_list
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.policy.api import active_pack, publish_pack
from bangfu.registry.api import Household, check_upload, commit_batch, load_divisions
from bangfu.rules.layout import load_layout
from bangfu.screening.api import Engine, Finding, Run, explain_household, run_screening
from bangfu.screening.domain.judging import judge
from bangfu.screening.queries.files import folder_of, open_snapshot, read_part
from oracle.lists import table_in
from oracle.sheets import header_of

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.synthetic.api import DataFile

COUNTY: Final = "511921"
DAY: Final = date(2026, 11, 20)
_MOMENT: Final = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
Verdicts = dict[tuple[str, str], str]
"""(household number, rule) -> what was said; what is clear is left out."""


@dataclass(frozen=True)
class Screened:
    """What the product says of the county.

    Attributes:
        accepted: the numbers of the households that the register took.
        standing: the findings that stand.
        judged: what fired or is unknown in the run's own snapshot.
    """

    run: Run
    accepted: frozenset[str]
    standing: frozenset[tuple[str, str]]
    judged: Verdicts


def screen(workbook: Path, before: DataFile | None = None, lists: Path | None = None) -> Screened:
    """Import what there is and screen the county, by the services that people's pages call.

    Args:
        workbook: the register of the day.
        before: that of the year before, imported first.
        lists: a folder with departments' lists.
    """
    actor = system_actor("oracle")
    # A year that is over is closed to new data: last year's register came in last year.
    registers = [*([(before.path, before.day)] if before else []), (workbook, DAY)]
    with using_clock(FixedClock(_noon(registers[0][1]))):
        load_divisions()
        publish_pack(actor=actor, path="demo", valid_from=date(2021, 1, 1))
    for path, day in registers:
        with using_clock(FixedClock(_noon(day))):
            batch = check_upload(actor=actor, sources=[path], division=COUNTY, data_date=day)
            commit_batch(actor=actor, batch_id=batch.id)
    with using_clock(FixedClock(_MOMENT)):
        for kind, path in together(lists).items() if lists else ():
            given = check_list(actor=actor, feed=kind, source=path, division=COUNTY, data_date=DAY)
            commit_list(actor=actor, list_id=given.id)
        run = run_screening(actor=actor, division=COUNTY, as_of=DAY)
        standing = Finding.objects.filter(cleared_at=None)
        return Screened(
            run=run,
            accepted=frozenset(Household.objects.values_list("household_number", flat=True)),
            standing=frozenset(standing.values_list("household__household_number", "rule")),
            judged=judged_again(run),
        )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def together(lists: Path) -> dict[str, Path]:
    """The lists of all months as one file a kind, as an office that hands in once a year would."""
    tables: dict[str, list[list[str | None]]] = {}
    for path in sorted(lists.iterdir()):
        headers, *rows = table_in(path)
        tables.setdefault(path.stem.partition("-")[2], [headers]).extend(rows)
    folder = lists.with_name("together")
    folder.mkdir()
    made = {kind: folder / f"{kind}.csv" for kind in tables}
    for kind, path in made.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(row for row in tables[kind] if any(row))
    return made


def judged_again(run: Run) -> Verdicts:
    """What the embedded engine says of the run's snapshot, by household number."""
    assert run.snapshot is not None
    folder, pack = folder_of(run.snapshot), active_pack(DAY)
    numbers = dict(Household.objects.values_list("household_key", "household_number"))
    found: Verdicts = {}
    for part in open_snapshot(folder, DAY).counties:
        parameters = pack.parameters_on(DAY, part.county)
        outcomes = judge(Engine.EMBEDDED, pack, read_part(folder, part), DAY, parameters)
        for key, rule, outcome in outcomes.iter_rows():
            found[numbers[key], rule] = outcome
    return found


def explained() -> Verdicts:
    """What the page of each household says, clear left out."""
    actor = system_actor("oracle")
    with using_clock(FixedClock(_MOMENT)):
        return {
            (number, rule.rule): rule.outcome
            for pk, number in Household.objects.values_list("pk", "household_number")
            for rule in explain_household(actor, pk, DAY).rules
            if rule.outcome != "clear"
        }


def with_gaps(workbook: Path, seed: int, percent: int) -> Path:
    """A copy of the workbook in which some cells that may be empty are empty."""
    book = load_workbook(workbook)
    optional = {item.zh for item in load_layout() if not item.required}
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows())
        top = next(i for i, row in enumerate(rows) if "户编号" in {header_of(c.value) for c in row})
        headers = [header_of(cell.value) for cell in rows[top]]
        for row in rows[top + 1 :]:
            for header, cell in zip(headers, row, strict=True):
                throw = zlib.crc32(f"{seed} {cell.coordinate} {sheet.title}".encode()) % 100
                if header in optional and throw < percent:
                    cell.value = None
    made = workbook.with_name("gaps.xlsx")
    book.save(made)
    return made
