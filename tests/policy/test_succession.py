"""Which version holds on a day, whatever was published in which order."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.policy.domain.succession import Tenure, first_day, give_way
from bangfu.rules.api import load_pack

DAYS = st.integers(0, 30).map(lambda number: date(2026, 1, 1) + timedelta(number))


def published(starts: list[date]) -> list[Tenure]:
    """The tenures left after publishing versions that begin on these days, one after another."""
    holding: list[Tenure] = []
    for number, start in enumerate(starts):
        ended, replaced = give_way(holding, start)
        holding = [
            Tenure(each.version, each.start, start if each.version in ended else each.end)
            for each in holding
            if each.version not in replaced
        ]
        holding.append(Tenure(UUID(int=number), start, None))
    return holding


@settings(max_examples=80, deadline=None, database=None)
@given(st.lists(DAYS, min_size=1, max_size=6), DAYS)
def test_on_every_day_the_version_published_last_for_it_holds_alone(
    starts: list[date], day: date
) -> None:
    holding = [
        each.version.int
        for each in published(starts)
        if each.start <= day and (each.end is None or day < each.end)
    ]
    begun = [number for number, start in enumerate(starts) if start <= day]
    assert holding == begun[-1:]


def test_a_pack_can_answer_from_its_first_value_on() -> None:
    assert first_day(load_pack("sichuan"), date(2026, 11, 20)) == date(2006, 9, 1)
    assert first_day(load_pack("sichuan"), date(1999, 1, 1)) == date(1999, 1, 1)
