"""Finding the people and organisations that rows name; making those that are not there yet."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.foundation.bulk.api import fetch_by, insert_rows, update_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.secrets.api import fingerprint_many, seal_many
from bangfu.kernel.division import DivisionCode
from bangfu.registry.api import name_key
from bangfu.teams.domain.numbers import staff_number
from bangfu.teams.models import Cadre, Organisation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.lines import Line, Row
    from bangfu.teams.domain.rows import PersonRow

PHONE_PLACE: Final = (Cadre._meta.db_table, "phone_sealed")
"""Table and column that a sealed telephone number is bound to."""
PHONE_KIND: Final = "teams.phone"
_PHONE: Final = re.compile(r"\d[\d-]{5,14}\d\Z", re.ASCII)
_LONGEST_NAME: Final = 64
_NEW: Final = (
    "id", "number", "name", "sort_key", "division", "account_id", "organisation_id",
    "phone_sealed", "phone_fingerprint", "recorded_at", "recorded_by",
)  # fmt: skip
_PHONE_COLUMNS: Final = ("id", "phone_sealed", "phone_fingerprint")


@dataclass(frozen=True, slots=True)
class Known:
    """A person as far as rows are compared with it."""

    id: UUID
    number: str
    name: str
    organisation: UUID | None
    phone: bytes | None
    account: UUID | None = None
    fresh: PersonRow | None = None


@dataclass(slots=True)
class Roster:
    """The people of one list.

    Attributes:
        fresh: people the list brings.
        phones: telephone numbers it brings of people who are known.
        moved: where known people come from now.
    """

    within: DivisionCode
    organisations: dict[str, list[Organisation]]
    by_number: dict[str, Known] = field(default_factory=dict)
    by_phone: dict[bytes, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[tuple[str, UUID], list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_account: dict[UUID | None, Known] = field(default_factory=dict)
    fingerprints: dict[str, bytes] = field(default_factory=dict)
    fresh: dict[UUID, Known] = field(default_factory=dict)
    phones: dict[UUID, str] = field(default_factory=dict)
    moved: dict[UUID, UUID] = field(default_factory=dict)
    people: dict[UUID, Known] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        """Make a person findable."""
        self.people[known.id] = known
        self.by_number[known.number] = known
        if known.account is not None:
            self.by_account[known.account] = known
        if known.phone is not None:
            self.by_phone[known.phone].append(known)
        if known.organisation is not None:
            self.by_name[known.name, known.organisation].append(known)

    def find(self, line: Line[Row], person: PersonRow, day: date, name_item: str = "name") -> None:
        """Set the line's person and organisation, or refuse it.

        Args:
            line: the row.
            person: whom it names.
            day: its first day; an organisation is the one of that day.
            name_item: the item that holds the person's name.
        """
        faults = len(line.findings)
        organisation = self._organisation(line, person.organisation, day)
        if person.phone and not _PHONE.match(person.phone):
            line.refuse("teams.phone", "phone")
        if not person.name or len(person.name) > _LONGEST_NAME:
            line.refuse("teams.person_name", name_item)
        found = None if len(line.findings) > faults else self._find(line, person, organisation)
        if found is not None and found.name != person.name:
            line.refuse("teams.person_differs", name_item)
        if len(line.findings) > faults:
            return
        known = found or self._make(person, organisation)
        self._note(known, person, organisation)
        line.cadre = known.id
        line.organisation = organisation or known.organisation

    def _organisation(self, line: Line[Row], text: str, day: date) -> UUID | None:
        if not text:
            return None
        found = self.organisations.get(text, [])
        then = [each for each in found if _bears(each, day)] or found
        near = [each for each in then if self._is_near(each)] if len(then) > 1 else then
        if len(near) == 1:
            return near[0].id
        code = "teams.organisation_ambiguous" if near or then else "teams.organisation_unknown"
        line.refuse(code, "organisation")
        return None

    def _is_near(self, organisation: Organisation) -> bool:
        place = DivisionCode(organisation.division)
        return self.within.contains(place) or place.contains(self.within)

    def _find(self, line: Line[Row], person: PersonRow, organisation: UUID | None) -> Known | None:
        """The person who is known already; None for somebody new."""
        if person.account in self.by_account:
            return self.by_account[person.account]
        if person.number:
            known = self.by_number.get(person.number.upper())
            if known is None:
                line.refuse("teams.person_unknown", "number")
            return known
        if person.phone:
            return self._one(line, self.by_phone.get(self.fingerprints[person.phone], []), person)
        if organisation is None:
            line.refuse("teams.person_unidentified", "organisation")
            return None
        return self._one(line, self.by_name.get((person.name, organisation), []), person)

    def _one(self, line: Line[Row], found: Sequence[Known], person: PersonRow) -> Known | None:
        same = [each for each in found if each.name == person.name] or list(found)
        if len(same) > 1:
            line.refuse("teams.person_ambiguous", "number")
            return None
        return same[0] if same else None

    def _make(self, person: PersonRow, organisation: UUID | None) -> Known:
        identity = new_id()
        phone = self.fingerprints.get(person.phone)
        number, account = staff_number(identity), person.account
        known = Known(identity, number, person.name, organisation, phone, account, person)
        self.fresh[identity] = known
        self.add(known)
        return known

    def _note(self, known: Known, person: PersonRow, organisation: UUID | None) -> None:
        """Keep what the row tells anew of a person."""
        if person.phone and self.fingerprints[person.phone] != known.phone:
            self.phones[known.id] = person.phone
        if organisation is not None and organisation != known.organisation:
            self.moved[known.id] = organisation

    def write(self, actor: Actor, division: str, named: Collection[UUID | None]) -> None:
        """Insert the new people among those named, and what is new of the others."""
        self._insert(actor, division, named)
        known = set(named) - self.fresh.keys()
        changed = {each: phone for each, phone in self.phones.items() if each in known}
        sealed = seal_many(*PHONE_PLACE, changed.items())
        rows = [
            (each, blob, self.fingerprints[phone])
            for (each, phone), blob in zip(changed.items(), sealed, strict=True)
        ]
        update_rows(Cadre, _PHONE_COLUMNS, rows)
        moved = [(each, to) for each, to in self.moved.items() if each in known]
        update_rows(Cadre, ("id", "organisation_id"), moved)

    def _insert(self, actor: Actor, division: str, named: Collection[UUID | None]) -> None:
        moment = now()
        people = [each for each in self.fresh.values() if each.id in named]
        phones = {each.id: each.fresh.phone for each in people if each.fresh and each.fresh.phone}
        fresh = {each.id for each in people}
        phones |= {each: phone for each, phone in self.phones.items() if each in fresh}
        sealed = dict(zip(phones, seal_many(*PHONE_PLACE, phones.items()), strict=True))
        insert_rows(
            Cadre,
            _NEW,
            [
                (
                    each.id, each.number, each.name, name_key(each.name), division,
                    each.account,
                    self.moved.get(each.id, each.organisation), sealed.get(each.id),
                    self.fingerprints[phones[each.id]] if each.id in phones else None,
                    moment, actor.name,
                )
                for each in people
            ],
        )  # fmt: skip


def _bears(organisation: Organisation, day: date) -> bool:
    """Whether the organisation has its name on a day."""
    return organisation.valid_from <= day and (
        organisation.valid_to is None or day < organisation.valid_to
    )


def read_roster(within: str, people: Iterable[PersonRow]) -> Roster:
    """Everybody and every organisation that the rows could mean."""
    rows = list(people)
    roster = Roster(DivisionCode(within), _organisations(rows))
    phones = sorted({each.phone for each in rows if each.phone})
    roster.fingerprints = dict(zip(phones, fingerprint_many(PHONE_KIND, phones), strict=True))
    found: dict[UUID, Known] = {}
    for name, keys in (
        ("account_id", {each.account for each in rows if each.account}),
        ("number", {each.number.upper() for each in rows if each.number}),
        ("phone_fingerprint", set(roster.fingerprints.values())),
        ("name", {each.name for each in rows if each.organisation and not each.number}),
    ):
        columns = Cadre.objects.values_list(
            "id", "number", "name", "organisation_id", "phone_fingerprint", "account_id"
        )
        for row in fetch_by(columns, name, list(keys)):
            phone = bytes(row[4]) if row[4] is not None else None
            found[row[0]] = Known(row[0], row[1], row[2], row[3], phone, row[5])
    for each in found.values():
        roster.add(each)
    return roster


def _organisations(rows: Sequence[PersonRow]) -> dict[str, list[Organisation]]:
    wanted = sorted({each.organisation for each in rows if each.organisation})
    found: dict[str, list[Organisation]] = defaultdict(list)
    for field_name in ("name", "credit_code"):
        for each in fetch_by(Organisation.objects.order_by("valid_from"), field_name, wanted):
            found[getattr(each, field_name)].append(each)
    return found
