"""People in postings, made by the real services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.access.api import Posting, grant_posting, system_actor
from bangfu.foundation.accounts.api import Person, create_person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PASSWORD = "heron-over-the-ford"


def make_person(username: str = "li.mei", name: str = "李梅") -> Person:
    return create_person(
        actor=system_actor("trial"), username=username, name=name, password=PASSWORD
    )


def post(
    person: Person,
    role: str = "county_officer",
    divisions: Sequence[str] = ("511921",),
    start: date | None = None,
    end: date | None = None,
) -> Posting:
    return grant_posting(
        actor=system_actor("trial"),
        person=person,
        organisation="通江县乡村振兴局",
        title="监测股干部",
        role=role,
        divisions=divisions,
        valid_from=start,
        valid_to=end,
    )
