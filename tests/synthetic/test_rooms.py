"""What makes up life knows the world, not the rules; one module reads the register's layout."""

from __future__ import annotations

import ast
from pathlib import Path

import bangfu.synthetic

_ROOM = Path(str(bangfu.synthetic.__file__)).parent
_ALLOWED = {"bangfu.kernel", "bangfu.synthetic"}
_LAYOUT_READER = "sheets.py"
_DJANGO_SIDE = {"apps.py", "wording.py"}
_LIFE = {
    "bodies",
    "dice",
    "dividing",
    "events",
    "family",
    "life",
    "benefits",
    "casting",
    "contacts",
    "gains",
    "hamlets",
    "homes",
    "lands",
    "regions",
    "registering",
    "reporting",
    "tree",
    "watching",
    "money",
    "names",
    "passing",
    "people",
    "places",
    "planting",
    "rota",
    "schooling",
    "situations",
    "situations_living",
    "situations_people",
    "situations_reported",
    "situations_six",
    "working",
    "world",
}


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_only_one_module_reads_the_layout_and_none_reads_a_pack() -> None:
    for path in sorted(set(_ROOM.glob("*.py")) - {_ROOM / name for name in _DJANGO_SIDE}):
        own = {name for name in _imports(path) if name.split(".")[0] == "bangfu"}
        strange = {name for name in own if ".".join(name.split(".")[:2]) not in _ALLOWED}
        assert strange == ({"bangfu.rules.layout"} if path.name == _LAYOUT_READER else set())
        assert "packs" not in path.read_text(encoding="utf-8") or path.name == _LAYOUT_READER


def test_life_is_made_of_life_and_the_world_alone() -> None:
    for name in sorted(_LIFE):
        imported = {
            each.removeprefix("bangfu.synthetic.")
            for each in _imports(_ROOM / f"{name}.py")
            if each.startswith("bangfu.synthetic.")
        }
        assert imported <= _LIFE, name


def test_nothing_is_thrown_but_by_dice() -> None:
    for path in sorted(_ROOM.glob("*.py")):
        assert not _imports(path) & {"random", "secrets", "time", "uuid", "os"}, path.name
