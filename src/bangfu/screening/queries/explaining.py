"""Why each rule fired, is clear or cannot tell for one household: the reference's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.registry.api import get_household
from bangfu.rules.api import Outcome
from bangfu.screening.domain.evidence import evidence_document
from bangfu.screening.domain.judging import each_household
from bangfu.screening.permissions import READ
from bangfu.screening.queries.register import register_on

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household
    from bangfu.rules.api import Pack, Verdict

_ORDER = {Outcome.FIRED: 0, Outcome.UNKNOWN: 1, Outcome.CLEAR: 2}
Words = dict[str, str]
"""A wording by language: `zh`, `en`."""


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """One rule's answer.

    Attributes:
        outcome: `fired`, `unknown` or `clear`.
        reason: the sentence in parts by language; see `domain.evidence`.
        evidence: values with units and limits. per_person: the deciding amount a person.
        missing: what is not known and would be needed.
        source: where the rule comes from; unverified when nobody has confirmed it.
    """

    rule: str
    label: Words
    risk: str
    risk_label: Words
    severity: str
    outcome: str
    reason: dict[str, list[dict[str, Any]]]
    evidence: list[dict[str, Any]]
    per_person: dict[str, Any] | None
    missing: list[dict[str, Any]]
    measures: list[Words]
    source: str
    unverified: bool
    note: Words | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All rules about one household on a day: fired first, then unknown, then clear.

    Attributes:
        data_date: the day for which the register's facts are known to hold.
    """

    household_id: UUID
    number: str
    village: str
    as_of: date
    data_date: date
    pack: str
    pack_label: str
    pack_hash: str
    demo: bool
    rules: tuple[ExplainedRule, ...]

    def count(self, outcome: str) -> int:
        """How many rules answered so."""
        return sum(each.outcome == outcome for each in self.rules)

    def document(self) -> dict[str, Any]:
        """What `bangfu explain --json` prints."""
        return {
            "household": self.number,
            "as_of": self.as_of.isoformat(),
            "data_date": self.data_date.isoformat(),
            "pack": {
                "name": self.pack,
                "label": self.pack_label,
                "hash": self.pack_hash,
                "demo": self.demo,
            },
            "rules": [
                {
                    "rule": each.rule,
                    "label": each.label,
                    "risk": each.risk,
                    "outcome": each.outcome,
                    "reason": {
                        language: "".join(part["text"] for part in parts)
                        for language, parts in each.reason.items()
                    },
                    "evidence": each.evidence,
                    "missing": each.missing,
                    "source": each.source,
                    "unverified": each.unverified,
                }
                for each in self.rules
            ],
        }


@transaction.atomic
def explain_household(actor: Actor, household_id: UUID, as_of: date | None = None) -> Explanation:
    """Judge one household by the pack in force on a day, with evidence; audited as an opening.

    Raises:
        Http404: when there is no such household in the actor's scope.
        AccessRefused: when the actor may not see findings there.
        Refused: `screening.not_registered_then` when the register did not hold it that day.
    """
    return explain_opened(actor, get_household(actor, household_id), as_of)


def explain_opened(actor: Actor, household: Household, as_of: date | None = None) -> Explanation:
    """The same for a household the actor has opened: that opening covers it in the audit.

    Raises:
        AccessRefused: when the actor may not see findings there.
        Refused: `screening.not_registered_then` when the register did not hold it that day.
    """
    day = as_of or today()
    actor.check(READ, household.village_code)
    pack = active_pack(day)
    parameters = pack.parameters_on(day, household.village_code)
    key = household.household_key
    homes = list(each_household(register_on(actor, household.village_code, day, only=key)))
    if not homes:
        values = {"number": household.household_number, "day": day.isoformat()}
        raise Refused(Problem("screening.not_registered_then", values=values))
    verdicts = homes[0].judge(pack, day, parameters)
    ordered = sorted(verdicts, key=lambda verdict: _ORDER[verdict.outcome])
    return Explanation(
        household_id=household.pk,
        number=household.household_number,
        village=household.village_code,
        as_of=day,
        data_date=household.data_date,
        pack=pack.name,
        pack_label=pack.label,
        pack_hash=pack.hash,
        demo=pack.demo,
        rules=tuple(_explained(pack, each) for each in ordered),
    )


def _explained(pack: Pack, verdict: Verdict) -> ExplainedRule:
    rule = pack.rules[verdict.rule]
    document = evidence_document(verdict)
    risk = pack.risks[rule.risk]
    return ExplainedRule(
        rule=rule.name,
        label={"zh": rule.text.zh, "en": rule.text.en},
        risk=rule.risk,
        risk_label={"zh": risk.zh, "en": risk.en},
        severity=rule.severity,
        outcome=verdict.outcome.value,
        reason=document["reason"],
        evidence=document["evidence"],
        per_person=document["per_person"],
        missing=document["missing"],
        measures=[{"zh": each.zh, "en": each.en} for each in rule.measures],
        source=rule.source,
        unverified=rule.unverified,
        note={"zh": rule.note.zh, "en": rule.note.en} if rule.note else None,
    )
