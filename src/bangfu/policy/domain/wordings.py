"""Definitions of a pack as the words a reader sees: one label and one text for every aspect."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Final

from bangfu.rules.api import describe_fact, describe_rule
from bangfu.rules.engines.evidence import describe_name
from bangfu.rules.text import Text
from bangfu.rules.units import show_number, unit_text

if TYPE_CHECKING:
    from bangfu.rules.api import Pack, ParameterValue
    from bangfu.rules.layout import Language

SEVERITIES: Final = {
    "high": Text("高", "High"),
    "medium": Text("中", "Medium"),
    "low": Text("低", "Low"),
}
NATION: Final = Text("全国", "The nation")
_AND: Final = Text("；", "; ")
_PLACE: Final = Text("〈{name}〉", "‹{name}›")
_MARKS: Final = {
    "unverified": Text("待核实", "unverified"),
    "demo": Text("演示", "demo"),
}
_UNTIL: Final = Text("{start} 起，到 {end} 为止（不含）", "from {start} until {end} (not included)")
_ONWARDS: Final = Text("{start} 起", "from {start}")
_NAME: Final = Text("名称", "Name")
_UNIT: Final = Text("单位", "Unit")
_SOURCE: Final = Text("来源", "Source")
_NOTE: Final = Text("说明", "Note")
_RISK: Final = Text("风险", "Risk")
_SEVERITY: Final = Text("程度", "Severity")
_CONDITION: Final = Text("条件", "Condition")
_WRITTEN: Final = Text("写法", "As written")
_SHOWN: Final = Text("给人看的数", "Values shown")
_REASON: Final = Text("触发时说", "Said when it fires")
_CLEAR: Final = Text("没触发时说", "Said when it is clear")
_MEASURES: Final = Text("建议措施", "Suggested measures")
_VERIFIED: Final = Text("是否核实", "Verified")
_MEANING: Final = Text("含义", "Meaning")
_YES: Final = Text("已核实", "verified")


def marks_of(value: ParameterValue, language: Language) -> tuple[str, ...]:
    """What a reader must know of a value: `待核实`, `演示`."""
    return tuple(text.of(language) for name, text in _MARKS.items() if getattr(value, name))


def period_words(value: ParameterValue, language: Language) -> str:
    """The days a value holds on."""
    text = _ONWARDS if value.period.end is None else _UNTIL
    return text.of(language).format(start=value.period.start, end=value.period.end)


def sentence_with_names(pack: Pack, text: Text, language: Language) -> str:
    """A rule's sentence with the names of the values that will stand in its places."""
    parts = []
    for before, name, _form, _conversion in Formatter().parse(text.of(language)):
        parts.append(before)
        if name:
            label = describe_name(pack, name)[0].of(language)
            parts.append(_PLACE.of(language).format(name=label))
    return "".join(parts)


def _labelled(aspects: dict[Text, str], language: Language) -> dict[str, str]:
    return {label.of(language): words for label, words in aspects.items() if words}


def parameter_aspects(pack: Pack, name: str, language: Language) -> dict[str, str]:
    """A parameter in words, and each of its values under its place and first day."""
    parameter = pack.parameters[name]
    aspects = _labelled(
        {
            _NAME: parameter.text.of(language),
            _UNIT: unit_text(parameter.unit, language),
            _SOURCE: parameter.source,
            _NOTE: parameter.note.of(language) if parameter.note else "",
        },
        language,
    )
    for value in parameter.values:
        place = str(value.scope) or NATION.of(language)
        words = [show_number(value.value, parameter.unit, language)]
        words += [period_words(value, language), *marks_of(value, language)]
        label = f"{place} {value.period.start}"
        aspects[label] = _AND.of(language).join(words)
        aspects[f"{label} {_SOURCE.of(language)}"] = value.source
    return aspects


def names_source(label: str) -> bool:
    """Whether this aspect is a source: the title of a document, Chinese in every language."""
    return label.endswith((_SOURCE.zh, _SOURCE.en))


def fact_aspects(pack: Pack, name: str, language: Language) -> dict[str, str]:
    """A fact in words."""
    fact = pack.facts[name]
    written = " / ".join(" ".join(each.text.split()) for each in fact.expressions)
    aspects = {
        _NAME: fact.text.of(language),
        _UNIT: unit_text(fact.unit, language),
        _MEANING: describe_fact(pack, fact, language),
        _WRITTEN: written,
        _NOTE: fact.note.of(language) if fact.note else "",
    }
    return _labelled(aspects, language)


def rule_aspects(pack: Pack, name: str, language: Language) -> dict[str, str]:
    """A rule in words."""
    rule = pack.rules[name]
    shown = [describe_name(pack, each)[0].of(language) for each in rule.shows]
    aspects = {
        _NAME: rule.text.of(language),
        _RISK: pack.risks[rule.risk].of(language),
        _SEVERITY: SEVERITIES[rule.severity].of(language),
        _CONDITION: describe_rule(pack, rule, language).condition,
        _WRITTEN: " ".join(rule.when.text.split()),
        _SHOWN: _AND.of(language).join(shown),
        _REASON: sentence_with_names(pack, rule.reason, language),
        _CLEAR: sentence_with_names(pack, rule.clear, language) if rule.clear else "",
        _MEASURES: _AND.of(language).join(each.of(language) for each in rule.measures),
        _SOURCE: rule.source,
        _VERIFIED: (_MARKS["unverified"] if rule.unverified else _YES).of(language),
        _NOTE: rule.note.of(language) if rule.note else "",
    }
    return _labelled(aspects, language)
