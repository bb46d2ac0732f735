"""Confirming, dismissing, reopening: by whom, for what reason, and what it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.http import Http404

from bangfu.cases.api import (
    Clue,
    assign_clues,
    dismiss_clue,
    get_clue,
    reopen_clue,
    verify_clue,
)
from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from cases.conftest import Office

Clues = dict[str, Clue]


@pytest.fixture
def assigned(clues: Clues, office: Office) -> Clue:
    """The poor household's clue, with the village official."""
    assign_clues(
        actor=office("officer"),
        clue_ids=[clues["poor"].pk],
        assignee_id=office.people["villager"].pk,
    )
    return Clue.objects.select_related("matter").get(pk=clues["poor"].pk)


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """The codes of a refusal."""
    return [problem.code for problem in refused.value.problems]


def test_the_one_asked_confirms(assigned: Clue, office: Office) -> None:
    done = verify_clue(actor=office("villager"), clue_id=assigned.pk, note="两人入户，属实")
    assert (done.matter.state, done.matter.closed_at is None) == ("verified", False)
    payload = OutboxEvent.objects.get(event="cases.clue_verified").payload
    assert payload == {"matter": str(done.matter_id), "subject": str(done.household_id)}
    history = get_clue(office("villager"), assigned.pk).history
    assert [(each.move, each.by_name, each.note) for each in history] == [
        ("open", "screening", ""),
        ("assign", "周敏", ""),
        ("verify", "岳鹏", "两人入户，属实"),
    ]


def test_who_assigned_does_not_confirm_but_another_of_the_tier_may(
    assigned: Clue, office: Office
) -> None:
    with pytest.raises(Refused) as refused:
        verify_clue(actor=office("officer"), clue_id=assigned.pk, note="属实")
    assert codes_of(refused) == ["procedures.four_eyes"]
    done = verify_clue(actor=office("other_officer"), clue_id=assigned.pk, note="属实")
    assert done.matter.state == "verified"


def test_a_village_official_closes_no_clue_of_another(
    assigned: Clue, clues: Clues, office: Office
) -> None:
    assign_clues(
        actor=office("officer"),
        clue_ids=[clues["sick"].pk],
        assignee_id=office.people["reviewer"].pk,
    )
    with pytest.raises(Refused) as refused:
        verify_clue(actor=office("villager"), clue_id=clues["sick"].pk, note="属实")
    assert codes_of(refused) == ["procedures.guard"]


@pytest.mark.parametrize(
    ("reason", "note", "code"),
    [
        ("bored", "不想去", "procedures.guard"),
        ("", "没有理由", "procedures.guard"),
        ("no_risk", " ", "procedures.note_missing"),
    ],
)
def test_a_dismissal_without_reason_leaves_everything(
    assigned: Clue, office: Office, reason: str, note: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        dismiss_clue(actor=office("villager"), clue_id=assigned.pk, reason=reason, note=note)
    assert codes_of(refused) == [code]
    now = Clue.objects.select_related("matter").get(pk=assigned.pk)
    assert (now.matter.state, now.dismissed_reason) == ("assigned", "")


def test_dismissed_and_reopened_it_is_nobodys(assigned: Clue, office: Office) -> None:
    dismiss_clue(actor=office("villager"), clue_id=assigned.pk, reason="no_risk", note="收入稳定")
    shown = get_clue(office("officer"), assigned.pk).row
    assert (shown.dismissed_label, shown.closed, shown.days_left) == ("没有风险", True, None)
    reopen_clue(actor=office("officer"), clue_id=assigned.pk, note="又住院了")
    again = get_clue(office("officer"), assigned.pk)
    assert (again.row.state, again.row.assigned_to, again.row.dismissed_reason) == ("new", None, "")
    assert again.row.days_left == 2
    assert [each.move for each in again.offers if each.allowed] == ["assign", "dismiss"]


def test_only_the_county_reopens(assigned: Clue, office: Office) -> None:
    dismiss_clue(actor=office("villager"), clue_id=assigned.pk, reason="no_risk", note="收入稳定")
    with pytest.raises(Refused) as refused:
        reopen_clue(actor=office("reviewer"), clue_id=assigned.pk, note="再看")
    assert codes_of(refused) == ["procedures.wrong_tier"]
    with pytest.raises(AccessRefused):
        reopen_clue(actor=office("villager"), clue_id=assigned.pk, note="再看")


def test_a_stranger_finds_no_clue(assigned: Clue, office: Office) -> None:
    for name in ("stranger", "neighbour"):
        with pytest.raises(Http404):
            verify_clue(actor=office(name), clue_id=assigned.pk, note="属实")
        with pytest.raises(Http404):
            get_clue(office(name), assigned.pk)


def test_a_stale_page_is_told(assigned: Clue, office: Office) -> None:
    with pytest.raises(Refused) as refused:
        verify_clue(actor=office("villager"), clue_id=assigned.pk, note="属实", seen=0)
    assert codes_of(refused) == ["procedures.overtaken"]
