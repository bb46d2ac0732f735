"""From a file to reports: what is taken, what is known already, what is left to a person."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from bangfu.changes.api import ChangeRequest
from bangfu.exchange.api import (
    DOUBTS,
    FeedList,
    ListRow,
    ListState,
    Report,
    check_list,
    commit_list,
    count_problems,
    discard_list,
    load_feeds,
    match_row,
    reports_of,
    settle_row,
    undo_row,
    withdraw_list,
    write_feed_list,
    write_feed_template,
    write_list_errors,
)
from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.files.api import StoredFile
from bangfu.foundation.jobs.api import run_worker
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.problems import Refused
from exchange.making import DAY, MEDICAL, check, hand_in, home, of, officer
from importing.workbooks import workbook
from registry.making import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, make_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

NUMBER = make_id(date(1980, 1, 1))
STRANGER = {"id_number": NUMBER, "name": "外地人"}
MISTYPED = NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")


def codes_of(each: FeedList) -> set[str]:
    """The problems that refuse rows of a list."""
    return {found.code for found in count_problems(each) if found.refuses}


def told(division: str = COUNTY, as_of: date = date(2026, 11, 20)) -> list[tuple[Any, ...]]:
    """What a snapshot would be told, without the month and the labour."""
    frame, _feeds = reports_of(officer(division), division, as_of)
    return frame.select("household_key", "trigger", "amount", "percent", "product").rows()


def events(name: str) -> list[dict[str, Any]]:
    """What was announced under a name."""
    return [dict(row.payload) for row in OutboxEvent.objects.filter(event=name).order_by("id")]


def test_a_matched_row_is_a_report_of_its_household() -> None:
    each = hand_in(of("H1", "2"))
    assert (each.matched, each.unmatched, each.refused) == (1, 0, 0)
    report = Report.objects.get()
    assert (report.household, report.labour) == (home("H1"), "none")
    assert report.member == home("H1").members.get(name="李小宝")
    frame, feeds = reports_of(officer(), COUNTY, date(2026, 11, 20))
    month = 2026 * 12 + 9
    key = home("H1").household_key
    assert frame.rows() == [(key, "medical", month, 6_244_30, None, "none", None)]
    assert feeds == {COUNTY: ("medical",)}
    assert events("exchange.list_committed") == [
        {"list": str(each.id), "counties": [COUNTY], "households": [str(home("H1").id)]}
    ]
    assert events("exchange.rows_unmatched") == []


DOUBTFUL = {
    "not_found": of("H1", **STRANGER),
    "not_found elsewhere": of("F1"),
    "name_differs": of("H1", name="李春香"),
}


@pytest.mark.parametrize("row", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_what_is_not_sure_waits_for_a_person(row: dict[str, Any]) -> None:
    each = hand_in(row)
    assert (each.matched, each.unmatched) == (0, 1)
    line = ListRow.objects.get()
    expected = "name_differs" if row.get("name") == "李春香" else "not_found"
    assert line.doubt == expected
    assert line.doubt in DOUBTS
    assert not Report.objects.exists()
    assert events("exchange.rows_unmatched") == [{"list": str(each.id), "rows": [str(line.id)]}]


def test_two_numbers_of_two_households_and_a_name_of_another_family_are_doubtful() -> None:
    rows = [
        of("H1", household_number="H2", amount=100),
        of("H1", id_number=None, household_number="H2", amount=200),
        of("H1", id_number=None, household_number="H1", amount=300),
        of("H1", household_number="H1", amount=400),
    ]
    hand_in(*rows, feed="disaster_losses")
    lines = ListRow.objects.order_by("position").values_list("doubt", flat=True)
    assert list(lines) == ["two_households", "name_differs", "", ""]


def test_a_name_is_compared_without_spaces_and_dots() -> None:
    each = hand_in(of("H1", name="李 春·秀"))
    assert each.matched == 1


BAD_ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "digits": (of("H1", id_number="51990019800101001"), "identity.length"),
    "check digit": (of("H1", id_number=MISTYPED), "identity.check_digit"),
    "day": (of("H1", date=date(2026, 11, 1)), "exchange.date_after"),
    "no amount": (of("H1", amount=None), "importing.required_empty"),
}


@pytest.mark.parametrize(("row", "code"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_bad_row_is_refused_alone(row: dict[str, Any], code: str) -> None:
    each = check(row, of("H2"))
    assert (each.rows, each.refused, each.matched) == (2, 1, 1)
    assert codes_of(each) == {code}
    assert not ListRow.objects.filter(live=True).exists()
    commit_list(actor=officer(), list_id=each.id)
    assert Report.objects.get().household == home("H2")


def test_a_number_that_lost_its_digits_in_a_spreadsheet_is_refused_not_repaired() -> None:
    rows = [["证件号码", "姓名", "结算日期", "自付费用"],
            [float(of("H1")["id_number"][:17] + "0"), "李春秀", "2026-10-06", 12.5],
            [of("H2")["id_number"], "王大贵", "2026-10-06", "1.2万"]]  # fmt: skip
    source = ("名单.xlsx", workbook({"随便": rows}))
    each = check_list(actor=officer(), feed=MEDICAL, source=source, division=COUNTY, data_date=DAY)
    assert codes_of(each) == {"importing.digits_lost", "importing.amount"}
    marked = load_workbook(BytesIO(write_list_errors(actor=officer(), list_id=each.id)))
    words = [cell.value for cell in marked["随便"]["E"]]
    assert words[0] == "导入问题说明"
    assert all(words[1:3])


def test_the_same_row_twice_in_a_file_is_taken_once() -> None:
    each = check(of("H1"), of("H1", note="再写一遍"), of("H1", amount=1))
    assert (each.matched, each.refused) == (2, 1)
    assert codes_of(each) == {"exchange.row_twice"}


def test_price_rows_reach_the_households_that_live_from_the_product() -> None:
    rows = [
        {"division": "511921103", "product": "tea", "date": DAY, "percent": 30},
        {"division": OTHER_VILLAGE, "product": "pigs", "date": DAY, "percent": 40},
        {"division": FAR_VILLAGE, "product": "tea", "date": DAY, "percent": 50},
        {"division": "511921999", "product": "tea", "date": DAY, "percent": 50},
    ]
    each = check(*rows, feed="price_falls")
    assert codes_of(each) == {"exchange.division_outside", "exchange.division_unknown"}
    commit_list(actor=officer(), list_id=each.id)
    keys = sorted(home(number).household_key for number in ("H1", "H2"))
    assert told() == [(key, "price", None, 30, "tea") for key in keys]
    assert told(VILLAGE) == told()
    assert told(OTHER_VILLAGE) == []


def test_a_later_event_and_a_list_out_of_the_window_tell_nothing() -> None:
    hand_in(of("H1", date=date(2025, 6, 1)), day=date(2025, 6, 30))
    hand_in(of("H2", date=date(2026, 10, 6)), feed="temporary_aid")
    as_of = date(2026, 9, 30)
    frame, feeds = reports_of(officer(), COUNTY, as_of)
    assert frame["trigger"].to_list() == ["medical"]
    assert feeds == {}
    _frame, feeds = reports_of(officer(), VILLAGE, date(2026, 5, 31))
    assert feeds == {COUNTY: ("medical",)}


def test_a_list_of_a_part_of_a_county_tells_nothing_about_who_is_not_on_it() -> None:
    hand_in(of("H1"), division="511921103", actor=officer("511921103"))
    frame, feeds = reports_of(officer(), COUNTY, date(2026, 11, 20))
    assert frame.height == 1
    assert feeds == {}


def test_the_same_file_again_is_the_same_list() -> None:
    source = ("名单.xlsx", write_feed_list(MEDICAL, [of("H1")]))
    actor = officer()

    def send() -> FeedList:
        return check_list(actor=actor, feed=MEDICAL, source=source, division=COUNTY, data_date=DAY)

    first = send()
    assert send().id == first.id
    commit_list(actor=actor, list_id=first.id)
    assert send().state is ListState.COMMITTED
    assert commit_list(actor=actor, list_id=first.id).id == first.id
    assert len(told()) == 1
    assert StoredFile.objects.filter(deleted_at=None).count() == 1
    withdraw_list(actor=actor, list_id=first.id, reason="传错了")
    assert send().id != first.id


def test_rows_that_came_before_are_recognised_one_by_one() -> None:
    hand_in(of("H1"), of("H2"))
    each = check(of("H2"), of("H3"))
    assert (each.known, each.matched) == (1, 1)
    commit_list(actor=officer(), list_id=each.id)
    assert len(told()) == 3
    assert Report.objects.count() == 3


def test_a_name_put_right_takes_the_place_of_the_row_that_waited() -> None:
    hand_in(of("H1", name="李春香"))
    each = hand_in(of("H1"))
    assert (each.matched, each.known) == (1, 0)
    assert sorted(ListRow.objects.values_list("outcome", flat=True)) == ["matched", "replaced"]
    assert hand_in(of("H1", name="李春想")).known == 1
    assert len(told()) == 1


def test_a_withdrawn_list_counts_no_more_but_what_others_also_said_does() -> None:
    first = hand_in(of("H1"), of("H2"))
    hand_in(of("H2"), of("H3"))
    with pytest.raises(Refused, match=r"exchange\.no_reason"):
        withdraw_list(actor=officer(), list_id=first.id, reason=" ")
    withdraw_list(actor=officer(), list_id=first.id, reason="传错了月份")
    keys = sorted(home(number).household_key for number in ("H2", "H3"))
    assert [row[0] for row in told()] == keys
    assert Report.objects.count() == 4
    with pytest.raises(Refused, match=r"exchange\.not_committed"):
        withdraw_list(actor=officer(), list_id=first.id, reason="再撤一次")
    with pytest.raises(Refused, match=r"exchange\.list_over"):
        commit_list(actor=officer(), list_id=first.id)
    assert hand_in(of("H1"), of("H2")).matched == 1
    assert len(told()) == 3


def test_a_discarded_list_leaves_nothing_of_the_file() -> None:
    each = check(of("H1"), of("H2", amount=None))
    discard_list(actor=officer(), list_id=each.id)
    assert not ListRow.objects.exists()
    assert not StoredFile.objects.filter(deleted_at=None).exists()
    with pytest.raises(Http404):
        commit_list(actor=officer(), list_id=each.id)


def test_a_person_matches_a_row_and_may_take_it_back() -> None:
    hand_in(of("H1", **STRANGER))
    row = ListRow.objects.get()
    household = home("H2")
    member = household.members.get(name="王小宝")
    report = match_row(
        actor=officer(), row_id=row.id, household_id=household.id, member_id=member.id
    )
    assert (report.labour, report.matched_by, len(told())) == ("none", "周敏", 1)
    assert events("exchange.row_matched") == [
        {"row": str(row.id), "report": str(report.id), "household": str(household.id)}
    ]
    with pytest.raises(Refused, match=r"exchange\.row_decided"):
        settle_row(actor=officer(), row_id=row.id, decision="not_rural")
    undo_row(actor=officer(), row_id=row.id)
    assert told() == []
    assert settle_row(actor=officer(), row_id=row.id, decision="not_rural").settled_by == "周敏"
    undo_row(actor=officer(), row_id=row.id)
    with pytest.raises(Refused, match=r"exchange\.nothing_to_undo"):
        undo_row(actor=officer(), row_id=row.id)
    row.refresh_from_db()
    assert (row.outcome, row.doubt, row.decision) == ("unmatched", "not_found", "")


def test_a_row_is_matched_to_a_household_of_its_place_only() -> None:
    hand_in(of("H1", **STRANGER))
    row = ListRow.objects.get()
    wide = officer("5119")
    with pytest.raises(Refused, match=r"exchange\.household_outside"):
        match_row(actor=wide, row_id=row.id, household_id=home("F1").id)
    with pytest.raises(Http404):
        match_row(actor=officer(), row_id=row.id, household_id=home("F1").id)
    with pytest.raises(Http404):
        match_row(
            actor=officer(),
            row_id=row.id,
            household_id=home("H1").id,
            member_id=home("H2").members.all()[0].id,
        )
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("capabilities", "refused"),
    [(("exchange.read", "registry.read"), AccessRefused), (("registry.read",), Http404)],
)
def test_nobody_acts_without_the_right(
    capabilities: tuple[str, ...], refused: type[Exception]
) -> None:
    done = hand_in(of("H1"), of("H1", **STRANGER))
    other = check(of("H2"))
    row = ListRow.objects.get(outcome="unmatched", list=done)
    actor = officer(COUNTY, *capabilities)
    for act in (
        lambda: withdraw_list(actor=actor, list_id=done.id, reason="错"),
        lambda: commit_list(actor=actor, list_id=other.id),
        lambda: discard_list(actor=actor, list_id=other.id),
        lambda: match_row(actor=actor, row_id=row.id, household_id=home("H1").id),
        lambda: write_list_errors(actor=actor, list_id=other.id),
    ):
        with pytest.raises(refused):
            act()
    with pytest.raises(AccessRefused):
        check(of("H3"), actor=actor)
    with pytest.raises(AccessRefused):
        check(of("F1"), division="511922")
    assert Report.objects.count() == 1


def test_what_rows_say_of_people_lies_sealed() -> None:
    hand_in(of("H1", note="肺癌"), of("H2", id_number="51990019800101001"))
    with connection.cursor() as cursor:
        for statement in (
            "SELECT * FROM exchange_feedlist",
            "SELECT * FROM exchange_listrow",
            "SELECT * FROM exchange_listproblem",
        ):
            cursor.execute(statement)
            text = repr(cursor.fetchall())
            for mark in ("李春秀", "肺癌", of("H1")["id_number"]):
                assert mark not in text
                assert repr(mark.encode())[2:-1] not in text


def test_more_rows_need_no_more_statements() -> None:
    def count(number: int, start: int) -> int:
        rows = [of("H1", amount=start + n) for n in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            hand_in(*rows, day=DAY)
        return len(queries)

    few, many = count(2, 100), count(40, 1000)
    assert many <= few


@pytest.mark.parametrize("name", sorted(load_feeds()))
def test_the_template_of_every_feed_is_a_list_it_takes(name: str) -> None:
    feed = load_feeds()[name]
    row = {
        **of("H1", percent=10, product="tea", division="511921103", note="说明"),
        "household_number": "H1",
    }
    filled = {item: value for item, value in row.items() if feed.has(item)}
    for language in ("zh", "en"):
        source = ("list.xlsx", write_feed_list(feed, [filled], language))
        each = check_list(actor=officer(), feed=name, source=source, division=COUNTY, data_date=DAY)
        assert (each.matched, each.refused) == (1, 0)
        headers = load_workbook(BytesIO(write_feed_template(name, language))).worksheets[0][1]
        assert [cell.value for cell in headers] == [
            column.zh if language == "zh" else column.en for column in feed.columns
        ]


def test_a_reported_death_asks_once_that_the_member_leaves() -> None:
    hand_in(of("H1"), of("H2", name="王贵"), feed="deaths", day=date(2026, 10, 30))
    run_worker(once=True)
    asked = ChangeRequest.objects.get()
    assert (asked.household, asked.kind, asked.reason) == (home("H1"), "leave", "died")
    assert (asked.source, asked.day) == ("department", date(2026, 10, 6))
    row = ListRow.objects.get(outcome="unmatched")
    member = home("H2").members.get(name="王大贵")
    match_row(actor=officer(), row_id=row.id, household_id=home("H2").id, member_id=member.id)
    hand_in(of("H1"), of("H3", "2"), feed="accidents")
    run_worker(once=True)
    assert {each.household for each in ChangeRequest.objects.all()} == {home("H1"), home("H2")}
    assert home("H1").members.filter(active=True).count() == 2
