"""Whatever comes first: the same lists handed in and taken back in any order tell the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.exchange.api import FeedList, ListRow, reports_of, withdraw_list
from exchange.making import hand_in, home, of, officer
from registry.making import COUNTY

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

AS_OF = date(2026, 11, 20)
LINES: list[dict[str, Any]] = [
    of(number, amount=amount, name=name)
    for number, names in {"H1": ["李春秀", "李春香"], "H2": ["王大贵"], "F1": ["杨珍"]}.items()
    for name in names
    for amount in (100_00, 200_00)
]
ROWS = st.lists(
    st.sampled_from(LINES),
    min_size=1,
    max_size=4,
    unique_by=lambda row: (row["id_number"], row["amount"]),
)


class _Undone(Exception):
    """Takes everything back that one example did."""


def _told(lists: Sequence[list[dict[str, Any]]], order: list[int], gone: set[int]) -> list[Any]:
    """What is reported after the lists came in an order and some were taken back at the end."""
    told: list[Any] = []
    actor = officer()
    made: dict[int, FeedList] = {}
    try:
        with transaction.atomic():
            for at in order:
                made[at] = hand_in(*lists[at], actor=actor)
            for at in sorted(gone):
                withdraw_list(actor=actor, list_id=made[at].id, reason="错")
            frame, feeds = reports_of(actor, COUNTY, AS_OF)
            told = [frame.rows(), feeds]
            assert not ListRow.objects.filter(live=True, list__withdrawn_at__isnull=False).exists()
            raise _Undone
    except _Undone:
        return told


@settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ROWS, min_size=2, max_size=3, unique_by=str), st.data())
def test_the_order_of_lists_changes_nothing(
    lists: list[list[dict[str, Any]]], data: st.DataObject
) -> None:
    places = list(range(len(lists)))
    gone = data.draw(st.sets(st.sampled_from(places), max_size=len(lists) - 1))
    first = _told(lists, places, gone)
    assert _told(lists, data.draw(st.permutations(places)), gone) == first
    kept = [each for at, each in enumerate(lists) if at not in gone]
    assert _told(kept, list(range(len(kept))), set())[0] == first[0]
    sure = {
        (home(number).household_key, row["amount"])
        for each in kept
        for row in each
        for number, name in (("H1", "李春秀"), ("H2", "王大贵"))
        if row["name"] == name
    }
    assert sorted((row[0], row[3]) for row in first[0]) == sorted(sure)
