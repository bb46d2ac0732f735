"""The postings a person may work under, for the frame's switcher."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bangfu.foundation.access.api import list_own_postings
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.ui.api import PostingChoice

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest


def posting_choices(request: HttpRequest) -> list[PostingChoice]:
    """The postings that hold today, with the one in use marked; none for a visitor."""
    person = request.user
    if not isinstance(person, Person):
        return []
    in_use = cast("ActingRequest", request).actor.posting_id
    return [
        PostingChoice(str(each.id), each.organisation, each.title, current=each.id == in_use)
        for each in list_own_postings(person)
    ]
