"""A small made-up county behind a running server, filled as the demo is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bangfu.config.demo import make_people
from bangfu.config.demo_work import work_on_clues
from bangfu.config.opening import prepare_home
from bangfu.foundation.access.api import actor_of, system_actor
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.clock.api import now, today
from bangfu.foundation.jobs.api import run_worker
from bangfu.policy.api import publish_pack
from bangfu.registry.api import check_upload, commit_batch
from bangfu.synthetic.api import STORY, Options, World, demo_people, generate

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

HOUSEHOLDS = 150


@pytest.fixture
def demo_county(
    transactional_db: None, settings: SettingsWrapper, tmp_path: Path
) -> tuple[str, ...]:
    """The demo's people, pack and work with fewer households; answers the user names."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "demo.json").write_text(json.dumps({"people": [], "filled": ""}), encoding="utf-8")
    settings.BANGFU_HOME, settings.BANGFU_DEMO = home, True
    prepare_home()
    make_people(home / "demo.json")
    publish_pack(actor=system_actor("demo"), path="demo")
    world = World(round_length=HOUSEHOLDS, day=min(STORY.day, today()))
    made = generate(STORY.division, HOUSEHOLDS, 7, tmp_path / "made", options=Options(world=world))
    officer = actor_of(Person.objects.get(username=demo_people()[0].username))
    for register in made.files:
        batch = check_upload(
            actor=officer, sources=[register.path], data_date=register.day, division=STORY.division
        )
        commit_batch(actor=officer, batch_id=batch.id)
    run_worker(once=True)
    work_on_clues(demo_people()[0].username, now())
    return tuple(each.username for each in demo_people())
