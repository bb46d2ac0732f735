"""Public notices: they hang their days, show nobody's number, and come down on time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.foundation.access.api import AccessRefused, system_actor
from bangfu.foundation.clock.api import new_id, using_clock
from bangfu.foundation.jobs.api import run_in_foreground
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.clock import CHINA, FixedClock
from bangfu.kernel.problems import Refused
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import (
    Matter,
    MoveRequest,
    PublicNotice,
    Subject,
    list_moves,
    list_notices,
    make_move,
    make_moves,
    notice_of,
    open_matter,
    open_matters,
    preview_moves,
    take_down_ended_notices,
)
from bangfu.procedures.domain.notices import personal_fields
from bangfu.procedures.jobs import TAKE_DOWN
from procedures.conftest import POSTED
from procedures.packs import HELP, write_pack
from procedures.people import COUNTY, TOWNSHIP, VILLAGE, officer

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

OTHER_VILLAGE = "511921101202"
NEIGHBOUR_COUNTY = "511922"
pytestmark = pytest.mark.usefixtures("trial")
SHOWN = {"head": "李○秀", "people": 5, "votes": "26 / 27", "reviewed_on": "2026-11-16"}
PAPERS = {"minutes": ["f"]}


@pytest.fixture
def village() -> Actor:
    """Who reviews and posts."""
    return officer("village_official", VILLAGE)


@pytest.fixture
def county() -> Actor:
    """Who approves."""
    return officer("county_officer", COUNTY, "周敏")


def reviewed(place: str = VILLAGE) -> Matter:
    """A matter that the village has passed."""
    opener = officer("village_official", place)
    matter = open_matter(actor=opener, procedure="help", subject=Subject(place, "x", new_id()))
    reviewer = officer("village_official", place)
    return make_move(actor=reviewer, matter_id=matter.pk, move="review", papers=PAPERS)


def posted(shown: dict[str, Any] = SHOWN, place: str = VILLAGE) -> Matter:
    """A matter on notice."""
    by = officer("village_official", place)
    return make_move(actor=by, matter_id=reviewed(place).pk, move="post", shown=shown)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """The codes of a refusal."""
    return [each.code for each in refused.value.problems]


def at(moment: datetime) -> AbstractContextManager[None]:
    """Another moment."""
    return using_clock(FixedClock(moment))


def test_entering_puts_up_a_notice_with_its_last_day_and_what_it_shows() -> None:
    matter = posted()
    notice = notice_of(matter.pk)
    assert notice is not None
    assert (notice.number, notice.posted_on, notice.ends_on) == (
        "2026-01",
        date(2026, 11, 16),
        date(2026, 11, 21),
    )
    assert (notice.division, notice.days, notice.taken_down_at) == (VILLAGE, 5, None)
    assert notice.document == SHOWN


@pytest.mark.parametrize("days", range(6))
def test_nothing_goes_on_before_the_last_day_is_over(days: int, county: Actor) -> None:
    matter = posted()
    night = datetime(2026, 11, 16, 23, 59, 59, tzinfo=CHINA) + timedelta(days=days)
    with at(night), pytest.raises(Refused) as refused:
        make_move(actor=county, matter_id=matter.pk, move="approve")
    assert codes(refused) == ["procedures.notice_short"]
    title, remedy = sentence_of(refused.value.problems[0])
    assert title == "公示还没满 5 天，11-22 00:00 以后才能办"
    assert "中农组发〔2021〕7号" in remedy
    assert Matter.objects.get(pk=matter.pk).state == "notice"


def test_it_goes_on_the_moment_the_last_day_is_over(county: Actor) -> None:
    matter = posted()
    with at(datetime(2026, 11, 22, tzinfo=CHINA)):
        moved = make_move(actor=county, matter_id=matter.pk, move="approve")
    notice = notice_of(matter.pk)
    assert notice is not None
    assert (moved.state, notice.taken_down_at) == ("helped", datetime(2026, 11, 22, tzinfo=CHINA))


def test_the_button_says_from_when(county: Actor) -> None:
    offers = {each.move: each for each in list_moves(county, posted(), {})}
    assert [each.code for each in offers["approve"].problems] == ["procedures.notice_short"]
    assert offers["approve"].problems[0].values["from"] == "11-22 00:00"
    assert offers["return"].allowed
    assert [each.code for each in offers["refuse"].problems] == ["procedures.notice_short"]


def test_a_preview_says_the_same(county: Actor) -> None:
    matter = posted()
    found = preview_moves(county, "approve", [MoveRequest(matter.pk)])
    assert [each.code for each in found[matter.pk]] == ["procedures.notice_short"]


def test_an_objection_may_return_it_at_once_and_takes_the_notice_down(village: Actor) -> None:
    matter = posted()
    with at(POSTED + timedelta(days=1)):
        make_move(actor=village, matter_id=matter.pk, move="return", note="有异议，重新评议")
        notice = notice_of(matter.pk)
    assert notice is not None
    assert notice.taken_down_at == POSTED + timedelta(days=1)
    assert list_notices(division=VILLAGE) == [notice]
    assert list_notices(division=VILLAGE, on=date(2026, 11, 17)) == []


def test_posted_again_it_hangs_all_its_days_again(village: Actor, county: Actor) -> None:
    matter = posted()
    with at(POSTED + timedelta(days=4)):
        make_move(actor=village, matter_id=matter.pk, move="return", note="有异议")
        make_move(actor=village, matter_id=matter.pk, move="review", papers=PAPERS)
        make_move(actor=village, matter_id=matter.pk, move="post", shown=SHOWN)
    with at(POSTED + timedelta(days=8)), pytest.raises(Refused) as refused:
        make_move(actor=county, matter_id=matter.pk, move="approve")
    assert codes(refused) == ["procedures.notice_short"]
    rows = PublicNotice.objects.filter(matter=matter.pk).order_by("posted_on")
    assert [each.number for each in rows] == ["2026-01", "2026-02"]
    with at(POSTED + timedelta(days=10)):
        assert make_move(actor=county, matter_id=matter.pk, move="approve").state == "helped"


def test_the_days_are_those_of_the_place_and_of_the_day_it_was_put_up() -> None:
    matter = posted(place=NEIGHBOUR_COUNTY + VILLAGE[6:])
    notice = notice_of(matter.pk)
    assert notice is not None
    assert (notice.days, notice.ends_on) == (3, date(2026, 11, 19))


def test_a_village_has_one_sheet_a_day_and_its_own_numbers(village: Actor) -> None:
    first, second = posted(), posted()
    elsewhere = posted(place=OTHER_VILLAGE)
    with at(POSTED + timedelta(days=1)):
        later = posted()
    numbers = {each.matter_id: each.number for each in PublicNotice.objects.all()}
    assert [numbers[each.pk] for each in (first, second, elsewhere, later)] == [
        "2026-01",
        "2026-01",
        "2026-01",
        "2026-02",
    ]


def test_a_new_year_counts_from_one() -> None:
    posted()
    with at(datetime(2027, 1, 4, 9, tzinfo=CHINA)):
        notice = notice_of(posted().pk)
    assert notice is not None
    assert notice.number == "2027-01"


def test_many_at_once_share_the_sheets_of_their_villages() -> None:
    matters = [reviewed(), reviewed(), reviewed(OTHER_VILLAGE)]
    requests = [
        MoveRequest(each.pk, shown=SHOWN | {"people": at}) for at, each in enumerate(matters)
    ]
    township = officer("township_reviewer", TOWNSHIP)
    assert len(make_moves(actor=township, move="post", requests=requests).moved) == 3
    found = list_notices(division=TOWNSHIP)
    assert [(each.division, each.number) for each in found] == [
        (VILLAGE, "2026-01"),
        (VILLAGE, "2026-01"),
        (OTHER_VILLAGE, "2026-01"),
    ]
    assert {each.document["people"] for each in found} == {0, 1, 2}


def test_a_notice_stands_from_its_first_day_to_its_last(county: Actor) -> None:
    matter = posted()
    standing = [
        day
        for day in (date(2026, 11, 15) + timedelta(days=each) for each in range(9))
        if list_notices(division=COUNTY, on=day)
    ]
    assert (standing[0], standing[-1]) == (date(2026, 11, 16), date(2026, 11, 21))
    assert list_notices(division=NEIGHBOUR_COUNTY) == []
    past = list_notices(division=COUNTY, on=date(2026, 12, 1), standing=False)
    assert [each.matter_id for each in past] == [matter.pk]


def test_the_daily_job_takes_down_what_has_ended(county: Actor) -> None:
    matter = posted()
    with at(datetime(2026, 11, 21, 23, 59, tzinfo=CHINA)):
        assert take_down_ended_notices(actor=system_actor("procedures")) == 0
    with at(datetime(2026, 11, 22, 0, 5, tzinfo=CHINA)):
        answered = run_in_foreground(TAKE_DOWN, {}, system_actor("procedures"), lambda *_: None)
        assert answered == {"taken_down": 1}
        assert take_down_ended_notices(actor=system_actor("procedures")) == 0
        # It hung its days: taken down, it does not hold the matter back.
        assert make_move(actor=county, matter_id=matter.pk, move="approve").state == "helped"
    notice = notice_of(matter.pk)
    assert notice is not None
    assert notice.taken_down_at == datetime(2026, 11, 22, 0, 5, tzinfo=CHINA)
    with pytest.raises(AccessRefused):
        take_down_ended_notices(actor=county)


@pytest.mark.parametrize(
    "shown",
    [
        {"id": "尾号 1234"},
        {"phone": "电话１９９０００００００"},
        {"card": {"account": ["6222"]}},
        {"people": 13800000000},
        {"born": "19800101"},
        {"5113": "x"},
        {"number": "2026-1234"},
    ],
)
def test_a_number_that_may_be_somebodys_is_refused(shown: dict[str, Any], village: Actor) -> None:
    matter = reviewed()
    with pytest.raises(Refused) as refused:
        make_move(actor=village, matter_id=matter.pk, move="post", shown=shown)
    assert codes(refused) == ["procedures.notice_personal"]
    assert Matter.objects.get(pk=matter.pk).state == "reviewed"
    assert not PublicNotice.objects.exists()


@pytest.mark.parametrize(
    "shown",
    [
        SHOWN,
        {"days": ["2026 年 11 月 16 日", "2026-11-16", "2026-07", "11-16"]},
        {"amount": "12,500 元", "people": 5, "agreed": True, "group": None},
    ],
)
def test_days_counts_and_amounts_may_be_shown(shown: dict[str, Any]) -> None:
    assert personal_fields(shown) == []


def test_the_refusal_names_the_part_and_not_the_number(village: Actor) -> None:
    matter = reviewed()
    with pytest.raises(Refused) as refused:
        make_move(actor=village, matter_id=matter.pk, move="post", shown={"a": [{"b": "622202"}]})
    values = refused.value.problems[0].values
    assert values["parts"] == "a[1].b"
    assert "622202" not in str(values)


def test_without_days_nothing_is_put_up(village: Actor, tmp_path: Path) -> None:
    with at(datetime(2025, 12, 31, 9, tzinfo=CHINA)):
        early = HELP.replace("valid_from: 2026-01-01", "valid_from: 2025-01-01")
        path = write_pack(tmp_path / "early", help=early)
        publish_pack(actor=system_actor("tests"), path=path, valid_from=date(2025, 1, 1))
        matter = reviewed()
        offers = {each.move: each for each in list_moves(village, matter, {})}
        assert [each.code for each in offers["post"].problems] == ["procedures.notice_without_days"]
        with pytest.raises(Refused) as refused:
            make_move(actor=village, matter_id=matter.pk, move="post", shown=SHOWN)
    assert codes(refused) == ["procedures.notice_without_days"]


def test_a_state_without_its_notice_leads_nowhere(county: Actor) -> None:
    matter = reviewed()
    Matter.objects.filter(pk=matter.pk).update(state="notice")
    with at(POSTED + timedelta(days=30)), pytest.raises(Refused) as refused:
        make_move(actor=county, matter_id=matter.pk, move="approve")
    assert codes(refused) == ["procedures.notice_missing"]


def test_what_opens_on_notice_hangs_from_the_first_day(tmp_path: Path) -> None:
    table = HELP.replace("{state: opened", "{state: notice").replace("name: help", "name: told")
    path = write_pack(tmp_path / "told", help=HELP, told=table)
    publish_pack(actor=system_actor("tests"), path=path)
    opener = officer("village_official", VILLAGE)
    subjects = [Subject(VILLAGE, "x", new_id(), SHOWN), Subject(VILLAGE, "x", new_id())]
    matters: list[UUID] = [
        each.pk for each in open_matters(actor=opener, procedure="told", subjects=subjects)
    ]
    shown = {each.matter_id: each.document for each in list_notices(division=VILLAGE)}
    assert shown == {matters[0]: SHOWN, matters[1]: {}}
    personal = [Subject(VILLAGE, "x", new_id(), {"phone": "19900000000"})]
    with pytest.raises(Refused) as refused:
        open_matters(actor=opener, procedure="told", subjects=personal)
    assert codes(refused) == ["procedures.notice_personal"]
    assert Matter.objects.count() == 2
