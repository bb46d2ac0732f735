"""Reads a procedure table, and refuses it with file, line and reason when it is wrong."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.domain.located import Located, Reader, Row
from bangfu.procedures.domain.reading_conditions import Guards, read_fact, read_list, read_paper
from bangfu.procedures.domain.reading_steps import read_move, read_opening, read_state
from bangfu.procedures.domain.soundness import check_soundness
from bangfu.procedures.domain.table import Procedure

_HEAD: Final = "name version valid_from label source reads opens states moves"
_PARTS: Final = "facts guards papers lists"


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
    problems = reader.problems or check_soundness(procedure)
    if problems:
        raise ProcedureInvalid(*sorted(problems, key=_by_line))
    return procedure


def _by_line(problem: Problem) -> tuple[int, str]:
    return problem.place.line, problem.code


def _procedure(reader: Reader, row: Row, tree: Located) -> Procedure:
    lists = {name: read_list(reader, codes) for name, codes in row.entries("lists")}
    facts = {name: read_fact(reader, name, each, lists) for name, each in row.entries("facts")}
    guards = Guards(reader, row, facts, lists)
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
        opening=read_opening(reader, row),
        states={name: read_state(reader, name, each) for name, each in row.entries("states")},
        moves={name: read_move(reader, name, each) for name, each in row.entries("moves")},
        guards={name: guards.read(name, each) for name, each in row.entries("guards")},
        facts=facts,
        papers={name: read_paper(reader, name, each) for name, each in row.entries("papers")},
        lists=lists,
        document=document,
        file=reader.file,
        lines=_lines(row),
    )


def _lines(row: Row) -> dict[str, int]:
    """Where each part stands: `states.new` -> 12, and where a matter opens."""
    found = {name: row.line_of(name) for name in ("opens", "reads")}
    for part in ("states", "moves", *_PARTS.split()):
        values = row.values[part].value if part in row.values else {}
        for name, each in values.items() if isinstance(values, dict) else ():
            found[f"{part}.{name}"] = each.line
    return found
