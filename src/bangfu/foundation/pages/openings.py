"""Who looked at a household, a member or a case, with names: `ui/who_looked.html` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.access.api import Posting
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.audit.api import list_openings

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Looked:
    """One time that somebody looked; a part of the system has no title."""

    at: datetime
    name: str
    title: str
    purpose: str


def who_looked(subject_type: str, subject_id: UUID | str, limit: int = 10) -> list[Looked]:
    """The latest openings of a subject. Whoever may see the subject may see this."""
    openings = list_openings(subject_type, subject_id, limit)
    people = Person.objects.in_bulk({each.person_id for each in openings if each.person_id})
    postings = Posting.objects.in_bulk({each.posting_id for each in openings if each.posting_id})
    return [
        Looked(
            at=each.at,
            name=people[each.person_id].name if each.person_id in people else each.system,
            title=postings[each.posting_id].title if each.posting_id in postings else "",
            purpose=each.purpose,
        )
        for each in openings
    ]
