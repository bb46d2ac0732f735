"""The verifier stands alone: one file, its own format, no database. Its format never changes."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.foundation.audit import verify_audit
from bangfu.foundation.audit.verify_audit import (
    FORMAT,
    GENESIS,
    Report,
    chain_of,
    checkpoint_line,
    describe,
    leaf_of,
    main,
    root_of,
    row_bytes,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.one_database

Record = dict[str, Any]


def row(number: int, batch: int | None) -> Record:
    return {
        "type": "event",
        "batch": batch,
        "id": str(UUID(int=number)),
        "at": f"2026-11-20T01:02:{number % 60:02}.000004Z",
        "person": None,
        "posting": None,
        "system": "trial",
        "action": "household.opened",
        "kind": "opened",
        "subject_type": "household",
        "subject_ids": f'["户{number}"]',
        "division": "511921",
        "purpose": "",
        "count": 1,
        "filters": "",
    }


def sealed(number: int, rows: Sequence[Record], previous: str) -> Record:
    header = {
        "number": number,
        "sealed_at": f"2026-11-20T01:03:{number:02}.000000Z",
        "count": len(rows),
        "root": root_of(leaf_of(each) for each in rows),
        "previous": previous,
    }
    members = b"".join(UUID(each["id"]).bytes + leaf_of(each) for each in rows)
    return {
        "type": "batch",
        **header,
        "chain": chain_of(header),
        "members": base64.b64encode(members).decode(),
    }


def export_of(sizes: Sequence[int], unsealed: int = 0) -> tuple[list[Record], list[str]]:
    """An export with batches of these sizes, and its checkpoints."""
    records: list[Record] = []
    points = []
    number, previous = 0, GENESIS
    for batch, size in enumerate(sizes, start=1):
        rows = [row(number + each, batch) for each in range(size)]
        number += size
        head = sealed(batch, rows, previous)
        previous = head["chain"]
        points.append(checkpoint_line(head))
        records += [head, *rows]
    records += [row(number + each, None) for each in range(unsealed)]
    start = {"type": "export", "format": FORMAT, "exported_at": "2026-11-20T02:00:00.000000Z"}
    end = {"type": "end", "batches": len(sizes), "events": number + unsealed}
    return [start, *records, end], points


def test_a_sound_export_is_found_sound() -> None:
    records, points = export_of([3, 1, 4], unsealed=2)
    report = verify(records, points)
    assert report.intact
    assert (report.batches, report.rows, report.unsealed, report.checkpoints) == (3, 10, 2, 3)


def test_an_empty_record_is_sound() -> None:
    assert verify(*export_of([])).intact


def test_the_bytes_of_a_row_are_fixed() -> None:
    """Frozen: a change here would make every record sealed before unverifiable."""
    assert (
        row_bytes(row(7, 1))
        == (
            '["bangfu.audit.1","00000000-0000-0000-0000-000000000007","2026-11-20T01:02:07.000004Z",'
            'null,null,"trial","household.opened","opened","household","[\\"户7\\"]","511921","",1,""]'
        ).encode()
    )
    assert leaf_of(row(7, 1)).hex() == LEAF


LEAF = "4d112422d3ccf4517d7a232f33c5352604bfbe4c9735b00dae06ae3c7c26b810"
CHAIN = "0a282bbe330c5d8d003ced140bf32b893b9b4acab3b402513813907932242bfb"


def test_the_chain_of_a_batch_is_fixed() -> None:
    header = {"number": 1, "sealed_at": "s", "count": 2, "root": "r", "previous": GENESIS}
    assert chain_of(header) == CHAIN


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = naive_root(leaves[:split]), naive_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_the_root_is_that_of_the_standard(leaves: list[bytes]) -> None:
    assert root_of(leaves) == naive_root(leaves).hex()


@st.composite
def tampered(draw: st.DrawFn) -> tuple[list[Record], list[str], list[Record]]:
    """An export, its checkpoints, and the export after one change to what is sealed."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    records, points = export_of(sizes)
    changed = copy.deepcopy(records)
    place = draw(st.integers(1, len(records) - 2))
    kind = draw(st.sampled_from(["change", "remove", "double", "move", "cut"]))
    if kind == "change":
        field = draw(st.sampled_from(sorted(set(changed[place]) - {"type"})))
        value = changed[place][field]
        changed[place][field] = value + 1 if isinstance(value, int) else f"{value or ''}x"
    elif kind == "remove":
        del changed[place]
    elif kind == "double":
        changed.insert(place, copy.deepcopy(changed[place]))
    elif kind == "move":
        moved = changed.pop(place)
        others = [each for each in range(1, len(changed)) if records[each] != moved]
        changed.insert(draw(st.sampled_from(others or [1])), moved)
    else:
        changed[place:-1] = []
    return records, points, changed


def sealed_content(records: list[Record]) -> list[tuple[Record, list[Record]]]:
    """The batches with their rows, whatever order the rows stand in."""
    found: list[tuple[Record, list[Record]]] = []
    for record in records:
        if record["type"] == "batch":
            found.append((record, []))
        elif record["type"] == "event" and found:
            found[-1][1].append(record)
    return [(head, sorted(rows, key=lambda each: each["id"])) for head, rows in found]


@given(tampered())
def test_any_change_to_what_is_sealed_is_found(
    case: tuple[list[Record], list[str], list[Record]],
) -> None:
    records, points, changed = case
    # Rows of one batch may stand in any order: the tree is over their ids.
    same = sealed_content(records) == sealed_content(changed) and changed[1] == records[1]
    assert verify(changed, points).intact is same


@given(tampered())
def test_an_end_that_was_made_to_fit_hides_nothing(
    case: tuple[list[Record], list[str], list[Record]],
) -> None:
    records, points, changed = case
    counted = [each["type"] for each in changed]
    changed[-1] = {
        "type": "end", "batches": counted.count("batch"), "events": counted.count("event")
    }  # fmt: skip
    same = sealed_content(records) == sealed_content(changed) and changed[1] == records[1]
    assert verify(changed, points).intact is same


def test_checkpoints_newer_than_the_export_are_no_cut_tail() -> None:
    records, points = export_of([2, 2])
    _, more = export_of([2, 2, 2])
    records[0]["exported_at"] = "2026-11-20T01:03:02.500000Z"
    report = verify(records, more)
    assert report.intact
    assert report.newer_checkpoints == 1
    assert [each.code for each in verify(records, more, newer_allowed=False).findings] == [
        "tail_cut"
    ]
    records[0]["exported_at"] = "2026-11-20T01:03:03.000000Z"
    assert [each.code for each in verify(records, more).findings] == ["tail_cut"]
    assert verify(records, points).intact


@pytest.mark.parametrize(
    "line",
    ["", "nonsense", "[]", '"x"', "{}", '{"type": "event"}', '{"type": "batch", "number": 1}'],
)
def test_lines_that_are_no_records_are_told_by_their_place(line: str, tmp_path: Path) -> None:
    records, points = export_of([2])
    lines = [json.dumps(each) for each in records]
    report = verify(verify_audit.read_records([*lines[:3], line, *lines[3:]]), points)
    assert ("export_damaged", "record 4") in [(each.code, each.detail) for each in report.findings]


def write(tmp_path: Path, records: list[Record], points: list[str]) -> list[str]:
    export, checkpoints = tmp_path / "export.jsonl", tmp_path / "checkpoints.jsonl"
    export.write_text("\n".join(json.dumps(each) for each in records) + "\n", encoding="utf-8")
    checkpoints.write_text("\n".join(points) + "\n", encoding="utf-8")
    return [str(export), str(checkpoints)]


def run_alone(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The file copied away, in a Python without site packages, environment and this project."""
    copied = folder / "verify_audit.py"
    copied.write_bytes(Path(verify_audit.__file__).read_bytes())
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", str(copied), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        timeout=60,
    )


def test_it_runs_alone_and_says_that_all_is_well(tmp_path: Path) -> None:
    records, points = export_of([3, 2], unsealed=1)
    done = run_alone(write(tmp_path, records, points), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "记录完好。导出时间 2026-11-20T02:00:00.000000Z：2 个批次，6 行，其中 1 行尚未封存，"
        "0 行迟到；2 个检查点，其中 0 个晚于导出时间，0 个批次没有检查点。\n"
    )


def test_it_runs_alone_and_names_the_first_bad_row(tmp_path: Path) -> None:
    records, points = export_of([3, 2])
    records[3]["division"] = "51"
    done = run_alone([*write(tmp_path, records, points), "--english"], tmp_path)
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.startswith("THE RECORD WAS ALTERED. Export of 2026-11-20T02:00:00.000000Z")
    assert second == f"- row was edited: 1 {records[3]['id']}"


def test_without_checkpoints_it_says_what_it_cannot_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export, _ = write(tmp_path, *export_of([1]))
    assert main([export]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "没有给出检查点：不能排除整体重写。"


def test_it_answers_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records, points = export_of([2])
    del records[2]
    assert main([*write(tmp_path, records, points), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["intact"] is False
    assert {each["code"] for each in answer["findings"]} == {"row_deleted", "export_incomplete"}
    assert answer["findings"][0]["row"] == str(UUID(int=0))


@pytest.mark.parametrize("arguments", [[], ["absent.jsonl"], ["a", "b", "c"], ["a", "--what"]])
def test_wrong_use_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


def test_every_finding_has_words_in_both_languages() -> None:
    source = Path(verify_audit.__file__).read_text(encoding="utf-8")
    for code, words in verify_audit.WORDS.items():
        assert source.count(f'"{code}"') >= 2, code
        assert len(words) == 2
        report = Report(findings=[verify_audit.Finding(code, 1)])
        assert describe(report)[1] != describe(report, english=True)[1]
