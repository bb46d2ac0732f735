"""Checkpoints of each test's own, and an actor of the system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from bangfu.foundation.access.api import Actor, system_actor
from bangfu.foundation.audit.api import Sealed, seal_batch

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings


class Seal(Protocol):
    """Seals, and writes the checkpoints as a commit would."""

    def __call__(self) -> Sealed: ...


@pytest.fixture(autouse=True)
def checkpoints(settings: Settings, tmp_path: Path) -> Path:
    settings.BANGFU_CHECKPOINTS = tmp_path / "elsewhere"
    return tmp_path / "elsewhere" / "audit.jsonl"


@pytest.fixture
def actor() -> Actor:
    return system_actor("trial")


@pytest.fixture
def seal(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Seal:
    def run() -> Sealed:
        with django_capture_on_commit_callbacks(execute=True):
            return seal_batch()

    return run
