"""Lists, choices, due days and desks: inside the scope, counted right, audited."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from bangfu.cases.api import (
    DAYS_AHEAD,
    FACETS,
    SORTS,
    Clue,
    ClueFilters,
    assign_clues,
    clues_of,
    count_due,
    count_open,
    dismiss_clue,
    export_clues,
    get_clue,
    list_clues,
    list_facets,
    my_work,
)
from bangfu.cases.domain.dues import DueGroup, Horizon, look_ahead
from bangfu.cases.wording import DUE_NAMES
from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.procedures.api import WorkingCalendar
from bangfu.registry.models import Household
from screening.conftest import FRIDAY
from screening.register import OTHER_VILLAGE, VILLAGE

if TYPE_CHECKING:
    from uuid import UUID

    from cases.conftest import Office

Clues = dict[str, Clue]


def found(office: Office, name: str = "officer", **filters: Any) -> set[UUID]:
    """The ids of a list."""
    return {row.id for row in list_clues(office(name), ClueFilters(**filters)).rows}


def ids(clues: Clues, *names: str) -> set[UUID]:
    """The ids of some clues."""
    return {clues[name].pk for name in names}


def test_everybody_sees_their_own_place(clues: Clues, office: Office) -> None:
    everything = ids(clues, *clues)
    inside = {clue.pk for clue in clues.values() if clue.division == VILLAGE}
    assert found(office) == everything
    assert found(office, "reviewer") == found(office, "villager") == inside
    assert found(office, "neighbour") == everything - inside
    assert found(office, "stranger") == set()
    assert (count_open(office("villager")), count_open(office("stranger"))) == (4, 0)


def test_every_filter_narrows_and_they_meet(clues: Clues, office: Office) -> None:
    villager = office.people["villager"]
    assign_clues(actor=office("officer"), clue_ids=[clues["poor"].pk, clues["work"].pk])
    dismiss_clue(actor=office("officer"), clue_id=clues["sick"].pk, reason="no_risk", note="已报销")
    assert found(office, states=("assigned",)) == ids(clues, "poor", "work")
    assert found(office, states=("assigned", "dismissed"), divisions=(VILLAGE[:9],)) == ids(
        clues, "poor", "sick"
    )
    assert found(office, risks=("income", "work")) == ids(clues, "poor", "work")
    assert found(office, rules=("unsafe_housing",)) == ids(clues, "unsafe")
    assert found(office, channels=("household",)) == set()
    assert found(office, assignee=villager.pk) == ids(clues, "poor")
    assert found(office, unassigned=True, open=True) == ids(clues, "unsafe", "school", "disabled")
    assert found(office, text="51190000000003") == ids(clues, "unsafe")
    Household.objects.filter(pk=clues["unsafe"].household_id).update(head_name="罗开芳")
    assert found(office, text=" 罗开 ") == ids(clues, "unsafe")


@pytest.mark.parametrize(("days", "group"), [(0, "soon"), (4, "today"), (5, "overdue")])
def test_due_groups_follow_the_day(clues: Clues, office: Office, days: int, group: str) -> None:
    with using_clock(FixedClock(FRIDAY + timedelta(days=days))):
        assert found(office, dues=(group,)) == ids(clues, *clues)
        others = {each.value for each in DueGroup} - {group}
        assert found(office, dues=tuple(others)) == set()


def test_every_sort_is_whole_and_turns_round(clues: Clues, office: Office) -> None:
    for name in SORTS:
        rows = [row.id for row in list_clues(office("officer"), sort=name).rows]
        back = [row.id for row in list_clues(office("officer"), sort=f"-{name}").rows]
        assert set(rows) == ids(clues, *clues)
        assert rows == back[::-1], name
    places = [row.division for row in list_clues(office("officer"), sort="place").rows]
    assert places == sorted(places)


def test_no_due_day_stands_last_either_way(clues: Clues, office: Office) -> None:
    dismiss_clue(actor=office("officer"), clue_id=clues["sick"].pk, reason="no_risk", note="已报销")
    for sort in ("due", "-due"):
        assert list_clues(office("officer"), sort=sort).rows[-1].id == clues["sick"].pk


def test_pages_hold_everything_once(clues: Clues, office: Office) -> None:
    pages = [list_clues(office("officer"), page=number, size=4) for number in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [4, 2, 0]
    assert {page.total for page in pages} == {6}
    assert {row.id for page in pages for row in page.rows} == ids(clues, *clues)


def test_a_choice_counts_what_choosing_it_would_leave(clues: Clues, office: Office) -> None:
    assign_clues(actor=office("officer"), clue_ids=[clues["poor"].pk])
    filters = ClueFilters(divisions=(VILLAGE[:9],), states=("new",))
    facets = list_facets(office("officer"), filters)
    assert set(facets) == set(FACETS)
    for name, choices in facets.items():
        for choice in choices:
            narrowed = filters.without(name)
            values = {**{each: getattr(narrowed, each) for each in FACETS}, name: (choice.value,)}
            assert len(found(office, **values)) == choice.count, (name, choice)
    states = {choice.value: (choice.count, choice.chosen) for choice in facets["states"]}
    assert states["assigned"] == (1, False)
    assert states["new"] == (3, True)
    places = {choice.value: choice.count for choice in facets["divisions"]}
    assert places == {VILLAGE[:9]: 3, OTHER_VILLAGE[:9]: 2}


def test_due_counts_add_up_to_what_is_open(clues: Clues, office: Office) -> None:
    assign_clues(actor=office("officer"), clue_ids=[clues["poor"].pk])
    dismiss_clue(actor=office("officer"), clue_id=clues["sick"].pk, reason="no_risk", note="已报销")
    counts = count_due(office("officer"))
    assert counts.total == count_open(office("officer")) == 5
    assert dict(counts.days)[date(2026, 11, 24)] == 4
    assert dict(counts.days)[date(2026, 11, 25)] == 1
    with using_clock(FixedClock(FRIDAY + timedelta(days=5))):
        late = count_due(office("officer"))
    assert (late.overdue, late.today, late.total) == (4, 1, 5)


def test_a_desk_holds_what_waits_for_its_owner(clues: Clues, office: Office) -> None:
    assign_clues(actor=office("officer"), clue_ids=[clues["poor"].pk, clues["sick"].pk])
    officer = my_work(office("officer"))
    assert (officer.unassigned, officer.to_check, officer.waiting) == (4, 0, 2)
    villager = my_work(office("villager"))
    assert (villager.unassigned, villager.to_check, villager.waiting) == (0, 2, 2)
    assert {row.id for group in villager.groups for row in group.rows} == ids(clues, "poor", "sick")
    with using_clock(FixedClock(FRIDAY + timedelta(days=6))):
        late = my_work(office("villager"))
    assert [(each.group, each.day) for each in late.groups] == [("overdue", None)]
    assert {row.days_left for row in late.groups[0].rows} == {-1}


def test_a_list_is_one_audit_row_with_everybody_shown(clues: Clues, office: Office) -> None:
    list_clues(office("villager"), ClueFilters(text="李春秀", risks=("income",)))
    event = AuditEvent.objects.get(action="clue.listed")
    assert (event.kind, event.subject_type, event.count) == ("listed", "household", 1)
    assert json.loads(event.subject_ids) == [str(clues["poor"].household_id)]
    assert "李春秀" not in event.filters
    get_clue(office("villager"), clues["poor"].pk)
    opened = AuditEvent.objects.get(action="clue.opened")
    assert (opened.kind, json.loads(opened.subject_ids)) == (
        "opened",
        [str(clues["poor"].household_id)],
    )


def test_an_export_needs_its_right_and_names_everybody(clues: Clues, office: Office) -> None:
    rows = export_clues(office("officer"), ClueFilters(risks=("income", "work")))
    assert {row.id for row in rows} == ids(clues, "poor", "work")
    assert AuditEvent.objects.get(action="clue.exported").count == 2
    with pytest.raises(AccessRefused):
        export_clues(office("villager"))


def test_a_household_shows_its_clues_to_who_may_see_them(clues: Clues, office: Office) -> None:
    household = clues["poor"].household_id
    assert [row.id for row in clues_of(office("villager"), household)] == [clues["poor"].pk]
    assert clues_of(office("neighbour"), household) == []


def test_a_line_speaks_the_readers_language(clues: Clues, office: Office) -> None:
    with translation.override("en"):
        row = get_clue(office("officer"), clues["poor"].pk).row
        assert (row.state_label, row.channel_label) == ("Unassigned", "Screening by rules")
    assert row.sentence.startswith("Reference income is 21,000 yuan")
    again = get_clue(office("officer"), clues["poor"].pk).row
    assert (again.state_label, again.risk_label) == ("未分派", "收入偏低")
    assert [part["text"] for part in again.reason if part.get("deciding")] == ["21,000 元"]


def test_a_day_off_counts_with_the_working_day_after_it() -> None:
    horizon = look_ahead(date(2026, 11, 20), WorkingCalendar(), 3)
    assert horizon.ahead == (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25))
    assert horizon.group_of(date(2026, 11, 21)) is DueGroup.SOON
    assert horizon.group_of(date(2026, 11, 26)) is DueGroup.LATER
    assert Horizon(date(2026, 11, 20), ()).group_of(date(2026, 11, 21)) is DueGroup.LATER


def test_the_words_name_the_days_ahead() -> None:
    assert f"{DAYS_AHEAD} 个工作日内" == DUE_NAMES[DueGroup.SOON]
