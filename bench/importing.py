"""Import of registers: made up, checked, committed, and sent a second time unchanged.

One upload holds at most a few tens of thousands of households (see `importing.domain.limits`), so
a hundred thousand come as the five counties of a prefecture, one after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from bangfu.foundation.access.api import system_actor
from bangfu.registry.api import check_upload, commit_batch, load_divisions
from bangfu.synthetic.api import Options, generate
from bench.place import Stages, most_memory_mib, tell

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.registry.api import ImportBatch
    from bangfu.synthetic.api import DataFile

HOUSEHOLDS: Final = 100_000
COUNTIES: Final = ("511902", "511903", "511921", "511922", "511923")
"""Bazhong: the prefecture of the demo's county."""


def run(home: Path, households: int, before: dict[str, Any]) -> None:
    """Measure the stages and print them."""
    load_divisions()
    stages = Stages()
    with stages.stage("make up"):
        made = [
            generate(
                county,
                households // len(COUNTIES),
                7,
                home / county,
                layout="csv",
                options=Options(),
            )
            for county in COUNTIES
        ]
    registers = list(zip(COUNTIES, (each.files[-1] for each in made), strict=True))
    with stages.stage("check"):
        batches = [_check(county, register) for county, register in registers]
    checked = most_memory_mib()
    with stages.stage("commit"):
        batches = [commit_batch(actor=_actor(), batch_id=each.id) for each in batches]
    committed = most_memory_mib()
    with stages.stage("check the same again"):
        again = [_check(county, register) for county, register in registers]
    seconds = stages.found["check"]["seconds"] + stages.found["commit"]["seconds"]
    people, homes = sum(each.members for each in made), sum(each.households for each in made)
    tell(
        {
            "benchmark": "import of the registers of five counties",
            "machine": before,
            "database": connection.vendor,
            "shape": {"households": homes, "members": people, "layout": "CSV"},
            "stages": stages.found,
            "rows_a_second": round((homes + people) / seconds),
            "most_memory_mib": {"after check": checked, "after commit": committed},
            "failures": {
                "refused": sum(each.refused for each in batches),
                "not new": homes - sum(each.new for each in batches),
                "changed by sending it again": sum(each.new + each.changed for each in again),
            },
        }
    )


def _actor() -> Any:
    return system_actor("bench", COUNTIES[0][:4])


def _check(county: str, register: DataFile) -> ImportBatch:
    return check_upload(
        actor=_actor(), sources=[register.path], division=county, data_date=register.day
    )
