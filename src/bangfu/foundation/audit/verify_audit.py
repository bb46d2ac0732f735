"""Check an export of the audit against its checkpoints. Needs nothing but Python 3.11.

    python verify_audit.py EXPORT.jsonl [CHECKPOINTS.jsonl] [--json] [--english]

Run it on another machine, with checkpoints that were kept where the database's owner cannot
write. Exit status 0: nothing was altered; 1: something was; 2: wrong use.

How the record is sealed (this file is the one definition; the sealer imports it):

- a row's bytes are the JSON array of its fields in the order of `FIELDS`, UTF-8, no spaces;
- its leaf is SHA-256 of 0x00 and these bytes; a node is SHA-256 of 0x01, left and right; the tree
  has the shape of RFC 6962, over the rows of one batch in the order of their ids;
- a batch's chain is SHA-256 of 0x02 and the JSON array of its header, which holds the root and the
  chain of the batch before it (64 zeros for the first);
- a batch's `members` are 16 bytes of id and 32 bytes of leaf a row, base64: they name the bad row;
- a checkpoint is the header and chain of a batch, one line, kept outside the database.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FORMAT: Final = "bangfu.audit.1"
FIELDS: Final = (
    "id", "at", "person", "posting", "system", "action", "kind", "subject_type", "subject_ids",
    "division", "purpose", "count", "filters",
)  # fmt: skip
HEADER: Final = ("number", "sealed_at", "count", "root", "previous")
GENESIS: Final = "0" * 64
MEMBER_BYTES: Final = 48
_ID_BYTES: Final = 16
LATE_SECONDS: Final = 3600
"""A row older than the batch before its own by more than this is counted as late."""


def row_bytes(row: Mapping[str, Any]) -> bytes:
    """The bytes of a row that are hashed; the same for every database and time zone."""
    values = [FORMAT, *(row[name] for name in FIELDS)]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def leaf_of(row: Mapping[str, Any]) -> bytes:
    """The leaf hash of a row."""
    return hashlib.sha256(b"\x00" + row_bytes(row)).digest()


def root_of(leaves: Iterable[bytes]) -> str:
    """The Merkle root of leaves in order, as 64 hexadecimal digits (RFC 6962, 2.1)."""
    stack: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, node = 1, leaf
        while stack and stack[-1][0] == size:
            node = hashlib.sha256(b"\x01" + stack.pop()[1] + node).digest()
            size *= 2
        stack.append((size, node))
    if not stack:
        return hashlib.sha256().hexdigest()
    _, node = stack.pop()
    while stack:
        node = hashlib.sha256(b"\x01" + stack.pop()[1] + node).digest()
    return node.hex()


def chain_of(header: Mapping[str, Any]) -> str:
    """The chain hash of a batch header, as 64 hexadecimal digits."""
    values = [FORMAT, *(header[name] for name in HEADER)]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(b"\x02" + text.encode()).hexdigest()


def checkpoint_line(batch: Mapping[str, Any]) -> str:
    """The checkpoint of a batch: one line of JSON without its end."""
    return json.dumps({name: batch[name] for name in (*HEADER, "chain")}, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit: a code of `WORDS`, the batch, and the row when one is known."""

    code: str
    batch: int = 0
    row: str = ""
    detail: str = ""


@dataclass(slots=True)
class Report:
    """What was checked and what was found. `unsealed` rows are not protected yet."""

    batches: int = 0
    rows: int = 0
    unsealed: int = 0
    oldest_unsealed: str = ""
    late: int = 0
    checkpoints: int = 0
    without_checkpoint: int = 0
    newer_checkpoints: int = 0
    exported_at: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


class Checkpoint(NamedTuple):
    """What a checkpoint keeps of its batch."""

    chain: str
    sealed_at: str


def read_checkpoints(lines: Iterable[str]) -> tuple[dict[int, Checkpoint], list[Finding]]:
    """The checkpoints by number, and lines that are none.

    A line that is the beginning of the next one was cut by a crash and written again.
    """
    found: dict[int, Checkpoint] = {}
    faults: list[Finding] = []
    texts = [text for line in lines if (text := line.strip())]
    for place, text in enumerate(texts):
        following = texts[place + 1] if place + 1 < len(texts) else ""
        if following != text and following.startswith(text):
            continue
        number, point = _checkpoint(text)
        if point is None or found.setdefault(number, point) != point:
            faults.append(Finding("checkpoint_altered", number, detail=f"line {place + 1}"))
    return found, faults


def _checkpoint(text: str) -> tuple[int, Checkpoint | None]:
    try:
        header = json.loads(text)
        number = int(header["number"])
        fits = chain_of(header) == header["chain"]
        return number, Checkpoint(header["chain"], header["sealed_at"]) if fits else None
    except (ValueError, KeyError, TypeError):
        return 0, None


class Verification:
    """Goes through an export once, record by record, in little memory."""

    def __init__(self, checkpoints: Iterable[str], *, newer_allowed: bool = True) -> None:
        self.newer_allowed = newer_allowed
        self.points, faults = read_checkpoints(checkpoints)
        self.report = Report(checkpoints=len(self.points), findings=faults)
        self.number = 0
        self.chain = GENESIS
        self.sealed_at = self.sealed_before = ""
        self.expected: dict[str, bytes] = {}
        self.bad_rows: list[Finding] = []
        self.ended = False

    def check(self, records: Iterable[Mapping[str, Any]]) -> Report:
        """Check all records and answer the report."""
        steps = {
            "export": self._start, "batch": self._batch, "event": self._event, "end": self._end,
        }  # fmt: skip
        for place, record in enumerate(records, start=1):
            try:
                steps[record["type"]](record)
            except (KeyError, ValueError, TypeError, AttributeError):
                self._find("export_damaged", detail=f"record {place}")
        self._close_batch()
        if not self.ended:
            self._find("export_incomplete", self.number)
        self._check_tail()
        return self.report

    def _find(self, code: str, batch: int = 0, row: str = "", detail: str = "") -> None:
        self.report.findings.append(Finding(code, batch, row, detail))

    def _start(self, record: Mapping[str, Any]) -> None:
        if record["format"] != FORMAT:
            raise ValueError(record["format"])
        self.report.exported_at = record["exported_at"]

    def _end(self, record: Mapping[str, Any]) -> None:
        counted = (self.report.batches, self.report.rows)
        self.ended = counted == (record["batches"], record["events"])

    def _batch(self, record: Mapping[str, Any]) -> None:
        self._close_batch()
        number = record["number"]
        if number != self.number + 1:
            self._find("batch_missing", self.number + 1, detail=f"{self.number + 1}-{number - 1}")
            before = self.points.get(number - 1)
            self.chain = before.chain if before else record["previous"]
        if record["previous"] != self.chain or chain_of(record) != record["chain"]:
            self._find("batch_altered", number)
        self._open_members(record)
        self._compare(record)
        self.sealed_before, self.sealed_at = self.sealed_at, record["sealed_at"]
        self.number, self.chain = number, record["chain"]
        self.report.batches += 1

    def _open_members(self, record: Mapping[str, Any]) -> None:
        members = base64.b64decode(record["members"], validate=True)
        parts = [
            members[start : start + MEMBER_BYTES] for start in range(0, len(members), MEMBER_BYTES)
        ]
        leaves = [part[_ID_BYTES:] for part in parts]
        if len(parts) != record["count"] or root_of(leaves) != record["root"]:
            self._find("members_altered", record["number"])
        self.expected = {str(UUID(bytes=part[:_ID_BYTES])): part[_ID_BYTES:] for part in parts}

    def _compare(self, record: Mapping[str, Any]) -> None:
        """A batch that differs from its checkpoint was rewritten, or comes from another copy."""
        point = self.points.get(record["number"])
        if point is None:
            self.report.without_checkpoint += 1
        elif point.chain != record["chain"]:
            first = next(iter(self.expected), "")
            self._find("rewritten", record["number"], first, f"checkpoint {point.sealed_at}")

    def _event(self, record: Mapping[str, Any]) -> None:
        self.report.rows += 1
        if record["batch"] is None:
            self._close_batch()
            self.report.unsealed += 1
            oldest = self.report.oldest_unsealed
            self.report.oldest_unsealed = min(oldest or record["at"], record["at"])
            return
        expected = self.expected.pop(record["id"], None)
        if record["batch"] != self.number or expected is None:
            self.bad_rows.append(Finding("row_inserted", record["batch"], record["id"]))
        elif expected != _leaf_or_none(record):
            self.bad_rows.append(Finding("row_edited", record["batch"], record["id"]))
        else:
            self._count_late(record["at"])

    def _count_late(self, at: str) -> None:
        if self.sealed_before and at < self.sealed_before:
            late = datetime.fromisoformat(self.sealed_before) - datetime.fromisoformat(at)
            self.report.late += late.total_seconds() > LATE_SECONDS

    def _close_batch(self) -> None:
        """Name what the batch lists and the rows lack, in the order of ids."""
        lacking = (Finding("row_deleted", self.number, row) for row in self.expected)
        self.report.findings.extend(sorted([*self.bad_rows, *lacking], key=lambda each: each.row))
        self.expected, self.bad_rows = {}, []

    def _check_tail(self) -> None:
        """Checkpoints of batches that the export should hold and does not."""
        exported_at = self.report.exported_at if self.newer_allowed else ""
        ahead = {number for number in self.points if number > self.number}
        newer = {each for each in ahead if exported_at and self._sealed_after(each, exported_at)}
        self.report.newer_checkpoints = len(newer)
        if ahead := ahead - newer:
            self._find("tail_cut", min(ahead), detail=f"{min(ahead)}-{max(ahead)}")

    def _sealed_after(self, number: int, moment: str) -> bool:
        return self.points[number].sealed_at > moment


def _leaf_or_none(record: Mapping[str, Any]) -> bytes | None:
    """None for a row whose columns the database could not even read."""
    try:
        return leaf_of(record)
    except KeyError:
        return None


def verify(
    records: Iterable[Mapping[str, Any]], checkpoints: Iterable[str], *, newer_allowed: bool = True
) -> Report:
    """Check an export against checkpoint lines; without lines a rewrite cannot be excluded.

    Checkpoints may be newer than the export (the report counts them), unless they are known to
    have been read first.
    """
    return Verification(checkpoints, newer_allowed=newer_allowed).check(records)


def read_records(lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """The records of an export; a line that is none comes as an empty record."""
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            record = {}
        yield record if isinstance(record, dict) else {}


WORDS: Final = {
    "row_edited": ("记录被改动", "row was edited"),
    "row_deleted": ("记录被删除", "row was deleted"),
    "row_inserted": ("记录是后来塞入的", "row was put in later"),
    "batch_altered": ("批次的封条被改动", "seal of the batch was altered"),
    "members_altered": ("批次的清单被改动", "list of the batch was altered"),
    "batch_missing": ("批次缺失", "batches are missing"),
    "rewritten": (
        "批次与检查点不符，被重写或者来自另一份副本",
        "batch differs from its checkpoint: rewritten, or from another copy",
    ),
    "tail_cut": (
        "检查点中有而记录中没有的批次，尾部被截去或者恢复了旧副本",
        "batches of the checkpoints are not there: tail cut, or an older copy restored",
    ),
    "checkpoint_altered": ("检查点文件被改动", "checkpoint file was altered"),
    "export_damaged": ("导出文件有一行不能读", "a line of the export cannot be read"),
    "export_incomplete": ("导出文件不完整", "the export is not complete"),
}


_SENTENCES: Final = (
    "{verdict}导出时间 {exported_at}：{batches} 个批次，{rows} 行，其中 {unsealed} 行尚未封存，"
    "{late} 行迟到；{checkpoints} 个检查点，其中 {newer_checkpoints} 个晚于导出时间，"
    "{without_checkpoint} 个批次没有检查点。",
    "{verdict} Export of {exported_at}: {batches} batches, {rows} rows, {unsealed} of them not "
    "sealed yet, {late} late; {checkpoints} checkpoints, {newer_checkpoints} of them newer than "
    "the export, {without_checkpoint} batches without.",
)


def describe(report: Report, *, english: bool = False) -> list[str]:
    """The report in lines for people; the first finding is the first bad row."""
    lines = [
        _sentence(report, english),
        *(
            f"- {WORDS[each.code][english]}: {each.batch or ''} {each.row} {each.detail}".rstrip()
            for each in report.findings
        ),
    ]
    if not report.checkpoints:
        lines.append(
            "No checkpoints given: a complete rewrite cannot be excluded."
            if english
            else "没有给出检查点：不能排除整体重写。"
        )
    return lines


def _sentence(report: Report, english: bool) -> str:
    counts = asdict(report) | {"verdict": _verdict(report, english)}
    return _SENTENCES[english].format(**counts)


def _verdict(report: Report, english: bool) -> str:
    if report.intact:
        return "Nothing was altered." if english else "记录完好。"
    return "THE RECORD WAS ALTERED." if english else "记录被动过。"


def _as_json(report: Report) -> str:
    return json.dumps(asdict(report) | {"intact": report.intact}, ensure_ascii=False)


def main(arguments: list[str]) -> int:
    """Run from the command line; answer the exit status."""
    parser = argparse.ArgumentParser(prog="verify_audit.py", description="Check an audit export.")
    parser.add_argument("export", type=Path, help="EXPORT.jsonl, as the audit page gives it")
    parser.add_argument("checkpoints", type=Path, nargs="?", help="CHECKPOINTS.jsonl, kept apart")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
    parser.add_argument("--english", action="store_true", help="sentences in English")
    chosen = parser.parse_args(arguments)
    try:
        points = chosen.checkpoints.read_text("utf-8").splitlines() if chosen.checkpoints else []
        with chosen.export.open(encoding="utf-8") as lines:
            report = verify(read_records(lines), points)
    except (OSError, UnicodeDecodeError) as error:
        parser.error(str(error))
    lines_out = [_as_json(report)] if chosen.json else describe(report, english=chosen.english)
    sys.stdout.write("\n".join(lines_out) + "\n")
    return 0 if report.intact else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
