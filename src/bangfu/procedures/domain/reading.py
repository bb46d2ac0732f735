"""Reads a procedure table, and refuses it with file, line and reason when it is wrong."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from bangfu.kernel.division import Level
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.domain.guards import (
    CODE,
    FACT_TYPES,
    FLAG,
    TIERS,
    compile_condition,
    signature_of_fact,
)
from bangfu.procedures.domain.located import Located, Reader, Row
from bangfu.procedures.domain.soundness import check_soundness
from bangfu.procedures.domain.table import (
    Choice,
    CountedFrom,
    DayKind,
    Fact,
    Guard,
    Label,
    Limit,
    Move,
    Notice,
    Opening,
    Paper,
    Procedure,
    State,
)
from bangfu.rules.layout import Code, CodeList
from bangfu.rules.refusals import ExpressionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.expressions import Expression

_HEAD: Final = "name version valid_from label source reads opens states moves"
_PARTS: Final = "facts guards papers lists"
_TIERS: Final = {level.name.lower(): level for level in Level}


class ProcedureInvalid(Refused):
    """A table that cannot be used; the problems say where and why."""


def read_procedure(text: str, file: str = "") -> Procedure:
    """The procedure in `text`.

    Raises:
        ProcedureInvalid: with every problem found, each with its line.
    """
    reader = Reader(file)
    tree = reader.parse(text)
    row = reader.fields(tree, _HEAD, _PARTS)
    procedure = _procedure(reader, row, tree)
    # Soundness is judged only of a table that could be read: no second alarms from a first fault.
    problems = reader.problems or check_soundness(procedure, file, _lines(row))
    if problems:
        raise ProcedureInvalid(*sorted(problems, key=_by_line))
    return procedure


def _by_line(problem: Problem) -> tuple[int, str]:
    return problem.place.line, problem.code


def _procedure(reader: Reader, row: Row, tree: Located) -> Procedure:
    lists = {
        name: tuple(_choice(reader, each) for each in Row(reader, {"": codes}, 1).rows(""))
        for name, codes in row.entries("lists")
    }
    facts = {name: _fact(reader, name, each, lists) for name, each in row.entries("facts")}
    guards = _Guards(reader, facts, lists)
    document = json.dumps(tree.plain(), ensure_ascii=False, sort_keys=False)
    content = json.dumps(tree.plain(), ensure_ascii=False, sort_keys=True)
    return Procedure(
        name=row.text("name"),
        version=row.text("version"),
        hash=hashlib.sha256(content.encode()).hexdigest(),
        valid_from=row.day("valid_from"),
        label=row.label("label"),
        source=row.text("source"),
        reads=row.text("reads"),
        opening=_opening(reader, row),
        states={name: _state(reader, name, each) for name, each in row.entries("states")},
        moves={name: _move(reader, name, each) for name, each in row.entries("moves")},
        guards={name: guards.read(name, each) for name, each in row.entries("guards")},
        facts=facts,
        papers={name: _paper(reader, name, each) for name, each in row.entries("papers")},
        lists=lists,
        document=document,
    )


def _lines(row: Row) -> dict[str, int]:
    """Where each state and move stands: `states.new` -> 12."""
    return {
        f"{part}.{name}": each.line
        for part in ("states", "moves")
        for name, each in row.entries(part)
    }


def _opening(reader: Reader, row: Row) -> Opening:
    if "opens" not in row.values:
        return Opening("", Label("", ""), "")
    found = reader.fields(row.values["opens"], "state label capability", "announces")
    return Opening(
        found.text("state"), found.label("label"), found.text("capability"), found.text("announces")
    )


def _fact(
    reader: Reader, name: str, located: Located, lists: Mapping[str, tuple[Choice, ...]]
) -> Fact:
    row = reader.fields(located, "type label", "asked list")
    kind, code_list = row.text("type"), row.text("list")
    if kind not in FACT_TYPES or (kind == CODE and code_list not in {*lists, TIERS.name}):
        reader.report(
            "procedures.table.unknown_fact_type", row.line_of("type"), fact=name, type=kind
        )
        kind = FLAG
    return Fact(name, kind, row.label("label"), row.flag("asked"), code_list)


class _Guards:
    """Compiles guards over the table's facts and lists."""

    def __init__(
        self,
        reader: Reader,
        facts: Mapping[str, Fact],
        lists: Mapping[str, tuple[Choice, ...]],
    ) -> None:
        self._reader = reader
        self._facts = {
            fact.name: signature_of_fact(fact.type, fact.list) for fact in facts.values()
        }
        self._lists = {TIERS.name: TIERS} | {name: _code_list(name, lists[name]) for name in lists}

    def read(self, name: str, located: Located) -> Guard:
        """One guard; one that does not compile is reported and stands as never true."""
        row = self._reader.fields(located, "when reason", "law")
        return Guard(name, self._compile(name, row), row.label("reason"), row.text("law"))

    def _compile(self, name: str, row: Row) -> Expression:
        try:
            return compile_condition(row.text("when"), self._facts, self._lists)
        except ExpressionRefused as refused:
            values = {**refused.values, "guard": name, "reason": refused.code}
            self._reader.report("procedures.table.guard_invalid", row.line_of("when"), **values)
            return compile_condition("false", {}, {})


def _code_list(name: str, choices: tuple[Choice, ...]) -> CodeList:
    return CodeList(name, tuple(Code(each.code, each.label.zh, each.label.en) for each in choices))


def _limit(reader: Reader, located: Located) -> Limit:
    row = reader.fields(located, "parameter unit", "from")
    unit, start = row.text("unit"), row.text("from") or CountedFrom.ENTERED
    if unit not in set(DayKind) or start not in set(CountedFrom):
        reader.report("procedures.table.unknown_unit", row.line, unit=f"{unit} {start}".strip())
        unit, start = DayKind.WORKING, CountedFrom.ENTERED
    return Limit(row.text("parameter"), DayKind(unit), CountedFrom(start))


def _paper(reader: Reader, name: str, located: Located) -> Paper:
    return Paper(name, reader.fields(located, "label").label("label"))


def _choice(reader: Reader, located: Located) -> Choice:
    row = reader.fields(located, "code zh en")
    return Choice(row.text("code"), Label(row.text("zh"), row.text("en")))


def _state(reader: Reader, name: str, located: Located) -> State:
    row = reader.fields(located, "label", "final limit notice")
    limit = _limit(reader, row.values["limit"]) if "limit" in row.values else None
    notice = None
    if "notice" in row.values:
        hung = reader.fields(row.values["notice"], "label place limit")
        days = _limit(reader, hung.values["limit"]) if "limit" in hung.values else None
        notice = Notice(hung.label("label"), hung.label("place"), days) if days else None
    return State(name, row.label("label"), row.flag("final"), limit, notice)


def _move(reader: Reader, name: str, located: Located) -> Move:
    row = reader.fields(
        located,
        "label from to capability tiers",
        "guards papers note_required not_after keeps_due announces",
    )
    for tier in row.words("tiers"):
        if tier not in _TIERS:
            reader.report(
                "procedures.table.unknown_tier", row.line_of("tiers"), move=name, tier=tier
            )
    return Move(
        name=name,
        label=row.label("label"),
        sources=row.words("from"),
        target=row.text("to"),
        capability=row.text("capability"),
        tiers=frozenset(_TIERS[tier] for tier in row.words("tiers") if tier in _TIERS),
        guards=row.words("guards"),
        papers=row.words("papers"),
        note_required=row.flag("note_required"),
        not_after=row.words("not_after"),
        keeps_due=row.flag("keeps_due"),
        announces=row.text("announces"),
    )
