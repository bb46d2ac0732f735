"""Households judged by a pack: many at once by an engine, or one with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import polars as pl

from bangfu.rules.api import Outcome, judge_frames, judge_household
from bangfu.screening.domain.outcomes import KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from bangfu.rules.api import Pack, Verdict

Row = dict[str, Any]


class Engine(StrEnum):
    """Who judges. Outcomes are the same; the reference is slower and says why."""

    EMBEDDED = "embedded"
    REFERENCE = "reference"


class EnginesDisagree(RuntimeError):
    """Two engines came to different outcomes: a fault of ours, and no run is kept."""


@dataclass(frozen=True, slots=True)
class Register:
    """What households are judged by: frames with `household_key`."""

    households: pl.DataFrame
    members: pl.DataFrame
    reports: pl.DataFrame

    def of(self, keys: Collection[Any]) -> Register:
        """The same of some households only."""
        wanted = pl.Series(KEY, sorted(keys), dtype=self.households.schema[KEY])
        held = pl.col(KEY).is_in(wanted.implode())
        return Register(
            self.households.filter(held), self.members.filter(held), self.reports.filter(held)
        )


@dataclass(frozen=True, slots=True)
class Home:
    """One household as rules see it: rows by item name; what is not known is None."""

    key: Any
    household: Row
    members: list[Row]
    reports: list[Row]

    def judge(self, pack: Pack, as_of: date, parameters: Mapping[str, int]) -> tuple[Verdict, ...]:
        """Every rule's verdict with its evidence.

        Raises:
            DataUnfit: data no rule may be asked about.
        """
        return judge_household(pack, self.household, self.members, as_of, parameters, self.reports)


def judge(
    engine: Engine, pack: Pack, register: Register, as_of: date, parameters: Mapping[str, int]
) -> pl.DataFrame:
    """`household_key`, `rule`, `outcome` of everything that fired or is unknown.

    Raises:
        DataUnfit: data no rule may be asked about.
    """
    if engine is Engine.EMBEDDED:
        return judge_frames(
            pack,
            register.households,
            register.members,
            as_of,
            parameters,
            reports=register.reports,
        )
    rows = [
        (home.key, verdict.rule, verdict.outcome.value)
        for home in each_household(register)
        for verdict in home.judge(pack, as_of, parameters)
        if verdict.outcome is not Outcome.CLEAR
    ]
    key = register.households.schema[KEY]
    schema = pl.Schema({KEY: key, "rule": pl.String(), "outcome": pl.String()})
    return pl.DataFrame(rows, schema=schema, orient="row")


def each_household(register: Register) -> Iterator[Home]:
    """Every household with its members and reports."""
    people, told = _by_household(register.members), _by_household(register.reports)
    for household in register.households.iter_rows(named=True):
        key = household[KEY]
        yield Home(key, household, people.get(key, []), told.get(key, []))


def _by_household(frame: pl.DataFrame) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row[KEY], []).append(row)
    return found


def explain_fired(
    pack: Pack,
    register: Register,
    as_of: date,
    parameters: Mapping[str, int],
    fired: Collection[tuple[Any, str]],
) -> dict[tuple[Any, str], Verdict]:
    """The reference's verdict for every (household key, rule) that an engine says fired.

    Raises:
        EnginesDisagree: when the reference does not say so too.
    """
    found: dict[tuple[Any, str], Verdict] = {}
    for home in each_household(register.of({key for key, _ in fired})):
        for verdict in home.judge(pack, as_of, parameters):
            says = verdict.outcome is Outcome.FIRED
            if says != ((home.key, verdict.rule) in fired):
                raise EnginesDisagree(f"{home.key} {verdict.rule}: {verdict.outcome}")
            if says:
                found[home.key, verdict.rule] = verdict
    return found
