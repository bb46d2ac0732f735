"""What the pages show of rules, parameters' values and phases, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from bangfu.policy.domain.catalogue import RuleRow, list_rules
from bangfu.policy.domain.wordings import NATION, marks_of, sentence_with_names
from bangfu.rules.api import describe_rule
from bangfu.rules.units import show_number
from bangfu.rules.wording import OPERATORS

if TYPE_CHECKING:
    from datetime import date

    from bangfu.policy.domain.phases import Phase
    from bangfu.policy.domain.standing import PackStanding
    from bangfu.rules.api import Pack, Parameter, ParameterValue, Rule
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule as its page shows it.

    Attributes:
        facts: name, label and meaning. held: label, operator in words, and limit.
    """

    row: RuleRow
    facts: tuple[tuple[str, str, str], ...]
    held: tuple[tuple[str, str, str], ...]
    written: str
    clear: str
    measures: tuple[str, ...]
    note: str
    file: str
    line: int


def shown_rule(pack: Pack, rule: Rule, standing: PackStanding, language: Language) -> ShownRule:
    """A rule in plain words."""
    text = describe_rule(pack, rule, language)
    rows = list_rules(pack, standing, language)
    return ShownRule(
        row=next(row for row in rows if row.name == rule.name),
        facts=tuple(
            (name, pack.facts[name].text.of(language), meaning) for name, meaning in text.facts
        ),
        held=tuple(
            (each.label, OPERATORS[each.operator].of(language), each.limit) for each in text.held
        ),
        written=rule.when.text.strip(),
        clear=sentence_with_names(pack, rule.clear, language) if rule.clear else "",
        measures=tuple(each.of(language) for each in rule.measures),
        note=rule.note.of(language) if rule.note else "",
        file=f"{rule.origin.pack}/{rule.origin.file}",
        line=rule.origin.line,
    )


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value of a parameter as the table beside the chart says it."""

    value: str
    start: date
    end: date | None
    holds: bool
    source: str
    marks: tuple[str, ...]


def _shown_value(
    value: ParameterValue, parameter: Parameter, day: date, language: Language
) -> ShownValue:
    return ShownValue(
        value=show_number(value.value, parameter.unit, language),
        start=value.period.start,
        end=value.period.end,
        holds=value.period.contains(day),
        source=value.source,
        marks=marks_of(value, language),
    )


def shown_places(
    parameter: Parameter, day: date, language: Language
) -> list[tuple[str, list[ParameterValue], list[ShownValue]]]:
    """The values of a parameter by place, each in the order of its days."""
    ordered = sorted(parameter.values, key=lambda each: (str(each.scope), each.period.start))
    found = []
    for scope, values in groupby(ordered, key=lambda each: str(each.scope)):
        listed = list(values)
        shown = [_shown_value(each, parameter, day, language) for each in listed]
        found.append((scope or NATION.of(language), listed, shown))
    return found


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """One phase; `left` and `width` are its place on a time line of a thousand."""

    phase: Phase
    label: str
    current: bool
    frozen: bool
    forms: list[tuple[str, str, date]]
    categories: list[tuple[str, list[str]]]
    relabels: list[tuple[str, str, str, list[tuple[str, str]]]]
    left: int
    width: int

    @property
    def middle(self) -> int:
        """The middle of its bar."""
        return self.left + self.width // 2


def _relabels(
    phase: Phase, items: dict[str, str], language: Language
) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Item, what it was called, what it is called, and what else the record must say."""
    found = []
    for each in phase.relabels:
        now = phase.relabel(each.item, each.code, each.when)
        was = now.was.of(language) if now.was else ""
        when = [
            (items[name], phase.relabel(name, code).text.of(language))
            for name, code in each.when.items()
        ]
        found.append((items[each.item], was, now.text.of(language), when))
    return found


def shown_phases(
    phases: tuple[Phase, ...], day: date, language: Language, items: dict[str, str]
) -> list[ShownPhase]:
    """The phases as the page draws them, the last one open to the year after the day."""
    first = phases[0].period.start.year
    last = max([day.year + 1, *(each.period.end.year for each in phases if each.period.end)])
    return [
        ShownPhase(
            phase=each,
            label=each.label(language),
            current=each.period.contains(day),
            frozen=each.is_frozen(day),
            forms=[(form.text.of(language), form.edition, form.start) for form in each.forms],
            categories=[
                (items[item], [category.text.of(language) for category in listed])
                for item, listed in each.categories.items()
            ],
            relabels=_relabels(each, items, language),
            left=(each.period.start.year - first) * 1000 // (last - first),
            width=((each.period.end.year if each.period.end else last) - each.period.start.year)
            * 1000
            // (last - first),
        )
        for each in phases
    ]
