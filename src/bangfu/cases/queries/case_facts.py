"""What a case's guards may know: each part of the room brings the facts it is master of.

A provider answers for many cases at once, so that a batch costs as many statements as one case.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bangfu.cases.domain.kinds import CaseKind
from bangfu.foundation.bulk.api import fetch_by
from bangfu.procedures.api import pinned_procedure
from bangfu.screening.api import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor

    Facts = dict[str, Any]
    FactSource = Callable[[Actor, Sequence[Case]], Mapping[UUID, Mapping[str, Any]]]
    PaperSource = Callable[[Sequence[Case]], Mapping[UUID, Mapping[str, Sequence[str]]]]
    AnswerReader = Callable[[Case, str, Mapping[str, Any]], Mapping[str, Any]]

_sources: dict[CaseKind, list[FactSource]] = defaultdict(list)
_papers: dict[CaseKind, list[PaperSource]] = defaultdict(list)
_readers: dict[CaseKind, list[AnswerReader]] = defaultdict(list)


def register_facts(kind: CaseKind, source: FactSource) -> None:
    """Let `source` answer facts of cases of a kind; called once, when the app is ready."""
    if source not in _sources[kind]:
        _sources[kind].append(source)


def register_papers(kind: CaseKind, source: PaperSource) -> None:
    """Let `source` hand in papers that are there already: minutes of meetings, signed forms."""
    if source not in _papers[kind]:
        _papers[kind].append(source)


def register_answers(kind: CaseKind, reader: AnswerReader) -> None:
    """Let `reader` turn a form's answers into facts that the guards ask for.

    The reader gets the case, the move's name and the answers.
    """
    if reader not in _readers[kind]:
        _readers[kind].append(reader)


def standing_facts_of(actor: Actor, cases: Sequence[Case]) -> dict[UUID, Facts]:
    """What is known of each case before a form is filled in; unknown facts are left out."""
    found: dict[UUID, Facts] = {each.pk: {} for each in cases}
    for kind, some in _by_kind(cases).items():
        for source in _sources[kind]:
            for case_id, facts in source(actor, some).items():
                found[case_id].update(facts)
    return found


def standing_papers_of(cases: Sequence[Case]) -> dict[UUID, dict[str, list[str]]]:
    """The papers of each case that are there before anybody hands in one, by name."""
    found: dict[UUID, dict[str, list[str]]] = {each.pk: {} for each in cases}
    for kind, some in _by_kind(cases).items():
        for source in _papers[kind]:
            for case_id, papers in source(some).items():
                found[case_id].update({name: list(files) for name, files in papers.items()})
    return found


def rules_standing(households: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The rules whose findings stand about each household; those without one are left out."""
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = Finding.objects.filter(cleared_at=None).order_by()
    for household, rule in fetch_by(
        rows.values_list("household_id", "rule"), "household_id", households
    ):
        found[household].add(rule)
    return {household: frozenset(rules) for household, rules in found.items()}


def answered_facts(case: Case, move: str, answers: Mapping[str, Any]) -> Facts:
    """The facts that a form's answers are: those the table asks for, and nothing else.

    Words that people wrote stay out of the facts, which are kept with the move for good.
    """
    asked = pinned_procedure(case.matter.version_id).facts
    found = {name: value for name, value in answers.items() if name in asked and asked[name].asked}
    for reader in _readers[CaseKind(case.kind)]:
        found.update(reader(case, move, answers))
    return found


def _by_kind(cases: Sequence[Case]) -> dict[CaseKind, list[Case]]:
    grouped: dict[CaseKind, list[Case]] = defaultdict(list)
    for each in cases:
        grouped[CaseKind(each.kind)].append(each)
    return grouped
