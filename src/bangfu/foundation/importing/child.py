"""The child process that opens uploads: `python -m bangfu.foundation.importing.child`.

It bounds itself before it looks at the first byte, reads the files from standard input and
answers on standard output (`domain.frames`). It opens no file, writes none, and knows no Django.
"""

from __future__ import annotations

import os
import resource
import sys
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.importing.domain.frames import read_frame, write_frame
from bangfu.foundation.importing.domain.limits import Limits
from bangfu.foundation.importing.opening.delimited import open_delimited
from bangfu.foundation.importing.opening.kinds import Kind, kind_of
from bangfu.foundation.importing.opening.refusal import FileRefused
from bangfu.foundation.importing.opening.workbook import open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

OUT_OF_MEMORY: Final = 77
_OPEN_FILES: Final = 32


def bound(limits: Limits) -> None:
    """Take away memory, time, files and children from this process."""
    bounds = (
        (resource.RLIMIT_DATA, limits.data_bytes),
        (resource.RLIMIT_AS, limits.address_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in bounds:
        _, allowed = resource.getrlimit(kind)
        tightest = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (tightest, tightest))


def open_files(files: list[tuple[str, bytes]], limits: Limits) -> Iterator[dict[str, Any]]:
    """Messages for every file in turn; a file that is refused ends with its reason."""
    for name, data in files:
        yield {"file": name}
        try:
            is_zip = kind_of(data) is Kind.ZIP
            yield from open_workbook(data, limits) if is_zip else open_delimited(data, limits)
        except FileRefused as refusal:
            yield {"refused": refusal.code, "place": refusal.place, "values": refusal.values}


def serve(given: BinaryIO, answers: BinaryIO) -> None:
    """Read the order and its files, answer, and say that nothing is missing."""
    order = read_frame(given)
    if order is None:
        return
    limits = Limits(**order["limits"])
    bound(limits)
    files = [(each["name"], given.read(each["size"])) for each in order["files"]]
    for message in open_files(files, limits):
        write_frame(answers, message)
    write_frame(answers, {"end": True})
    answers.flush()


def main() -> int:
    """Serve one order; a lack of memory has an exit status of its own."""
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        # Nothing may be allocated any more, so leave without unwinding.
        os._exit(OUT_OF_MEMORY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
