"""A verdict as it is kept and shown: numbers with units and limits, and its sentence in parts."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any

from bangfu.rules.api import Range

if TYPE_CHECKING:
    from bangfu.rules.api import Evidence, Message, Missing, Verdict


def evidence_document(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON: `evidence`, `reason` (parts by language) and `missing`.

    A value is a whole number in the engine's unit (fen, 0.01 mu), a code, a truth, a list of codes
    or `{"low", "high"}`; None is not known. `shown` and `limit_shown` are for people.
    """
    return {
        "evidence": [_evidence(each) for each in verdict.evidence],
        "reason": sentence_parts(verdict.reason, deciding_name(verdict)),
        "missing": [_missing(each) for each in verdict.missing],
    }


def deciding_name(verdict: Verdict) -> str:
    """The value that decided: the first shown one that the rule holds against something."""
    return next((each.name for each in verdict.evidence if each.operator), "")


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
        "is_parameter": missing.is_parameter,
    }
