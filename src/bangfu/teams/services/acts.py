"""Single acts of a person's desk: begin, end, hand over. Each is one transaction and one turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now
from bangfu.kernel.problems import Refused
from bangfu.teams.domain.catalogue import DUTY, PAIRING
from bangfu.teams.domain.lines import Line
from bangfu.teams.domain.spells import Spell, ended, handed_over
from bangfu.teams.models import Duty, Pairing
from bangfu.teams.permissions import MANAGE
from bangfu.teams.queries.duties import get_duty
from bangfu.teams.queries.pairings import get_pairing
from bangfu.teams.services.duties import load_duties
from bangfu.teams.services.pairings import load_pairings
from bangfu.teams.services.places import take_turns
from bangfu.teams.services.plans import tell_changed
from bangfu.teams.services.roster import read_roster
from bangfu.teams.services.spells import check_end

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.rows import DutyRow, PairingRow, PersonRow

_ENDED: Final = ("valid_to", "end_reason", "successor", "ended_at", "ended_by")
Held = Duty | Pairing


@dataclass(frozen=True, slots=True)
class Heir:
    """Who follows: the person, and where they come from."""

    cadre: UUID
    organisation: UUID | None


def begin_duty(*, actor: Actor, row: DutyRow) -> None:
    """Give one person a duty; the same as a list of one row.

    Raises:
        AccessRefused: without the right to manage at the place.
        Refused: when it cannot be.
    """
    load_duties(actor=actor, division=row.division, rows=[row])


def begin_pairing(*, actor: Actor, village: str, row: PairingRow) -> None:
    """Let somebody help a household of a village; the same as a list of one row.

    Raises:
        AccessRefused: without the right to manage there.
        Refused: when it cannot be.
    """
    load_pairings(actor=actor, division=village, rows=[row])


@transaction.atomic
def end_duty(*, actor: Actor, duty_id: UUID, day: date, reason: str) -> Duty:
    """End a duty; nobody follows. An end on its first day takes it back as a mistake.

    Raises:
        Http404: when the actor sees no such duty.
        AccessRefused: without the right to manage at its place.
        Refused: `teams.ended_already`, `teams.ends_before_it_begins`, `teams.reason_unknown`.
    """
    duty = get_duty(actor, duty_id)
    _take_turn(actor, duty.division)
    duty = Duty.objects.get(pk=duty.pk)
    _end(actor, duty, day, reason)
    _keep(actor, DUTY, "teams.duty_ended", duty.division, (duty.id,))
    return duty


@transaction.atomic
def hand_over_duty(
    *, actor: Actor, duty_id: UUID, day: date, reason: str, person: PersonRow
) -> Duty:
    """End a duty and give it to somebody else from the same day on, in one act.

    Raises:
        Http404: when the actor sees no such duty.
        AccessRefused: without the right to manage at its place.
        Refused: as for ending and beginning; then nothing has changed.
    """
    duty = get_duty(actor, duty_id)
    _take_turn(actor, duty.division)
    duty = Duty.objects.get(pk=duty.pk)
    to = _heir(actor, duty.division, person, day)
    beside = Duty.objects.filter(role=duty.role, division=duty.division, cell=duty.cell)
    _check_handover(duty, list(beside), to, day)
    heir = Duty(
        cadre_id=to.cadre, role=duty.role, division=duty.division, cell=duty.cell,
        organisation_id=to.organisation, sole=duty.sole, valid_from=day, recorded_at=now(),
        recorded_by=actor.name,
    )  # fmt: skip
    _pass_on(actor, duty, heir, day, reason)
    _keep(actor, DUTY, "teams.duty_handed_over", duty.division, (duty.id, heir.id))
    return heir


@transaction.atomic
def end_pairing(*, actor: Actor, pairing_id: UUID, day: date, reason: str) -> Pairing:
    """End a pairing; nobody follows. An end on its first day takes it back as a mistake.

    Raises:
        Http404: when the actor sees no such pairing.
        AccessRefused: without the right to manage where the household is.
        Refused: `teams.ended_already`, `teams.ends_before_it_begins`, `teams.reason_unknown`.
    """
    pairing = get_pairing(actor, pairing_id)
    village = pairing.household.village_code
    _take_turn(actor, village)
    pairing = Pairing.objects.get(pk=pairing.pk)
    _end(actor, pairing, day, reason)
    _keep(actor, PAIRING, "teams.pairing_ended", village, (pairing.id,))
    return pairing


@transaction.atomic
def hand_over_pairing(
    *, actor: Actor, pairing_id: UUID, day: date, reason: str, person: PersonRow
) -> Pairing:
    """End a pairing and let somebody else help from the same day on, in one act.

    Raises:
        Http404: when the actor sees no such pairing.
        AccessRefused: without the right to manage where the household is.
        Refused: as for ending and beginning; then nothing has changed.
    """
    pairing = get_pairing(actor, pairing_id)
    village = pairing.household.village_code
    _take_turn(actor, village)
    pairing = Pairing.objects.get(pk=pairing.pk)
    to = _heir(actor, village, person, day)
    beside = Pairing.objects.filter(household_id=pairing.household_id)
    _check_handover(pairing, list(beside), to, day)
    heir = Pairing(
        household_id=pairing.household_id, cadre_id=to.cadre, organisation_id=to.organisation,
        main=pairing.main, valid_from=day, recorded_at=now(), recorded_by=actor.name,
    )  # fmt: skip
    _pass_on(actor, pairing, heir, day, reason)
    _keep(actor, PAIRING, "teams.pairing_handed_over", village, (pairing.id, heir.id))
    return heir


def _take_turn(actor: Actor, division: str) -> None:
    actor.check(MANAGE, division)
    take_turns(division)


def _spell(held: Held) -> Spell:
    sole = held.sole if isinstance(held, Duty) else held.main
    return Spell(held.cadre_id, held.valid_from, held.valid_to, sole)


def _check_reason(start: date, day: date, reason: str) -> None:
    line: Line[None] = Line(None)
    check_end(line, start, day, reason)
    if line.faulty:
        raise Refused(*(each.problem for each in line.findings))


def _end(actor: Actor, held: Held, day: date, reason: str) -> None:
    _check_reason(held.valid_from, day, reason)
    ended(_spell(held), day)
    held.valid_to, held.end_reason = day, reason
    held.ended_at, held.ended_by = now(), actor.name
    held.save(update_fields=_ENDED)


def _heir(actor: Actor, division: str, person: PersonRow, day: date) -> Heir:
    """The person who follows, entered where new."""
    roster = read_roster(division, [person])
    line: Line[Any] = Line(person)
    roster.find(line, person, day)
    if line.cadre is None:
        raise Refused(*(each.problem for each in line.findings))
    roster.write(actor, division, {line.cadre})
    return Heir(line.cadre, line.organisation)


def _check_handover(held: Held, beside: Sequence[Held], to: Heir, day: date) -> None:
    position = next(place for place, each in enumerate(beside) if each.pk == held.pk)
    new = Spell(to.cadre, day, None, _spell(held).sole)
    handed_over([_spell(each) for each in beside], position, new)


def _pass_on(actor: Actor, held: Held, heir: Held, day: date, reason: str) -> None:
    """End the one, begin the other, and tie them."""
    _end(actor, held, day, reason)
    heir.save(force_insert=True)
    type(held)._default_manager.filter(pk=held.pk).update(successor=heir)


def _keep(actor: Actor, kind: str, action: str, division: str, ids: Sequence[UUID]) -> None:
    record(
        actor=actor,
        action=action,
        kind="changed",
        subject_type=kind,
        subject_ids=ids,
        division=division,
        count=len(ids),
    )
    tell_changed(division)
