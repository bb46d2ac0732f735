"""Changes as plain data, to be kept (sealed, for they name people) and read again."""

from __future__ import annotations

from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from bangfu.registry.domain.adjusting import (
    KINDS,
    AdjustmentKind,
    Correct,
    Correction,
    Split,
    kind_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.registry.domain.adjusting import Change

_TYPES: Final = MappingProxyType({kind: made for made, kind in KINDS.items()})


def to_plain(change: Change) -> dict[str, Any]:
    """The change as JSON can hold it; `from_plain` reads it back."""
    return {"kind": kind_of(change).value, **asdict(change)}


def from_plain(plain: Mapping[str, Any]) -> Change:
    """The change that `to_plain` wrote."""
    values = {name: value for name, value in plain.items() if name != "kind"}
    made = _TYPES[AdjustmentKind(plain["kind"])]
    if made is Correct:
        values["corrections"] = tuple(Correction(**each) for each in values["corrections"])
    if made is Split:
        values["people"] = tuple(values["people"])
    change: Change = made(**values)
    return change
