"""Checkpoints: the header of every batch in a file outside the database.

The file lies in `settings.BANGFU_CHECKPOINTS`; an operator puts that folder on another disk or
machine, or makes the file append-only. It is only ever added to, so a line that a crash cut stays
as it is and is written again in full on the next line.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from django.conf import settings

from bangfu.foundation.audit.verify_audit import Checkpoint, checkpoint_line, read_checkpoints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FILE_NAME: Final = "audit.jsonl"
_TAIL_BYTES: Final = 64 * 1024


def checkpoints_path() -> Path:
    """Where the checkpoints lie."""
    return Path(settings.BANGFU_CHECKPOINTS) / FILE_NAME


def list_checkpoint_lines() -> list[str]:
    """All lines; none when nothing was sealed yet."""
    path = checkpoints_path()
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def last_checkpoint() -> tuple[int, Checkpoint] | None:
    """The checkpoint with the highest number, or None when there is none."""
    path = checkpoints_path()
    if not path.exists():
        return None
    with path.open("rb") as file:
        return _last_in(file)


def _last_in(file: BinaryIO) -> tuple[int, Checkpoint] | None:
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - _TAIL_BYTES))
    text = file.read().decode("utf-8", errors="replace")
    lines = text.splitlines() if end <= _TAIL_BYTES else text.splitlines()[1:]
    points, _ = read_checkpoints(lines)
    return max(points.items(), default=None)


def append_checkpoints(newer_than: Callable[[int], Iterable[Mapping[str, object]]]) -> int:
    """Add the batches that the file lacks, on the disk when this returns; answer how many.

    A crash between the commit of a batch and its checkpoint is made good by the next call.

    Args:
        newer_than: the headers of the batches above a number, in order.

    Raises:
        OSError: when the file cannot be written; the batches stay sealed and come next time.
    """
    path = checkpoints_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _last_in(file)
        lines = [checkpoint_line(batch) for batch in newer_than(last[0] if last else 0)]
        if lines:
            file.write(_line_break_before(file) + "\n".join(lines).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    return len(lines)


def _line_break_before(file: BinaryIO) -> bytes:
    """A line end when a crash cut the last line, so that the next one starts a line."""
    end = file.seek(0, os.SEEK_END)
    if not end:
        return b""
    file.seek(end - 1)
    return b"" if file.read(1) == b"\n" else b"\n"
