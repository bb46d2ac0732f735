"""Clues by place: a column of the tree of divisions, and words of a village's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from bangfu.cases.domain.dues import DueGroup
from bangfu.cases.permissions import READ
from bangfu.cases.queries.filters import OPEN, current_horizon, due_condition, scoped_clues
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Refused
from bangfu.places.api import PlaceCount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.foundation.access.api import Actor


def _open(actor: Actor, division: str, width: int) -> dict[str, int]:
    return _by_place(actor, division, width, OPEN)


def _due(group: DueGroup) -> PlaceCount:
    words = {
        DueGroup.OVERDUE: _("%(n)s 条线索已经逾期"),
        DueGroup.TODAY: _("%(n)s 条线索今天到期"),
    }

    def count(actor: Actor, division: str, width: int) -> dict[str, int]:
        try:
            due = due_condition(group, current_horizon())
        except Refused:
            # No policy is in force, so no day is a working day and nothing is due.
            return {}
        return _by_place(actor, division, width, OPEN & due)

    order = 10 if group is DueGroup.OVERDUE else 20
    return PlaceCount(f"clues_{group.value}", order, words[group], READ, count, today=True)


def _by_place(actor: Actor, division: str, width: int, wanted: Q) -> dict[str, int]:
    place = DivisionCode(division)
    found = scoped_clues(actor).filter(wanted, division__gte=place, division__lt=place.ceiling)
    counted = found.annotate(place=Substr("division", 1, width)).values_list("place")
    return dict(counted.annotate(n=Count("pk")).order_by())


def clue_counts() -> Iterator[PlaceCount]:
    """Open clues for the tree; what is overdue and due today for a village's title."""
    yield PlaceCount("clues_open", 10, _("%(n)s 条线索"), READ, _open)
    yield from map(_due, (DueGroup.OVERDUE, DueGroup.TODAY))
