"""What a case may be."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class CaseKind(StrEnum):
    """The kinds of cases; each is a procedure of the same name in the pack."""

    RECOGNITION = "recognition"
    MONITORING = "monitoring"
    EXIT = "exit"


PREFIXES: Final[Mapping[CaseKind, str]] = {
    CaseKind.RECOGNITION: "SB",
    CaseKind.MONITORING: "JC",
    CaseKind.EXIT: "TC",
}
"""The first letters of a case's number: 识别, 监测, 退出."""


def case_number(kind: CaseKind, year: int, county: str, running: int) -> str:
    """`SB-2026-511921-0398`."""
    return f"{PREFIXES[kind]}-{year}-{county}-{running:04}"
