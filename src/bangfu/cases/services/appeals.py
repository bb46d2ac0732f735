"""Objections, complaints and corrections: taken down once, answered by people."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.http import Http404

from bangfu.cases.models import Appeal, Case
from bangfu.cases.permissions import ANSWER
from bangfu.cases.queries.appeal_codes import APPEAL, list_choices
from bangfu.cases.queries.appeal_facts import CORRECTION, OBJECTION, mover_facts
from bangfu.cases.queries.appeals import CONTACT, REPLY, SUBJECT, WORDS, find_scoped_appeal
from bangfu.cases.queries.people import checkers_in
from bangfu.cases.queries.receipts import APPEAL as APPEAL_RECEIPT
from bangfu.cases.services.case_moves import move_case
from bangfu.cases.services.receipts import once
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.division import Level
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.api import Subject, lock_matters, make_move, open_matter, pinned_procedure
from bangfu.registry.api import list_divisions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household

PORTAL: Final = "portal"
MOST_WORDS: Final = 1000
MOST_CONTACT: Final = 100
UPHOLD: Final = "uphold"
INVESTIGATE: Final = "investigate"
OBJECTION_GUARD: Final = "objection_upheld"
"""The guard by which a case's table names the move that an upheld objection leads to."""


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """What somebody brings forward.

    Attributes:
        kind: a code of the table's list `kind`.
        division: the village meant, or a wider place when nobody said which.
        words: what they say.
        contact: name and how to reach them; empty when they want to stay unnamed.
        case_id, notice_id: the case and the public notice an objection is about.
        household_id: whose record is to be put right, as far as that is known.
        wish: of a request to put something right: `name`, `item` and `value`.
    """

    kind: str
    division: str
    words: str
    contact: str = ""
    channel: str = PORTAL
    case_id: UUID | None = None
    notice_id: UUID | None = None
    household_id: UUID | None = None
    wish: Mapping[str, str] = field(default_factory=dict)


def file_appeal(*, actor: Actor, appeal: NewAppeal, token: str) -> str:
    """Take down what somebody brings forward; answer the receipt's number.

    Args:
        actor: needs `cases.answer` there; for people without an account the portal.
        appeal: what it is.
        token: of the form: the same form again changes nothing and has the same receipt.

    Raises:
        AccessRefused: when the actor may not take appeals down there.
        Refused: with every reason of what is missing.
    """
    found = list(_faults(appeal))
    if found:
        raise Refused(*found)
    return once(token, APPEAL_RECEIPT, lambda: _keep(actor, appeal))


def _faults(appeal: NewAppeal) -> Iterator[Problem]:
    if appeal.kind not in dict(list_choices("kind")):
        yield Problem("cases.appeal_kind")
    if appeal.channel not in dict(list_choices("channel")):
        yield Problem("cases.channel_unknown")
    if len(appeal.division) < Level.COUNTY or not list_divisions([appeal.division]):
        yield Problem("cases.village_unknown")
    if not appeal.words.strip():
        yield Problem("cases.appeal_words")
    if len(appeal.words) > MOST_WORDS or len(appeal.contact) > MOST_CONTACT:
        yield Problem("cases.appeal_long", values={"most": str(MOST_WORDS)})
    if appeal.kind == CORRECTION and not appeal.contact.strip():
        yield Problem("cases.correction_contact")


def _keep(actor: Actor, appeal: NewAppeal) -> UUID:
    case = Case.objects.filter(pk=appeal.case_id).first() if appeal.case_id else None
    household_id = case.household_id if case else appeal.household_id
    row_id = new_id()
    subject = Subject(appeal.division, "appeal", row_id)
    matter = open_matter(actor=actor, procedure=APPEAL, subject=subject)
    contact, wish = appeal.contact.strip(), dict(appeal.wish)
    Appeal.objects.create(
        id=row_id,
        matter=matter,
        kind=appeal.kind,
        case=case,
        household_id=household_id,
        notice_id=appeal.notice_id,
        division=appeal.division,
        channel=appeal.channel,
        words_sealed=seal(*WORDS, row_id, appeal.words.strip()),
        contact_sealed=seal(*CONTACT, row_id, contact) if contact else None,
        subject_sealed=seal(*SUBJECT, row_id, json.dumps(wish, ensure_ascii=False))
        if wish
        else None,
        anonymous=not contact,
        received_at=now(),
    )
    return row_id


@transaction.atomic
def investigate_appeal(
    *, actor: Actor, appeal_id: UUID, investigators: Collection[UUID], seen: int | None = None
) -> Appeal:
    """Have an appeal looked into by at least two people.

    Raises:
        Http404: no such appeal in the actor's scope, or an investigator who may not work there.
        AccessRefused: when the actor may not answer appeals there.
        Refused: with the table's reasons.
    """
    appeal = hold_appeal(actor, appeal_id)
    known = {each.person_id: each for each in checkers_in([appeal.division])[appeal.division]}
    chosen = set(investigators)
    if not chosen <= known.keys():
        raise Http404
    facts = {**mover_facts(actor, appeal), "investigators": len(chosen)}
    appeal.matter = make_move(
        actor=actor, matter_id=appeal.matter_id, move=INVESTIGATE, facts=facts, seen=seen
    )
    appeal.investigators = [
        {"id": str(each), "name": known[each].name} for each in sorted(chosen, key=str)
    ]
    appeal.save(update_fields=["investigators"])
    return appeal


@transaction.atomic
def answer_appeal(
    *, actor: Actor, appeal_id: UUID, move: str, reply: str, seen: int | None = None
) -> Appeal:
    """Decide about an appeal, with the reply that its sender reads by the receipt.

    An objection that is upheld sends its case back to the check in the same transaction, where
    the actor may do that; where they may not, nobody can go on with the case until somebody does.

    Args:
        move: `uphold`, `reject` or `withdraw`.
        reply: in plain words, without telling who else said what.

    Raises:
        Http404: no such appeal in the actor's scope.
        AccessRefused: when the actor may not answer appeals there.
        Refused: with the table's reasons, or the case's.
    """
    appeal = hold_appeal(actor, appeal_id)
    appeal.matter = make_move(
        actor=actor,
        matter_id=appeal.matter_id,
        move=move,
        facts=mover_facts(actor, appeal),
        note=reply,
        seen=seen,
    )
    appeal.reply_sealed = seal(*REPLY, appeal.pk, reply.strip())
    appeal.save(update_fields=["reply_sealed"])
    if move == UPHOLD and appeal.kind == OBJECTION:
        _send_back(actor, appeal, reply)
    return appeal


def _send_back(actor: Actor, appeal: Appeal, reply: str) -> None:
    case = appeal.case
    if case is None or not case.open:
        return
    table = pinned_procedure(case.matter.version_id)
    for move in table.moves_from(case.matter.state):
        if OBJECTION_GUARD in move.guards and actor.may(move.capability, case.division):
            move_case(actor=actor, case_id=case.pk, move=move.name, note=reply)
            return


def hold_appeal(actor: Actor, appeal_id: UUID) -> Appeal:
    """An appeal that nobody else moves until the transaction ends.

    Raises:
        Http404: no such appeal in the actor's scope.
        AccessRefused: when the actor may not answer appeals there.
    """
    lock_matters([find_scoped_appeal(actor, appeal_id).matter_id])
    appeal = find_scoped_appeal(actor, appeal_id)
    actor.check(ANSWER, appeal.division)
    return appeal


@transaction.atomic
def name_household(*, actor: Actor, appeal_id: UUID, household: Household) -> Appeal:
    """Say whose record a request is about: a person compared name and place.

    Raises:
        Http404: no such appeal in the actor's scope.
        AccessRefused: when the actor may not answer appeals there.
        Refused: `cases.clue_closed` when it is answered already.
    """
    appeal = hold_appeal(actor, appeal_id)
    if appeal.matter.closed_at is not None:
        raise Refused(Problem("cases.clue_closed"))
    appeal.household = household
    appeal.save(update_fields=["household"])
    record(
        actor=actor, action="appeal.matched", kind="changed", subject_type="household",
        subject_ids=(household.pk,), division=household.village_code, count=1,
    )  # fmt: skip
    return appeal
