"""Kinds, plans, comparisons and the standard of exit, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bangfu.places.domain.catalogue import RECORD, load_catalogue, record_items
from bangfu.places.domain.comparing import compare_kind
from bangfu.places.domain.exits import check_exit
from bangfu.places.domain.rows import Effect, plan_records, plan_tags
from bangfu.places.models import AreaTag, VillageRecord
from places.making import record, tag

ONE, TWO = "511921103201", "511921103202"
KINDS = load_catalogue().kinds
EXIT = {"village_exit_incidence_percent": 3}


def test_every_item_is_a_column_and_every_column_an_item() -> None:
    own = {"id", "origins", "demo", "sheet", "reason", "recorded_at", "recorded_by", "current"}
    items = {item.name for item in load_catalogue().records.items[RECORD]} - {"village_name"}
    assert items == {field.name for field in VillageRecord._meta.get_fields()} - own
    tags = {item.name for item in load_catalogue().tags.items["area_tag"]}
    assert tags <= {field.name for field in AreaTag._meta.get_fields()}
    blocks = [item.name for item in record_items()]
    assert len(blocks) == len(set(blocks)) == len(items) - 4


@pytest.mark.parametrize(
    ("code", "day", "counts"),
    [
        ("poverty_county", date(2015, 1, 1), [("", 88)]),
        ("poverty_county", date(2020, 11, 16), []),
        ("poverty_county", date(2020, 11, 17), [("", 0)]),
        ("exited_county", date(2021, 1, 1),
         [("", 88), ("2016", 5), ("2017", 15), ("2018", 30), ("2019", 31), ("2020", 7)]),
        ("supervised_county", date(2018, 1, 1), [("", 160)]),
        ("supervised_county", date(2019, 1, 1), [("", 161)]),
        ("poor_village", date(2015, 1, 1), [("", 11501)]),
        ("national_key_county", date(2026, 1, 1), [("", 25)]),
        ("provincial_key_county", date(2026, 1, 1), [("", 25)]),
        ("qinba", date(2026, 1, 1), []),
    ],
)  # fmt: skip
def test_the_published_counts_are_what_the_documents_say(
    code: str, day: date, counts: list[tuple[str, int]]
) -> None:
    published = KINDS[code].published_on(day)
    assert [(each.batch, each.count) for each in published] == counts
    assert all(each.source and each.within == "51" for each in published)


def test_the_batches_of_exits_are_the_eighty_eight() -> None:
    whole, *batches = KINDS["exited_county"].published_on(date(2021, 1, 1))
    assert sum(each.count for each in batches) == whole.count


def test_a_comparison_counts_places_that_hold_and_names_that_match_none() -> None:
    kind, day = KINDS["exited_county"], date(2021, 1, 1)
    held = {"kind": kind.code, "valid_from": date(2020, 11, 17)}
    tags = [
        tag("511921", batch="2018", **held),
        tag("511922", batch="2020", **held),
        tag("511923", batch="2020", **{**held, "valid_from": date(2022, 1, 1)}),
        tag("520101", batch="2020", **held),
        tag(division="", name="巴山县", within="51", **held),
    ]
    lines = {each.batch: each for each in compare_kind(kind, tags, day)}
    assert (lines[""].ours, lines[""].difference, lines[""].unmatched) == (2, -86, ("巴山县",))
    assert (lines["2018"].ours, lines["2018"].difference) == (1, -29)
    assert (lines["2020"].ours, lines["2019"].ours) == (1, 0)


def test_without_a_published_count_there_is_no_difference() -> None:
    (line,) = compare_kind(KINDS["qinba"], [tag("511921", kind="qinba")], date(2026, 1, 1))
    assert (line.ours, line.published, line.difference) == (1, None, None)


def test_a_list_loaded_again_changes_nothing_and_what_is_matched_now_takes_over() -> None:
    waiting = tag(division="", within="51")
    found = tag("511921", within="51")
    assert [each.effect for each in plan_tags([waiting], [waiting])] == [Effect.UNCHANGED]
    (matched,) = plan_tags([waiting], [found])
    assert (matched.effect, matched.before) == (Effect.CHANGED, waiting)
    # The old list once more, still without the code: what was matched stays matched.
    (again,) = plan_tags([found], [waiting])
    assert (again.effect, again.row.division) == (Effect.UNCHANGED, "511921")


def test_a_second_place_of_a_name_is_another_tag() -> None:
    first = tag(ONE, kind="poor_village", name="红星村", within="51")
    second = tag(TWO, kind="poor_village", name="红星村", within="51")
    (planned,) = plan_tags([first], [second])
    assert (planned.effect, planned.before) == (Effect.NEW, None)


@pytest.mark.parametrize(
    ("after", "effect"),
    [
        (record(ONE, clinic=True), Effect.UNCHANGED),
        (record(ONE), Effect.UNCHANGED),
        (record(ONE, clinic=False), Effect.CHANGED),
        (record(ONE, clinic=True, doctors=0), Effect.CHANGED),
        (record(ONE, day=date(2026, 11, 2), clinic=True), Effect.CHANGED),
        (record(ONE, 2024, clinic=True), Effect.NEW),
        (record(TWO, clinic=True), Effect.NEW),
    ],
)
def test_only_what_differs_is_a_change(after: Any, effect: Effect) -> None:
    before = record(ONE, clinic=True, broadband=True)
    (planned,) = plan_records({before.key: before}, [after])
    assert planned.effect is effect


@pytest.mark.parametrize(
    ("poor", "people", "parameters", "outcome"),
    [
        (29, 1000, EXIT, "clear"),
        (30, 1000, EXIT, "fired"),
        (0, 1000, EXIT, "clear"),
        (None, 1000, EXIT, "unknown"),
        (29, None, EXIT, "unknown"),
        (0, 0, EXIT, "unknown"),
        (29, 1000, {}, "unknown"),
    ],
)
def test_the_incidence_is_below_its_limit_or_unknown(
    poor: int | None, people: int | None, parameters: dict[str, int], outcome: str
) -> None:
    record = {"population_poor": poor, "population_registered": people}
    (incidence,) = [each for each in check_exit(record, parameters) if each.name == "incidence"]
    assert incidence.outcome == outcome


@pytest.mark.parametrize(
    ("income", "parameters", "outcome"),
    [
        (1, {}, "clear"),
        (0, {}, "fired"),
        (None, {}, "unknown"),
        (4_999_99, {"village_exit_collective_income": 5_000_00}, "fired"),
        (5_000_00, {"village_exit_collective_income": 5_000_00}, "clear"),
    ],
)
def test_the_collective_has_income_or_what_the_province_asks(
    income: int | None, parameters: dict[str, int], outcome: str
) -> None:
    checks = {each.name: each for each in check_exit({"collective_income": income}, parameters)}
    assert checks["collective_income"].outcome == outcome


def test_what_is_there_is_met_what_is_not_is_not_and_what_is_missing_is_unknown() -> None:
    checks = check_exit({"clinic": True, "network": False}, EXIT)
    assert {each.name: each.outcome.value for each in checks} == {
        "incidence": "unknown",
        "collective_income": "unknown",
        "road_to_village": "unknown",
        "clinic": "clear",
        "culture_room": "unknown",
        "network": "fired",
    }
