"""Giving postings and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from bangfu.foundation.access.models import GrantedDivision, Posting
from bangfu.foundation.access.permissions import MANAGE
from bangfu.foundation.access.queries import get_posting
from bangfu.foundation.access.roles import load_roles
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.audit.api import Kind, record
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.actors import Actor
    from bangfu.foundation.access.domain.roles import Role


@transaction.atomic
def grant_posting(
    *,
    actor: Actor,
    person: Person,
    organisation: str,
    title: str,
    role: str,
    divisions: Sequence[str],
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Posting:
    """Give a person a posting that reaches `divisions`, from a day (today) up to another.

    Args:
        actor: needs `access.manage` in every division, and is not the person.
        role: a name of the table of roles.
        divisions: codes at the role's tier or finer.
        valid_to: the first day on which the posting no longer holds; None for open.

    Raises:
        AccessRefused: without `access.manage` in one of the divisions.
        Refused: `access.role_unknown`, `access.division_*`, `access.period_invalid`,
            `access.own_posting`, `access.administrators_apart`.
    """
    start = valid_from or today()
    divisions = tuple(dict.fromkeys(divisions))
    for division in divisions:
        actor.check(MANAGE, division)
    # The row is held so that two postings for one person are judged one after the other.
    person = Person.objects.select_for_update().get(pk=person.pk)
    known = load_roles().get(role)
    if known is None:
        raise Refused(Problem("access.role_unknown", values={"role": role}))
    _check_posting(actor, person, known, divisions, start, valid_to)
    posting = Posting.objects.create(
        person=person,
        organisation=organisation,
        title=title,
        role=role,
        apart=known.apart,
        valid_from=start,
        valid_to=valid_to,
    )
    GrantedDivision.objects.bulk_create(
        GrantedDivision(
            posting=posting, division_code=division, valid_from=start, valid_to=valid_to
        )
        for division in divisions
    )
    _record(actor, posting, "access.posting_granted", divisions)
    return posting


@transaction.atomic
def end_posting(*, actor: Actor, posting_id: UUID, on: date | None = None) -> Posting:
    """End a posting: `on` (today) is the first day on which it no longer holds.

    Ended today, it is gone at the person's next request. A day before the posting's first counts
    as its first day: it never held. A posting that ends earlier already stays as it is.

    Raises:
        Http404: when the actor manages no division of the posting.
        AccessRefused: when the actor does not manage all of them.
        Refused: `access.own_posting`.
    """
    posting = get_posting(actor, posting_id)
    divisions = [row.division_code for row in posting.granted.all()]
    for division in divisions:
        actor.check(MANAGE, division)
    if posting.person_id == actor.person_id:
        raise Refused(Problem("access.own_posting"))
    end = max(on or today(), posting.valid_from)
    if posting.valid_to is None or end < posting.valid_to:
        posting.valid_to = end
        posting.save(update_fields=["valid_to"])
        _record(actor, posting, "access.posting_ended", divisions)
    return posting


def _check_posting(
    actor: Actor,
    person: Person,
    role: Role,
    divisions: Sequence[str],
    start: date,
    end: date | None,
) -> None:
    problems = [*_division_problems(role, divisions), *_apart_problems(person, role, start, end)]
    if person.pk == actor.person_id:
        problems.append(Problem("access.own_posting"))
    if end is not None and end <= start:
        values = {"start": start.isoformat(), "end": end.isoformat()}
        problems.append(Problem("access.period_invalid", values=values))
    if problems:
        raise Refused(*problems)


def _division_problems(role: Role, divisions: Sequence[str]) -> list[Problem]:
    problems = [] if divisions else [Problem("access.division_missing")]
    for division in divisions:
        try:
            level = DivisionCode(division).level
        except DivisionCodeInvalid:
            problems.append(Problem("access.division_invalid", values={"division": division}))
            continue
        if role.tier is not None and level < role.tier:
            values = {"role": role.label(reader_language()), "division": division}
            problems.append(Problem("access.division_too_broad", values=values))
    return problems


def _apart_problems(person: Person, role: Role, start: date, end: date | None) -> list[Problem]:
    """Whether a posting of the same group holds on a day of the new one's period."""
    if not role.apart:
        return []
    held = Posting.objects.filter(person=person, apart=role.apart).exclude(valid_to__lte=start)
    if end is not None:
        held = held.filter(valid_from__lt=end)
    other = held.exclude(valid_to=F("valid_from")).first()
    if other is None:
        return []
    label = load_roles()[other.role].label(reader_language())
    return [Problem("access.administrators_apart", values={"role": label})]


def _record(actor: Actor, posting: Posting, action: str, divisions: Sequence[str]) -> None:
    record(
        actor=actor,
        action=action,
        kind=Kind.CHANGED,
        subject_type="posting",
        subject_ids=(posting.id, posting.person_id),
        division=divisions[0],
        filters={"role": posting.role, "divisions": list(divisions)},
    )
