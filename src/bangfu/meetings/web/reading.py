"""What a meeting's forms say, read without trust: what cannot be read is refused, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from bangfu.kernel.problems import Problem, Refused
from bangfu.meetings.domain.counting import Votes
from bangfu.meetings.queries.tallies import TypedVotes, agenda_matters
from bangfu.meetings.services.recording import AttendeeRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from bangfu.foundation.access.api import Actor

MOST_PEOPLE: Final = 2_000
"""More names than any village meeting lists."""
_DIGITS: Final = 6
_FIELDS: Final = ("for", "against", "abstained")


def ids_of(texts: Iterable[str]) -> list[UUID]:
    """The ids among some texts."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def number_of(text: str) -> int | None:
    """A number of people as typed; None for anything else."""
    typed = text.strip()
    plain = typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS
    return int(typed) if plain else None


def people_of(form: QueryDict) -> list[AttendeeRow]:
    """The list: those who stand on it, ticked or not, and those added line by line.

    Raises:
        Refused: `meetings.too_many_people`.
    """
    dropped, signed = set(form.getlist("drop")), set(form.getlist("signed"))
    rows = zip(form.getlist("name"), form.getlist("group"), form.getlist("role"), strict=False)
    every = form.get("all") == "1"
    people = [
        AttendeeRow(name, role, group, signed=every or str(place) in signed)
        for place, (name, group, role) in enumerate(rows)
        if str(place) not in dropped
    ]
    people += _added(form)
    if len(people) > MOST_PEOPLE:
        raise Refused(Problem("meetings.too_many_people", values={"most": str(MOST_PEOPLE)}))
    return people


def _added(form: QueryDict) -> list[AttendeeRow]:
    """People typed one a line: the name, and after a space what tells them apart."""
    role, came = form.get("add_role", ""), form.get("add_signed") == "1"
    lines = (line.split(maxsplit=1) for line in form.get("add", "").splitlines())
    return [
        AttendeeRow(words[0], role, words[1] if len(words) > 1 else "", signed=came)
        for words in lines
        if words
    ]


def ticked_of(form: QueryDict) -> list[str] | None:
    """The roles of those ticked in a form of attendance; None in another form."""
    if "role" not in form:
        return None
    roles = form.getlist("role")
    places = [number_of(each) for each in form.getlist("signed")]
    return [roles[each] for each in places if each is not None and each < len(roles)]


def typed_votes(form: QueryDict) -> dict[str, TypedVotes]:
    """The numbers typed for each item, by the item's id; None where there is no number."""
    return {
        item: (
            number_of(form.get(f"for-{item}", "")),
            number_of(form.get(f"against-{item}", "")),
            number_of(form.get(f"abstained-{item}", "")),
        )
        for item in form.getlist("item")
    }


def votes_of(actor: Actor, meeting_id: UUID, form: Mapping[str, str]) -> dict[UUID, Votes | None]:
    """The votes of each item by matter; None where all fields are empty.

    Raises:
        Http404: when the actor sees no such meeting.
        Refused: `meetings.votes_unreadable` for what is neither empty nor numbers.
    """
    found: dict[UUID, Votes | None] = {}
    for item_id, matter_id in agenda_matters(actor, meeting_id).items():
        texts = [form.get(f"{name}-{item_id}", "").strip() for name in _FIELDS]
        numbers = [number_of(text or "0") for text in texts]
        if not any(texts):
            found[matter_id] = None
        elif None in numbers:
            raise Refused(Problem("meetings.votes_unreadable"))
        else:
            in_favour, against, abstained = (each or 0 for each in numbers)
            remark = form.get(f"remark-{item_id}", "").strip()
            found[matter_id] = Votes(in_favour, against, abstained, remark)
    return found
