"""Identifiers made by the application: UUID version 7 (RFC 9562), sortable by time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable


def uuid7(unix_ms: int, entropy: Callable[[int], bytes] = os.urandom) -> UUID:
    """A version-7 UUID: 48 bits of Unix time in milliseconds and 74 random bits.

    Raises:
        ValueError: when `unix_ms` does not fit 48 bits.
    """
    if not 0 <= unix_ms < 1 << 48:
        raise ValueError(unix_ms)
    random = int.from_bytes(entropy(10), "big")
    value = unix_ms << 80 | 0x7 << 76 | (random >> 68) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return UUID(int=value)
