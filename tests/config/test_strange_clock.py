"""The way from a made-up register to an explanation, in years to come and in odd surroundings."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bangfu.cases.api import Clue, open_clues
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import today, using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import working_calendar
from bangfu.registry.api import check_upload, commit_batch, load_divisions
from bangfu.registry.queries.divisions import forget_divisions
from bangfu.rules.api import load_pack
from bangfu.screening.api import Finding, explain_household, run_screening
from bangfu.synthetic.api import generate
from config.commanding import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

COUNTY: Final = "511921"
STORY: Final = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
LATER: Final = [
    (datetime(2027, 3, 1, 2, 0, tzinfo=UTC), True),
    (datetime(2031, 7, 1, 2, 0, tzinfo=UTC), True),
    (STORY, False),
]
SURROUNDINGS: Final = {
    "plain": {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "0"},
    "New York": {"TZ": "America/New_York", "LANG": "en_US.UTF-8", "PYTHONHASHSEED": "1"},
    "bare": {"TZ": "Pacific/Apia", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4294967295"},
}


@pytest.fixture
def open_home(db: None, settings: SettingsWrapper, tmp_path: Path) -> Iterator[None]:
    """A demo home; people of the unassigned area are admitted."""
    settings.BANGFU_DEMO = True
    settings.BANGFU_HOME = tmp_path / "home"
    forget_divisions()
    yield
    forget_divisions()


@pytest.mark.usefixtures("open_home")
@pytest.mark.parametrize(("moment", "provisional"), LATER)
def test_the_whole_way_works_in_any_year(
    moment: datetime, provisional: bool, tmp_path: Path
) -> None:
    actor = system_actor("tests")
    with using_clock(FixedClock(moment)):
        made = generate(COUNTY, 60, 7, tmp_path / "made")
        load_divisions()
        publish_pack(actor=actor, path="demo", valid_from=date(2021, 1, 1))
        batch = check_upload(
            actor=actor, sources=[made.files[-1].path], division=COUNTY, data_date=today()
        )
        assert commit_batch(actor=actor, batch_id=batch.id).new >= 60
        run = run_screening(actor=actor, division=COUNTY)
        assert (run.as_of, run.missing) == (moment.date(), {})
        open_clues(
            actor=system_actor("screening"),
            finding_ids=list(Finding.objects.values_list("pk", flat=True)),
        )
        clue = Clue.objects.select_related("matter").order_by("pk")[0]
        assert clue.matter.due_on is not None
        assert clue.matter.due_on > moment.date()
        assert clue.matter.due_provisional is provisional
        explained = explain_household(actor, clue.household_id)
        assert {each.rule: each.outcome for each in explained.rules}[clue.rule] == "fired"


@pytest.mark.usefixtures("open_home")
def test_no_year_after_the_last_announced_is_taken_for_certain() -> None:
    publish_pack(actor=system_actor("tests"), path="demo", valid_from=date(2021, 1, 1))
    for year in (2027, 2031):
        day = date(year, 10, 1)
        with using_clock(FixedClock(datetime(year, 3, 1, 2, 0, tzinfo=UTC))):
            calendar = working_calendar()
        assert calendar.is_provisional(day)
        assert calendar.is_working_day(day) is (day.weekday() < 5)
        assert calendar.after(day, 5).provisional
    assert not calendar.is_provisional(date(2026, 10, 1))


@pytest.mark.one_database
def test_a_demo_can_be_made_and_worked_with_in_2031(tmp_path: Path) -> None:
    bangfu = Command(tmp_path / "home", datetime(2031, 7, 1, 2, 0, tzinfo=UTC))
    bangfu("demo", "--no-serve", "--households", "60")
    screened = bangfu.json("screen")
    assert (screened["as_of"], screened["households"]) == ("2031-07-01", 60)
    assert screened["missing_parameters"] == {}
    asked = f"--division {COUNTY} --households 5 --seed 7 --layout csv --out".split()
    made = Path(bangfu("generate", *asked, str(tmp_path / "made")).stdout.splitlines()[-1])
    households = next(path for path in made.glob("*.csv") if "户信息" in path.name)
    numbers = re.findall(r"(?m)^[^,]*?(5119\d{8,}),", households.read_text(encoding="utf-8-sig"))
    explained = bangfu.json("explain", numbers[0])
    assert explained["as_of"] == "2031-07-01"
    assert len(explained["rules"]) == len(load_pack("demo").rules)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo home of sixty households, to be copied."""
    home = tmp_path_factory.mktemp("filled") / "home"
    Command(home, STORY)("demo", "--no-serve", "--households", "60")
    return home


@pytest.mark.one_database
def test_one_digest_whatever_the_surroundings(filled: Path, tmp_path: Path) -> None:
    digests: dict[str, str] = {}
    for name, surroundings in SURROUNDINGS.items():
        home = tmp_path / name / "家 home"
        for end in ("", "-keys"):
            beside = filled.with_name(filled.name + end)
            shutil.copytree(beside, home.with_name(home.name + end))
        bangfu = Command(home, STORY, surroundings=surroundings)
        asked = ["--division=511922", "--households=40", "--seed=5", "--layout=csv", "--out"]
        made = bangfu("generate", *asked, str(tmp_path / name / "登记 made")).stdout.splitlines()
        brought = bangfu.json("import", made[-1], "--data-date", "2026-11-20")
        assert brought["households"]["new"] >= 40
        screened = bangfu.json("screen", "--as-of", "2026-11-20")
        assert screened["households"] >= 100
        digests[name] = screened["digest"]
    assert len(set(digests.values())) == 1, digests
