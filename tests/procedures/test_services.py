"""Opening and moving matters: who may, what is written, what is refused and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import new_id, using_clock
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import (
    Matter,
    MatterMove,
    MoveRequest,
    ProcedureVersion,
    Subject,
    WorkingCalendar,
    get_matter,
    list_history,
    list_matters_of,
    list_moves,
    make_move,
    make_moves,
    open_matter,
    open_matters,
    recount_due_days,
    working_calendar,
)
from bangfu.procedures.models import AppendOnly
from bangfu.procedures.queries import dues
from procedures.conftest import FRIDAY
from procedures.people import COUNTY, TOWNSHIP, VILLAGE, officer

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

pytestmark = pytest.mark.usefixtures("pack", "on_friday")

SCREENING = system_actor("screening", COUNTY)
ASSIGNABLE: dict[str, Any] = {"household_known": True, "assignee_can_check": True}


def opened(village: str = VILLAGE) -> Matter:
    """A new clue's matter."""
    subject = Subject(village, "household", new_id())
    return open_matter(actor=SCREENING, procedure="clue", subject=subject)


def assigned(by: Actor, village: str = VILLAGE) -> Matter:
    """A matter that `by` has assigned."""
    matter = opened(village)
    return make_move(actor=by, matter_id=matter.pk, move="assign", facts=ASSIGNABLE)


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """The codes of a refusal."""
    return [problem.code for problem in refused.value.problems]


def test_a_matter_opens_with_its_due_day_and_its_table() -> None:
    matter = Matter.objects.get(pk=opened().pk)
    assert (matter.state, matter.due_on, matter.due_provisional) == (
        "new",
        date(2026, 11, 24),
        False,
    )
    assert matter.closed_at is None
    assert ProcedureVersion.objects.get(pk=matter.version_id).name == "clue"
    first = matter.moves.get()
    assert (first.number, first.move, first.to_state, first.by_id) == (0, "open", "new", None)


def test_many_open_as_one_would() -> None:
    villages = [VILLAGE, "511921101202", "511921102201"]
    subjects = [Subject(village, "household", new_id()) for village in villages]
    matters = open_matters(actor=SCREENING, procedure="clue", subjects=subjects)
    stored = {each.pk: each for each in Matter.objects.all()}
    assert [stored[each.pk].division for each in matters] == villages
    assert {each.due_on for each in stored.values()} == {date(2026, 11, 24)}
    assert MatterMove.objects.filter(move="open").count() == 3
    event = AuditEvent.objects.get(action="clue.open")
    assert (event.count, event.division, event.subject_type) == (3, COUNTY, "household")


def test_nobody_opens_where_they_may_not() -> None:
    city = officer("prefecture_supervisor", VILLAGE[:4])
    with pytest.raises(AccessRefused):
        open_matter(actor=city, procedure="clue", subject=Subject(VILLAGE))
    elsewhere = [Subject(VILLAGE), Subject("511922101201")]
    with pytest.raises(AccessRefused):
        open_matters(actor=SCREENING, procedure="clue", subjects=elsewhere)
    assert Matter.objects.count() == 0


def test_a_move_writes_state_history_audit_and_due_day() -> None:
    township = officer("township_reviewer", TOWNSHIP, "李涛")
    matter = opened()
    with using_clock(FixedClock(FRIDAY + timedelta(days=3))):
        make_move(
            actor=township, matter_id=matter.pk, move="assign", facts=ASSIGNABLE, note="请去看看"
        )
    stored = Matter.objects.get(pk=matter.pk)
    assert (stored.state, stored.lock_version, stored.due_on) == ("assigned", 1, date(2026, 11, 26))
    row = stored.moves.get(number=1)
    assert (row.from_state, row.to_state, row.by_name) == ("new", "assigned", "李涛")
    assert row.was_due_on == date(2026, 11, 24)
    assert row.facts["assignee_can_check"] is True
    assert "请去看看".encode() not in bytes(row.note_sealed or b"")
    event = AuditEvent.objects.get(action="clue.assign")
    assert (event.person_id, event.division) == (township.person_id, VILLAGE)
    history = list_history(township, stored)
    assert [(each.label, each.note) for each in history] == [("收到", ""), ("分派核实", "请去看看")]


def test_a_final_state_closes_and_announces_and_reopening_opens() -> None:
    county = officer("county_officer", COUNTY)
    matter = opened()
    dismissal = {"reason_listed": True, "mover_is_assignee": False}
    make_move(actor=county, matter_id=matter.pk, move="dismiss", facts=dismissal, note="重复上报")
    closed = Matter.objects.get(pk=matter.pk)
    assert (closed.state, closed.closed_at, closed.due_on) == ("dismissed", FRIDAY, None)
    payload = OutboxEvent.objects.get(event="cases.clue_dismissed").payload
    assert payload == {"matter": str(matter.pk), "subject": str(matter.subject_id)}
    other = officer("county_officer", COUNTY)
    make_move(actor=other, matter_id=matter.pk, move="reopen", note="有新情况")
    again = Matter.objects.get(pk=matter.pk)
    assert (again.state, again.closed_at, again.due_on) == ("new", None, date(2026, 11, 24))


def test_who_dismissed_does_not_reopen() -> None:
    county = officer("county_officer", COUNTY)
    matter = opened()
    facts = {"reason_listed": True, "mover_is_assignee": False}
    make_move(actor=county, matter_id=matter.pk, move="dismiss", facts=facts, note="没有风险")
    with pytest.raises(Refused) as refused:
        make_move(actor=county, matter_id=matter.pk, move="reopen", note="再看看")
    assert codes_of(refused) == ["procedures.four_eyes"]
    assert Matter.objects.get(pk=matter.pk).state == "dismissed"


def test_a_reassignment_buys_no_time() -> None:
    county = officer("county_officer", COUNTY)
    matter = assigned(county)
    due, entered = matter.due_on, matter.entered_at
    facts = {"assignee_can_check": True, "assignee_changes": True}
    with using_clock(FixedClock(FRIDAY + timedelta(days=3))):
        moved = make_move(actor=county, matter_id=matter.pk, move="reassign", facts=facts)
    assert (moved.due_on, moved.entered_at, moved.lock_version) == (due, entered, 2)


def test_a_stranger_finds_nothing() -> None:
    matter = opened()
    stranger = officer("county_officer", "511922")
    with pytest.raises(Http404):
        get_matter(stranger, matter.pk)
    with pytest.raises(Http404):
        make_move(actor=stranger, matter_id=matter.pk, move="assign", facts=ASSIGNABLE)
    with pytest.raises(Http404):
        list_history(stranger, matter)
    with pytest.raises(Http404):
        make_move(actor=stranger, matter_id=new_id(), move="assign")
    assert matter.subject_id is not None
    assert list_matters_of(stranger, "household", matter.subject_id) == []
    county = officer("county_officer", COUNTY)
    assert list_matters_of(county, "household", matter.subject_id) == [matter]


def test_without_the_capability_it_is_refused() -> None:
    matter = opened()
    with pytest.raises(AccessRefused):
        make_move(
            actor=officer("village_official", VILLAGE),
            matter_id=matter.pk,
            move="assign",
            facts=ASSIGNABLE,
        )
    assert Matter.objects.get(pk=matter.pk).state == "new"


def test_the_system_decides_nothing() -> None:
    matter = opened()
    with pytest.raises(Refused) as refused:
        make_move(actor=SCREENING, matter_id=matter.pk, move="assign", facts=ASSIGNABLE)
    assert codes_of(refused) == ["procedures.people_decide"]


def test_a_tier_that_does_not_count_is_told_who_may() -> None:
    county, township = officer("county_officer", COUNTY), officer("township_reviewer", TOWNSHIP)
    matter = opened()
    facts = {"reason_listed": True, "mover_is_assignee": False}
    make_move(actor=county, matter_id=matter.pk, move="dismiss", facts=facts, note="重复")
    with pytest.raises(Refused) as refused:
        make_move(actor=township, matter_id=matter.pk, move="reopen", note="要重看")
    title, _ = sentence_of(refused.value.problems[0])
    assert title == "“重新打开”由县级办理"


def test_the_loser_is_told_who_and_when() -> None:
    matter = opened()
    first = officer("township_reviewer", TOWNSHIP, "蒲艳")
    second = officer("county_officer", COUNTY, "周敏")
    make_move(actor=first, matter_id=matter.pk, move="assign", facts=ASSIGNABLE, seen=0)
    with pytest.raises(Refused) as refused:
        make_move(actor=second, matter_id=matter.pk, move="assign", facts=ASSIGNABLE, seen=0)
    title, _ = sentence_of(refused.value.problems[0])
    assert title == "蒲艳 已于 2026-11-20 10:00 办理了“分派核实”，现在是“核实中”"
    assert Matter.objects.get(pk=matter.pk).lock_version == 1


def test_a_stale_page_is_refused_even_where_the_move_still_leads_on() -> None:
    county = officer("county_officer", COUNTY)
    matter = assigned(county)
    facts = {"assignee_can_check": True, "assignee_changes": True}
    make_move(actor=county, matter_id=matter.pk, move="reassign", facts=facts)
    with pytest.raises(Refused) as refused:
        make_move(actor=county, matter_id=matter.pk, move="reassign", facts=facts, seen=1)
    assert codes_of(refused) == ["procedures.stale_page"]


def test_in_bulk_those_that_may_are_moved_and_the_others_say_why() -> None:
    county = officer("county_officer", COUNTY)
    free, taken, unknown = opened(), assigned(county), opened()
    requests = [
        MoveRequest(free.pk, ASSIGNABLE),
        MoveRequest(taken.pk, ASSIGNABLE),
        MoveRequest(unknown.pk, ASSIGNABLE | {"household_known": False}),
    ]
    before = AuditEvent.objects.count()
    outcome = make_moves(actor=county, move="assign", requests=requests)
    assert [each.pk for each in outcome.moved] == [free.pk]
    assert {key: each[0].code for key, each in outcome.refused.items()} == {
        taken.pk: "procedures.wrong_state",
        unknown.pk: "procedures.guard",
    }
    assert AuditEvent.objects.count() == before + 1


def test_one_stranger_in_the_list_stops_it_all() -> None:
    township = officer("township_reviewer", TOWNSHIP)
    mine, other = opened(), opened("511921102201")
    requests = [MoveRequest(each.pk, ASSIGNABLE) for each in (mine, other)]
    with pytest.raises(Http404):
        make_moves(actor=township, move="assign", requests=requests)
    assert Matter.objects.get(pk=mine.pk).state == "new"


def test_buttons_say_what_they_ask_and_why_not() -> None:
    township = officer("township_reviewer", TOWNSHIP)
    matter = assigned(township)
    facts = {"household_known": True, "mover_is_assignee": False}
    offers = {each.move: each for each in list_moves(township, matter, facts)}
    assert set(offers) == {"reassign", "verify", "dismiss"}
    assert [each.code for each in offers["verify"].problems] == ["procedures.four_eyes"]
    assert offers["dismiss"].allowed
    assert offers["dismiss"].asks == ("reason_listed",)
    assert offers["dismiss"].note_required
    assert (offers["reassign"].target_label, offers["reassign"].allowed) == ("核实中", True)
    village = officer("village_official", VILLAGE)
    theirs = {each.move: each for each in list_moves(village, matter, facts)}
    assert [each.code for each in theirs["reassign"].problems] == ["procedures.wrong_tier"]
    assert [each.code for each in theirs["verify"].problems] == ["procedures.guard"]


def test_what_a_button_promises_the_move_keeps() -> None:
    county = officer("county_officer", COUNTY)
    matter = opened()
    for offer in list_moves(county, matter, ASSIGNABLE | {"reason_listed": True}):
        assert offer.allowed
        moved = make_move(
            actor=county,
            matter_id=matter.pk,
            move=offer.move,
            facts=ASSIGNABLE | {"reason_listed": True, "mover_is_assignee": False},
            note="说明",
        )
        assert moved.state == offer.target
        break


def test_history_is_never_changed() -> None:
    row = opened().moves.get()
    row.note_sealed = b"x"
    with pytest.raises(AppendOnly):
        row.save()
    with pytest.raises(AppendOnly):
        row.delete()


def test_an_old_matter_runs_under_its_old_table() -> None:
    matter = opened()
    stored: UUID = matter.pk
    version = ProcedureVersion.objects.get()
    text = version.document.replace("重新打开", "旧表重开")
    ProcedureVersion.objects.create(
        hash="0" * 64, name="clue", version="old", document=text, recorded_at=FRIDAY
    )
    Matter.objects.filter(pk=stored).update(version_id="0" * 64, state="dismissed")
    county = officer("county_officer", COUNTY)
    again = get_matter(county, stored)
    assert [each.label for each in list_moves(county, again, {})] == ["旧表重开"]


def test_due_days_are_counted_again_once_the_year_is_announced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with using_clock(FixedClock(datetime(2026, 12, 31, 2, tzinfo=UTC))):
        matter = opened()
    assert (matter.due_on, matter.due_provisional) == (date(2027, 1, 4), True)
    system = system_actor("procedures")
    assert recount_due_days(actor=system) == 0
    known = working_calendar()
    announced = WorkingCalendar(known.years | {2027}, known.days_off | {date(2027, 1, 1)})
    monkeypatch.setattr(dues, "calendar_of_pack", lambda pack: announced)
    assert recount_due_days(actor=system) == 1
    stored = Matter.objects.get(pk=matter.pk)
    assert (stored.due_on, stored.due_provisional) == (date(2027, 1, 5), False)
    assert recount_due_days(actor=system) == 0
    with pytest.raises(AccessRefused):
        recount_due_days(actor=officer("county_officer", COUNTY))
