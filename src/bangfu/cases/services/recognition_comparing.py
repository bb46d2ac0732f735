"""Asking departments about a household, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.cases.domain.comparison import ComparisonOutcome
from bangfu.cases.models import Comparison, Consent
from bangfu.cases.permissions import COMPARE
from bangfu.cases.queries.recognition_facts import consents_of, gather
from bangfu.cases.queries.recognition_table import comparison_table
from bangfu.cases.services.recognition_holding import hold_recognition, record_written
from bangfu.foundation.clock.api import new_id, today
from bangfu.foundation.secrets.api import seal
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bangfu.cases.domain.comparison import ComparisonTable
    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor

COMPARING = ("checked",)
WORDS = (Comparison._meta.db_table, "words_sealed")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a department answered.

    Attributes:
        outcome: a value of `ComparisonOutcome`. flag: what was found, a code of the pack's flags.
        words: the explanation for what was found, in the household's or a visitor's words.
        explained: whether the explanation is accepted; never without words.
    """

    department: str
    outcome: str
    flag: str = ""
    words: str = ""
    explained: bool = False


@transaction.atomic
def ask_comparison(
    *, actor: Actor, case_id: UUID, departments: Sequence[str] = ()
) -> list[Comparison]:
    """Note that departments were asked; those asked before are left as they are.

    Args:
        actor: needs `cases.compare` there.
        case_id: which case.
        departments: their codes; empty for all that the pack asks about such a household.

    Raises:
        Http404: no such case, or none the actor may see.
        AccessRefused: when the actor may not compare there.
        Refused: `cases.consent_missing` for departments that the household has not authorised;
            `cases.department_unknown`; `cases.not_at_this_step`.
    """
    case = hold_recognition(actor, case_id, COMPARE, COMPARING)
    table, known = comparison_table(), gather([case])
    wanted = tuple(departments) or table.needed(on_dibao=case.household_id in known.on_dibao)
    strange = [each for each in wanted if each not in table.departments]
    if strange:
        raise Refused(Problem("cases.department_unknown", values={"code": strange[0]}))
    _check_authorised(case, wanted, table)
    standing = set(case.comparisons.values_list("department", flat=True))
    rows = [
        Comparison(id=new_id(), case=case, department=each, asked_on=today())
        for each in dict.fromkeys(wanted)
        if each not in standing
    ]
    Comparison.objects.bulk_create(rows)
    record_written(actor, case, "comparison.asked", {"departments": list(wanted)})
    return list(case.comparisons.order_by("asked_on", "department"))


def _check_authorised(case: Case, departments: Iterable[str], table: ComparisonTable) -> None:
    """Refuse to ask, or to take in, what the household has not authorised or no longer does."""
    rows = Consent.objects.filter(household=case.household_id, withdrawn_on=None)
    allowed = {code for each in consents_of(case, rows) for code in each.scope}
    missing = [each for each in departments if each not in allowed]
    if missing:
        language = reader_language()
        names = "、".join(table.departments[each].text.of(language) for each in missing)
        raise Refused(Problem("cases.consent_missing", values={"departments": names}))


@transaction.atomic
def record_answer(*, actor: Actor, case_id: UUID, answer: Answer) -> Comparison:
    """Write down what a department answered; the same department again puts it right.

    What was found refuses nobody: it is explained, or a person finds the household not eligible.

    Raises:
        Http404: no such case, or none the actor may see.
        AccessRefused: when the actor may not compare there.
        Refused: `cases.not_asked`, `cases.consent_missing`, `cases.outcome_unknown`,
            `cases.flag_unknown`, `cases.explanation_missing`, `cases.not_at_this_step`.
    """
    case = hold_recognition(actor, case_id, COMPARE, COMPARING)
    table = comparison_table()
    row = case.comparisons.filter(department=answer.department).first()
    if row is None:
        raise Refused(Problem("cases.not_asked"))
    _check_answer(answer, table)
    _check_authorised(case, [answer.department], table)
    found = answer.outcome == ComparisonOutcome.FOUND
    words = answer.words.strip()
    row.answered_on = today()
    row.outcome = answer.outcome
    row.flag = answer.flag if found else ""
    row.explained = found and answer.explained
    row.words_sealed = seal(*WORDS, row.pk, words) if words else None
    row.by_id, row.by_name = actor.person_id, actor.name
    row.save()
    filters = {"department": row.department, "outcome": row.outcome}
    record_written(actor, case, "comparison.answered", filters)
    return row


def _check_answer(answer: Answer, table: ComparisonTable) -> None:
    if answer.outcome not in set(ComparisonOutcome):
        raise Refused(Problem("cases.outcome_unknown"))
    flag = table.flags.get(answer.flag)
    found = answer.outcome == ComparisonOutcome.FOUND
    if found and (flag is None or flag.department != answer.department):
        raise Refused(Problem("cases.flag_unknown"))
    if found and answer.explained and not answer.words.strip():
        raise Refused(Problem("cases.explanation_missing"))
