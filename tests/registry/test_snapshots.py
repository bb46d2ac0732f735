"""Frames for snapshots: keys, codes and numbers, of the day asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import AuditEvent
from bangfu.registry.api import Household, frames_of, reverse_batch
from bangfu.rules.kinds import readable_items
from bangfu.rules.layout import load_layout
from registry.making import COUNTY, DAY, OTHER_VILLAGE, VILLAGE, bring, household, member, officer

if TYPE_CHECKING:
    import polars as pl

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

LATER = date(2026, 11, 10)
EARLY = date(2026, 1, 15)
"""Early in the year, when the survey of the year before is brought."""


def frames(as_of: date = LATER, division: str = COUNTY) -> tuple[pl.DataFrame, pl.DataFrame]:
    return frames_of(officer(), division, as_of)


def test_values_have_the_kinds_that_rules_read() -> None:
    bring(household(identified_month="201405", relocated=False))
    households, members = frames()
    found = households.row(0, named=True)
    assert found["household_key"] == Household.objects.get().household_key
    assert (found["village_code"], found["housing_grade"]) == (VILLAGE, "B")
    assert found["identified_month"] == 2014 * 12 + 4
    assert (found["relocated"], found["water_safe"], found["road_type"]) == (False, None, None)
    assert (found["farmland"], found["wage_income"], found["dibao"]) == (350, 3_000_000, None)
    person = members.row(0, named=True)
    assert person["birth_month"] == 1980 * 12 + 4
    assert person["health"] == ["chronic", "disabled"]
    assert person["work_months"] == 6


def test_every_item_that_rules_may_read_is_there_and_nothing_personal() -> None:
    bring(household())
    households, members = frames()
    layout = load_layout()
    assert set(readable_items(layout.items["household"])) <= set(households.columns)
    assert set(readable_items(layout.items["member"])) <= set(members.columns)
    for frame in (households, members):
        texts = {each.name for each in layout if each.secret or each.type in {"text", "date"}}
        assert not texts & set(frame.columns)


def test_unknown_health_is_null_and_not_an_empty_list() -> None:
    bring(household("H1", member("H1", "1", health=None, disability_grade=None)))
    assert frames()[1]["health"].to_list() == [None]


def test_a_day_in_the_past_is_read_from_the_history() -> None:
    son = member("H1", "2", relation="son")
    bring(household("H1", member("H1", "1"), son, housing_grade="A"), household("H2"))
    bring(household("H1", housing_grade="D"), day=LATER)
    bring(household("H3"), day=LATER)
    households, members = frames(DAY)
    assert sorted(households["housing_grade"].to_list()) == ["A", "B"]
    assert members.height == 3
    now = frames(LATER)[0]
    assert sorted(now["housing_grade"].to_list()) == ["B", "B", "D"]
    assert households.schema == now.schema
    keys = set(now["household_key"])
    assert set(households["household_key"]) < keys


def test_history_and_present_say_the_same_of_a_day() -> None:
    bring(household("H1", member("H1", "1"), member("H1", "2", relation="son")), household("H2"))
    before = frames(DAY)
    bring(household("H1", housing_grade="D"), household("H2", size=1), day=LATER)
    after = frames(DAY)
    assert before[0].equals(after[0])
    assert before[1].equals(after[1])


def test_incomes_are_of_the_latest_survey_up_to_the_year() -> None:
    bring(household(income_year=2024, wage_income=1), day=EARLY)
    bring(household(income_year=2026, wage_income=3))
    assert frames()[0]["wage_income"].to_list() == [3]
    assert frames(EARLY)[0]["wage_income"].to_list() == [1]


INCOMES = {
    "wage_income": 5, "business_income": 4, "property_income": 120_000, "transfer_income": 1,
    "business_expenses": 3,
}  # fmt: skip


@pytest.mark.parametrize(
    ("year", "incomes", "net"),
    [
        (2025, INCOMES, 120_007),
        (2025, {**INCOMES, "business_expenses": 120_013}, -3),
        (2025, {**INCOMES, "property_income": None}, None),
        (2025, {**INCOMES, "business_expenses": None}, None),
        (2024, INCOMES, None),
    ],
    ids=["known", "a loss", "a part unknown", "expenses unknown", "two years before"],
)
def test_the_net_income_before_is_of_the_survey_a_year_earlier(
    year: int, incomes: dict[str, int | None], net: int | None
) -> None:
    bring(household(income_year=year, **incomes), day=EARLY)
    bring(household(income_year=2026, wage_income=90))
    assert frames()[0]["last_year_net_income"].to_list() == [net]


def test_only_the_division_asked_for_and_only_who_is_on_the_rolls() -> None:
    bring(household("H1"), household("H2", village_code=OTHER_VILLAGE))
    gone = bring(household("H3"))
    reverse_batch(actor=officer(), batch_id=gone.id, reason="错")
    assert frames()[0].height == 2
    assert frames(division=OTHER_VILLAGE)[0].height == 1


def test_rows_come_in_the_order_of_the_keys() -> None:
    bring(*(household(f"H{n}") for n in range(9)))
    households, members = frames()
    assert households["household_key"].is_sorted()
    assert members["household_key"].is_sorted()


def test_reading_frames_needs_the_whole_division_and_is_on_record() -> None:
    bring(household())
    with pytest.raises(AccessRefused):
        frames_of(officer(VILLAGE), COUNTY, DAY)
    frames()
    row = AuditEvent.objects.get(action="registry.frames_read")
    assert (row.kind, row.count, row.subject_ids) == ("counted", 1, "[]")


def test_an_empty_division_has_empty_frames_with_the_same_columns() -> None:
    empty = frames()
    bring(household())
    full = frames()
    assert empty[0].height == empty[1].height == 0
    assert empty[0].schema == full[0].schema
    assert empty[1].schema == full[1].schema
