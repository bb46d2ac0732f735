"""The choices of a list's filters, as queries count them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["FacetChoice", "facet_choices"]


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value of a filter, with how many rows it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


def facet_choices(
    counts: Mapping[str, int], labels: Mapping[str, str], chosen: Collection[str]
) -> list[FacetChoice]:
    """The values worth offering, in the order of their labels: those that leave rows, or are on."""
    return [
        FacetChoice(value, label, counts.get(value, 0), value in chosen)
        for value, label in labels.items()
        if counts.get(value) or value in chosen
    ]
