"""A pack's parameters, facts and rules, and the register's codes, as rows in a reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.policy.domain.standing import Hold, readers_of
from bangfu.policy.domain.wordings import (
    NATION,
    SEVERITIES,
    marks_of,
    sentence_with_names,
)
from bangfu.rules.api import describe_fact, describe_rule
from bangfu.rules.text import Text
from bangfu.rules.units import show_number, unit_text

if TYPE_CHECKING:
    from datetime import date

    from bangfu.policy.domain.standing import PackStanding, Standing
    from bangfu.rules.api import Pack
    from bangfu.rules.layout import Language, Layout
    from bangfu.rules.pack import Fact

_AND: Final = Text("；", "; ")
_COMMA: Final = Text("、", ", ")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule; `missing` are the parameters without a value that keep it from answering."""

    name: str
    label: str
    risk: str
    risk_label: str
    severity: str
    severity_label: str
    condition: str
    reason: str
    measures: str
    source: str
    unverified: bool
    missing: str
    pack: str


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter on the day.

    Attributes:
        value: what holds in the pack's division, with its unit; empty when nothing does.
        hold: whether it has a value (`Hold`). marks: `待核实`, `演示`.
        elsewhere: narrower divisions with a value of their own.
        values: how many values there are, on all days and in all places.
        readers, blocked: labels of the rules that read it, and of those it keeps from answering.
    """

    name: str
    label: str
    value: str
    unit: str
    hold: Hold
    marks: tuple[str, ...]
    since: date | None
    place: str
    source: str
    note: str
    elsewhere: int
    values: int
    readers: tuple[str, ...]
    blocked: tuple[str, ...]
    pack: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact: what it means, how it is written, and the rules that read it."""

    name: str
    label: str
    unit: str
    meaning: str
    written: str
    note: str
    readers: tuple[str, ...]
    pack: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code: its list, the items that take it, its labels, its national code and its days."""

    list: str
    items: str
    code: str
    zh: str
    en: str
    gb: str
    standard: str
    valid_from: date | None
    valid_to: date | None


def rule_labels(pack: Pack, names: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The labels of rules."""
    return tuple(pack.rules[name].text.of(language) for name in names)


def _missing_words(pack: Pack, standing: PackStanding, rule: str, language: Language) -> str:
    labels = (pack.parameters[name].text.of(language) for name in standing.blocked.get(rule, ()))
    return _COMMA.of(language).join(labels)


def list_rules(pack: Pack, standing: PackStanding, language: Language) -> list[RuleRow]:
    """The rules, by risk in the pack's order."""
    order = list(pack.risks)
    rules = sorted(pack.rules.values(), key=lambda rule: order.index(rule.risk))
    return [
        RuleRow(
            name=rule.name,
            label=rule.text.of(language),
            risk=rule.risk,
            risk_label=pack.risks[rule.risk].of(language),
            severity=rule.severity,
            severity_label=SEVERITIES[rule.severity].of(language),
            condition=describe_rule(pack, rule, language).condition,
            reason=sentence_with_names(pack, rule.reason, language),
            measures=_AND.of(language).join(each.of(language) for each in rule.measures),
            source=rule.source,
            unverified=rule.unverified,
            missing=_missing_words(pack, standing, rule.name, language),
            pack=rule.origin.pack,
        )
        for rule in rules
    ]


def _parameter_row(pack: Pack, each: Standing, language: Language) -> ParameterRow:
    parameter, value = each.parameter, each.value
    return ParameterRow(
        name=parameter.name,
        label=parameter.text.of(language),
        value=show_number(value.value, parameter.unit, language) if value else "",
        unit=unit_text(parameter.unit, language),
        hold=each.hold,
        marks=marks_of(value, language) if value else (),
        since=value.period.start if value else None,
        place=(str(value.scope) or NATION.of(language)) if value else "",
        source=value.source if value else parameter.source,
        note=parameter.note.of(language) if parameter.note else "",
        elsewhere=each.elsewhere,
        values=len(parameter.values),
        readers=rule_labels(pack, each.readers, language),
        blocked=rule_labels(pack, each.blocked, language),
        pack=parameter.origin.pack,
    )


def list_parameters(pack: Pack, standing: PackStanding, language: Language) -> list[ParameterRow]:
    """The parameters, those that wait to be entered first."""
    rows = [_parameter_row(pack, each, language) for each in standing.parameters.values()]
    return sorted(rows, key=lambda row: row.hold is not Hold.AWAITED)


def _fact_row(pack: Pack, fact: Fact, language: Language) -> FactRow:
    return FactRow(
        name=fact.name,
        label=fact.text.of(language),
        unit=unit_text(fact.unit, language),
        meaning=describe_fact(pack, fact, language),
        written=" / ".join(" ".join(each.text.split()) for each in fact.expressions),
        note=fact.note.of(language) if fact.note else "",
        readers=rule_labels(pack, readers_of(pack, fact.name), language),
        pack=fact.origin.pack,
    )


def list_facts(pack: Pack, language: Language) -> list[FactRow]:
    """The facts, each after those it reads."""
    return [_fact_row(pack, fact, language) for fact in pack.facts.values()]


def list_codes(layout: Layout, language: Language) -> list[CodeRow]:
    """Every code of the register's lists, list by list."""
    takers: dict[str, list[str]] = {}
    for items in layout.items.values():
        for item in items:
            takers.setdefault(item.list, []).append(item.label(language))
    return [
        CodeRow(
            list=each.name,
            items=_COMMA.of(language).join(dict.fromkeys(takers.get(each.name, ()))),
            code=code.code,
            zh=code.zh,
            en=code.en,
            gb=code.gb,
            standard=each.source,
            valid_from=code.valid_from,
            valid_to=code.valid_to,
        )
        for each in layout.lists.values()
        for code in each.codes
    ]
