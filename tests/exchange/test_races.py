"""Several at once: what came twice counts once, and of two decisions one stands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from bangfu.exchange.api import ListRow, Report, commit_list, match_row, settle_row, withdraw_list
from bangfu.kernel.problems import Refused
from exchange.making import check, hand_in, home, of, officer

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("register")]


def at_once(*works: Callable[[], object]) -> list[str]:
    """Start all together; for each `done` or the code of the refusal."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            start.wait()
            work()
        except Refused as refusal:
            return refusal.problems[0].code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def test_one_list_committed_at_once_counts_once() -> None:
    each = check(of("H1"), of("H2"))
    actor = officer()
    works = [lambda: commit_list(actor=actor, list_id=each.id)] * 3
    assert at_once(*works) == ["done"] * 3
    assert Report.objects.count() == 2


def test_two_lists_with_a_row_in_common_make_one_report_of_it() -> None:
    lists = [check(of("H1"), of(other)) for other in ("H2", "H3")]
    actor = officer()
    works = [lambda each=each: commit_list(actor=actor, list_id=each.id) for each in lists]
    assert at_once(*works) == ["done", "done"]
    assert Report.objects.count() == 3
    assert ListRow.objects.filter(live=True).count() == 3
    assert sorted(ListRow.objects.values_list("outcome", flat=True)) == ["known"] + ["matched"] * 3


def test_of_three_decisions_about_a_row_one_stands() -> None:
    hand_in(of("H1", name="李春香"))
    row = ListRow.objects.get()
    actor = officer()
    homes = [home("H1").id, home("H2").id]
    works: list[Callable[[], object]] = [
        lambda: match_row(actor=actor, row_id=row.id, household_id=homes[0]),
        lambda: match_row(actor=actor, row_id=row.id, household_id=homes[1]),
        lambda: settle_row(actor=actor, row_id=row.id, decision="wrong_number"),
    ]
    assert at_once(*works) == ["done", "exchange.row_decided", "exchange.row_decided"]
    row.refresh_from_db()
    assert Report.objects.count() == (row.outcome == "matched")


def test_a_row_matched_while_its_list_is_withdrawn_counts_no_more() -> None:
    each = hand_in(of("H1", name="李春香"))
    row = ListRow.objects.get()
    actor = officer()
    target = home("H1").id
    done = at_once(
        lambda: match_row(actor=actor, row_id=row.id, household_id=target),
        lambda: withdraw_list(actor=actor, list_id=each.id, reason="错"),
    )
    assert done in (["done", "done"], ["done", "exchange.row_decided"])
    counted = Report.objects.filter(undone_at=None, list__withdrawn_at=None)
    assert not counted.exists()


def test_a_name_put_right_meets_a_person_who_matches_the_wrong_one() -> None:
    hand_in(of("H1", name="李春香"))
    row = ListRow.objects.get()
    again = check(of("H1"))
    actor = officer()
    target = home("H1").id
    at_once(
        lambda: match_row(actor=actor, row_id=row.id, household_id=target),
        lambda: commit_list(actor=actor, list_id=again.id),
    )
    assert Report.objects.filter(undone_at=None).count() == 1
    assert ListRow.objects.filter(live=True).count() == 1
