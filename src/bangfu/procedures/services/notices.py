"""Putting notices up when a state with one is entered, and taking them down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import chunks_of, insert_rows
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.kernel.division import common_division
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.procedures.domain.deadlines import count_limit
from bangfu.procedures.domain.notices import personal_fields, sheet_number
from bangfu.procedures.models import NoticeNumbering, PublicNotice
from bangfu.procedures.queries.tables import calendar_of_pack

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.domain.table import Procedure, State
    from bangfu.procedures.models import Matter

    Shown = Mapping[str, Any]

_COLUMNS: Final = (
    "id",
    "matter_id",
    "procedure",
    "state",
    "division",
    "number",
    "days",
    "posted_on",
    "ends_on",
    "taken_down_at",
    "document",
)


def post_notices(
    procedure: Procedure, state: State, entered: Sequence[tuple[Matter, Shown]]
) -> None:
    """Put up a notice for each matter that has entered `state`, in the caller's transaction.

    Matters of one village put up on one day share a sheet and its number.

    Raises:
        Refused: `procedures.notice_without_days` when nobody said how long it has to hang;
            `procedures.notice_personal`, see `personal_fields`. Moves are refused before; this
            keeps what is opened into such a state.
    """
    if state.notice is None or not entered:
        return
    day = today()
    ends = _Ends(state, day)
    numbers = _take_numbers(procedure.name, state.name, day, {each.division for each, _ in entered})
    rows = []
    for matter, shown in entered:
        if parts := personal_fields(shown):
            raise Refused(Problem("procedures.notice_personal", values={"parts": "、".join(parts)}))
        days, last = ends.of(matter.division)
        number = numbers[matter.division]
        document = json.dumps(dict(shown), ensure_ascii=False)
        rows.append(
            (
                new_id(),
                matter.pk,
                procedure.name,
                state.name,
                matter.division,
                number,
                days,
                day,
                last,
                None,
                document,
            )
        )
    insert_rows(PublicNotice, _COLUMNS, rows)


class _Ends:
    """The last day of a notice put up on a day: the day itself does not count.

    Source: 《民法典》第二百零一条: the day a period begins is not counted in.
    """

    def __init__(self, state: State, day: date) -> None:
        self._state, self._day, self._pack = state, day, active_pack(day)
        self._known: dict[str, tuple[int, date]] = {}

    def of(self, division: str) -> tuple[int, date]:
        """How many days it hangs in a division, and the last of them."""
        if division not in self._known:
            self._known[division] = self._count(division)
        return self._known[division]

    def _count(self, division: str) -> tuple[int, date]:
        notice = self._state.notice
        name = notice.limit.parameter if notice else ""
        parameter = self._pack.parameters.get(name)
        value = parameter.value_on(self._day, division) if parameter else None
        if notice is None or value is None:
            values = {"notice": name, "basis": ""}
            raise Refused(Problem("procedures.notice_without_days", values=values))
        due = count_limit(notice.limit, self._day, value.value, calendar_of_pack(self._pack))
        return value.value, due.day


def _take_numbers(
    procedure: str, state: str, day: date, divisions: Collection[str]
) -> dict[str, str]:
    """The number of each division's sheet of this day: that of the sheet begun, or the next."""
    counters = _lock_numbering(day.year, divisions)
    found: dict[str, str] = {}
    for chunk in chunks_of(sorted(divisions)):
        rows = PublicNotice.objects.filter(procedure=procedure, state=state, posted_on=day)
        found |= dict(rows.filter(division__in=chunk).values_list("division", "number"))
    fresh = [each for each in counters if each.division not in found]
    for each in fresh:
        each.last += 1
        found[each.division] = sheet_number(day.year, each.last)
    NoticeNumbering.objects.bulk_update(fresh, ["last"], batch_size=100)
    return found


def _lock_numbering(year: int, divisions: Collection[str]) -> list[NoticeNumbering]:
    """Hold the villages' numbering until the transaction ends: no two sheets get one number."""
    wanted = sorted(divisions)
    new = [NoticeNumbering(division=each, year=year) for each in wanted]
    NoticeNumbering.objects.bulk_create(new, ignore_conflicts=True)
    held: list[NoticeNumbering] = []
    for chunk in chunks_of(wanted):
        rows = NoticeNumbering.objects.select_for_update().filter(year=year, division__in=chunk)
        held += rows.order_by("division")
    return held


def take_down(matter_ids: Collection[UUID]) -> None:
    """Take down what still hangs of these matters, in the caller's transaction."""
    for chunk in chunks_of(list(matter_ids)):
        hanging = PublicNotice.objects.filter(matter__in=chunk, taken_down_at=None)
        hanging.update(taken_down_at=now())


@transaction.atomic
def take_down_ended_notices(*, actor: Actor) -> int:
    """Take down every notice whose last day is over; answer how many.

    Raises:
        AccessRefused: when the actor does not operate the system.
    """
    actor.check("system.operate", "")
    ended = PublicNotice.objects.filter(taken_down_at=None, ends_on__lt=today())
    found = list(ended.select_for_update().order_by("pk").values_list("pk", "division"))
    for chunk in chunks_of([pk for pk, _ in found]):
        PublicNotice.objects.filter(pk__in=chunk).update(taken_down_at=now())
    if found:
        record(
            actor=actor,
            action="procedures.take_down_ended_notices",
            kind="changed",
            subject_type="notice",
            subject_ids=[pk for pk, _ in found],
            division=common_division(division for _, division in found),
            count=len(found),
        )
    return len(found)
