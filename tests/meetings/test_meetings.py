"""Meetings from the call to the close: quorum, votes, results, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.clock.api import using_clock
from bangfu.foundation.documents.api import IssuedPaper
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.meetings.api import (
    AttendeeRow,
    MeetingFilters,
    add_agenda,
    call_off,
    carry_out,
    change_meeting,
    close_meeting,
    decided_on,
    export_meetings,
    get_meeting,
    list_meetings,
    plan_meeting,
    record_attendance,
    record_votes,
    remove_agenda,
)
from bangfu.meetings.models import AgendaItem, Attendee
from meetings.making import TODAY, Desk, call, matters_of, meet, members, votes
from registry.making import OTHER_VILLAGE, VILLAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor

    Office = Callable[[str], Actor]

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 11, 21)
EVENING = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


def test_a_meeting_is_held_and_what_it_decided_is_known(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, present=20, items=2)
    first, second = matters_of(meeting)
    told = record_votes(
        actor=chair, meeting_id=meeting.pk, votes={first: votes(11, 5, 4), second: votes(10, 10)}
    )
    assert told == {first: True, second: False}
    assert decided_on([first, second]) == {}, "nothing counts before the meeting is closed"

    close_meeting(actor=chair, meeting_id=meeting.pk)

    found = decided_on([first, second])
    assert (found[first].passed, found[second].passed) == (True, False)
    assert (found[first].eligible, found[first].present, found[first].quorate) == (30, 20, True)
    assert (found[first].in_favour, found[first].against, found[first].abstained) == (11, 5, 4)
    event = OutboxEvent.objects.get(event="meetings.meeting_closed")
    assert event.payload == {"meeting": str(meeting.pk), "matters": [str(first), str(second)]}


def test_more_than_half_of_those_present_pass_not_of_all_members(
    office: Office, desk: Desk
) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, present=20)
    (matter,) = matters_of(meeting)
    told = record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(11, 9)})
    assert told[matter] is True, "11 of 20 present are enough, though not of 30 members"
    told = record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(10, 0, 10)})
    assert told[matter] is False, "who abstains is present and not in favour"


def test_without_two_thirds_nobody_votes_and_the_meeting_is_not_closed(
    office: Office, desk: Desk
) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, present=19)
    (matter,) = matters_of(meeting)
    with pytest.raises(Refused) as refused:
        record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(19)})
    assert codes(refused) == ["meetings.no_quorum"]
    values = refused.value.problems[0].values
    assert values["needed"] == "20"
    assert "第二十六条" in values["law"]
    with pytest.raises(Refused) as refused:
        close_meeting(actor=chair, meeting_id=meeting.pk)
    assert "procedures.guard" in codes(refused)
    meeting.refresh_from_db()
    assert meeting.quorate is None


def test_guests_do_not_make_a_quorum(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk)
    standing = record_attendance(actor=chair, meeting_id=meeting.pk, rows=members(19, guests=5))
    assert (standing.present, standing.guests, standing.quorate) == (19, 5, False)


@pytest.mark.parametrize(
    "given", [votes(20, 1), votes(10, 9), votes(21, -1), votes(0)], ids=["many", "few", "-", "none"]
)
def test_votes_that_do_not_add_up_are_refused_and_nothing_is_written(
    office: Office, desk: Desk, given: Any
) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, present=20, items=2)
    first, second = matters_of(meeting)
    with pytest.raises(Refused) as refused:
        record_votes(actor=chair, meeting_id=meeting.pk, votes={first: votes(20), second: given})
    assert codes(refused) == ["meetings.votes_do_not_add_up"]
    assert not AgendaItem.objects.filter(in_favour__isnull=False).exists()


def test_nobody_attends_twice_and_two_of_one_name_are_told_apart(
    office: Office, desk: Desk
) -> None:
    chair = office("villager")
    meeting = meet(chair, desk)
    twice = [AttendeeRow("王强", "representative"), AttendeeRow("王强 ", "committee")]
    with pytest.raises(Refused) as refused:
        record_attendance(actor=chair, meeting_id=meeting.pk, rows=twice)
    assert codes(refused) == ["meetings.attends_twice"]
    assert meeting.attendees.count() == 20, "the list stays as it was"
    apart = [
        replace(each, group=group) for each, group in zip(twice, ("1 组", "2 组"), strict=True)
    ]
    record_attendance(actor=chair, meeting_id=meeting.pk, rows=apart)
    assert meeting.attendees.filter(member=True, signed=True).count() == 2


def test_a_meeting_to_come_has_neither_attendance_nor_votes(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = plan_meeting(actor=chair, division=VILLAGE, call=call(held_on=TOMORROW))
    matter = desk.wait()
    add_agenda(actor=chair, meeting_id=meeting.pk, matter_ids=[matter])
    with pytest.raises(Refused) as refused:
        record_attendance(actor=chair, meeting_id=meeting.pk, rows=members(20))
    assert codes(refused) == ["meetings.not_held_yet"]
    record_attendance(actor=chair, meeting_id=meeting.pk, rows=members(0, absent=30))
    with pytest.raises(Refused) as refused:
        record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(20)})
    assert codes(refused) == ["meetings.not_held_yet"]


def test_after_the_close_nothing_is_changed(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk)
    (matter,) = matters_of(meeting)
    record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(20)})
    close_meeting(actor=chair, meeting_id=meeting.pk)
    late: list[Callable[[], object]] = [
        lambda: record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(0, 20)}),
        lambda: record_attendance(actor=chair, meeting_id=meeting.pk, rows=members(3)),
        lambda: add_agenda(actor=chair, meeting_id=meeting.pk, matter_ids=[desk.wait("李四 户")]),
        lambda: change_meeting(actor=chair, meeting_id=meeting.pk, call=call(place="别处")),
        lambda: call_off(actor=chair, meeting_id=meeting.pk, note="开错了"),
        lambda: close_meeting(actor=chair, meeting_id=meeting.pk),
    ]
    for act in late:
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["meetings.over"]
    assert decided_on([matter])[matter].in_favour == 20


def test_an_item_without_votes_keeps_the_meeting_open_until_it_is_taken_off(
    office: Office, desk: Desk
) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, items=2)
    first, second = matters_of(meeting)
    record_votes(actor=chair, meeting_id=meeting.pk, votes={first: votes(20), second: votes(20)})
    record_votes(actor=chair, meeting_id=meeting.pk, votes={second: None})
    with pytest.raises(Refused) as refused:
        close_meeting(actor=chair, meeting_id=meeting.pk)
    assert codes(refused) == ["procedures.guard"]
    item = meeting.items.get(matter=second)
    remove_agenda(actor=chair, meeting_id=meeting.pk, item_id=item.pk)
    close_meeting(actor=chair, meeting_id=meeting.pk)
    assert list(decided_on([first, second])) == [first]


def test_votes_counted_before_somebody_left_keep_the_meeting_open(
    office: Office, desk: Desk
) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, present=22)
    (matter,) = matters_of(meeting)
    record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(22)})
    record_attendance(actor=chair, meeting_id=meeting.pk, rows=members(21, absent=1))
    with pytest.raises(Refused) as refused:
        close_meeting(actor=chair, meeting_id=meeting.pk)
    assert codes(refused) == ["procedures.guard"]


def test_a_matter_stands_on_one_open_agenda(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk)
    (matter,) = matters_of(meeting)
    assert add_agenda(actor=chair, meeting_id=meeting.pk, matter_ids=[matter]) == []
    other = plan_meeting(actor=chair, division=VILLAGE, call=call(kind="committee", eligible=5))
    with pytest.raises(Refused) as refused:
        add_agenda(actor=chair, meeting_id=other.pk, matter_ids=[matter])
    assert codes(refused) == ["meetings.on_agenda_elsewhere"]
    call_off(actor=chair, meeting_id=meeting.pk, note="下雨，改期")
    assert len(add_agenda(actor=chair, meeting_id=other.pk, matter_ids=[matter])) == 1


def test_only_what_waits_in_the_village_comes_on_the_agenda(office: Office, desk: Desk) -> None:
    chair = office("reviewer")
    meeting = plan_meeting(actor=chair, division=VILLAGE, call=call())
    elsewhere = desk.wait("王五 户", OTHER_VILLAGE)
    with pytest.raises(Refused) as refused:
        add_agenda(actor=chair, meeting_id=meeting.pk, matter_ids=[elsewhere])
    assert codes(refused) == ["meetings.not_waiting"]


def test_a_meeting_is_not_held_before_what_it_judges_was_opened(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk)
    with pytest.raises(Refused) as refused:
        change_meeting(actor=chair, meeting_id=meeting.pk, call=call(held_on=date(2026, 11, 19)))
    assert codes(refused) == ["meetings.before_matter"]


def test_the_next_meeting_begins_with_the_members_of_the_last(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, present=21)
    record_attendance(actor=chair, meeting_id=meeting.pk, rows=members(21, 9, guests=1))
    (matter,) = matters_of(meeting)
    record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(21)})
    close_meeting(actor=chair, meeting_id=meeting.pk)

    following = plan_meeting(actor=chair, division=VILLAGE, call=call(eligible=None))

    names = Attendee.objects.filter(meeting=following).order_by("position")
    assert following.eligible == 30
    assert [each.name for each in names] == [each.name for each in members(21, 9, guests=1)]
    assert not names.filter(signed=True).exists(), "nobody is ticked off before they come"


def test_more_people_than_the_meeting_has_members_are_refused(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk)
    with pytest.raises(Refused) as refused:
        record_attendance(actor=chair, meeting_id=meeting.pk, rows=members(20, absent=11))
    assert codes(refused) == ["meetings.more_than_eligible"]
    record_attendance(actor=chair, meeting_id=meeting.pk, rows=members(20, 11), eligible=31)
    meeting.refresh_from_db()
    assert meeting.eligible == 31


def test_an_assembly_needs_more_than_half_and_counts_its_sheet(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = plan_meeting(actor=chair, division=VILLAGE, call=call(kind="assembly", eligible=400))
    half = record_attendance(
        actor=chair, meeting_id=meeting.pk, rows=members(0, guests=2), counted=200
    )
    assert (half.quorate, half.needed, half.guests) == (False, 201, 2)
    more = record_attendance(actor=chair, meeting_id=meeting.pk, rows=[], counted=201)
    assert more.quorate
    with pytest.raises(Refused) as refused:
        record_attendance(actor=chair, meeting_id=meeting.pk, rows=[], counted=401)
    assert codes(refused) == ["meetings.more_than_eligible"]


def test_the_result_goes_to_the_feature_once(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk, items=2)
    first, second = matters_of(meeting)
    with pytest.raises(Refused) as refused:
        carry_out(actor=chair, meeting_id=meeting.pk)
    assert codes(refused) == ["meetings.not_closed"]
    record_votes(actor=chair, meeting_id=meeting.pk, votes={first: votes(20), second: votes(0, 20)})
    close_meeting(actor=chair, meeting_id=meeting.pk)
    assert get_meeting(chair, meeting.pk).undone == 2
    assert decided_on([first])[first].minutes == ""
    done = carry_out(actor=chair, meeting_id=meeting.pk)
    assert {each.matter_id for each in done} == {first, second}
    assert (desk.results[first].passed, desk.results[second].passed) == (True, False)
    minutes = IssuedPaper.objects.get(subject_id=meeting.pk)
    assert desk.results[first].minutes == str(minutes.file_id)
    assert carry_out(actor=chair, meeting_id=meeting.pk) == []
    assert IssuedPaper.objects.count() == 1, "the minutes are issued once"
    assert get_meeting(chair, meeting.pk).undone == 0


def test_the_latest_meeting_counts(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meeting = meet(chair, desk)
    (matter,) = matters_of(meeting)
    record_votes(actor=chair, meeting_id=meeting.pk, votes={matter: votes(5, 15)})
    close_meeting(actor=chair, meeting_id=meeting.pk)
    again = plan_meeting(actor=chair, division=VILLAGE, call=call())
    add_agenda(actor=chair, meeting_id=again.pk, matter_ids=[matter])
    record_attendance(actor=chair, meeting_id=again.pk, rows=members(25))
    record_votes(actor=chair, meeting_id=again.pk, votes={matter: votes(25)})
    with using_clock(FixedClock(EVENING)):
        close_meeting(actor=chair, meeting_id=again.pk)
    found = decided_on([matter])[matter]
    assert (found.meeting_id, found.present, found.passed) == (again.pk, 25, True)


def test_the_same_meeting_is_not_called_twice(office: Office, desk: Desk) -> None:
    chair = office("villager")
    plan_meeting(actor=chair, division=VILLAGE, call=call())
    with pytest.raises(Refused) as refused:
        plan_meeting(actor=chair, division=VILLAGE, call=call())
    assert codes(refused) == ["meetings.planned_already"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"eligible": None}, "meetings.eligible_missing"),
        ({"chair": " "}, "meetings.words_missing"),
        ({"kind": "party"}, "meetings.kind_unknown"),
        ({"held_on": date(2009, 1, 1)}, "policy.nothing_in_force"),
    ],
)
def test_a_call_that_lacks_something_is_refused(
    office: Office, desk: Desk, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        plan_meeting(actor=office("villager"), division=VILLAGE, call=call(**changes))
    assert codes(refused) == [code]


def test_a_stranger_sees_no_meeting_and_a_supervisor_holds_none(office: Office, desk: Desk) -> None:
    meeting = meet(office("villager"), desk)
    for name in ("stranger", "neighbour"):
        with pytest.raises(Http404):
            get_meeting(office(name), meeting.pk)
        with pytest.raises(Http404):
            record_attendance(actor=office(name), meeting_id=meeting.pk, rows=members(3))
        assert list_meetings(office(name)).total == 0
    with pytest.raises(AccessRefused):
        plan_meeting(actor=office("neighbour"), division=VILLAGE, call=call())
    with pytest.raises(AccessRefused):
        record_attendance(actor=office("officer"), meeting_id=meeting.pk, rows=members(3))
    assert get_meeting(office("officer"), meeting.pk).may_hold is False


def test_the_list_is_narrowed_sorted_and_exported(office: Office, desk: Desk) -> None:
    chair = office("villager")
    meet(chair, desk, items=2)
    plan_meeting(actor=chair, division=VILLAGE, call=call(kind="committee", held_on=TOMORROW))
    everything = list_meetings(office("officer"))
    assert [each.held_on for each in everything.rows] == [TOMORROW, TODAY]
    found = list_meetings(office("officer"), MeetingFilters(kinds=("representatives",)))
    assert [(each.kind, each.items) for each in found.rows] == [("representatives", 2)]
    assert list_meetings(office("officer"), MeetingFilters(text="岳")).total == 2
    assert list_meetings(office("officer"), MeetingFilters(divisions=("511922",))).total == 0
    assert len(export_meetings(office("officer"), sort="items")) == 2
    with pytest.raises(AccessRefused):
        export_meetings(chair)
