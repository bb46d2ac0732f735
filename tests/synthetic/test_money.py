"""Amounts add up to the fen, and untroubled households are clear of every threshold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.rules.layout import ItemType, load_layout
from bangfu.synthetic.events import GROSS
from bangfu.synthetic.world import World
from synthetic.making import DENSE, fen, make


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_total_is_the_sum_of_its_parts_and_nothing_is_negative(seed: int) -> None:
    items = load_layout().items["household"]
    for household in make(30, seed):
        facts = household.facts
        for item in items:
            if item.type is ItemType.FEN and facts[item.name] is not None:
                assert fen(facts, item.name) >= 0
            known = [facts[name] for name in (*item.sum_of, item.name)]
            if item.sum_of and None not in known:
                assert fen(facts, item.name) == fen(facts, *item.sum_of)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_untroubled_households_stay_clear_of_every_threshold(seed: int) -> None:
    world = World()
    for household in make(40, seed, world):
        if household.situation is not None:
            continue
        facts, size = household.facts, len(household.people)
        losses = fen(facts, "business_expenses", "self_paid_expenses")
        reference = fen(facts, *GROSS, "claims_income") - losses
        assert reference * 100 >= world.line * size * 103
        assert fen(facts, "self_paid_medical") * 4 <= world.medical_limit * 3
        assert facts["housing_grade"] in ("A", "B")


def test_somebody_in_school_age_out_of_school_was_planted_there() -> None:
    for household in make(800, 3, World()):
        if household.situation and household.situation.school:
            continue
        for person in household.people:
            if 6 <= person.age(DENSE) <= 15:
                assert person.facts["school_status"] not in (None, "not_in_school")


def test_pensions_need_the_old_and_allowances_a_receiver() -> None:
    for household in make(600, 3, World()):
        facts = household.facts
        if facts["dibao"] is not None and fen(facts, "dibao") > 0:
            assert any(person.facts["on_dibao"] for person in household.people)
        if facts["pension"] is not None and fen(facts, "pension") > 0:
            assert any(person.age(DENSE) >= 60 for person in household.people)
