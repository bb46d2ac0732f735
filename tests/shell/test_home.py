"""The home page: the title is the answer, and red means today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from bangfu.foundation.clock.api import using_clock
from bangfu.foundation.ui import work as work_module
from bangfu.foundation.ui.api import Work, WorkItem, register_work
from bangfu.kernel.clock import FixedClock
from bangfu.shell.agenda import make_agenda

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from support.people import Worker

FRIDAY = date(2026, 11, 20)
CLOCK = FixedClock(datetime(2026, 11, 20, 2, 0, tzinfo=UTC))


def item(due: date | None, subject: str = "李春秀 户") -> WorkItem:
    days_left = None if due is None else (due - FRIDAY).days
    return WorkItem(
        "核实线索", subject, "铁溪镇 朱元村", "入户核实", "因病", "/", "核实", due, days_left
    )


def works(*dues: date | None, waiting: int = 0) -> list[Work]:
    by_day: dict[date | None, int] = {}
    for due in dues:
        by_day[due] = by_day.get(due, 0) + 1
    return [Work([item(due) for due in dues], by_day, waiting)]


def test_work_is_counted_by_when_it_is_due() -> None:
    monday = FRIDAY + timedelta(days=3)
    agenda = make_agenda(
        works(
            FRIDAY - timedelta(days=4), FRIDAY, FRIDAY, monday, date(2027, 1, 5), None, waiting=3
        ),
        FRIDAY,
    )
    assert (agenda.overdue, agenda.due_today, agenda.urgent) == (1, 2, 3)
    assert (agenda.later, agenda.waiting, agenda.open) == (2, 3, 6)
    assert agenda.next_day is not None
    assert agenda.next_day.day == monday


def test_the_next_days_are_weekdays_and_busy_weekend_days() -> None:
    saturday = FRIDAY + timedelta(days=1)
    idle = make_agenda(works(FRIDAY), FRIDAY)
    busy = make_agenda(works(saturday), FRIDAY)
    assert [each.day.weekday() for each in idle.next_days] == [0, 1, 2, 3, 4]
    assert [each.day.weekday() for each in busy.next_days] == [5, 0, 1, 2, 3]


def test_features_share_one_order() -> None:
    early, late = FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=40)
    agenda = make_agenda([*works(late, FRIDAY), *works(early, None)], FRIDAY)
    assert [(group.name, group.total) for group in agenda.groups] == [
        ("overdue", 1),
        ("today", 1),
        ("later", 2),
    ]
    assert [each.due for each in agenda.groups[-1].items] == [late, None]


def test_a_group_counts_what_it_does_not_show() -> None:
    agenda = make_agenda([Work([item(FRIDAY)], {FRIDAY: 40, None: 2})], FRIDAY)
    assert [(group.total, len(group.items)) for group in agenda.groups] == [(40, 1)]
    assert agenda.open == 42


@pytest.fixture
def home(
    client: Client, worker: Callable[[str], Worker], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    monkeypatch.setattr(work_module, "_sources", {})

    def draw(*found: Work) -> str:
        for number, each in enumerate(found):
            register_work(str(number), lambda request, each=each: each)
        client.force_login(worker("officer").person)
        with using_clock(CLOCK):
            return client.get(reverse("shell:home")).text

    return draw


@pytest.mark.parametrize(
    ("dues", "title"),
    [
        ([FRIDAY - timedelta(days=1), FRIDAY, FRIDAY], "今天要办 3 件，其中 1 件已经逾期"),
        ([FRIDAY], "今天要办 1 件"),
        ([FRIDAY + timedelta(days=3)], "今天没有到期的事，周一 11-23 有 1 件"),
        ([None, None], "今天没有到期的事，在办 2 件"),
        ([], "现在没有等您办的事"),
    ],
)
def test_the_title_is_the_answer(home: Callable[..., str], dues: list[Any], title: str) -> None:
    page = home(*works(*dues))
    assert f"<h1>{title}" in page
    assert f"<title>{title}" in page


def test_a_page_with_nothing_due_has_no_red(home: Callable[..., str]) -> None:
    page = home(*works(FRIDAY + timedelta(days=3), None, waiting=2))
    assert 'class="now"' not in page
    assert "due now" not in page
    assert "group now" not in page


def test_what_is_overdue_says_by_how_much(home: Callable[..., str]) -> None:
    page = home(*works(FRIDAY - timedelta(days=2)))
    assert "逾期 2 个工作日" in page
    assert "group now" in page
