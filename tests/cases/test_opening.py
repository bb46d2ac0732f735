"""A finding becomes one clue, however often and in whatever pieces it is announced."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.cases.api import Clue, dismiss_clue, get_clue, open_clues
from bangfu.cases.models import ClueFinding
from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.api import run_worker
from bangfu.foundation.jobs.models import Job
from bangfu.procedures.api import Matter, MatterMove
from bangfu.registry.models import IncomeStatement
from bangfu.screening.api import Finding, run_screening
from cases.conftest import COUNTY
from screening.register import YUAN

if TYPE_CHECKING:
    from bangfu.registry.models import Household
    from cases.conftest import Office

SCREENING = system_actor("screening")
Clues = dict[str, Clue]
County = dict[str, "Household"]


def finding_ids() -> list[str]:
    """Every finding's id."""
    return [str(each) for each in Finding.objects.order_by("rule").values_list("pk", flat=True)]


def test_a_clue_keeps_what_was_found(clues: Clues, county: County) -> None:
    clue = clues["poor"]
    finding = Finding.objects.get(rule="income_below_line")
    assert [each.finding_id for each in clue.findings.all()] == [finding.pk]
    assert (clue.risk, clue.rule) == ("income", "income_below_line")
    assert (clue.channel, clue.division) == ("screening", county["poor"].village_code)
    assert clue.document == finding.document
    assert (clue.matter.state, clue.matter.subject_id) == ("new", county["poor"].pk)
    Finding.objects.filter(pk=finding.pk).update(document={})
    assert Clue.objects.get(pk=clue.pk).document["reason"]["zh"]


def test_the_same_event_again_opens_nothing(clues: Clues) -> None:
    again = open_clues(actor=SCREENING, finding_ids=finding_ids())
    assert (again.opened, again.known) == ((), 6)
    assert (Clue.objects.count(), Matter.objects.count(), MatterMove.objects.count()) == (6, 6, 6)


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_pieces_in_any_order_open_each_clue_once(
    county: County, office: Office, data: st.DataObject
) -> None:
    if not Finding.objects.exists():
        run_screening(actor=office("officer"), division=COUNTY)
    known = finding_ids()
    pieces = data.draw(st.lists(st.lists(st.sampled_from(known), max_size=8), max_size=4))
    before = set(ClueFinding.objects.values_list("finding_id", flat=True))
    opened = sum(len(open_clues(actor=SCREENING, finding_ids=piece).opened) for piece in pieces)
    after = set(ClueFinding.objects.values_list("finding_id", flat=True))
    assert {str(each) for each in after - before} == {
        each for piece in pieces for each in piece
    } - {str(each) for each in before}
    assert opened == len(after) - len(before)
    assert Clue.objects.count() == Matter.objects.count()


def test_a_finding_that_comes_back_waits_for_the_open_clue(
    clues: Clues, county: County, office: Office
) -> None:
    statement = IncomeStatement.objects.filter(household=county["poor"])
    for income in (60_000, 0):
        statement.update(business_income=income * YUAN)
        run_screening(actor=office("officer"), division=COUNTY)
    newest = Finding.objects.get(rule="income_below_line", cleared_at=None)
    outcome = open_clues(actor=SCREENING, finding_ids=[newest.pk])
    assert (outcome.opened, outcome.joined) == ((), 1)
    assert clues["poor"].findings.count() == 2
    dismiss_clue(
        actor=office("officer"), clue_id=clues["poor"].pk, reason="data_wrong", note="已更正"
    )
    again = open_clues(actor=SCREENING, finding_ids=[newest.pk])
    assert (again.opened, again.known) == ((), 1)


def found_more(finding: Finding, rule: str, severity: str) -> Finding:
    """Another rule of the same risk fires for the household of a finding."""
    return Finding.objects.create(
        household=finding.household,
        division=finding.division,
        rule=rule,
        risk=finding.risk,
        severity=severity,
        first_run=finding.first_run,
        last_run=finding.last_run,
        document=finding.document,
        found_at=now(),
    )


def test_one_open_clue_gathers_what_is_found_of_a_risk(clues: Clues, office: Office) -> None:
    clue = clues["work"]
    first = clue.findings.get().finding
    mild, grave = (found_more(first, rule, rule) for rule in ("low", "high"))
    outcome = open_clues(actor=SCREENING, finding_ids=[mild.pk, grave.pk])
    assert (outcome.opened, outcome.joined) == ((), 2)
    clue.refresh_from_db()
    assert (clue.severity, clue.rule, clue.findings.count()) == ("high", first.rule, 3)
    verify = office("officer")
    assert {each.rule_label for each in get_clue(verify, clue.pk).also} == {"low", "high"}


def test_what_is_over_before_it_is_heard_of_opens_nothing(county: County, office: Office) -> None:
    run_screening(actor=office("officer"), division=COUNTY)
    Finding.objects.update(cleared_at=now(), cleared_because="clear")
    outcome = open_clues(actor=SCREENING, finding_ids=finding_ids())
    assert (outcome.opened, outcome.over) == ((), 6)


def test_nobody_opens_clues_where_they_may_not(county: County, office: Office) -> None:
    run_screening(actor=office("officer"), division=COUNTY)
    with pytest.raises(AccessRefused):
        open_clues(actor=office("stranger"), finding_ids=finding_ids())
    assert Clue.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_from_the_run_to_the_clues_through_the_queue(county: County, office: Office) -> None:
    run_screening(actor=office("officer"), division=COUNTY)
    run_worker(once=True)
    assert Clue.objects.count() == 6
    job = Job.objects.get(kind="cases.open_clues")
    assert job.result == {"opened": 6, "known": 0, "joined": 0, "over": 0}


def open_at_once(finding_ids: list[str], start: Barrier) -> int:
    """Open clues at the same moment as somebody else; answer how many were new."""
    try:
        start.wait()
        return len(open_clues(actor=SCREENING, finding_ids=finding_ids).opened)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_event_open_each_clue_once(county: County, office: Office) -> None:
    run_screening(actor=office("officer"), division=COUNTY)
    known = finding_ids()
    start = Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as pool:
        sides = [pool.submit(open_at_once, each, start) for each in (known, known[::-1])]
        opened = [side.result() for side in sides]
    assert sorted(opened) == [0, 6]
    assert (Clue.objects.count(), Matter.objects.count()) == (6, 6)
