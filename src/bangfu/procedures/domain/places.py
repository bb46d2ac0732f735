"""Places of many matters as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.kernel.division import NATION, DivisionCode, Level

if TYPE_CHECKING:
    from collections.abc import Iterable


def common_division(codes: Iterable[str]) -> DivisionCode:
    """The finest division that contains all `codes`; the nation for none."""
    found = sorted(set(codes))
    if not found:
        return NATION
    # Of sorted texts the first and the last differ most.
    first, last = found[0], found[-1]
    tiers = (level for level in Level if level <= len(first) and first[:level] == last[:level])
    return DivisionCode(first[: max(tiers)])
