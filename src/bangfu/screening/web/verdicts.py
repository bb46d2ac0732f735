"""One household's verdicts as the page draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils.translation import gettext as _

from bangfu.foundation.ui.api import in_words, reader_language
from bangfu.foundation.ui.panels import Panel
from bangfu.kernel.problems import Refused
from bangfu.rules.api import Outcome
from bangfu.screening.permissions import READ
from bangfu.screening.queries.explaining import explain_opened

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.api import Household
    from bangfu.screening.queries.explaining import ExplainedRule, Explanation

_EXPLANATION: Final = "bangfu_explanation"
"""Kept on the request: two places of one page show the same judgement."""


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A row of the table.

    Attributes:
        value, limit: of the number that decided, in words; empty when nothing was held against
            a limit, or when it is not known.
        reason: the sentence in parts, the deciding value marked.
        missing: what would have to be known.
    """

    rule: str
    label: str
    risk: str
    outcome: str
    heavy: bool
    value: str
    limit: str
    reason: list[dict[str, Any]]
    missing: str
    measures: list[str]
    source: str
    unverified: bool
    note: str


_LIMITS: Final = {
    "<": "< %(limit)s",
    "<=": "≤ %(limit)s",
    ">": "> %(limit)s",
    ">=": "≥ %(limit)s",
}


def _deciding(rule: ExplainedRule) -> tuple[str, str]:
    """The value that decided and its limit; a person's where the rule speaks of persons."""
    language = reader_language()
    found = rule.per_person or next((each for each in rule.evidence if each["operator"]), None)
    if found is None:
        return "", ""
    sign = _LIMITS.get(found["operator"], "%(limit)s")
    limit = (found["limit_shown"] or {}).get(language, "")
    return found["shown"][language], sign % {"limit": limit} if limit else ""


def shown_rule(rule: ExplainedRule) -> ShownRule:
    """A verdict in the reader's language."""
    value, limit = _deciding(rule)
    names = [in_words(each["label"]) for each in rule.missing]
    return ShownRule(
        rule=rule.rule,
        label=in_words(rule.label),
        risk=in_words(rule.risk_label),
        outcome=rule.outcome,
        heavy=rule.outcome == Outcome.FIRED,
        value=value,
        limit=limit,
        reason=rule.reason[reader_language()],
        missing=_("、").join(names),
        measures=[in_words(each) for each in rule.measures],
        source=rule.source,
        unverified=rule.unverified,
        note=in_words(rule.note) if rule.note else "",
    )


def explanation_for(request: HttpRequest, household: Household) -> Explanation | None:
    """The judgement of today, once a request; None for who may not see it, or too early a day."""
    known: dict[Any, Explanation | None] = getattr(request, _EXPLANATION, {})
    if household.pk not in known:
        known = {household.pk: _explain(request, household)}
        setattr(request, _EXPLANATION, known)
    return known[household.pk]


def _explain(request: HttpRequest, household: Household) -> Explanation | None:
    actor = cast("ActingRequest", request).actor
    if not (actor.may(READ, household.village_code) and household.active):
        return None
    try:
        return explain_opened(actor, household)
    except Refused:
        return None


def top_panel(request: HttpRequest, household: Household) -> Panel | None:
    """The answer first: the heaviest reason, and how many rules say what."""
    explanation = explanation_for(request, household)
    if explanation is None:
        return None
    rules = [shown_rule(each) for each in explanation.rules]
    fired = [each for each in rules if each.outcome == Outcome.FIRED]
    context = {
        "lead": fired[0] if fired else None,
        "total": len(rules),
        "fired": len(fired),
        "clear": explanation.count(Outcome.CLEAR),
        "unknown": explanation.count(Outcome.UNKNOWN),
    }
    return Panel("screening/household_top.html", context, "top")


def rules_panel(request: HttpRequest, household: Household) -> Panel | None:
    """The table of all rules."""
    explanation = explanation_for(request, household)
    if explanation is None:
        return None
    rules = [shown_rule(each) for each in explanation.rules]
    context = {
        "explanation": explanation,
        "shown": [each for each in rules if each.outcome != Outcome.CLEAR.value],
        "clear": [each for each in rules if each.outcome == Outcome.CLEAR.value],
    }
    return Panel("screening/household_rules.html", context)
