"""What writing a file's households would do: compared with the register, household by household."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bangfu.foundation.clock.api import new_id
from bangfu.registry.domain.document import (
    Document,
    content_hash,
    income_key,
    member_key,
)
from bangfu.registry.domain.items import secret_names
from bangfu.registry.models import Outcome
from bangfu.registry.queries.histories import History

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.registry.domain.forms import Staged


@dataclass(frozen=True, slots=True)
class Planned:
    """One household of a file against the register.

    Attributes:
        document: the household as it would be; new secrets still open in `plain`.
        confirms: nothing differs, but the file's day is later than the day it was known for.
        current: whether the current tables would show it, or only the history.
    """

    number: str
    history: History
    document: Document
    content_hash: bytes
    outcome: Outcome
    confirms: bool
    current: bool

    @property
    def writes(self) -> bool:
        """Whether committing adds a version."""
        return self.confirms or self.outcome is not Outcome.UNCHANGED


def plan_household(
    staged: Staged,
    history: History | None,
    day: date,
    known_members: Mapping[tuple[UUID, str], UUID],
) -> Planned:
    """Put what the file says onto what the register knows for that day.

    The file replaces the household's items and members; of the income statements it replaces the
    one of its purpose and year.

    Args:
        staged: the household as the file has it, its secrets hashed.
        history: what the register knows; None for a household it has not.
        day: the file's data date.
        known_members: ids of member rows by household and person number, so that who comes back
            is the row they were.
    """
    known = history or History(new_id())
    base = known.document
    document = Document(
        household=_with_leaves("household", staged["household"], base and base["household"]),
        members=_members(staged, known, known_members),
        incomes=_incomes(staged, base),
    )
    digest = content_hash(document)
    same = base is not None and digest == known.content_hash
    outcome = Outcome.NEW if base is None else Outcome.UNCHANGED if same else Outcome.CHANGED
    later = known.base is not None and day > known.base.valid_from
    return Planned(
        number=staged["household"]["household_number"],
        history=known,
        document=document,
        content_hash=digest,
        outcome=outcome,
        confirms=same and later,
        current=known.becomes_current(day),
    )


def _with_leaves(
    section: str, row: dict[str, Any], before: dict[str, Any] | None
) -> dict[str, Any]:
    """The row; a secret that did not change keeps its encrypted bytes."""
    filled = dict(row)
    for item in secret_names(section):
        leaf, old = filled.get(item), (before or {}).get(item)
        if leaf is None:
            continue
        if old is not None and _hashes(leaf) == _hashes(old):
            filled[item] = old
        else:
            filled[item] = dict(leaf)
    return filled


def _hashes(leaf: dict[str, str]) -> tuple[str, str | None]:
    return leaf["fingerprint"], leaf.get("whole")


def _members(
    staged: Staged, known: History, ids: Mapping[tuple[UUID, str], UUID]
) -> list[dict[str, Any]]:
    before = (
        {member_key(each): each for each in known.document["members"]} if known.document else {}
    )
    members = []
    for row in staged["members"]:
        number = member_key(row)
        old = before.get(number)
        member = _with_leaves("members", row, old)
        member["id"] = old["id"] if old else (ids.get((known.household_id, number)) or new_id()).hex
        members.append(member)
    return members


def _incomes(staged: Staged, base: Document | None) -> list[dict[str, Any]]:
    statements = {income_key(each): each for each in (base["incomes"] if base else ())}
    statements[income_key(staged["income"])] = staged["income"]
    return [statements[key] for key in sorted(statements)]
