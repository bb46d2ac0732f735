"""Households for tests: many situations among few households."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.rules.layout import load_layout
from bangfu.synthetic.life import Lives
from bangfu.synthetic.numbers import IdentityNumbers, show_papers
from bangfu.synthetic.places import villages_in
from bangfu.synthetic.rota import DECK
from bangfu.synthetic.sheets import row_of
from bangfu.synthetic.world import World
from oracle.sheets import HouseholdRows, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.rules.layout import Item
    from bangfu.synthetic.people import Fact, Household
    from bangfu.synthetic.reporting import Report

TONGJIANG = "511921"
TRIGGERS = frozenset(code.code for code in load_layout().lists["report_trigger"].codes)
"""Everything departments report."""
DENSE = World(round_length=len(DECK))
"""Every household has a situation, each comes once in a round."""


def lives(seed: int = 1, world: World = DENSE, division: str = TONGJIANG) -> Lives:
    return Lives(world, division, villages_in(division), seed)


def make(
    count: int, seed: int = 1, world: World = DENSE, division: str = TONGJIANG
) -> list[Household]:
    """The first households of a seed, with identity numbers dealt."""
    source, numbers = lives(seed, world, division), IdentityNumbers()
    made = [source.make(position) for position in range(count)]
    for household in made:
        for person in household.people:
            county = household.village.code[:6]
            person.id_number = numbers.deal(county, person.birth, person.sex)
            show_papers(person)
    return made


def by_situation(households: list[Household]) -> dict[str, list[Household]]:
    """Households by the name of what was planted; the untroubled under the empty name."""
    found: dict[str, list[Household]] = {}
    for household in households:
        name = household.situation.name if household.situation else ""
        found.setdefault(name, []).append(household)
    return found


def fen(facts: dict[str, Fact], *names: str) -> int:
    """The sum of amounts that are all known."""
    total = 0
    for name in names:
        value = facts[name]
        assert isinstance(value, int), name
        total += value
    return total


def _words(items: tuple[Item, ...], entity: str, facts: dict[str, Fact]) -> dict[str, str | None]:
    row = row_of(entity, facts, DENSE.day)
    return {item.zh: text_of(row[item.name]) for item in items if item.name in row}


def as_sheet(
    household: Household,
    items: dict[str, tuple[Item, ...]],
    before: Household | None = None,
    reports: Iterable[Report] = (),
) -> HouseholdRows:
    """The household as the oracle would read it from the workbooks and the lists."""
    earlier = None
    if before is not None:
        row = row_of("household", before.facts, DENSE.year_before().day)
        earlier = {
            item.zh: text_of(row[item.name]) for item in items["household"] if item.name in row
        }
    return HouseholdRows(
        household.number,
        _words(items["household"], "household", household.facts),
        [_words(items["member"], "member", person.facts) for person in household.people],
        before=earlier,
        reports=[_as_row(report) for report in reports],
        feeds=TRIGGERS,
    )


def _as_row(report: Report) -> dict[str, str | None]:
    labour = report.person.facts["labour"] if report.person else None
    words = load_layout().lists["labour"]
    found = words.find(str(labour))
    return {
        "trigger": report.trigger,
        "household": report.household,
        "month": f"{report.month // 100}-{report.month % 100:02d}",
        "amount": None if report.amount is None else f"{report.amount / 100:.2f}",
        "percent": None if report.percent is None else str(report.percent),
        "labour": found.zh if found else None,
        "product": report.product,
    }


def told_of(source: Lives, household: Household, position: int) -> list[Report]:
    """Everything reported of the household, prices of its products included."""
    return source.reports(household, position) + source.prices_for(household)
