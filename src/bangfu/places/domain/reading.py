"""From the cells of a sheet to rows, with what is wrong in each; divisions come in known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid
from bangfu.kernel.problems import Problem
from bangfu.places.domain.catalogue import load_catalogue, record_items
from bangfu.places.domain.rows import RecordRow, TagRow, has_groups_exceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from bangfu.kernel.problems import Place
    from bangfu.places.domain.catalogue import TagKind
    from bangfu.places.domain.rows import Key

    PlaceOf = Callable[[str], Place]


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """What divisions there are, as far as a sheet asks.

    Attributes:
        within: the division the sheet is of.
        names: code -> name of the divisions whose codes it gives.
        codes: name -> codes of the divisions of that name inside `within`.
        today: the day on which it is read.
    """

    within: str
    names: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]]
    today: date


@dataclass(slots=True)
class Reading:
    """A sheet that was read. A row with a refusal is left out of the good ones.

    Attributes:
        problems: everything found in the rows.
        places: where the good records stand, for what is found later.
        refused, unmatched: rows.
    """

    tags: list[TagRow] = field(default_factory=list)
    records: list[RecordRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[Key, Place] = field(default_factory=dict)
    refused: int = 0
    unmatched: int = 0


Line = tuple["Mapping[str, Any]", "PlaceOf"]
"""A row's cells by item, and where an item of it stands."""


def read_tags(lines: Iterable[Line], places: KnownPlaces) -> Reading:
    """The lines of a list of tags."""
    found = Reading()
    seen: set[Key] = set()
    for cells, at in lines:
        tag = _tag(cells, places)
        problems = [*_tag_problems(cells, tag, places, at), *_doubled(seen, tag.key, at)]
        seen.add(tag.key)
        found.problems += problems
        if any(problem.refuses for problem in problems):
            found.refused += 1
            continue
        found.tags.append(tag)
        found.unmatched += not tag.division
    return found


def _tag(cells: Mapping[str, Any], places: KnownPlaces) -> TagRow:
    return TagRow(
        kind=cells["kind"],
        division=cells.get("division") or _by_name(cells, places),
        name=cells["name"],
        within=places.within,
        valid_from=cells["valid_from"],
        source=cells["source"],
        batch=cells.get("batch", ""),
        valid_to=cells.get("valid_to"),
    )


def _by_name(cells: Mapping[str, Any], places: KnownPlaces) -> str:
    """The one place of that name on a tier that the kind stands on; empty when there is no one."""
    tiers = load_catalogue().kinds[cells["kind"]].tiers
    found = [code for code in places.codes.get(cells["name"], ()) if len(code) in tiers]
    return found[0] if len(found) == 1 else ""


def _tag_problems(
    cells: Mapping[str, Any], tag: TagRow, places: KnownPlaces, at: PlaceOf
) -> Iterator[Problem]:
    kind = load_catalogue().kinds[tag.kind]
    if tag.valid_to is not None and tag.valid_to <= tag.valid_from:
        yield Problem("places.period_backwards", at("valid_to"))
    if kind.batches and tag.batch and tag.batch not in kind.batches:
        batches = "、".join(kind.batches)
        yield Problem("places.batch_unknown", at("batch"), {"batches": batches})
    if "division" not in cells:
        if not tag.division:
            yield Problem("places.name_unmatched", at("name"), {"name": tag.name}, refuses=False)
        return
    yield from _code_problems(tag, kind, places, at)


def _code_problems(
    tag: TagRow, kind: TagKind, places: KnownPlaces, at: PlaceOf
) -> Iterator[Problem]:
    if _is_outside(tag.division, places):
        yield Problem("places.division_outside", at("division"), {"code": tag.division})
    elif tag.division not in places.names:
        yield Problem("places.division_unknown", at("division"), {"code": tag.division})
    elif len(tag.division) not in kind.tiers:
        yield Problem("places.tier_wrong", at("division"), {"kind": kind.zh})
    yield from _name_problems(tag.division, tag.name, places, at("name"))


def _name_problems(
    code: str, name: str | None, places: KnownPlaces, place: Place
) -> Iterator[Problem]:
    """A name beside a code that is called otherwise: said, the code decides."""
    known = places.names.get(code, name)
    if name and known != name:
        yield Problem("places.name_differs", place, {"name": known or ""}, refuses=False)


def _is_outside(code: str, places: KnownPlaces) -> bool:
    try:
        return not DivisionCode(places.within).contains(DivisionCode(code))
    except DivisionCodeInvalid:
        return False


def _doubled(seen: set[Key], key: Key, at: PlaceOf) -> Iterator[Problem]:
    if key in seen:
        yield Problem("places.row_twice", at(""))


def read_records(lines: Iterable[Line], places: KnownPlaces) -> Reading:
    """The rows of a sheet of villages."""
    found = Reading()
    seen: set[Key] = set()
    for cells, at in lines:
        row = _record(cells)
        problems = [
            *_record_problems(row, places, at),
            *_name_problems(row.village, cells.get("village_name"), places, at("village_name")),
            *_doubled(seen, row.key, at),
        ]
        seen.add(row.key)
        found.problems += problems
        if any(problem.refuses for problem in problems):
            found.refused += 1
        else:
            found.records.append(row)
            found.places[row.key] = at("day")
    return found


def _record(cells: Mapping[str, Any]) -> RecordRow:
    values = {item.name: cells[item.name] for item in record_items() if item.name in cells}
    return RecordRow(
        cells["village_code"], cells["record_year"], cells["source"], cells["day"], values
    )


def _record_problems(row: RecordRow, places: KnownPlaces, at: PlaceOf) -> Iterator[Problem]:
    if _is_outside(row.village, places):
        yield Problem("places.division_outside", at("village_code"), {"code": row.village})
    elif row.village not in places.names:
        yield Problem("places.division_unknown", at("village_code"), {"code": row.village})
    if row.day > places.today or row.year > places.today.year:
        yield Problem("places.day_not_come", at("day"))
    if has_groups_exceeded(row.values):
        yield Problem("places.groups_exceeded", at("groups_with_road"))
