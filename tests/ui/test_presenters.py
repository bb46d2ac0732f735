"""Values in the words people read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bangfu.foundation.ui import presenters
from bangfu.foundation.ui.presenters import Due

FRIDAY = date(2026, 11, 20)


def test_money_has_commas_and_no_decimals_in_sentences() -> None:
    assert presenters.yuan(1_842_000) == "18,420 元"
    assert presenters.amount(1_842_050) == "18,421"
    assert presenters.amount(1_842_050, decimals=True) == "18,420.50"
    assert presenters.amount(-50_00) == "-50"


def test_large_totals_are_given_in_ten_thousands() -> None:
    assert presenters.wan_yuan(1_277_000_000) == "1,277.0 万元"
    assert presenters.wan_yuan(449_999) == "0.4 万元"
    assert presenters.wan_yuan(450_000) == "0.5 万元"
    assert presenters.wan_yuan(-450_000) == "-0.5 万元"


@pytest.mark.parametrize(
    ("hundredths", "words"),
    [(320, "3.2 亩"), (325, "3.25 亩"), (100_000, "1,000 亩"), (0, "0 亩"), (5, "0.05 亩")],
)
def test_areas_lose_their_idle_zeros_and_nothing_else(hundredths: int, words: str) -> None:
    assert presenters.mu(hundredths) == words


def test_what_is_not_known_is_never_a_zero() -> None:
    shown = {
        presenters.yuan(None),
        presenters.amount(None),
        presenters.wan_yuan(None),
        presenters.mu(None),
        presenters.count(None),
        presenters.day(None, today=FRIDAY),
        presenters.moment(None, today=FRIDAY),
    }
    assert shown == {"缺数据"}


def test_a_share_is_rounded_half_up_and_nothing_of_nothing_is_a_dash() -> None:
    assert presenters.share(1043, 1862) == "56.0%"
    assert presenters.share(1, 2000) == "0.1%"
    assert presenters.share(1, 2001) == "0.0%"
    assert presenters.share(2, 2) == "100.0%"
    assert presenters.share(0, 0) == "–"


def test_a_day_is_short_within_the_reader_s_year() -> None:
    assert presenters.day(date(2026, 1, 3), today=FRIDAY) == "01-03"
    assert presenters.day(date(2025, 12, 31), today=FRIDAY) == "2025-12-31"
    assert presenters.day(date(2027, 1, 1), today=FRIDAY) == "2027-01-01"
    assert presenters.day_in_full(FRIDAY) == "2026 年 11 月 20 日 周五"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 19, 22, 10, tzinfo=UTC), "今天 06:10"),
        (datetime(2026, 11, 19, 15, 59, tzinfo=UTC), "昨天 23:59"),
        (datetime(2026, 11, 19, 16, 0, tzinfo=UTC), "今天 00:00"),
        (datetime(2026, 11, 16, 2, 5, tzinfo=UTC), "11-16 10:05"),
        (datetime(2025, 11, 16, 2, 5, tzinfo=UTC), "2025-11-16 10:05"),
    ],
)
def test_a_moment_is_told_by_the_day_in_china(moment: datetime, words: str) -> None:
    assert presenters.moment(moment, today=FRIDAY) == words


def test_only_today_and_overdue_are_red() -> None:
    assert presenters.due_in(-2) == Due("逾期 2 个工作日", now=True)
    assert presenters.due_in(0) == Due("今天到期", now=True)
    assert presenters.due_in(1) == Due("还有 1 个工作日", now=False)
    assert presenters.due_in(5, working=False) == Due("还有 5 天", now=False)
    assert presenters.due_in(-1, working=False) == Due("逾期 1 天", now=True)


def test_masks_keep_no_more_than_they_may() -> None:
    assert presenters.mask_identity("519900199001011234") == "519900************"
    assert presenters.mask_phone("19912340000") == "199****0000"
    assert presenters.mask_phone("1234567") == "*******"
    assert presenters.mask_identity("") == ""
