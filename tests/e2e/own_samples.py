"""What pages are opened for and the matrix's world does not hold: papers, files, notices.

Each is made by the services, by the people of the world where only people may.
"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from access_matrix.world import DAY, NOBODY, OWN, A
from bangfu.cases.api import Declared, declare
from bangfu.cases.jobs_papers import PRINT_CARDS
from bangfu.cases.models import Declaration
from bangfu.cases.services.own_side import hand_out_file
from bangfu.cases.services.papers import issue_card
from bangfu.foundation.access.api import actor_of, system_actor
from bangfu.foundation.audit.api import seal_batch
from bangfu.foundation.files.api import store
from bangfu.foundation.jobs.api import JobState, enqueue, run_in_foreground
from bangfu.meetings.api import add_paper
from bangfu.plans.api import (
    EVIDENCE,
    Measure,
    Plan,
    Written,
    change_measure,
    finish_measure,
    move_plan,
    start_measure,
)
from bangfu.procedures.api import list_notices
from bangfu.registry.api import Household
from bangfu.teams.api import Duty
from cases.recognition_making import Walk, days_later

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from access_matrix.world import World
    from bangfu.foundation.access.api import Actor

    Sample = tuple[str, str, tuple[object, ...]]

OFFICER, TOWNSHIP, VILLAGE = "county_officer", "township_reviewer", "village_official"
PICTURE: Final = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00"
    b"IEND\xaeB`\x82"
)
"""The smallest picture there is."""


def own_samples(world: World) -> Iterator[Sample]:
    """Route, who opens it, and what it is asked for."""
    yield from _papers(world)
    yield from _files(world)
    yield from _notice(world)
    yield "portal:language", NOBODY, ("zh-hans",)


def _by(world: World, name: str) -> Actor:
    return actor_of(world.people[name].person)


def _papers(world: World) -> Iterator[Sample]:
    """An issued card, the papers of a case, and a village's cards that wait and are printed."""
    home = next(each for each in world.homes if each.village == OWN)
    card = issue_card(actor=system_actor("tests"), household_id=home.id)
    yield "documents:check", NOBODY, (card.code,)
    case = next(key for key, village in world.cases.items() if village.startswith(A))
    yield "papers:case", OFFICER, (case,)
    yield "papers:preview", OFFICER, (case, "household_card")
    payload: dict[str, Any] = {"division": OWN}
    for route in ("papers:cards_job", "papers:cards_done"):
        actor = _by(world, OFFICER)
        job = enqueue(
            actor=actor, kind=PRINT_CARDS, payload=payload, idempotency_key=f"page:{route}"
        )
        if route.endswith("done"):
            job.result = run_in_foreground(PRINT_CARDS, payload, actor, lambda *_: None)
            job.state = JobState.DONE
            job.save()
        yield route, OFFICER, (job.pk,)


def _files(world: World) -> Iterator[Sample]:
    """A photo of a declaration, a household's own file, a meeting's sheet, a measure's evidence."""
    home = next(each for each in world.homes if each.village == OWN)
    said = Declared(OWN, "甲春兰", ("illness",), pictures=[io.BytesIO(PICTURE)])
    declare(actor=system_actor("tests"), declared=said, token="own sample", held=True)
    declared = Declaration.objects.exclude(files=[]).latest("pk")
    yield "appeals:picture", TOWNSHIP, (declared.pk, declared.files[0])
    handed = hand_out_file(actor=_by(world, VILLAGE), household_id=home.id)
    yield "appeals:file", OFFICER, (home.id, handed.paper_id)
    meeting = next(key for key, place in world.duties.meetings.items() if place == OWN)
    paper = add_paper(
        actor=_by(world, VILLAGE), meeting_id=meeting, kind="signatures", name="签到表.png",
        stream=io.BytesIO(PICTURE),
    )  # fmt: skip
    yield "meetings:paper", OFFICER, (meeting, paper.file_id)
    measure, evidence = _finished(world, home.id)
    yield "plans:evidence", OFFICER, (measure, evidence)


def _finished(world: World, home: UUID) -> tuple[UUID, UUID]:
    """The household's plan is confirmed, decided and begun, and a measure is done."""
    village, township = _by(world, VILLAGE), _by(world, TOWNSHIP)
    plan = Plan.objects.get(household=home)
    cadre = Duty.objects.filter(division=OWN, role="first_secretary")[0].cadre_id
    for each in plan.measures.all():
        written = Written(
            family=each.family, risk=each.risk, title=each.title, starts_on=DAY,
            due_on=DAY + timedelta(days=30), responsible=cadre,
        )  # fmt: skip
        change_measure(actor=village, measure_id=each.pk, written=written)
    move_plan(actor=village, plan_id=plan.pk, move="submit")
    move_plan(actor=township, plan_id=plan.pk, move="approve")
    measure = Measure.objects.filter(plan=plan).earliest("pk")
    start_measure(actor=village, measure_id=measure.pk)
    paper = store(
        actor=village, name="签收单.txt", stream=io.BytesIO(b"x"), purpose=EVIDENCE.name,
        division=OWN,
    )  # fmt: skip
    finish_measure(actor=village, measure_id=measure.pk, note="已经到户", evidence=[paper.pk])
    return measure.pk, paper.pk


def _notice(world: World) -> Iterator[Sample]:
    """A recognition that hangs on the village's board."""
    names = {
        "villager": VILLAGE, "team": "village_official_of_two_villages", "officer": OFFICER,
        "reviewer": TOWNSHIP, "approver": "county_approver",
    }  # fmt: skip
    people = {name: world.people[who].person for name, who in names.items()}
    free = Household.objects.filter(village_code=OWN).exclude(
        pk__in=[each.id for each in world.homes if each.village == OWN][:1]
    )
    walk = Walk({name: person for name, person in people.items() if person is not None})
    # The village has another meeting on the world's own day.
    with days_later(-3):
        walk.to("notice", free[0].household_number)
    # What was written three days ago is sealed by now; the health page would say otherwise.
    seal_batch()
    notice = next(iter(list_notices(division=OWN)))
    for route in ("portal:sheet", "portal:object"):
        yield route, NOBODY, (OWN, notice.number)
