"""The usual views of a list: named ways to narrow it, each with how many it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bangfu.foundation.ui.tables import Choice, ListState

    Wanted = Mapping[str, tuple[str, ...]]

__all__ = ["View", "usual_views", "views_at"]


@dataclass(frozen=True, slots=True)
class View:
    """A usual view of a list: its name, how many there are, where, and whether it is on."""

    label: str
    count: int
    url: str
    current: bool


def views_at(state: ListState, usual: Iterable[tuple[str, Wanted, int]]) -> list[View]:
    """Views by their names, their filters and their counts, as the list stands now."""
    return [
        View(label, count, state.address(filters=wanted, words="", page=1),
             not state.words and dict(state.filters) == wanted)
        for label, wanted, count in usual
    ]  # fmt: skip


def usual_views(
    state: ListState, choices: Mapping[str, Sequence[Choice]], *names: str
) -> list[View]:
    """All, and each choice of the filters named; the last of them counts every row once."""
    total = sum(each.count or 0 for each in choices[names[-1]])
    usual: list[tuple[str, Wanted, int]] = [(_("全部"), {}, total)]
    for name in names:
        usual += [(str(x.label), {name: (x.code,)}, x.count or 0) for x in choices[name]]
    return views_at(state, usual)
