"""A pack's own tests: example households an official can read, with what must come out.

A file of `tests/` holds a household, members, reports of departments and the `feeds` that were
received, with which every case begins, and cases that change something. Amounts stand in yuan and
mu as on the forms, months as `2015-03`; what a case leaves out (`without`) is not known. Every case
runs on the reference and on the embedded engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import polars as pl
import yaml

from bangfu.kernel.money import AmountInvalid, parse_hundredths
from bangfu.kernel.problems import Problem, Refused
from bangfu.rules.engines.embedded import judge_frames
from bangfu.rules.engines.frames import KEY, empty_rows
from bangfu.rules.engines.reference import find_facts, judge_household
from bangfu.rules.kinds import Base, Kind, Measure, Signature, readable_items
from bangfu.rules.loading import load_sources
from bangfu.rules.names import FEEDS, items_over
from bangfu.rules.pack import Over
from bangfu.rules.reading import Entry, Unreadable, read_entry
from bangfu.rules.units import is_hundredths
from bangfu.rules.values import Range, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from bangfu.rules.pack import Pack
    from bangfu.rules.sources import PackSource

_FILE: Final = frozenset({"as_of", "division", "cases"})
_FILE_MAY: Final = frozenset({"household", "members", "reports", "feeds", "parameters"})
_CASE: Final = frozenset({"name", "expect"})
_CASE_MAY: Final = frozenset({
    "household", "members", "reports", "feeds", "without", "parameters", "values", "as_of",
    "division",
})  # fmt: skip
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")
_UNKNOWN: Final = "unknown"
Given = dict[str, int]
"""A case's parameters."""

Outcomes = dict[tuple[int, str], str]
"""(A case's place in its file, rule) -> outcome."""


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How one case of a pack went; `problem` is None when it held."""

    pack: str
    file: str
    line: int
    name: str
    problem: Problem | None


@dataclass(slots=True)
class _Case:
    """A case, read: what is given and what must come out."""

    entry: Entry
    name: str
    as_of: date
    division: str
    parameters: dict[str, str]
    household: dict[str, Any] = field(default_factory=dict)
    members: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    expect: dict[str, Entry] = field(default_factory=dict)
    values: dict[str, Entry] = field(default_factory=dict)


def _number(entry: Entry, kind: Kind) -> int:
    text = entry.text()
    month = _MONTH.match(text)
    if kind.measure is Measure.MONTH and month:
        return int(month[1]) * 12 + int(month[2]) - 1
    try:
        hundredths = parse_hundredths(text)
    except AmountInvalid:
        raise entry.refusal("pack.bad_amount", value=text, unit="", name="") from None
    if is_hundredths(kind):
        return hundredths
    if kind.measure is Measure.MONTH or hundredths % 100:
        raise entry.refusal("pack.bad_amount", value=text, unit="", name="")
    return hundredths // 100


def _read_value(entry: Entry, kind: Kind) -> Any:
    match kind.base:
        case Base.NUMBER:
            return _number(entry, kind)
        case Base.TRUTH:
            return entry.truth()
        case Base.CODE:
            return entry.text()
        case Base.CODES:
            return list(entry.texts())


def _items(entry: Entry | None, known: Mapping[str, Signature]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in entry.entries() if entry else ():
        if name not in known:
            raise value.refusal("pack.unknown_field", name=name, near="—")
        found[name] = _read_value(value, known[name].kind)
    return found


class _CaseReader:
    """Reads the cases of one file."""

    def __init__(self, pack: Pack, fields: dict[str, Entry]) -> None:
        self._items = {over: readable_items(items_over(pack.layout, over)) for over in Over}
        self._fields = fields

    def read(self, entry: Entry) -> _Case:
        """One case, on top of what the file begins with."""
        fields = entry.fields(_CASE, _CASE_MAY)
        both = {**self._fields, **fields}
        household = _items(self._fields.get("household"), self._items[Over.HOUSEHOLD])
        household |= _items(fields.get("household"), self._items[Over.HOUSEHOLD])
        if FEEDS in both:
            household[FEEDS] = list(both[FEEDS].texts())
        for name in fields["without"].texts() if "without" in fields else ():
            household.pop(name, None)
        return _Case(
            entry=entry, name=fields["name"].text(), as_of=both["as_of"].day(),
            division=both["division"].text(), household=household,
            parameters=self._parameters(self._fields) | self._parameters(fields),
            members=self._rows(both.get("members"), Over.MEMBERS),
            reports=self._rows(both.get("reports"), Over.REPORTS),
            expect=dict(fields["expect"].entries()),
            values=dict(fields["values"].entries()) if "values" in fields else {},
        )  # fmt: skip

    def _rows(self, entry: Entry | None, over: Over) -> list[dict[str, Any]]:
        return [_items(each, self._items[over]) for each in (entry.items() if entry else ())]

    @staticmethod
    def _parameters(fields: dict[str, Entry]) -> dict[str, str]:
        listed = fields["parameters"].entries() if "parameters" in fields else []
        return {name: value.text() for name, value in listed}


def _expected_value(entry: Entry, kind: Kind) -> Value:
    if isinstance(entry.node, yaml.SequenceNode) and kind.is_number:
        ends = [None if each.text() == _UNKNOWN else _number(each, kind) for each in entry.items()]
        return Range(ends[0], ends[-1])
    if isinstance(entry.node, yaml.ScalarNode) and entry.text() == _UNKNOWN:
        return None
    value = _read_value(entry, kind)
    return tuple(value) if isinstance(value, list) else value


def _failure(entry: Entry, name: str, wanted: object, got: object) -> Unreadable:
    return entry.refusal("pack.test_failed", name=name, expected=str(wanted), found=str(got))


def _frame(pack: Pack, over: Over, rows: Iterable[tuple[int, dict[str, Any]]]) -> pl.DataFrame:
    """The rows of several cases, each under its case's place in the file."""
    items = pack.items[over]
    filled = [{name: row.get(name) for name in items} | {KEY: place} for place, row in rows]
    return pl.DataFrame(filled, schema=empty_rows(pack, over, pl.Int64()).schema)


def _parameters_of(pack: Pack, case: _Case) -> Given:
    try:
        return pack.parameters_on(case.as_of, case.division, case.parameters)
    except Refused as refused:
        problem = refused.problems[0]
        raise case.entry.refusal(problem.code, **problem.values) from None


def _judged_together(
    pack: Pack, cases: Mapping[int, _Case], as_of: date, parameters: Given
) -> Outcomes:
    """What the embedded engine says of cases of one day and one set of parameters."""
    household = [(place, case.household) for place, case in cases.items()]
    members = [(place, row) for place, case in cases.items() for row in case.members]
    reports = [(place, row) for place, case in cases.items() for row in case.reports]
    frame = judge_frames(
        pack,
        _frame(pack, Over.HOUSEHOLD, household),
        _frame(pack, Over.MEMBERS, members),
        as_of,
        parameters,
        reports=_frame(pack, Over.REPORTS, reports),
        with_clear=True,
    )
    return {(place, rule): outcome for place, rule, outcome in frame.iter_rows()}


def _judged(pack: Pack, cases: Mapping[int, tuple[_Case, Given]]) -> Outcomes:
    """What the embedded engine says of all cases of a file."""
    together: dict[tuple[date, tuple[tuple[str, int], ...]], dict[int, _Case]] = {}
    for place, (case, parameters) in cases.items():
        alike = (case.as_of, tuple(sorted(parameters.items())))
        together.setdefault(alike, {})[place] = case
    found: Outcomes = {}
    for (as_of, given), group in together.items():
        found |= _judged_together(pack, group, as_of, dict(given))
    return found


def _check_outcomes(
    pack: Pack, case: _Case, parameters: Given, embedded: Mapping[str, str]
) -> None:
    verdicts = judge_household(
        pack, case.household, case.members, case.as_of, parameters, case.reports
    )
    reference = {verdict.rule: verdict.outcome.value for verdict in verdicts}
    for name, entry in case.expect.items():
        if name not in reference:
            raise entry.refusal("pack.unknown_field", name=name, near="—")
        for outcome in (reference[name], embedded[name]):
            if outcome != entry.text():
                raise _failure(entry, name, entry.text(), outcome)


def _check_values(pack: Pack, case: _Case, parameters: Given) -> None:
    known, _ = find_facts(pack, case.household, case.members, case.as_of, parameters, case.reports)
    for name, entry in case.values.items():
        if name not in pack.facts:
            raise entry.refusal("pack.unknown_field", name=name, near="—")
        wanted = _expected_value(entry, pack.facts[name].signature.kind)
        if known[name] != wanted:
            raise _failure(entry, name, entry.text() if wanted is None else wanted, known[name])


def _read_cases(
    pack: Pack, reader: _CaseReader, entries: Sequence[Entry]
) -> tuple[dict[int, tuple[_Case, Given]], dict[int, Problem]]:
    """By place: the cases with their parameters, and what is wrong with the unreadable ones."""
    cases: dict[int, tuple[_Case, Given]] = {}
    refused: dict[int, Problem] = {}
    for place, entry in enumerate(entries):
        try:
            case = reader.read(entry)
            cases[place] = (case, _parameters_of(pack, case))
        except Unreadable as unreadable:
            refused[place] = unreadable.problem
    return cases, refused


def _problem_of(
    pack: Pack, case: _Case, parameters: Given, embedded: Mapping[str, str]
) -> Problem | None:
    try:
        _check_outcomes(pack, case, parameters, embedded)
        _check_values(pack, case, parameters)
    except Unreadable as unreadable:
        return unreadable.problem
    return None


def _run_file(pack: Pack, source: PackSource, path: str) -> Iterator[CaseOutcome]:
    try:
        fields = read_entry(source.files[path], path).fields(_FILE, _FILE_MAY)
        reader, entries = _CaseReader(pack, fields), fields["cases"].items()
    except Unreadable as unreadable:
        line = unreadable.problem.place.line
        yield CaseOutcome(source.name, path, line, path, unreadable.problem)
        return
    cases, refused = _read_cases(pack, reader, entries)
    embedded = _judged(pack, cases)
    for place, entry in enumerate(entries):
        if place in refused:
            yield CaseOutcome(source.name, path, entry.line, path, refused[place])
        else:
            case, parameters = cases[place]
            said = {rule: embedded[place, rule] for rule in pack.rules}
            problem = _problem_of(pack, case, parameters, said)
            yield CaseOutcome(source.name, path, entry.line, case.name, problem)


def run_pack_tests(pack: Pack) -> tuple[CaseOutcome, ...]:
    """Run every case of the chain on both engines, each under the pack it belongs to."""
    found: list[CaseOutcome] = []
    for position, source in enumerate(pack.sources, start=1):
        paths = [path for path in source.files if path.startswith("tests/")]
        if paths:
            own = pack if source is pack.sources[-1] else load_sources(pack.sources[:position])
            found += [outcome for path in paths for outcome in _run_file(own, source, path)]
    return tuple(found)
