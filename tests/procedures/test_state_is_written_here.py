"""Nothing but the procedures' services writes a matter's state."""

from __future__ import annotations

import ast
from pathlib import Path

import bangfu

ROOT = Path(bangfu.__file__).parent
ALLOWED = "procedures/services/"
# Rows of other tables that say in a column of the same name how far machinery has come.
OTHER_TABLES = {"Job"}
WRITES = {"update", "create", "get_or_create", "update_or_create", "bulk_create", "Matter"}


def writes_of_state(text: str) -> list[int]:
    """The lines that set an attribute, or give a writing call a column, called `state`."""
    found = []
    for node in ast.walk(ast.parse(text)):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(
            isinstance(each, ast.Attribute)
            and each.attr == "state"
            and not (isinstance(each.value, ast.Name) and each.value.id == "self")
            for each in targets
        ):
            found.append(node.lineno)
        if isinstance(node, ast.Call):
            name = (
                node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            )
            owner = ast.unparse(node.func).partition(".")[0]
            given = {word.arg for word in node.keywords}
            if name in WRITES and "state" in given and owner not in OTHER_TABLES:
                found.append(node.lineno)
    return found


def test_only_the_procedures_write_a_state() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted(ROOT.rglob("*.py"))
        if not str(path.relative_to(ROOT)).startswith((ALLOWED, "foundation/jobs/"))
        and "migrations" not in path.parts
        for line in writes_of_state(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_a_planted_write_is_found() -> None:
    planted = (
        "matter.state = 'x'\n"
        "Matter.objects.filter(pk=1).update(state='x')\n"
        "Matter(state='x')\n"
        "other.status = 1\n"
    )
    assert writes_of_state(planted) == [1, 2, 3]
