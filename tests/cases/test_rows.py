"""A department's row that fits nobody is a clue without a household, until a person says whose."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.cases.api import Clue, assign_clues, get_clue
from bangfu.exchange.api import ListRow, RowOutcome, match_row, settle_row, undo_row
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.jobs.api import run_worker
from bangfu.policy.api import publish_pack
from exchange.conftest import register
from exchange.making import COUNTY, hand_in, home, of, officer

__all__ = ["register"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(register: None) -> None:
    """The register of the lists' tests, under the demo's pack: it has the procedure of clues."""
    publish_pack(actor=system_actor("tests"), path="demo", valid_from=date(2021, 1, 1))


def waiting_row() -> ListRow:
    """The one row that no number matched."""
    return ListRow.objects.get(outcome=RowOutcome.UNMATCHED)


@pytest.mark.usefixtures("county")
def test_a_row_s_clue_gets_its_household_when_a_person_says_whose_it_is() -> None:
    hand_in(of("H1", name="王不同"))
    run_worker(once=True)
    clue = Clue.objects.get(channel="department")
    assert (clue.household, clue.channel, clue.division) == (None, "department", COUNTY)
    detail = get_clue(system_actor("tests"), clue.pk)
    assert "王不同" not in detail.row.sentence
    refused = assign_clues(actor=system_actor("tests"), clue_ids=[clue.pk]).refused
    assert clue.pk in refused
    row = waiting_row()
    match_row(actor=officer(), row_id=row.pk, household_id=home("H1").pk)
    run_worker(once=True)
    clue.refresh_from_db()
    assert (clue.household, clue.division) == (home("H1"), home("H1").village_code)
    assert (clue.matter.subject_id, clue.matter.division) == (home("H1").pk, clue.division)
    undo_row(actor=officer(), row_id=row.pk)
    run_worker(once=True)
    clue.refresh_from_db()
    assert (clue.household, clue.division) == (None, COUNTY)


@pytest.mark.usefixtures("county")
def test_a_row_that_means_nobody_here_leaves_its_clue_to_a_person() -> None:
    hand_in(of("H1", name="王不同"))
    run_worker(once=True)
    settle_row(actor=officer(), row_id=waiting_row().pk, decision="not_here")
    run_worker(once=True)
    clue = Clue.objects.select_related("matter").get(channel="department")
    assert clue.matter.closed_at is None
    assert get_clue(system_actor("tests"), clue.pk).settled
