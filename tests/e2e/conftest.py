"""A small made-up county behind a running server, filled as the demo is.

It is filled once: every journey begins with a copy of the database and of the home. The journeys
run on SQLite alone, where a copy is one file.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as product
from django.core.cache import cache
from django.db import connections
from django.test import override_settings

from bangfu.config.demo import make_people
from bangfu.config.demo_lists import hand_in
from bangfu.config.demo_places import fill_places
from bangfu.config.demo_teams import fill_teams
from bangfu.config.demo_work import work_on_clues
from bangfu.config.opening import prepare_home
from bangfu.foundation.access.api import actor_of, system_actor
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.clock.api import now, today
from bangfu.foundation.jobs.api import run_worker
from bangfu.kernel.division import NATION
from bangfu.policy.api import publish_pack
from bangfu.registry.api import check_upload, commit_batch
from bangfu.registry.queries.divisions import forget_divisions
from bangfu.synthetic.api import STORY, Options, World, demo_people, generate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.plugin import DjangoDbBlocker

HOUSEHOLDS = 360
"""Enough to meet every situation of the generator once."""


@pytest.fixture(scope="session")
def kept(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Callable[[Path], None]], Path]:
    """Fills the database and a home, keeps both in a folder, and leaves the database as it was."""
    folders: dict[str, Path] = {}

    def keep(name: str, fill: Callable[[Path], None]) -> Path:
        if name not in folders:
            folder = tmp_path_factory.mktemp(name)
            mark = {"people": [], "filled": ""}
            (folder / "home").mkdir()
            (folder / "home" / "demo.json").write_text(json.dumps(mark), encoding="utf-8")
            with (
                django_db_blocker.unblock(),
                override_settings(BANGFU_HOME=folder / "home", BANGFU_DEMO=True),
            ):
                copy_to(folder / "before.sqlite3")
                fill(folder)
                copy_to(folder / "filled.sqlite3")
                copy_from(folder / "before.sqlite3")
            folders[name] = folder
        return folders[name]

    return keep


def copy_to(file: Path) -> None:
    """Copy the whole database of the tests into a file."""
    _copy(product.DATABASES["default"]["NAME"], file)


def copy_from(file: Path) -> None:
    """Make the database of the tests what it was when the file was written."""
    _copy(file, product.DATABASES["default"]["NAME"])
    # What a process remembers of another database.
    cache.clear()
    forget_divisions()


def _copy(source: Path | str, target: Path | str) -> None:
    connections.close_all()
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)


def fill_county(folder: Path) -> None:
    """The demo's people, pack, lists and work with fewer households and fewer lists."""
    prepare_home()
    make_people(folder / "home" / "demo.json")
    publish_pack(actor=system_actor("demo", NATION), path="demo")
    world = World(round_length=HOUSEHOLDS, day=min(STORY.day, today()))
    made = generate(STORY.division, HOUSEHOLDS, 7, folder / "made", options=Options(world=world))
    officer = actor_of(Person.objects.get(username=demo_people()[0].username))
    for register in made.files:
        batch = check_upload(
            actor=officer, sources=[register.path], data_date=register.day, division=STORY.division
        )
        commit_batch(actor=officer, batch_id=batch.id)
    hand_in(STORY.division, {each.feed: each for each in made.lists}.values())
    fill_places(STORY.division, STORY.day)
    fill_teams(STORY.division, STORY.day)
    run_worker(once=True)
    work_on_clues(demo_people()[0].username, now())
    run_worker(once=True)


@pytest.fixture
def demo_county(
    transactional_db: None,
    kept: Callable[[str, Callable[[Path], None]], Path],
    settings: SettingsWrapper,
    tmp_path: Path,
) -> tuple[str, ...]:
    """The filled county, this journey's own; answers the user names."""
    folder = kept("county", fill_county)
    shutil.copytree(folder / "home", tmp_path / "home")
    settings.BANGFU_HOME, settings.BANGFU_DEMO = tmp_path / "home", True
    copy_from(folder / "filled.sqlite3")
    return tuple(each.username for each in demo_people())
