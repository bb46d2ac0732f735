"""Import of a register: made up, checked, committed, and sent a second time unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from bangfu.foundation.access.api import system_actor
from bangfu.registry.api import check_upload, commit_batch, load_divisions
from bangfu.synthetic.api import STORY, Options, generate
from bench.place import Stages, most_memory_mib, tell

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.registry.api import ImportBatch
    from bangfu.synthetic.api import DataFile

HOUSEHOLDS: Final = 100_000


def run(home: Path, households: int, before: dict[str, Any]) -> None:
    """Measure the stages and print them."""
    load_divisions()
    stages = Stages()
    with stages.stage("make up"):
        made = generate(
            STORY.division, households, 7, home / "made", layout="csv", options=Options()
        )
    register = made.files[-1]
    with stages.stage("check"):
        batch = _check(register)
    checked = most_memory_mib()
    with stages.stage("commit"):
        batch = commit_batch(actor=_actor(), batch_id=batch.id)
    committed = most_memory_mib()
    with stages.stage("check the same again"):
        again = _check(register)
    seconds = stages.found["check"]["seconds"] + stages.found["commit"]["seconds"]
    tell(
        {
            "benchmark": "import of a register",
            "machine": before,
            "database": connection.vendor,
            "shape": {"households": made.households, "members": made.members, "layout": "CSV"},
            "stages": stages.found,
            "rows_a_second": round((made.households + made.members) / seconds),
            "most_memory_mib": {"after check": checked, "after commit": committed},
            "failures": {
                "refused": batch.refused,
                "not new": made.households - batch.new,
                "changed by sending it again": again.new + again.changed,
            },
        }
    )


def _actor() -> Any:
    return system_actor("bench", STORY.division)


def _check(register: DataFile) -> ImportBatch:
    return check_upload(
        actor=_actor(), sources=[register.path], division=STORY.division, data_date=register.day
    )
