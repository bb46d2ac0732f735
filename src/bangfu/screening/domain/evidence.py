"""A verdict as it is kept and shown: numbers with units and limits, and its sentence in parts."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from bangfu.rules.api import Range
from bangfu.rules.units import show_number

if TYPE_CHECKING:
    from bangfu.rules.api import Evidence, Message, Missing, Verdict

_YUAN: Final = "yuan"
_A_PERSON: Final = "yuan/person"
_PEOPLE: Final = "people"


def evidence_document(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON: `evidence`, `reason` (parts by language) and `missing`.

    A value is a whole number in the engine's unit (fen, 0.01 mu), a code, a truth, a list of codes
    or `{"low", "high"}`; None is not known. `shown` and `limit_shown` are for people.
    `per_person` is there when an amount of the household is held against one a person.
    """
    return {
        "evidence": [_evidence(each) for each in verdict.evidence],
        "per_person": per_person(verdict),
        "reason": sentence_parts(verdict.reason, deciding_name(verdict)),
        "missing": [_missing(each) for each in verdict.missing],
    }


def deciding_name(verdict: Verdict) -> str:
    """The value that decided: the first shown one that the rule holds against something."""
    return next((each.name for each in verdict.evidence if each.operator), "")


def per_person(verdict: Verdict) -> dict[str, Any] | None:
    """The deciding amount a person, rounded down to the fen, beside the limit a person.

    Where a rule holds an amount of the household against a parameter times its members, both are
    said a person as well, as people speak of them. None for every other rule.
    """
    decided = next((each for each in verdict.evidence if each.operator), None)
    heads = next((each.value for each in verdict.evidence if each.unit == _PEOPLE), None)
    limit = next((each for each in verdict.evidence if each.unit.startswith(_A_PERSON)), None)
    if decided is None or limit is None or decided.unit != _YUAN:
        return None
    if type(decided.value) is not int or type(heads) is not int or heads < 1:
        return None
    value = decided.value // heads
    return {
        "label": {"zh": decided.label.zh, "en": decided.label.en},
        "value": value,
        "shown": _number(value),
        "operator": decided.operator,
        "limit": _plain(limit.value),
        "limit_name": limit.name,
        "limit_shown": _number(limit.value) if type(limit.value) is int else None,
    }


def _number(value: int) -> dict[str, str]:
    return {"zh": show_number(value, _A_PERSON, "zh"), "en": show_number(value, _A_PERSON, "en")}


def sentence_parts(message: Message, deciding: str) -> dict[str, list[dict[str, Any]]]:
    """The sentence in both languages, as texts and values, the deciding value marked."""
    return {
        "zh": _parts(message, message.text.zh, "zh", deciding),
        "en": _parts(message, message.text.en, "en", deciding),
    }


def _parts(message: Message, template: str, language: Any, deciding: str) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            parts.append({"text": text})
        if name:
            shown = message.values[name].shown(language)
            parts.append({"text": shown, "name": name, "deciding": name == deciding})
    return parts


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "name": evidence.name,
        "label": {"zh": evidence.label.zh, "en": evidence.label.en},
        "value": _plain(evidence.value),
        "shown": {"zh": evidence.shown("zh"), "en": evidence.shown("en")},
        "unit": evidence.unit,
        "operator": evidence.operator,
        "limit": _plain(evidence.limit),
        "limit_name": evidence.limit_name,
        "limit_shown": {"zh": evidence.limit_shown("zh"), "en": evidence.limit_shown("en")},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Range):
        return {"low": value.low, "high": value.high}
    return list(value) if isinstance(value, tuple) else value


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "name": missing.name,
        "label": {"zh": missing.label.zh, "en": missing.label.en},
        "of_members": missing.of_members,
        "of_reports": missing.of_reports,
        "is_parameter": missing.is_parameter,
        "is_feed": missing.is_feed,
    }
