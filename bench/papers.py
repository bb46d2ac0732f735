"""A thousand household cards: each a PDF of its own, drafted and issued; a village in one file."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from bangfu.cases.queries.paper_public import card_data
from bangfu.cases.services.papers import issue_card, issue_village_cards
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.documents.api import render_paper
from bangfu.registry.api import Household, check_upload, commit_batch, load_divisions
from bangfu.synthetic.api import STORY, Options, generate
from bench.place import Stages, most_memory_mib, spread, tell

if TYPE_CHECKING:
    from pathlib import Path

HOUSEHOLDS: Final = 1_000
VILLAGE: Final = 300
"""Households of the village whose cards are printed in one file."""


def run(home: Path, households: int, before: dict[str, Any]) -> None:
    """Measure, and print."""
    load_divisions()
    actor = system_actor("bench", STORY.division)
    made = generate(STORY.division, households, 7, home / "made", layout="csv", options=Options())
    batch = check_upload(
        actor=actor,
        sources=[made.files[-1].path],
        division=STORY.division,
        data_date=made.files[-1].day,
    )
    commit_batch(actor=actor, batch_id=batch.id)
    rows = list(Household.objects.order_by("household_number"))
    loaded = most_memory_mib()
    stages = Stages()
    with stages.stage("data of all cards, 50 households at a time"):
        for begin in range(0, len(rows), 50):
            card_data(actor, rows[begin : begin + 50])
    drafted = _drafts(actor, rows, stages)
    middle = most_memory_mib()
    issued = _issues(actor, rows, stages)
    ended = most_memory_mib()
    village = _one_village(rows)
    with stages.stage("cards of one village in one file"):
        (paper,) = issue_village_cards(actor=actor, village=village, report=lambda *_: None)
    seconds = stages.found["issued one by one"]["seconds"]
    tell(
        {
            "benchmark": "household cards as PDF",
            "machine": before,
            "database": connection.vendor,
            "shape": {
                "cards": len(rows),
                "households in the village": VILLAGE,
                "bytes of a card": drafted["bytes"] // len(rows),
                "bytes of the village": paper.file.size,
            },
            "stages": stages.found,
            "drafted": drafted,
            "issued": {**spread(issued), "a_second": round(len(rows) / seconds, 1)},
            "most_memory_mib": {
                "before": loaded,
                "after the drafts": middle,
                "after the issued": ended,
                "after the village": most_memory_mib(),
            },
            "failures": {"not issued": len(rows) - len(issued)},
        }
    )


def _drafts(actor: Any, rows: list[Household], stages: Stages) -> dict[str, Any]:
    """Every card drafted: read, set, thrown away."""
    times, size = [], 0
    with stages.stage("drafted one by one"):
        for each in rows:
            begun = time.perf_counter()
            size += len(render_paper("household_card", card_data(actor, [each])).pdf)
            times.append(time.perf_counter() - begun)
    seconds = stages.found["drafted one by one"]["seconds"]
    return {**spread(times), "a_second": round(len(rows) / seconds, 1), "bytes": size}


def _issues(actor: Any, rows: list[Household], stages: Stages) -> list[float]:
    """Every card issued: read, set, sealed on the disk, written down, audited."""
    times = []
    with stages.stage("issued one by one"):
        for each in rows:
            begun = time.perf_counter()
            issue_card(actor=actor, household_id=each.pk)
            times.append(time.perf_counter() - begun)
    return times


def _one_village(rows: list[Household]) -> str:
    """Gather so many households in the village that has most, and answer it."""
    ((village, _),) = Counter(each.village_code for each in rows).most_common(1)
    chosen = [each.pk for each in rows[:VILLAGE]]
    Household.objects.filter(village_code=village).exclude(pk__in=chosen).update(active=False)
    Household.objects.filter(pk__in=chosen).update(village_code=village)
    return village
