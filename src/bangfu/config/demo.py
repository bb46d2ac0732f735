"""Fill an empty home with a made-up county, by the same services that people use.

Every stage can be run again: what stands is recognised and skipped, so an interrupted filling
goes on where it stopped, and a second `make demo` takes seconds.
"""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from bangfu.config.demo_cases import walk_cases
from bangfu.config.demo_lists import hand_in
from bangfu.config.demo_places import fill_places
from bangfu.config.demo_teams import fill_teams
from bangfu.config.demo_work import work_on_clues
from bangfu.config.opening import prepare_home
from bangfu.foundation.access.api import actor_of, grant_posting, system_actor
from bangfu.foundation.accounts.api import Person, create_person
from bangfu.foundation.clock.api import now, using_clock
from bangfu.foundation.jobs.api import run_worker
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.division import NATION
from bangfu.policy.api import publish_pack
from bangfu.registry.api import check_upload, commit_batch
from bangfu.synthetic.api import STORY, Options, demo_people, generate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bangfu.synthetic.api import DataFile, DemoPerson

    Tell = Callable[[str], None]

__all__ = ["fill_demo", "make_people"]

FILLED = "filled"
DAYS = (date(2015, 6, 30), date(2019, 6, 30), date(2023, 11, 20), date(2025, 11, 20))
"""Registers before this year's: two of the years of targeted alleviation, which hold the poor
alone, two of the transition. The last is the year before, against which income may have fallen."""
POSTED = date(2014, 1, 1)
"""Before the first register, so that its import is the officer's own."""
DAYS_AGO = timedelta(days=4)
A_NIGHT = timedelta(hours=12)


def fill_demo(households: int, tell: Tell) -> None:
    """Make the demo's home: divisions, people, policy, registers, lists, clues.

    Args:
        households: how many to make up.
        tell: is given a line for each stage.

    Raises:
        Refused: when a service refuses, which is a defect of the demo.
    """
    mark = settings.BANGFU_HOME / "demo.json"
    with _stage(tell, "home and divisions"):
        prepare_home()
    if json.loads(mark.read_text(encoding="utf-8"))[FILLED]:
        tell("  the county is already there")
        return
    with _stage(tell, f"people ({len(demo_people())}) and policy pack"):
        make_people(mark)
        publish_pack(actor=system_actor("demo", NATION), path="demo")
    with tempfile.TemporaryDirectory(prefix="bangfu-demo-") as folder:
        with _stage(tell, f"{households:,} households made up, through three phases"):
            made = generate(
                STORY.division, households, STORY.seed, Path(folder), options=Options(days=DAYS)
            )
        for register in made.files:
            if register is made.files[-1]:
                _live_before(tell)
            with _stage(tell, f"register of {register.day} imported"):
                _import(register, tell)
        with _stage(tell, "departments' lists handed in"):
            tell(f"    {hand_in(STORY.division, made.lists):,} rows in {len(made.lists)} lists")
    received = _received_at()
    with _stage(tell, "every household judged, clues opened"), using_clock(FixedClock(received)):
        run_worker(once=True)
    with _stage(tell, "days of work on the clues"):
        work_on_clues(demo_people()[0].username, received)
        run_worker(once=True)
    _remember(mark, **{FILLED: now().isoformat()})


def _live_before(tell: Tell) -> None:
    """What stands and happens in the county before this year's register comes."""
    with _stage(tell, "area tags, village records and teams"):
        fill_places(STORY.division, STORY.day)
        fill_teams(STORY.division, STORY.day)
    with _stage(tell, "weeks of cases in one township"):
        tell(f"    {walk_cases(_received_at() - A_NIGHT)}")


@contextmanager
def _stage(tell: Tell, name: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    tell(f"  {name}: {time.monotonic() - begun:.1f} s")


def make_people(mark: Path) -> None:
    """Make the demo's people with their postings, and name them in the mark."""
    security = system_actor("demo", NATION)
    known = set(Person.objects.values_list("username", flat=True))
    for each in demo_people():
        if each.username in known:
            continue
        person = create_person(
            actor=security, username=each.username, name=each.name, password=each.password
        )
        grant_posting(
            actor=security, person=person, organisation=each.organisation, title=each.title,
            role=each.role, divisions=each.divisions, valid_from=POSTED,
        )  # fmt: skip
    _remember(mark, people=[_card(each) for each in demo_people()])


def _card(person: DemoPerson) -> dict[str, str]:
    title = f"{person.organisation} · {person.title}：{person.introduction}"
    return {"username": person.username, "password": person.password, "name": person.name,
            "title": title}  # fmt: skip


def _remember(mark: Path, **values: object) -> None:
    """Write the mark whole: a reader never sees half of it."""
    known = json.loads(mark.read_text(encoding="utf-8"))
    fresh = mark.with_suffix(".new")
    fresh.write_text(json.dumps(known | values, ensure_ascii=False), encoding="utf-8")
    fresh.replace(mark)


def _import(register: DataFile, tell: Tell) -> None:
    """Import as the county officer does; an earlier register is received on its own day."""
    officer = Person.objects.get(username=demo_people()[0].username)
    moment = _morning_of(register.day) if register.day < STORY.day else _received_at()
    with using_clock(FixedClock(moment)):
        _check_and_commit(officer, register, tell)


def _morning_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def _received_at() -> datetime:
    """When this year's register came: some days ago, so that some clues are due and some late."""
    return max(_morning_of(STORY.day), now().replace(hour=1, minute=0) - DAYS_AGO)


def _check_and_commit(officer: Person, register: DataFile, tell: Tell) -> None:
    actor = actor_of(officer, purpose="演示数据入库", on=STORY.day)
    batch = check_upload(
        actor=actor, sources=[register.path], data_date=register.day, division=STORY.division
    )
    batch = commit_batch(actor=actor, batch_id=batch.id)
    tell(f"    {batch.new:,} new, {batch.changed:,} changed, {batch.refused:,} rows to put right")
