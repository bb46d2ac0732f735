"""A change as a page shows it: every household it touches, before and after, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.adjusting import Join, apply_to, existing_households
from bangfu.registry.domain.document import Document, diff_documents, member_key
from bangfu.registry.queries.adjusting import (
    MemberRows,
    known_households,
    plan_change,
    seen_document,
)
from bangfu.registry.queries.households import scoped_households
from bangfu.registry.queries.shown import describe_changes, describe_document_members

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.domain.adjusting import Change
    from bangfu.registry.models import Household
    from bangfu.registry.queries.shown import ShownChange, ShownItem


@dataclass(frozen=True, slots=True)
class HouseholdPreview:
    """One household of a change.

    Attributes:
        id: None for the new household of a split.
        people: names of the members afterwards, the head first; none when it leaves the rolls.
        changes: every difference in words; secrets masked.
    """

    id: UUID | None
    number: str
    head_name: str
    people: tuple[str, ...]
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """A change against the households that whoever asked for it has seen.

    Attributes:
        households: what would become of each; empty when it cannot even be drawn.
        joined: the items of somebody who joins.
        problems: every reason why it could not be made now.
    """

    households: tuple[HouseholdPreview, ...]
    joined: tuple[ShownItem, ...]
    problems: tuple[Problem, ...]


_EMPTY = Document(household={}, members=[], incomes=[])


def preview_change(
    actor: Actor,
    change: Change,
    day: date,
    expected: Mapping[UUID, UUID],
    *,
    decided: bool = False,
) -> ChangePreview:
    """What a change would do, or did.

    The caller opened the households; nothing is audited here, and what the actor may not read is
    not there for them.

    Args:
        expected: the versions seen when it was asked for; without one the present is taken.
        decided: whether it is decided already, so that nobody asks whether it could be made.
    """
    problems: tuple[Problem, ...] = ()
    if not decided:
        try:
            plan_change(actor, change, day, expected)
        except Refused as refused:
            problems = refused.problems
    try:
        households, joined = _drawn(actor, change, expected)
    except Refused as refused:
        return ChangePreview((), (), problems or refused.problems)
    return ChangePreview(households, joined, problems)


def current_versions(actor: Actor, change: Change) -> dict[UUID, UUID]:
    """The versions of the households a change needs, as they are now, by household.

    Raises:
        Refused: when one is not there, not for the actor to see, or off the rolls.
    """
    known = known_households(actor, existing_households(change))
    return {each.household.pk: each.latest.id for each in known.values()}


def _drawn(
    actor: Actor, change: Change, expected: Mapping[UUID, UUID]
) -> tuple[tuple[HouseholdPreview, ...], tuple[ShownItem, ...]]:
    numbers = existing_households(change)
    rows = scoped_households(actor).filter(household_number__in=numbers)
    households = {each.household_number: each for each in rows}
    if set(households) != set(numbers):
        raise Refused(Problem("registry.household_unknown", values={"number": numbers[-1]}))
    before = {
        number: seen_document(each, expected.get(each.pk) or _version(each))
        for number, each in households.items()
    }
    settle = MemberRows([each.pk for each in households.values()])
    after = apply_to(change, before)
    previews: list[HouseholdPreview] = []
    joined: tuple[ShownItem, ...] = ()
    for number, document in after.items():
        household = households.get(number)
        owner = household.pk if household is not None else None
        settled = settle.settled(owner or households[change.household].pk, document)
        previews.append(_preview(number, owner, before.get(number, _EMPTY), settled))
        if isinstance(change, Join):
            joined = _joined(settled, str(change.member["person_number"]))
    return tuple(previews), joined


def _version(household: Household) -> UUID:
    if household.version_id is None:
        raise Refused(Problem("registry.off_the_rolls"))
    return household.version_id


def _preview(
    number: str, owner: UUID | None, before: Document, after: Document
) -> HouseholdPreview:
    changes = (
        describe_changes(diff_documents(before, after), before, after, owner)
        if owner is not None
        else []
    )
    people = sorted(after["members"], key=lambda row: row.get("relation") != "head")
    return HouseholdPreview(
        owner,
        number,
        after["household"]["head_name"],
        tuple(row["name"] for row in people),
        tuple(changes),
    )


def _joined(document: Document, person: str) -> tuple[ShownItem, ...]:
    for row, shown in zip(document["members"], describe_document_members(document), strict=True):
        if member_key(row) == person:
            return tuple(item for item in shown.values() if item.known)
    return ()
