"""Workers that are killed or stopped in mid-job, as processes, on the database of the run."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest

from bangfu.foundation.jobs.api import LEASE

if TYPE_CHECKING:
    from collections.abc import Iterator

START = datetime(2026, 1, 5, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("start_trial.py")


@dataclass
class Trial:
    """A home and a database of its own, and processes that share them."""

    folder: Path
    environment: dict[str, str]
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(
        self, what: str, after: timedelta = timedelta(), **more: str
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), what],
            env={**self.environment, "TRIAL_MOMENT": (START + after).isoformat(), **more},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, what: str, after: timedelta = timedelta(), **more: str) -> dict[str, Any]:
        process = self.start(what, after, **more)
        said, _ = process.communicate()
        assert process.returncode == 0
        return dict(json.loads(said))

    def wait_until_begun(self) -> None:
        """Opening the pipe to read waits for the worker that opens it to write."""
        assert (self.folder / "begun").read_text(encoding="ascii") == "begun"

    def let_pass(self) -> None:
        """From now on nobody stops half-way."""
        (self.folder / "begun").unlink()


def own_database() -> str:
    """A fresh database on the run's PostgreSQL; nothing on SQLite, whose file lies in the home."""
    url = os.environ.get("BANGFU_DATABASE_URL", "")
    if not url:
        return ""
    name = f"trial_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    start, _, end = url.partition("?")
    return f"{start.rpartition('/')[0]}/{name}?{end}"


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    os.mkfifo(tmp_path / "begun")
    os.mkfifo(tmp_path / "go")
    made = Trial(
        tmp_path,
        {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests"))),
            "DJANGO_SETTINGS_MODULE": "jobs.trial_settings",
            "BANGFU_HOME": str(tmp_path / "home"),
            "BANGFU_DATABASE_URL": own_database(),
            "TRIAL_FOLDER": str(tmp_path),
            "TRIAL_JOBS": "1",
        },
    )
    (tmp_path / "home").mkdir()
    yield made
    for process in made.started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.mark.parametrize("kind", ["trial.whole", "trial.apart"])
def test_the_job_of_a_killed_worker_is_taken_up_after_its_lease_and_done_once(
    trial: Trial, kind: str
) -> None:
    trial.run("prepare", TRIAL_KIND=kind)
    doomed = trial.start("work")
    trial.wait_until_begun()
    doomed.send_signal(signal.SIGKILL)
    assert doomed.wait() == -signal.SIGKILL
    trial.let_pass()
    early = trial.run("work", LEASE)
    assert (early["states"], early["effects"]) == (["running"], 0)
    late = trial.run("work", LEASE + timedelta(seconds=1))
    assert late == {"states": ["done"], "attempts": [2], "done": 1, "effects": 1}
    assert trial.run("work", 10 * LEASE)["effects"] == 1


def test_a_stopped_worker_that_wakes_up_too_late_changes_nothing(trial: Trial) -> None:
    trial.run("prepare", TRIAL_KIND="trial.apart")
    slow = trial.start("work")
    trial.wait_until_begun()
    slow.send_signal(signal.SIGSTOP)
    trial.let_pass()
    other = trial.run("work", LEASE + timedelta(seconds=1))
    assert (other["states"], other["effects"]) == (["done"], 1)
    slow.send_signal(signal.SIGCONT)
    (trial.folder / "go").write_text("go", encoding="ascii")
    said, _ = slow.communicate()
    assert json.loads(said) == {"states": ["done"], "attempts": [2], "done": 1, "effects": 1}


@pytest.mark.deep
def test_no_effect_is_lost_or_doubled_by_a_hundred_random_kills(trial: Trial) -> None:
    """Two workers at a time, killed at random moments; the clock passes a lease each round.

    Before each round as many jobs wait as no two workers do in it, however quick the machine is.
    """
    waiting, rounds = 3_000, 50
    trial.let_pass()
    for number in range(1, rounds + 1):
        trial.run("prepare", TRIAL_KIND="trial.quick", TRIAL_JOBS=str(waiting))
        pair = [trial.start("work", number * 2 * LEASE) for _ in range(2)]
        for worker in pair:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(1 + secrets.randbelow(2_000) / 1_000)
            worker.kill()
            worker.communicate()
    left = trial.run("inspect", (rounds + 1) * 2 * LEASE)
    assert left["done"] == left["effects"]
    assert left["states"] != ["done"]
    end = trial.run("work", (rounds + 2) * 2 * LEASE)
    assert end["states"] == ["done"]
    assert end["done"] == end["effects"] >= left["done"]
