"""How much an upload may hold before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a file and on the process that opens it; sizes are bytes, times seconds.

    Attributes:
        ratio: how many times larger than packed a part may unpack, once it is over `ratio_from`.
        cells: the area of a sheet's box from A1 to its farthest filled cell; the reader asks for
            memory for the whole box, however few of its cells are filled.
        text: characters in one cell; `all_text` in all cells of a file together, each time a
            text is repeated counted anew.
        data_bytes: private memory of the child (RLIMIT_DATA); `address_bytes` is its address
            space (RLIMIT_AS), which also counts libraries.
    """

    file_bytes: int = 60 * _MEGABYTE
    parts: int = 1_000
    part_bytes: int = 400 * _MEGABYTE
    total_bytes: int = 600 * _MEGABYTE
    ratio: int = 200
    ratio_from: int = _MEGABYTE
    rows: int = 300_000
    columns: int = 300
    cells: int = 8_000_000
    text: int = 32_767
    all_text: int = 100_000_000
    data_bytes: int = 448 * _MEGABYTE
    address_bytes: int = 1536 * _MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: int = 120


DEFAULT_LIMITS: Final = Limits()
