"""A demo home with a pack of six rules in force, on Friday 2026-11-20, and a small register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.policy.api import publish_pack
from bangfu.rules.layout import load_layout
from screening.register import small_county

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

    from bangfu.registry.models import Household

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
PACKS = Path(__file__).with_name("packs")


@pytest.fixture
def demo_home(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """A home of the test's own, marked as a demo."""
    settings.BANGFU_DEMO = True
    settings.BANGFU_HOME = tmp_path
    return tmp_path


def written_pack(folder: Path, name: str) -> str:
    """Where one of the packs of `packs` stands, written for the layout of today."""
    for source in PACKS.rglob("*.yaml"):
        target = folder / "packs" / source.relative_to(PACKS)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        target.write_text(text.replace("LAYOUT", f'"{load_layout().version}"'), encoding="utf-8")
    return str(folder / "packs" / name)


@pytest.fixture
def pack(db: None, demo_home: Path) -> None:
    """Six rules, published: what they find stays as it is when the product's packs grow."""
    path = written_pack(demo_home, "six")
    publish_pack(actor=system_actor("tests"), path=path, valid_from=date(2021, 1, 1))


@pytest.fixture
def on_friday() -> Iterator[None]:
    """It is Friday 2026-11-20."""
    with using_clock(FixedClock(FRIDAY)):
        yield


@pytest.fixture
def county(pack: None, on_friday: None) -> dict[str, Household]:
    """Nine households by what is the matter with them."""
    return small_county()
