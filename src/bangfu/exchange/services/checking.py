"""Checking a list: what is wrong, what came before, whom the rows mean.

Nothing counts yet; what was found is kept, sealed, as a list that can be looked at, committed or
discarded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.exchange.domain.rows import check_rows
from bangfu.exchange.models import FeedList, RowOutcome
from bangfu.exchange.permissions import SUBMIT
from bangfu.exchange.queries.comparing import Asked, compare_rows
from bangfu.exchange.services.writing import (
    count_notices,
    figures_of,
    lines_of,
    write_lines,
    write_problems,
)
from bangfu.foundation.access.api import organisation_of
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.kernel.division import DivisionCode, Level
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import list_children

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.exchange.domain.rows import Checking, Row
    from bangfu.exchange.services.writing import Line
    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class Upload:
    """What was read from an uploaded file.

    Attributes:
        file, file_hash: the stored file.
        rows: its rows, good and bad.
        beside: problems that lie in no row; they refuse nothing.
        checking: the feed, place and day it is checked for.
    """

    file: UUID
    file_hash: str
    rows: Sequence[Row]
    beside: Sequence[Problem]
    checking: Checking


def check_data_date(data_date: date) -> None:
    """A list cannot be complete up to a day that has not come.

    Raises:
        Refused: for a day after today.
    """
    if data_date > today():
        values = {"day": data_date.isoformat()}
        raise Refused(Problem("exchange.date_in_future", values=values))


def event_context(feed: str, division: str) -> str:
    """What events are told apart by besides: the kind of list and the place it is for."""
    return f"{feed}|{division}"


def check_upload(*, actor: Actor, upload: Upload) -> FeedList:
    """Check a list's rows and keep the result.

    Raises:
        AccessRefused: without the right to hand in lists in the division.
        Refused: for a day in the future.
    """
    checking = upload.checking
    actor.check(SUBMIT, checking.division)
    check_data_date(checking.data_date)
    check_rows(upload.rows, checking)
    context = event_context(checking.feed.name, checking.division)
    lines = lines_of(upload.rows, context)
    _compare(actor, checking, lines)
    return _keep(actor, upload, lines)


def _compare(actor: Actor, checking: Checking, lines: Sequence[Line]) -> None:
    good = [line for line in lines if line.event is not None]
    asked = [
        Asked(line.event or b"", line.name_mark or b"", line.identity, line.values) for line in good
    ]
    compared = compare_rows(actor, SUBMIT, checking.feed, checking.division, asked)
    for line, found in zip(good, compared, strict=True):
        line.outcome, line.doubt = found.outcome, found.match.doubt or ""


@transaction.atomic
def _keep(actor: Actor, upload: Upload, lines: Sequence[Line]) -> FeedList:
    checking, feed = upload.checking, upload.checking.feed
    outcomes = [line.outcome for line in lines]
    kept = FeedList.objects.create(
        id=new_id(),
        feed=feed.name,
        trigger=feed.trigger,
        mapping=feed.text,
        organisation=organisation_of(actor),
        division=checking.division,
        counties=covered_counties(checking.division),
        data_date=checking.data_date,
        file=upload.file,
        file_hash=upload.file_hash,
        rows=len(lines),
        matched=outcomes.count(RowOutcome.MATCHED),
        unmatched=outcomes.count(RowOutcome.UNMATCHED),
        known=outcomes.count(RowOutcome.KNOWN),
        refused=outcomes.count(RowOutcome.REFUSED),
        notices=count_notices(lines, upload.beside),
        checked_at=now(),
        checked_by=actor.name,
        checked_by_id=actor.person_id,
        **figures_of(lines),
    )
    write_lines(kept.id, lines)
    write_problems(kept, lines, upload.beside)
    record(
        actor=actor,
        action="exchange.list_checked",
        kind="changed",
        subject_type="feed_list",
        subject_ids=(kept.id,),
        division=kept.division,
        count=len(lines),
    )
    return kept


def covered_counties(division: str) -> list[str]:
    """The counties that lie in a place as a whole; none for a place smaller than a county."""
    places = [DivisionCode(division)]
    while places and places[0].level < Level.COUNTY:
        places = [DivisionCode(each.code) for place in places for each in list_children(place)]
    return sorted(str(place) for place in places if place.level == Level.COUNTY)
