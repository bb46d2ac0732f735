"""Uploads are hostile until proven: each is refused with its reason, and this process lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bangfu.foundation.importing import reader_process
from bangfu.foundation.importing.api import Limits, open_upload
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Refused
from importing.hostile import FILES, GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from importing.hostile import Hostile


@pytest.mark.parametrize("hostile", FILES, ids=lambda each: each.name)
def test_a_hostile_file_is_refused_with_its_reason_and_place(hostile: Hostile) -> None:
    with pytest.raises(Refused) as refused:
        open_upload((hostile.name, hostile.data))
    (problem,) = refused.value.problems
    assert problem.code == hostile.code
    assert problem.place.file == hostile.name
    assert {name: getattr(problem.place, name) for name in hostile.place} == hostile.place
    assert all("%(" not in words for words in sentence_of(problem))


def test_names_do_not_matter() -> None:
    assert [sheet.name for sheet in open_upload(("照片.jpg", GOOD)).sheets] == ["农户", "成员"]


def test_the_reader_dies_alone_when_it_asks_for_too_much() -> None:
    far = next(each for each in FILES if each.name == "far.xlsx")
    blind = Limits(rows=2**20, columns=2**14, cells=2**40)
    with pytest.raises(Refused) as refused:
        open_upload((far.name, far.data), limits=blind)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.file) == ("importing.reader_died", far.name)


def test_the_reader_is_stopped_when_its_time_is_up() -> None:
    with pytest.raises(Refused) as refused:
        open_upload(("late.xlsx", GOOD), limits=Limits(wall_seconds=0))
    assert refused.value.problems[0].code == "importing.reader_out_of_time"


def test_the_reader_is_stopped_when_it_computes_too_long() -> None:
    busy = (b"a," * 99 + b"\n") * 290_000
    with pytest.raises(Refused) as refused:
        open_upload(("busy.csv", busy), limits=Limits(cpu_seconds=1))
    assert refused.value.problems[0].code == "importing.reader_out_of_time"


def test_a_file_over_the_limit_is_refused_unopened(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"a" * 2_000_000)
    with pytest.raises(Refused) as refused:
        open_upload(large, limits=Limits(file_bytes=1_048_576))
    (problem,) = refused.value.problems
    assert (problem.code, dict(problem.values)) == ("importing.too_large", {"limit": "1 MB"})


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_upload(tmp_path / "nowhere.xlsx")
    assert refused.value.problems[0].code == "importing.not_readable"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_upload(tmp_path)
    assert refused.value.problems[0].code == "importing.no_file"


def test_every_bad_file_of_several_is_named() -> None:
    with pytest.raises(Refused) as refused:
        open_upload(("a.csv", b""), ("b.xlsx", GOOD), ("c.xlsx", b"%PDF-1.7"))
    found = [(each.place.file, each.code) for each in refused.value.problems]
    assert found == [("a.csv", "importing.empty_file"), ("c.xlsx", "importing.kind_not_read")]


def test_the_reader_sees_nothing_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that was taken over must find no keys in its environment."""
    seen: dict[str, Any] = {}

    class Watched(reader_process.subprocess.Popen[bytes]):
        def __init__(self, words: list[str], **options: Any) -> None:
            seen.update(options)
            super().__init__(words, **options)

    monkeypatch.setenv("BANGFU_SECRET_KEY", "hidden")
    monkeypatch.setattr(reader_process.subprocess, "Popen", Watched)
    open_upload(("good.xlsx", GOOD))
    assert "hidden" not in seen["env"].values()
    assert "BANGFU_HOME" not in seen["env"]
