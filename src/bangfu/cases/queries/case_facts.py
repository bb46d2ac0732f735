"""What a case's guards may know: each part of the room brings the facts it is master of.

A provider answers for many cases at once, so that a batch costs as many statements as one case.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bangfu.cases.domain.kinds import CaseKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor

    Facts = dict[str, Any]
    FactSource = Callable[[Actor, Sequence[Case]], Mapping[UUID, Mapping[str, Any]]]

_sources: dict[CaseKind, list[FactSource]] = defaultdict(list)


def register_facts(kind: CaseKind, source: FactSource) -> None:
    """Let `source` answer facts of cases of a kind; called once, when the app is ready."""
    if source not in _sources[kind]:
        _sources[kind].append(source)


def standing_facts_of(actor: Actor, cases: Sequence[Case]) -> dict[UUID, Facts]:
    """What is known of each case before a form is filled in; unknown facts are left out."""
    found: dict[UUID, Facts] = {each.pk: {} for each in cases}
    by_kind: dict[CaseKind, list[Case]] = defaultdict(list)
    for each in cases:
        by_kind[CaseKind(each.kind)].append(each)
    for kind, some in by_kind.items():
        for source in _sources[kind]:
            for case_id, facts in source(actor, some).items():
                found[case_id].update(facts)
    return found
