"""What a change would write: the households it touches, day by day, before anything is written.

A change holds from its day on. Where a later day is known already, it is carried into what is
known of that day too, so that the present shows it; what was recorded for the later day by itself
stands.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from bangfu.foundation.clock.api import new_id, today
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import check_writable
from bangfu.registry.domain.adjusting import (
    Change,
    Split,
    apply_to,
    existing_households,
)
from bangfu.registry.domain.adjusting_conflicts import carried, conflicts_of
from bangfu.registry.domain.document import Document, content_hash, member_id, member_key
from bangfu.registry.domain.forms import Staged
from bangfu.registry.domain.items import secret_names
from bangfu.registry.domain.versions import VersionMark, version_in_force
from bangfu.registry.models import (
    Household,
    HouseholdSuccession,
    HouseholdVersion,
    Member,
)
from bangfu.registry.permissions import READ
from bangfu.registry.queries.adjusting_checks import (
    code_problems,
    new_problems,
    taken_problems,
)
from bangfu.registry.queries.histories import contents_of, marks_of
from bangfu.registry.queries.households import scoped_households
from bangfu.registry.queries.leaves import hash_secrets, open_secret
from bangfu.registry.queries.shown import describe_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class Known:
    """A household that a change needs, as the register has it.

    Attributes:
        latest: the version that the current tables show.
        standing: the versions that no other took out of force.
    """

    household: Household
    latest: VersionMark
    last_number: int
    standing: tuple[VersionMark, ...]

    def document_on(self, day: date, contents: Mapping[UUID, Document]) -> Document | None:
        """What is known for a day; None before it was registered."""
        mark = version_in_force(self.standing, day)
        return contents[mark.content] if mark is not None and mark.content else None


@dataclass(frozen=True, slots=True)
class PlannedVersion:
    """One version that the change would write; secrets that are new to their row are open."""

    number: str
    household_id: UUID
    valid_from: date
    document: Document
    created: bool


@dataclass(slots=True)
class Plan:
    """What a change would do.

    Attributes:
        before: the documents on the change's day, by household number.
        versions: what would be written, in the order of days.
    """

    change: Change
    day: date
    known: Mapping[str, Known]
    before: dict[str, Document]
    versions: list[PlannedVersion] = field(default_factory=list)

    def last(self) -> dict[str, PlannedVersion]:
        """The last that is planned for every household touched, by number."""
        return {each.number: each for each in self.versions}

    def present(self) -> dict[str, PlannedVersion]:
        """Of those, the ones the current tables would show: nothing later is known of them."""
        return {
            number: each
            for number, each in self.last().items()
            if number not in self.known or each.valid_from >= self.known[number].latest.valid_from
        }

    def villages(self) -> set[str]:
        """Every village of the households, before and after."""
        documents = [*self.before.values(), *(each.document for each in self.versions)]
        now = {each.household.village_code for each in self.known.values()}
        return now | {each["household"]["village_code"] for each in documents}


def plan_change(actor: Actor, change: Change, day: date, expected: Mapping[UUID, UUID]) -> Plan:
    """What applying a change now would write.

    Args:
        actor: who asks; households outside what they may read do not exist for them.
        change: what is to happen.
        day: from which day it holds.
        expected: the version of each household that whoever asked for the change has seen.

    Raises:
        Refused: with every reason against it; `registry.changed_since_asked` for each value in
            its way that is not what it was.
    """
    known = known_households(actor, existing_households(change))
    _check_day(day, known)
    _check_number(change)
    _raise_any([*_conflicts(change, known, expected), *code_problems(change, day)])
    plan = _planned(change, day, known)
    after = {each.number: each.document for each in plan.last().values()}
    _raise_any(
        [
            *new_problems(plan.before, after, day),
            *taken_problems(
                [(x.household_id, x.document["members"]) for x in plan.present().values()],
                actor.scope(READ),
            ),
        ]
    )
    return plan


def _raise_any(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused(*problems)


def known_households(actor: Actor, numbers: Sequence[str]) -> dict[str, Known]:
    """The households of these numbers that the actor may read.

    Raises:
        Refused: `registry.household_unknown` for one that is not there, or not for them to see;
            `registry.off_the_rolls` for one that has left.
    """
    rows = scoped_households(actor).filter(household_number__in=numbers)
    found = {each.household_number: each for each in rows}
    for number in numbers:
        if number not in found:
            raise Refused(Problem("registry.household_unknown", values={"number": number}))
    marks = marks_of([each.pk for each in found.values()])
    return {number: _known(found[number], marks[found[number].pk]) for number in numbers}


def _known(household: Household, marks: Sequence[VersionMark]) -> Known:
    latest = version_in_force(marks)
    if latest is None or not household.active:
        raise Refused(Problem("registry.off_the_rolls"))
    revoked = {mark.revokes for mark in marks}
    standing = tuple(mark for mark in marks if mark.revokes is None and mark.id not in revoked)
    return Known(household, latest, max(mark.number for mark in marks), standing)


def _check_day(day: date, known: Mapping[str, Known]) -> None:
    if day > today():
        raise Refused(Problem("registry.day_not_come", values={"day": day.isoformat()}))
    check_writable(day)
    for each in known.values():
        if version_in_force(each.standing, day) is None:
            first = min(mark.valid_from for mark in each.standing)
            values = {"number": each.household.household_number, "day": first.isoformat()}
            raise Refused(Problem("registry.before_registration", values=values))


def _check_number(change: Change) -> None:
    """A new household's number is nobody's: numbers are for life and never used again."""
    if not isinstance(change, Split):
        return
    number = change.number.strip()
    if not number or number != change.number or _is_taken(number):
        raise Refused(Problem("registry.number_taken", values={"number": number}))


def _is_taken(number: str) -> bool:
    """Whether a household has the number; one whose split was taken back may get it again."""
    origins = HouseholdSuccession.objects.filter(kind=HouseholdSuccession.Kind.SPLIT)
    found = Household.objects.filter(household_number=number).first()
    if found is None:
        return False
    withdrawn = not found.active and found.version_id is None
    return not (withdrawn and origins.filter(successor=found).exists())


def last_numbers(household_ids: Collection[UUID]) -> dict[UUID, int]:
    """The last version number of households; one without versions is left out."""
    rows = HouseholdVersion.objects.filter(household_id__in=household_ids)
    return dict(rows.values_list("household_id").annotate(last=Max("number")).order_by())


def _conflicts(
    change: Change, known: Mapping[str, Known], expected: Mapping[UUID, UUID]
) -> Iterator[Problem]:
    """What changed since the change was asked for and is in its way, value by value."""
    for number, each in known.items():
        seen_id = expected.get(each.household.pk)
        if seen_id is None or seen_id == each.latest.id:
            continue
        seen, now = seen_document(each.household, seen_id), _latest(each)
        differences = conflicts_of(change, number, seen, now)
        for shown in describe_changes(differences, seen, now, each.household.pk):
            label = " · ".join(text for text in (shown.subject, shown.label) if text)
            values = {"what": label, "before": shown.before or "–", "now": shown.after or "–"}
            yield Problem("registry.changed_since_asked", values=values)


def _latest(known: Known) -> Document:
    content = known.latest.content
    if content is None:
        raise Refused(Problem("registry.off_the_rolls"))
    return contents_of([content])[content][0]


def seen_document(household: Household, version_id: UUID) -> Document:
    """The document of a version of a household, whatever happened since.

    Raises:
        Refused: `registry.household_unknown` when the household has no such version.
    """
    row = HouseholdVersion.objects.filter(household=household, pk=version_id).first()
    content = row.mark.content if row is not None else None
    if content is None:
        values = {"number": household.household_number}
        raise Refused(Problem("registry.household_unknown", values=values))
    return contents_of([content])[content][0]


def _planned(change: Change, day: date, known: Mapping[str, Known]) -> Plan:
    marks = [mark for each in known.values() for mark in each.standing]
    contents = {
        row: found[0] for row, found in contents_of({m.content for m in marks if m.content}).items()
    }
    before = _documents_on(day, known, contents)
    plan = Plan(change, day, known, before)
    ids = _household_ids(change, known)
    rows = MemberRows(ids.values())
    written: dict[str, bytes] = {}
    for moment in sorted({day, *(m.valid_from for m in marks if m.valid_from > day)}):
        found = _documents_on(moment, known, contents)
        made = _applied(change, day, moment, before, found)
        for number, document in made.items():
            digest = content_hash(document)
            if written.get(number) == digest and not _has_own(known.get(number), moment):
                continue
            if number in found and content_hash(found[number]) == digest:
                continue
            household_id = ids.setdefault(number, new_id())
            settled = rows.settled(household_id, document)
            created = number not in known and number not in written
            plan.versions.append(PlannedVersion(number, household_id, moment, settled, created))
            written[number] = digest
    if not plan.versions:
        raise Refused(Problem("registry.nothing_changes"))
    return plan


def _household_ids(change: Change, known: Mapping[str, Known]) -> dict[str, UUID]:
    """The rows of the households, that of a split's new one too when it was there before."""
    ids = {number: each.household.pk for number, each in known.items()}
    if isinstance(change, Split):
        back = Household.objects.filter(household_number=change.number)
        ids.update(back.values_list("household_number", "id"))
    return ids


def _has_own(known: Known | None, moment: date) -> bool:
    """Whether the household has facts of its own recorded for that day."""
    return known is not None and any(mark.valid_from == moment for mark in known.standing)


def _documents_on(
    day: date, known: Mapping[str, Known], contents: Mapping[UUID, Document]
) -> dict[str, Document]:
    found = {number: each.document_on(day, contents) for number, each in known.items()}
    return {number: document for number, document in found.items() if document is not None}


def _applied(
    change: Change,
    day: date,
    moment: date,
    before: Mapping[str, Document],
    found: Mapping[str, Document],
) -> dict[str, Document]:
    if moment == day:
        return apply_to(change, found)
    number = change.household
    left = carried(change, before[number], found[number])
    if left is None:
        return {}
    try:
        return apply_to(left, found)
    except Refused:
        values = {"day": moment.isoformat()}
        raise Refused(Problem("registry.later_data_differs", values=values)) from None


class MemberRows:
    """The member rows of some households, and how a row that comes from elsewhere is settled.

    A person who comes gets the row they had in this household before, or a new one; what is
    encrypted is bound to the row it left, so it is opened to be encrypted again.
    """

    def __init__(self, household_ids: Collection[UUID]) -> None:
        rows = Member.objects.filter(household_id__in=household_ids)
        self._ids = {
            (household, number): row
            for household, number, row in rows.values_list("household_id", "person_number", "id")
        }

    def settled(self, household_id: UUID, document: Document) -> Document:
        """The document with every member in a row of this household."""
        members = [self._member(household_id, row) for row in document["members"]]
        return Document(
            household=document["household"], members=members, incomes=document["incomes"]
        )

    def _member(self, household_id: UUID, row: dict[str, Any]) -> dict[str, Any]:
        own = self._ids.setdefault((household_id, member_key(row)), new_id())
        if "id" not in row:
            return {**row, "id": own.hex}
        left = member_id(row)
        if left == own:
            return row
        opened = {name: _opened(name, left, row[name]) for name in _SECRETS if name in row}
        return {**row, **opened, "id": own.hex}


_SECRETS = secret_names("members")


def open_leaf(section: str, item: str, text: str) -> dict[str, str]:
    """What is typed for a secret item as a document's leaf: open, with its hashes."""
    row: dict[str, Any] = {item: text}
    members = [] if section == "household" else [row]
    household = row if section == "household" else {}
    hash_secrets([Staged(row=0, household=household, income={}, members=members)])
    leaf: dict[str, str] = row[item]
    return leaf


def _opened(item: str, row: UUID, leaf: Mapping[str, str]) -> dict[str, str]:
    """A leaf whose text is open again, with its hashes."""
    if "plain" in leaf:
        return dict(leaf)
    text = open_secret("members", item, row, b64decode(leaf["sealed"]))
    hashes = {name: value for name, value in leaf.items() if name != "sealed"}
    return {**hashes, "plain": text}
