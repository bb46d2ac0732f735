"""Changes of households as documents: whatever happens, people and heads add up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.problems import Refused
from bangfu.registry.domain.adjusting import (
    AdjustmentKind,
    Change,
    ChangeHead,
    Correct,
    Correction,
    Join,
    Leave,
    Merge,
    Move,
    Split,
    apply_to,
    kind_of,
)
from bangfu.registry.domain.adjusting_conflicts import carried, conflicts_of
from bangfu.registry.domain.adjusting_text import from_plain, to_plain
from registry.adjusting_making import RELATIONS, document, person

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.registry.domain.document import Document

World = dict[str, "Document"]


def three() -> World:
    """Two households: three people and one."""
    first = document("H1", person("a", "甲"), person("b", "乙", "spouse"), person("c", "丙", "son"))
    return {"H1": first, "H2": document("H2", person("d", "丁"))}


def people(world: World) -> list[str]:
    return sorted(row["person_number"] for each in world.values() for row in each["members"])


@st.composite
def some_change(draw: st.DrawFn, world: World, fresh: int) -> Change:
    """A change that may or may not be admitted, of the households as they are."""
    numbers = sorted(number for number, each in world.items() if each["members"])
    number = draw(st.sampled_from(numbers))
    rows = [row["person_number"] for row in world[number]["members"]]
    relations = {row: draw(st.sampled_from(RELATIONS)) for row in rows}
    someone = st.sampled_from(rows)
    made: dict[AdjustmentKind, Callable[[], Change]] = {
        AdjustmentKind.JOIN: lambda: Join(number, person(f"n{fresh}"), "newborn"),
        AdjustmentKind.LEAVE: lambda: Leave(
            number, draw(someone), "died", draw(st.sampled_from(["", *rows])), relations
        ),
        AdjustmentKind.CHANGE_HEAD: lambda: ChangeHead(number, draw(someone), relations),
        AdjustmentKind.SPLIT: lambda: Split(
            number,
            tuple(draw(st.lists(someone, unique=True))),
            f"S{fresh}",
            draw(someone),
            relations,
        ),
        AdjustmentKind.MERGE: lambda: Merge(number, draw(st.sampled_from(numbers)), relations),
        AdjustmentKind.MOVE: lambda: Move(number, group=draw(st.sampled_from(["3 组", "4 组"]))),
        AdjustmentKind.CORRECT: lambda: Correct(
            number,
            (Correction("household", "", "housing_grade", None, draw(st.sampled_from("ABCD"))),),
        ),
    }
    return made[draw(st.sampled_from(list(AdjustmentKind)))]()


def sound(world: World) -> None:
    """What holds of every register, whatever happened."""
    everybody = people(world)
    assert len(everybody) == len(set(everybody))
    for each in world.values():
        heads = [row["name"] for row in each["members"] if row["relation"] == "head"]
        assert each["household"]["size"] == len(each["members"])
        assert heads == ([each["household"]["head_name"]] if each["members"] else [])


@given(st.data())
def test_people_heads_and_sizes_add_up_through_any_changes(data: st.DataObject) -> None:
    world = three()
    for step in range(data.draw(st.integers(1, 8))):
        if not people(world):
            break
        change = data.draw(some_change(world, step))
        before, there = people(world), dict(world)
        try:
            made = apply_to(change, world)
        except Refused:
            continue
        world |= made
        sound(world)
        came = {change.member["person_number"]} if isinstance(change, Join) else set()
        left = {change.person} if isinstance(change, Leave) else set()
        assert set(people(world)) == (set(before) | came) - left
        # Nothing that was there is changed in place, so what stood before can stand again.
        assert people(there) == before
        sound(there)
        # A household without members stays in the register, and is never changed again.
        assert set(there) <= set(world)
        assert kind_of(from_plain(to_plain(change))) is kind_of(change)
        assert apply_to(from_plain(to_plain(change)), there) == made


REFUSED: list[tuple[Change, str]] = [
    (Leave("H1", "a", "died"), "registry.head_leaves"),
    (Leave("H1", "z", "died"), "registry.not_a_member"),
    (ChangeHead("H1", "b", {"a": "spouse"}), "registry.relation_missing"),
    (ChangeHead("H1", "a", {"b": "spouse", "c": "son"}), "registry.head_already"),
    (ChangeHead("H1", "b", {"a": "head", "c": "son"}), "registry.two_heads"),
    (Split("H1", ("a",), "H3", "a", {}), "registry.head_leaves"),
    (Split("H1", (), "H3", "b", {}), "registry.split_leaves_nobody"),
    (Split("H1", ("a", "b", "c"), "H3", "a", {"b": "x", "c": "y"}), "registry.split_leaves_nobody"),
    (Split("H1", ("b",), "H3", "c", {"b": "spouse"}), "registry.not_a_member"),
    (Split("H1", ("b",), "H2", "b", {}), "registry.number_taken"),
    (Merge("H2", "H1", {}), "registry.relation_missing"),
    (Merge("H2", "H2", {"d": "other"}), "registry.merge_with_itself"),
    (Merge("H2", "H1", {"d": "head"}), "registry.two_heads"),
    (Join("H1", person("b"), "newborn"), "registry.person_there"),
    (Join("H1", person("n", relation="head"), "married_in"), "registry.two_heads"),
    (Move("H1", group="3 组"), "registry.nothing_changes"),
    (Correct("H1", (Correction("household", "", "size", 3, 4),)), "registry.not_to_correct"),
    (Correct("H1", (Correction("members", "z", "labour", None, "weak"),)), "registry.row_gone"),
    (Leave("H9", "a", "died"), "registry.off_the_rolls"),
]


@pytest.mark.parametrize(
    ("change", "code"), REFUSED, ids=[f"{c}-{type(x).__name__}" for x, c in REFUSED]
)
def test_what_would_break_a_household_is_refused_by_name(change: Change, code: str) -> None:
    with pytest.raises(Refused) as refused:
        apply_to(change, three())
    assert [each.code for each in refused.value.problems] == [code]


def test_both_halves_of_a_split_are_whole_households() -> None:
    made = apply_to(Split("H1", ("c", "b"), "H3", "c", {"b": "mother"}, group="5 组"), three())
    stayed, new = made["H1"], made["H3"]
    assert (stayed["household"]["size"], stayed["household"]["head_name"]) == (1, "甲")
    assert (new["household"]["size"], new["household"]["head_name"]) == (2, "丙")
    assert new["household"]["group_name"] == "5 组"
    assert new["household"]["household_type"] == "alleviated"
    assert {row["relation"] for row in new["members"]} == {"head", "mother"}
    assert {row["change_reason"] for row in new["members"]} == {"split"}


def test_a_household_leaves_the_rolls_when_nobody_is_left_or_by_merging() -> None:
    alone = apply_to(Leave("H2", "d", "died"), three())["H2"]
    merged = apply_to(Merge("H2", "H1", {"d": "other"}), three())
    for left in (alone, merged["H2"]):
        assert left["members"] == []
        assert (left["household"]["size"], left["household"]["head_name"]) == (0, "丁")
    assert merged["H1"]["household"]["size"] == 4


def changed(world: World, number: str, **items: Any) -> Document:
    """The household with some items changed since."""
    household = {**world[number]["household"], **items}
    return {**world[number], "household": household}


def test_only_what_a_change_rests_on_stands_in_its_way() -> None:
    world = three()
    seen = world["H1"]
    grade = Correction("household", "", "housing_grade", None, "C")
    correct = Correct("H1", (grade,))
    other = changed(world, "H1", water_safe=False)
    same = changed(world, "H1", housing_grade="D")
    assert conflicts_of(correct, "H1", seen, other) == []
    assert [each.item for each in conflicts_of(correct, "H1", seen, same)] == ["housing_grade"]
    gone = apply_to(Leave("H1", "c", "died"), world)["H1"]
    assert conflicts_of(Leave("H1", "b", "died"), "H1", seen, gone) == []
    assert conflicts_of(Leave("H1", "c", "died"), "H1", seen, gone) != []
    head = ChangeHead("H1", "b", {"a": "spouse", "c": "son"})
    assert conflicts_of(head, "H1", seen, gone) != []
    merge = Merge("H2", "H1", {"d": "other"})
    new_head = apply_to(head, world)["H1"]
    assert conflicts_of(merge, "H1", seen, new_head) != []
    assert conflicts_of(merge, "H1", seen, gone) == []
    assert conflicts_of(Move("H1", group="4 组"), "H1", seen, gone) == []


def test_a_value_recorded_for_a_later_day_stands() -> None:
    world = three()
    two = Correct(
        "H1",
        (
            Correction("household", "", "housing_grade", None, "C"),
            Correction("household", "", "water_safe", None, True),
        ),
    )
    later = changed(world, "H1", housing_grade="A")
    left = carried(two, world["H1"], later)
    assert isinstance(left, Correct)
    assert left == replace(two, corrections=two.corrections[1:])
    moved = changed(world, "H1", group_name="9 组")
    assert carried(Move("H1", group="4 组"), world["H1"], moved) is None
