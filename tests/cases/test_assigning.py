"""Assigning: who will and who will not, and why; the preview and the act agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.http import Http404

from bangfu.cases.api import (
    Clue,
    assign_clues,
    dismiss_clue,
    list_assignees,
    preview_assignment,
)
from bangfu.foundation.access.api import AccessRefused, Posting, grant_posting, system_actor
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import new_id
from bangfu.foundation.ui.wording import sentence_of
from screening.conftest import DAY
from screening.register import OTHER_VILLAGE, VILLAGE

if TYPE_CHECKING:
    from uuid import UUID

    from cases.conftest import Office

Clues = dict[str, Clue]


def ids(clues: Clues, *names: str) -> list[UUID]:
    """The ids of some clues, or of all."""
    return [clues[name].pk for name in names or clues]


def stored(clue: Clue) -> Clue:
    """The clue as it lies in the database."""
    return Clue.objects.select_related("matter").get(pk=clue.pk)


def test_each_goes_to_the_nearest_person(clues: Clues, office: Office) -> None:
    outcome = assign_clues(actor=office("officer"), clue_ids=ids(clues))
    assert len(outcome.assigned) == 6
    villager, neighbour = (office.people[name] for name in ("villager", "neighbour"))
    for name, clue in clues.items():
        now = stored(clue)
        expected = neighbour if clue.division == OTHER_VILLAGE else villager
        assert (now.matter.state, now.assigned_to_id) == ("assigned", expected.pk), name
    event = AuditEvent.objects.get(action="clue.assign")
    assert event.count == 6


def test_a_named_person_gets_only_what_lies_in_their_place(clues: Clues, office: Office) -> None:
    villager = office.people["villager"]
    preview = preview_assignment(office("officer"), ids(clues), villager.pk)
    assert stored(clues["poor"]).assigned_to is None
    outcome = assign_clues(actor=office("officer"), clue_ids=ids(clues), assignee_id=villager.pk)
    inside = {clue.pk for clue in clues.values() if clue.division == VILLAGE}
    assert set(outcome.assigned) == set(preview.will) == inside
    assert set(outcome.refused) == set(preview.will_not) == set(ids(clues)) - inside
    assert outcome.refused == preview.will_not
    title, _ = sentence_of(outcome.refused[clues["work"].pk][0])
    assert title == "这个人没有这一户所在村的核实权限"


def test_work_is_spread_by_what_people_have_at_hand(clues: Clues, office: Office) -> None:
    Posting.objects.filter(role="village_official").update(valid_to=DAY)
    Posting.objects.filter(role="township_reviewer").update(valid_to=DAY)
    grant_posting(
        actor=system_actor("tests"), person=office.people["stranger"], organisation="通江县",
        title="业务员", role="county_officer", divisions=(VILLAGE[:6],),
    )  # fmt: skip
    outcome = assign_clues(actor=office("officer"), clue_ids=ids(clues))
    people = [each.person_id for each in outcome.assigned.values()]
    assert sorted(people.count(each) for each in set(people)) == [3, 3]


def test_nobody_is_given_by_themselves_what_they_could_not_confirm(
    clues: Clues, office: Office
) -> None:
    Posting.objects.filter(role="village_official").update(valid_to=DAY)
    Posting.objects.filter(role="township_reviewer").update(valid_to=DAY)
    officer = office.people["officer"].pk
    outcome = assign_clues(actor=office("officer"), clue_ids=ids(clues))
    assert len(outcome.assigned) == 6
    assert officer not in {each.person_id for each in outcome.assigned.values()}


def test_a_place_without_anybody_is_said(clues: Clues, office: Office) -> None:
    actor = office("officer")
    Posting.objects.update(valid_to=DAY)
    outcome = assign_clues(actor=actor, clue_ids=ids(clues, "poor"))
    [problem] = outcome.refused[clues["poor"].pk]
    assert problem.code == "cases.nobody_to_check"
    assert stored(clues["poor"]).matter.state == "new"


def test_what_is_with_somebody_is_taken_only_when_asked(clues: Clues, office: Office) -> None:
    actor, villager, reviewer = (
        office("officer"),
        *(office.people[name] for name in ("villager", "reviewer")),
    )
    assign_clues(actor=actor, clue_ids=ids(clues, "poor"), assignee_id=villager.pk)
    again = assign_clues(actor=actor, clue_ids=ids(clues, "poor"), assignee_id=reviewer.pk)
    assert again.refused[clues["poor"].pk][0].code == "procedures.wrong_state"
    same = assign_clues(
        actor=actor, clue_ids=ids(clues, "poor"), assignee_id=villager.pk, reassign=True
    )
    assert same.refused[clues["poor"].pk][0].code == "procedures.guard"
    assert stored(clues["poor"]).assigned_to_id == villager.pk
    taken = assign_clues(
        actor=actor, clue_ids=ids(clues, "poor"), assignee_id=reviewer.pk, reassign=True
    )
    assert taken.assigned[clues["poor"].pk].person_id == reviewer.pk
    assert stored(clues["poor"]).assigned_to_id == reviewer.pk


def test_a_second_officer_is_told_who_was_first(clues: Clues, office: Office) -> None:
    assign_clues(actor=office("officer"), clue_ids=ids(clues, "poor"))
    late = assign_clues(
        actor=office("other_officer"),
        clue_ids=ids(clues, "poor", "sick"),
        seen={clues["poor"].pk: 0, clues["sick"].pk: 0},
    )
    assert set(late.assigned) == {clues["sick"].pk}
    title, _ = sentence_of(late.refused[clues["poor"].pk][0])
    assert title.startswith("周敏 已于 2026-11-20 10:00 办理了“分派核实”")


def test_nobody_assigns_outside_their_place(clues: Clues, office: Office) -> None:
    with pytest.raises(Http404):
        assign_clues(actor=office("reviewer"), clue_ids=ids(clues, "poor", "work"))
    with pytest.raises(Http404):
        assign_clues(actor=office("stranger"), clue_ids=ids(clues, "poor"))
    with pytest.raises(AccessRefused):
        assign_clues(actor=office("villager"), clue_ids=ids(clues, "poor"))
    with pytest.raises(Http404):
        preview_assignment(office("officer"), [clues["poor"].pk, new_id()])
    assert {stored(each).matter.state for each in clues.values()} == {"new"}


def test_the_people_who_may_check_nearest_first(clues: Clues, office: Office) -> None:
    assign_clues(actor=office("officer"), clue_ids=ids(clues, "poor", "sick"))
    found = list_assignees(office("officer"), VILLAGE)
    assert [each.name for each in found][:2] == ["岳鹏", "冯蓉"]
    assert {each.name for each in found[2:]} == {"周敏", "何建国"}
    assert (found[0].open_clues, found[1].open_clues) == (2, 0)
    dismiss_clue(
        actor=office("villager"), clue_id=clues["sick"].pk, reason="no_risk", note="已报销"
    )
    assert list_assignees(office("officer"), VILLAGE)[0].open_clues == 1
    with pytest.raises(AccessRefused):
        list_assignees(office("stranger"), VILLAGE)
