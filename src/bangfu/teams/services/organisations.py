"""Organisations: loading lists of them, and what becomes of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import fetch_by, insert_rows, update_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.kernel.problems import Problem, Refused
from bangfu.teams.domain.catalogue import ORGANISATION, load_catalogue
from bangfu.teams.domain.lines import Line
from bangfu.teams.domain.organisations import plain_credit_code
from bangfu.teams.domain.settling import Outcome
from bangfu.teams.models import Organisation, OrganisationSuccession
from bangfu.teams.permissions import MANAGE
from bangfu.teams.queries.organisations import get_organisation
from bangfu.teams.services.places import find_places, take_turns
from bangfu.teams.services.plans import Loaded, Plan, load_all, tell_changed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.rows import OrganisationRow
    from bangfu.teams.services.places import Places

_LONGEST_NAME: Final = 128
_COLUMNS: Final = (
    "id", "name", "kind", "credit_code", "division", "valid_from", "valid_to", "recorded_at",
    "recorded_by",
)  # fmt: skip
DISSOLVED: Final = "dissolved"
SPLIT: Final = "split"


def load_organisations(*, actor: Actor, division: str, rows: Sequence[OrganisationRow]) -> Loaded:
    """Write a list of organisations, all of it or nothing; what stands already stays.

    Raises:
        AccessRefused: without the right to manage in `division`.
        Refused: with a problem for every row that cannot be.
    """
    return load_all(actor, division, partial(plan_organisations, actor, division, rows))


def plan_organisations(actor: Actor, division: str, rows: Sequence[OrganisationRow]) -> Plan:
    """Compare a list of organisations with those that stand."""
    lines = [Line(row) for row in rows]
    places = find_places(actor, division, (row.division for row in rows))
    names = list({row.name for row in rows})
    known = list(fetch_by(Organisation.objects.all(), "name", names))
    codes = _open_codes(rows)
    seen: set[tuple[Any, ...]] = set()
    fresh: list[tuple[Line[OrganisationRow], str]] = []
    ends: list[tuple[UUID, date | None]] = []
    for line in lines:
        credit_code = _check(line, places)
        key = (line.row.name, line.row.division, line.row.valid_from)
        if key in seen:
            line.refuse("teams.row_twice", "name")
        seen.add(key)
        if line.faulty:
            continue
        standing = next((each for each in known if _same(each, line.row)), None)
        if standing is None:
            _check_free(line, known, codes, credit_code)
            if not line.faulty:
                line.own_outcome = Outcome.NEW
                fresh.append((line, credit_code))
                codes.add(credit_code)
        else:
            _compare(line, standing, credit_code, ends)
    return Plan(ORGANISATION, division, lines, _write, also=[fresh, ends])


def _open_codes(rows: Sequence[OrganisationRow]) -> set[str]:
    wanted = list({row.credit_code.strip().upper() for row in rows if row.credit_code})
    found = Organisation.objects.filter(valid_to__isnull=True).values_list("credit_code", flat=True)
    return set(fetch_by(found, "credit_code", wanted))


def _same(standing: Organisation, row: OrganisationRow) -> bool:
    return (
        standing.name == row.name
        and standing.division == row.division
        and standing.valid_from == row.valid_from
    )


def _check(line: Line[OrganisationRow], places: Places) -> str:
    """Refuse what the row itself cannot say; answer its credit code in plain form."""
    row = line.row
    places.check(line, row.division, "division")
    if not row.name or len(row.name) > _LONGEST_NAME:
        line.refuse("teams.organisation_name", "name")
    if load_catalogue().lists["organisation_type"].find(row.kind) is None:
        line.refuse("teams.organisation_kind", "kind")
    if row.valid_to is not None and row.valid_to < row.valid_from:
        start, end = row.valid_from.isoformat(), row.valid_to.isoformat()
        line.refuse("teams.ends_before_it_begins", "valid_to", start=start, end=end)
    try:
        return plain_credit_code(row.credit_code)
    except Refused:
        line.refuse("teams.credit_code", "credit_code")
        return ""


def _check_free(
    line: Line[OrganisationRow], known: Sequence[Organisation], codes: set[str], credit_code: str
) -> None:
    """Refuse a name or code that another organisation bears."""
    row = line.row
    bearers = (each for each in known if (each.name, each.division) == (row.name, row.division))
    if any(each.valid_to is None for each in bearers):
        line.refuse("teams.organisation_there", "name")
    if credit_code and row.valid_to is None and credit_code in codes:
        line.refuse("teams.credit_code_taken", "credit_code")


def _compare(
    line: Line[OrganisationRow],
    standing: Organisation,
    credit_code: str,
    ends: list[tuple[UUID, date | None]],
) -> None:
    row = line.row
    if (row.kind, credit_code) != (standing.kind, standing.credit_code):
        line.refuse("teams.organisation_differs", "name")
    elif row.valid_to == standing.valid_to:
        line.own_outcome = Outcome.UNCHANGED
    elif standing.valid_to is not None:
        line.refuse("teams.ended_already", "valid_to", end=standing.valid_to.isoformat())
    else:
        line.own_outcome = Outcome.CHANGED
        ends.append((standing.id, row.valid_to))


def _write(actor: Actor, plan: Plan) -> None:
    fresh, ends = plan.also
    update_rows(Organisation, ("id", "valid_to"), ends)
    _insert(actor, [(new_id(), line.row, code) for line, code in fresh])


def _insert(actor: Actor, rows: Sequence[tuple[UUID, OrganisationRow, str]]) -> None:
    moment = now()
    insert_rows(
        Organisation,
        _COLUMNS,
        [
            (
                identity, row.name, row.kind, code, row.division, row.valid_from, row.valid_to,
                moment, actor.name,
            )
            for identity, row, code in rows
        ],
    )  # fmt: skip


@transaction.atomic
def succeed_organisation(
    *,
    actor: Actor,
    organisation_id: UUID,
    kind: str,
    day: date,
    successors: Sequence[OrganisationRow] = (),
    into: UUID | None = None,
) -> list[Organisation]:
    """End an organisation's name and begin what comes after it, in one act.

    Args:
        actor: needs `teams.manage` in its division.
        organisation_id: which one.
        kind: a code of `succession`: renamed (one new row), split (new rows), merged (`into` one
            that is there, or one new row), dissolved (nothing follows).
        day: the first day on which it is so.
        successors: new organisations; their first day is `day`.
        into: the organisation it was merged into.

    Raises:
        Http404: when the actor sees no such organisation.
        AccessRefused: without the right to manage there.
        Refused: `teams.ended_already`, `teams.ends_before_it_begins`, `teams.succession_shape`, or
            what is wrong with a successor.
    """
    old = get_organisation(actor, organisation_id)
    actor.check(MANAGE, old.division)
    take_turns(old.division)
    old = Organisation.objects.get(pk=old.pk)
    _check_succession(old, kind, day, len(successors) + (into is not None))
    Organisation.objects.filter(pk=old.pk).update(valid_to=day)
    heirs = [get_organisation(actor, into)] if into is not None else []
    heirs += [_begin(actor, row, day) for row in successors]
    followers: list[UUID | None] = [each.pk for each in heirs]
    for identity in followers or [None]:
        OrganisationSuccession.objects.create(
            predecessor=old, successor_id=identity, day=day, kind=kind
        )
    record(
        actor=actor,
        action="teams.organisation_succeeded",
        kind="changed",
        subject_type=ORGANISATION,
        subject_ids=(old.id, *(each.id for each in heirs)),
        division=old.division,
        count=1 + len(heirs),
    )
    tell_changed(old.division)
    return heirs


def _check_succession(old: Organisation, kind: str, day: date, heirs: int) -> None:
    if old.valid_to is not None:
        values = {"end": old.valid_to.isoformat()}
        raise Refused(Problem("teams.ended_already", values=values))
    if day < old.valid_from:
        values = {"start": old.valid_from.isoformat(), "end": day.isoformat()}
        raise Refused(Problem("teams.ends_before_it_begins", values=values))
    right = heirs > 1 if kind == SPLIT else heirs == (0 if kind == DISSOLVED else 1)
    if load_catalogue().lists["succession"].find(kind) is None or not right:
        raise Refused(Problem("teams.succession_shape"))


def _begin(actor: Actor, row: OrganisationRow, day: date) -> Organisation:
    line = Line(row)
    code = _check(line, find_places(actor, row.division, [row.division]))
    if line.faulty:
        raise Refused(*(each.problem for each in line.findings))
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                name=row.name, kind=row.kind, credit_code=code, division=row.division,
                valid_from=day, recorded_at=now(), recorded_by=actor.name,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(Problem("teams.organisation_there")) from None
