"""The inbox of a county officer over 100,000 open cases, in PostgreSQL."""

from __future__ import annotations

import time
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.cases.api import CaseKind
from bangfu.cases.models import Case
from bangfu.foundation.access.api import actor_of, grant_posting, system_actor
from bangfu.foundation.accounts.api import create_person
from bangfu.foundation.bulk.api import insert_rows
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.kernel.division import NATION
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import Matter, Subject, open_matter
from bangfu.registry.api import Household, load_divisions
from bench.filling import fill
from bench.place import spread, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bangfu.foundation.access.api import Actor

HOUSEHOLDS: Final = 100_000
COUNTY: Final = "511921"
TIMES: Final = 40
CHUNK: Final = 20_000
STATES: Final = {
    CaseKind.RECOGNITION: (
        "opened", "checked", "compared", "reviewed", "notice", "township_review",
        "county_approval", "announcement",
    ),
    CaseKind.MONITORING: ("monitored", "monitored", "monitored", "proposed", "eliminated"),
}  # fmt: skip
KINDS: Final = (CaseKind.RECOGNITION, *[CaseKind.MONITORING] * 2)
OLDEST: Final = {CaseKind.RECOGNITION: 20, CaseKind.MONITORING: 700}
"""The most days since a case was opened."""
RISKS: Final = ("illness", "schooling", "disability", "disaster", "work", "labour")
PAGES: Final = {
    "the inbox": "/cases/",
    "my turn, overdue": "/cases/?turn=mine&due=overdue",
    "page 50": "/cases/?page=50",
    "one township": f"/cases/?place={COUNTY}103",
    "one step, by name": "/cases/?kind=recognition&step=checked&sort=name",
    "one risk": "/cases/?risk=illness",
    "the overview": "/cases/overview/",
    "the home page": "/",
}


def run(home: Path, households: int, before: dict[str, Any]) -> None:
    """Fill the register and open the cases, ask for the pages, and print how long they took."""
    load_divisions()
    publish_pack(actor=system_actor("bench", NATION), path="demo")
    filled = fill(households, COUNTY)
    officer, actor = _officer()
    begun = time.perf_counter()
    opened = _open_cases(actor)
    tell(
        {
            "benchmark": "the inbox of a county officer",
            "machine": before,
            "database": connection.vendor,
            "shape": {
                "households": households,
                "members": filled.members,
                "open_cases": opened,
                "loading_seconds": round(filled.seconds + time.perf_counter() - begun, 1),
            },
            "pages": {name: _measure(officer, path) for name, path in PAGES.items()},
        }
    )


def _officer() -> tuple[Client, Actor]:
    system = system_actor("bench")
    person = create_person(actor=system, username="bench", name="周敏", password=str(new_id()))
    grant_posting(
        actor=system, person=person, organisation="通江县", title="县级经办",
        role="county_officer", divisions=[COUNTY],
    )  # fmt: skip
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.get(pk=person.pk))
    return client, actor_of(person)


def _open_cases(actor: Actor) -> int:
    """One case a household, by the bulk path; the engine opens one of each kind as a pattern."""
    first = Household.objects.earliest("household_number")
    versions = {
        kind: open_matter(
            actor=actor,
            procedure=kind.value,
            subject=Subject(first.village_code, "household", first.pk),
        ).version_id
        for kind in STATES
    }
    number = 0
    rows = Household.objects.order_by("household_number").values_list("pk", "village_code")
    made = list(_rows(rows, versions, actor))
    for start in range(0, len(made), CHUNK):
        part = made[start : start + CHUNK]
        with transaction.atomic():
            _write(Matter, [matter for matter, _case in part])
            _write(Case, [case for _matter, case in part])
        number += len(part)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return number


def _rows(
    households: Any, versions: dict[CaseKind, str], actor: Actor
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    moment, day = now(), today()
    for running, (household, village) in enumerate(households):
        kind = KINDS[running % len(KINDS)]
        state = STATES[kind][running // 7 % len(STATES[kind])]
        opened = day - timedelta(days=running * 31 % OLDEST[kind])
        due = None if state == "monitored" else day + timedelta(days=running * 17 % 33 - 3)
        matter = {
            "id": new_id(), "procedure": kind.value, "version_id": versions[kind], "state": state,
            "subject_type": "household", "subject_id": household, "division": village,
            "due_on": due, "due_provisional": False, "opened_at": moment, "entered_at": moment,
            "closed_at": None, "lock_version": 1,
        }  # fmt: skip
        case = {
            "id": new_id(), "matter_id": matter["id"], "number": f"B-{running:08}",
            "kind": kind.value, "open": True, "household_id": household, "division": village,
            "category": "prevention", "risks": f'["{RISKS[running % len(RISKS)]}"]', "mode": "",
            "closing_reason": "", "handler_id": actor.person_id, "opened_on": opened,
        }  # fmt: skip
        yield matter, case


def _write(model: type[Matter] | type[Case], rows: list[dict[str, Any]]) -> None:
    insert_rows(model, tuple(rows[0]), [tuple(row.values()) for row in rows])


def _measure(client: Client, path: str) -> dict[str, Any]:
    """How long a page takes from the request to the last byte, and how many statements it sends."""
    begun = time.perf_counter()
    answer = client.get(path)
    first = time.perf_counter() - begun
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(path)
        seconds.append(time.perf_counter() - begun)
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return {**spread(seconds), "first_ms": round(1000 * first, 1), "statements": len(caught)}
