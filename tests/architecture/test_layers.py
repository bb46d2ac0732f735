"""Dependencies point down, and a feature has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from architecture.tree import ROOT, SOURCE, depth_of, imported, parsed, rooms, sources

if TYPE_CHECKING:
    from django.db.models import Model

    from architecture.tree import Source

FEATURES = {name for room in rooms() for name in room if (SOURCE / name / "apps.py").exists()} - {
    "shell"
}
# Doors of the foundation beside `api`: open places that features fill, and the pages' decorators.
FOUNDATION_DOORS = {
    "ui": {"api", "navigation", "panels", "wording"},
    "access": {"api", "web"},
}
IMPURE = {
    "django",
    "io",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "bangfu.foundation",
}


def test_the_import_contracts_hold() -> None:
    # A process of its own: in ours it would switch off every logger that others have made.
    words = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()"]
    done = subprocess.run(
        [*words, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_import_contract_has_an_exception() -> None:
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_room_of_the_tree_stands_in_the_contract() -> None:
    named = {name for room in rooms() for name in room}
    found = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert found
    assert found <= named


@pytest.mark.parametrize(
    "package",
    sorted(
        path.parent.relative_to(SOURCE.parent).as_posix().replace("/", ".")
        for path in [*SOURCE.glob("*/__init__.py"), *SOURCE.glob("foundation/*/__init__.py")]
    ),
)
def test_every_room_says_what_it_owns(package: str) -> None:
    words = import_module(package).__doc__
    assert words is not None
    assert len(words.split()) > 3


def upward_keys(models: list[type[Model]]) -> list[str]:
    """Foreign keys from a lower room to a higher one, or to a sibling."""
    found = []
    for model in models:
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete else None
            if not isinstance(target, type) or not target.__module__.startswith("bangfu."):
                continue
            here, there = model.__module__, target.__module__
            same_room = here.split(".")[1] == there.split(".")[1]
            if not same_room and depth_of(there) <= depth_of(here):
                found.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    return found


def test_foreign_keys_point_down() -> None:
    models = [model for model in apps.get_models() if model.__module__.startswith("bangfu.")]
    assert models
    assert upward_keys(models) == []


def test_rooms_are_ordered_from_top_to_bottom() -> None:
    assert depth_of("bangfu.cases.models") < depth_of("bangfu.registry.models")
    assert depth_of("bangfu.registry.models") < depth_of("bangfu.foundation.access.models")
    assert depth_of("bangfu.portal.models") == depth_of("bangfu.insight.models")


def back_doors(source: Source) -> list[str]:
    """Imports that enter another feature, or a part of the foundation, beside its door."""
    own = source.module.split(".")
    found = []
    for name in imported(source):
        parts = [*name.split("."), "", ""]
        if parts[0] != "bangfu" or parts[1] == own[1] != "foundation":
            continue
        if parts[1] in FEATURES and parts[2] != "api":
            found.append(f"{source.name}: {name}")
        if parts[1] == "foundation" and own[1:3] != parts[1:3]:
            doors = FOUNDATION_DOORS.get(parts[2], {"api"})
            if parts[3] not in doors:
                found.append(f"{source.name}: {name}")
    return found


def test_features_are_entered_by_their_api_alone() -> None:
    inside = [each for each in sources("src") if not each.is_migration]
    assert [line for each in inside for line in back_doors(each)] == []


@pytest.mark.parametrize(
    ("place", "line", "refused"),
    [
        ("cases/services.py", "from bangfu.registry.models import Household", True),
        ("cases/services.py", "import_module('bangfu.registry.services')", True),
        ("cases/services.py", "from bangfu.registry.api import Household", False),
        ("cases/services.py", "from bangfu.registry import api", False),
        ("cases/services.py", "from bangfu.cases.models import Clue", False),
        ("cases/services.py", "from bangfu.foundation.audit.models import Row", True),
        ("cases/services.py", "from bangfu.foundation.audit.api import record", False),
        ("foundation/jobs/a.py", "from bangfu.foundation.audit.models import Row", True),
        ("foundation/jobs/a.py", "from bangfu.foundation.jobs.models import Job", False),
        ("cases/web/views.py", "from bangfu.foundation.ui.panels import Panel", False),
    ],
)
def test_the_search_for_back_doors_finds_them(place: str, line: str, refused: bool) -> None:
    assert bool(back_doors(parsed(line, f"src/bangfu/{place}"))) is refused


def domain_files() -> list[Source]:
    return [
        each
        for each in sources("src")
        if "domain" in each.module.split(".") or each.module.startswith("bangfu.kernel")
    ]


def own_domain(source: Source) -> str:
    """The domain a file belongs to: `bangfu.cases.domain` for all that lies in it."""
    before, word, _ = source.module.partition(".domain")
    return before + word


def test_domains_know_no_framework_no_clock_and_no_files() -> None:
    # The kernel is where the clock and the ids are made, from time and chance given as arguments.
    given = {"bangfu.kernel.clock": {"time"}, "bangfu.kernel.ids": {"os"}}
    found = [
        f"{each.name}: {name}"
        for each in domain_files()
        for name in imported(each)
        for impure in IMPURE - given.get(each.module, set())
        if f"{name}.".startswith(f"{impure}.") and not name.startswith(own_domain(each))
    ]
    assert domain_files()
    assert found == []


def test_nothing_uses_what_only_one_database_has() -> None:
    found = [
        f"{each.name}: {name}"
        for each in sources("src")
        for name in imported(each)
        if name.startswith("django.contrib.postgres")
    ]
    assert found == []


def test_no_column_is_a_float_or_a_decimal() -> None:
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("bangfu.")
        for field in model._meta.concrete_fields
        if field.get_internal_type() in {"FloatField", "DecimalField"}
    ]
    assert found == []


# A job is machinery below the procedures: waiting, running, done. It decides about nobody.
MACHINERY = "bangfu.foundation.jobs"


def state_writes(source: Source) -> list[str]:
    """Lines that write `.state`, or a column called `state`, by hand."""
    found = []
    for node in ast.walk(source.tree):
        targets = {
            ast.Assign: lambda node: node.targets,
            ast.AugAssign: lambda node: [node.target],
            ast.AnnAssign: lambda node: [node.target],
        }.get(type(node), lambda _: [])(node)
        written = [each for each in targets if isinstance(each, ast.Attribute)]
        updates = (
            [word for word in node.keywords if word.arg == "state"]
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"update", "update_or_create"}
            else []
        )
        if any(each.attr == "state" for each in written) or updates:
            found.append(f"{source.name}:{node.lineno}")
    return found


def test_only_the_procedures_services_write_a_state() -> None:
    inside = [
        each
        for each in sources("src")
        if not each.module.startswith(("bangfu.procedures.services", MACHINERY))
        and not each.is_migration
    ]
    assert [line for each in inside for line in state_writes(each)] == []


@pytest.mark.parametrize(
    "line", ["matter.state = 'closed'", "x.objects.filter(a=1).update(state='closed')"]
)
def test_a_state_written_by_hand_is_found(line: str) -> None:
    assert state_writes(parsed(line)) == ["src/bangfu/made_up.py:1"]


OF_A_STATE = {"procedures.PublicNotice", "procedures.Escalation"}
"""What the engine notes of the state a matter was in then, once and for good."""


def test_only_a_matter_has_a_state() -> None:
    found = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("bangfu.")
        and not model.__module__.startswith(MACHINERY)
        and any(field.name == "state" for field in model._meta.concrete_fields)
    }
    assert found - OF_A_STATE == {"procedures.Matter"}
