"""The navigation keeps to one row: what does not fit folds away, where one is stays in sight."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.test import RequestFactory

from bangfu.foundation.ui import navigation
from bangfu.foundation.ui.frame import ROW_HOLDS, frame
from bangfu.foundation.ui.navigation import Entry, register_entry

if TYPE_CHECKING:
    import pytest


def _navigation(
    path: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[str], list[str]]:
    monkeypatch.setattr(navigation, "_entries", {})
    for order in range(number):
        register_entry(Entry(order, f"第 {order} 项", "shell:home", "", f"/place-{order}/"))
        entry = navigation._entries.pop("shell:home")
        navigation._entries[f"entry {order}"] = entry
    request = RequestFactory().get(path)
    reader = SimpleNamespace(person_id=1, name="周敏", title="", holds=lambda _: True)
    request.__dict__["actor"] = reader
    shown = frame(request)["frame"].navigation
    return [each.label for each in shown.row], [each.label for each in shown.folded]


def test_what_fits_stands_in_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    row, folded = _navigation("/", ROW_HOLDS, monkeypatch)
    assert len(row) == ROW_HOLDS
    assert folded == []


def test_the_last_fold_away_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    row, folded = _navigation("/", ROW_HOLDS + 4, monkeypatch)
    assert len(row) == ROW_HOLDS - 1
    assert row + folded == [f"第 {order} 项" for order in range(ROW_HOLDS + 4)]


def test_where_the_reader_is_stays_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    last = ROW_HOLDS + 3
    row, folded = _navigation(f"/place-{last}/some/page/", last + 1, monkeypatch)
    assert row[-1] == f"第 {last} 项"
    assert f"第 {last} 项" not in folded
