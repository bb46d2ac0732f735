"""Presence, leave, the month's record and recall."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.http import Http404

from bangfu.attendance.api import (
    Asked,
    DutyMonth,
    Month,
    MonthCount,
    SignIn,
    ask_leave,
    count_months,
    freeze_month,
    move_leave,
    recall_official,
    record_presence,
    sign_in,
)
from bangfu.attendance.queries.months import counted_now
from bangfu.attendance.queries.recalls import list_open_recalls
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.foundation.jobs.api import run_in_foreground
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.teams.api import begin_duty
from registry.making import COUNTY, OTHER_VILLAGE, VILLAGE
from teams.teams_making import duty as duty_row
from teams.teams_making import person

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.api import Duty

    Office = Callable[[str], Actor]
    Duties = Callable[[str], Duty]

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
TODAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


def at(day: date) -> using_clock:
    return using_clock(FixedClock(datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


def wish(first: date = MONDAY, days: int = 2, **changes: str) -> Asked:
    told = {"division": VILLAGE, "kind": "personal", "words": "回家照顾老人", **changes}
    return Asked(first_day=first, last_day=first + timedelta(days=days - 1), **told)


def month(of: Duty, which: Month = NOVEMBER) -> MonthCount:
    return count_months([of], which)[of.pk]


def test_a_day_counts_once_whatever_tells_of_it(office: Office, duty: Duties) -> None:
    secretary = office("secretary")
    sign_in(actor=secretary, division=VILLAGE)
    sign_in(actor=secretary, division=VILLAGE, note="走访 3 户")
    told = [duty("secretary").cadre_id]
    assert record_presence(actor=secretary, division=VILLAGE, day=TODAY, cadre_ids=told) == 1
    assert record_presence(actor=secretary, division=VILLAGE, day=TODAY, cadre_ids=told) == 0
    record_presence(actor=secretary, division=VILLAGE, day=date(2026, 11, 19), cadre_ids=told)
    found = month(duty("secretary"))
    assert (found.present, found.visits, found.notes) == (2, 2, 1)
    assert SignIn.objects.filter(source="sign_in").count() == 1


def test_a_visit_tells_of_users_and_only_of_those_who_live_in_the_village(
    office: Office, duty: Duties
) -> None:
    persons = [office(each).person_id for each in ("secretary", "neighbour", "reviewer")]
    told = record_presence(
        actor=office("reviewer"),
        division=VILLAGE,
        day=TODAY,
        person_ids=[each for each in persons if each],
    )
    assert told == 1
    assert [each.cadre_id for each in SignIn.objects.all()] == [duty("secretary").cadre_id]


def test_a_day_to_come_is_refused(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        record_presence(actor=office("secretary"), division=VILLAGE, day=MONDAY)
    assert codes(refused) == ["attendance.day_to_come"]


def test_nobody_signs_in_elsewhere_or_without_a_duty(office: Office, people: object) -> None:
    with pytest.raises(AccessRefused):
        sign_in(actor=office("secretary"), division=OTHER_VILLAGE)
    with pytest.raises(AccessRefused):
        record_presence(actor=office("supervisor"), division=VILLAGE, day=TODAY)
    with pytest.raises(Refused) as refused:
        sign_in(actor=system_actor("tests"), division=VILLAGE)
    assert codes(refused) == ["attendance.not_resident"]


def test_a_short_leave_is_the_townships_to_grant_and_a_long_one_the_countys(
    office: Office,
) -> None:
    short = ask_leave(actor=office("secretary"), asked=wish(days=3))
    move_leave(actor=office("reviewer"), leave_id=short.pk, move="grant")
    long = ask_leave(actor=office("member"), asked=wish(days=4))
    with pytest.raises(Refused) as refused:
        move_leave(actor=office("reviewer"), leave_id=long.pk, move="grant")
    assert codes(refused) == ["procedures.guard"]
    move_leave(actor=office("officer"), leave_id=long.pk, move="grant")
    long.matter.refresh_from_db()
    assert long.matter.state == "granted"


def test_nobody_grants_their_own_leave(office: Office, people: dict[str, object]) -> None:
    leave = ask_leave(actor=office("secretary"), asked=wish())
    with pytest.raises(AccessRefused):
        move_leave(actor=office("secretary"), leave_id=leave.pk, move="grant")
    with pytest.raises(Refused):
        move_leave(actor=office("member"), leave_id=leave.pk, move="cancel")
    with pytest.raises(Refused):
        move_leave(actor=office("reviewer"), leave_id=leave.pk, move="refuse")
    move_leave(actor=office("reviewer"), leave_id=leave.pk, move="refuse", note="人手不够")
    ask_leave(actor=office("secretary"), asked=wish())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (wish(days=0), "attendance.leave_backwards"),
        (wish(days=400), "attendance.leave_backwards"),
        (wish(date(2026, 11, 19)), "attendance.leave_past"),
        (wish(words="  "), "attendance.words_missing"),
        (wish(kind="holiday"), "attendance.kind_unknown"),
    ],
)
def test_a_leave_that_cannot_be_is_refused(office: Office, asked: Asked, code: str) -> None:
    with pytest.raises(Refused) as refused:
        ask_leave(actor=office("secretary"), asked=asked)
    assert codes(refused) == [code]


def test_two_leaves_do_not_overlap(office: Office) -> None:
    leave = ask_leave(actor=office("secretary"), asked=wish(days=3))
    with pytest.raises(Refused) as refused:
        ask_leave(actor=office("secretary"), asked=wish(date(2026, 11, 25)))
    assert codes(refused) == ["attendance.leave_overlaps"]
    move_leave(actor=office("secretary"), leave_id=leave.pk, move="cancel")
    ask_leave(actor=office("secretary"), asked=wish(date(2026, 11, 25)))


def test_who_comes_back_early_was_away_until_then(office: Office, duty: Duties) -> None:
    leave = ask_leave(actor=office("secretary"), asked=wish(days=3))
    move_leave(actor=office("reviewer"), leave_id=leave.pk, move="grant")
    with pytest.raises(Refused) as refused:
        move_leave(actor=office("secretary"), leave_id=leave.pk, move="report_back")
    assert codes(refused) == ["procedures.guard"]
    with at(date(2026, 11, 24)):
        with pytest.raises(Refused) as refused:
            move_leave(actor=office("secretary"), leave_id=leave.pk, move="cancel")
        assert codes(refused) == ["procedures.guard"]
        move_leave(actor=office("secretary"), leave_id=leave.pk, move="report_back")
        sign_in(actor=office("secretary"), division=VILLAGE)
        leave.refresh_from_db()
        assert leave.last_day == date(2026, 11, 24)
        found = month(duty("secretary"))
    assert (found.present, found.away) == (1, 1), "the day of coming back is a day in the village"


def test_a_leave_that_is_only_asked_for_excuses_nothing(office: Office, duty: Duties) -> None:
    ask_leave(actor=office("secretary"), asked=wish(days=3))
    found = month(duty("secretary"))
    assert (found.required, found.away, found.missing) == (20, 0, 20)


def test_a_part_of_a_month_asks_for_its_part(office: Office, duty: Duties) -> None:
    begun = duty("secretary")
    begun.valid_from = date(2026, 11, 16)
    assert month(begun).required == 10
    assert month(begun, Month(2026, 10)).required == 0


def test_a_month_is_written_down_when_it_is_over_and_stays_so(office: Office, duty: Duties) -> None:
    secretary = duty("secretary")
    for day in range(1, 19):
        record_presence(
            actor=office("officer"),
            division=VILLAGE,
            day=date(2026, 11, day),
            cadre_ids=[secretary.cadre_id],
        )
    with pytest.raises(Refused) as refused:
        freeze_month(actor=system_actor("tests"), month=NOVEMBER)
    assert codes(refused) == ["attendance.month_going_on"]
    with at(date(2026, 12, 1)):
        run_in_foreground(
            kind="attendance.freeze_month", payload={}, actor=system_actor("tests"),
            report=lambda *_: None,
        )  # fmt: skip
        assert DutyMonth.objects.count() == 3
        assert freeze_month(actor=system_actor("tests")) == 0
        record_presence(
            actor=office("officer"),
            division=VILLAGE,
            day=date(2026, 11, 30),
            cadre_ids=[secretary.cadre_id],
        )
        found = month(secretary)
        late = counted_now([secretary], NOVEMBER)[secretary.pk]
    assert (found.present, found.missing, found.frozen) == (18, 2, True)
    assert (late.present, late.frozen) == (19, False)


def test_a_recall_ends_the_duty_and_waits_for_somebody_to_follow(
    office: Office, duty: Duties
) -> None:
    secretary = duty("secretary")
    with pytest.raises(Refused) as refused:
        recall_official(actor=office("officer"), duty_id=secretary.pk, day=TODAY, words=" ")
    assert codes(refused) == ["attendance.words_missing"]
    recall = recall_official(
        actor=office("officer"), duty_id=secretary.pk, day=TODAY, words="连续两个月不在村"
    )
    secretary.refresh_from_db()
    assert (secretary.valid_to, secretary.end_reason) == (TODAY, "recalled")
    assert recall.replace_by == date(2026, 12, 20)
    assert "不在村" not in bytes(recall.sealed).decode("latin-1")
    (waiting,) = list_open_recalls(office("reviewer"))
    assert (waiting.division, waiting.days_left) == (VILLAGE, 30)
    assert list_open_recalls(office("stranger")) == []
    begin_duty(actor=system_actor("tests", COUNTY), row=duty_row(person("谢勇"), valid_from=TODAY))
    assert list_open_recalls(office("reviewer")) == []


def test_who_only_reads_recalls_nobody(office: Office, duty: Duties) -> None:
    with pytest.raises(AccessRefused):
        recall_official(
            actor=office("supervisor"), duty_id=duty("secretary").pk, day=TODAY, words="x"
        )
    with pytest.raises(Http404):
        recall_official(
            actor=office("stranger"), duty_id=duty("secretary").pk, day=TODAY, words="x"
        )
