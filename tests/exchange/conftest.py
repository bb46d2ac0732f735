"""Lists are handed in to a small register, in a home marked as a demo, on a fixed day."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bangfu
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.policy.api import publish_pack
from bangfu.registry.queries.divisions import forget_divisions
from bangfu.rules.layout import load_layout
from exchange.making import make_register
from registry.making import make_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


PACK = """
pack: lists
version: "1"
name: {zh: 名单测试, en: For lists}
scope: ""
layout: "%s"
risks: {illness: {zh: 因病, en: Illness}}
"""
WINDOW = """
feed_window_months:
  name: {zh: 部门推送有效期, en: Months for which reports count}
  unit: months
  source: 测试
  values: [{value: 12, from: 2021-01-01, source: 测试}]
"""


def _pack(folder: Path) -> Path:
    """A pack that knows how long lists count, and how a change is asked for."""
    pack = folder / "lists"
    (pack / "parameters").mkdir(parents=True)
    (pack / "pack.yaml").write_text(PACK % load_layout().version, encoding="utf-8")
    (pack / "parameters" / "window.yaml").write_text(WINDOW, encoding="utf-8")
    nation = Path(bangfu.__file__).parent / "packs" / "nation"
    shutil.copy(nation / "calendar.yaml", pack)
    (pack / "procedures").mkdir()
    shutil.copy(nation / "procedures" / "change.yaml", pack / "procedures")
    shutil.copy(nation / "parameters" / "procedures.yaml", pack / "parameters")
    return pack


@pytest.fixture
def register(db: None, settings: SettingsWrapper, tmp_path: Path) -> Iterator[None]:
    """Three households in one county and one in another; a pack; it is 2026-11-20."""
    settings.BANGFU_DEMO = True
    forget_divisions()
    with using_clock(FixedClock(NOW)):
        make_places()
        publish_pack(actor=system_actor("tests"), path=_pack(tmp_path), valid_from=date(2021, 1, 1))
        make_register()
        yield
    forget_divisions()
