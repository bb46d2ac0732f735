"""Files that lie, files by the command, and the mapping files the product carries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.config.command.actions import act
from bangfu.config.command.arguments import read_arguments
from bangfu.exchange.api import FeedList, check_list, find_feed, load_feeds, write_feed_list
from bangfu.foundation.files.api import StoredFile
from bangfu.kernel.problems import Refused
from bangfu.rules.layout import load_layout
from exchange.making import DAY, MEDICAL, of, officer
from importing.hostile import FILES
from registry.making import COUNTY

if TYPE_CHECKING:
    from pathlib import Path

    from importing.hostile import Hostile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


def test_every_trigger_has_a_list_that_brings_it() -> None:
    wanted = {code.code for code in load_layout().lists["report_trigger"].codes}
    assert {feed.trigger for feed in load_feeds().values()} == wanted
    assert [feed.name for feed in load_feeds().values() if feed.proposes] == ["deaths"]


@pytest.mark.parametrize("hostile", FILES[::6], ids=lambda each: each.name)
def test_a_hostile_file_leaves_nothing_behind(hostile: Hostile) -> None:
    with pytest.raises(Refused) as refused:
        check_list(
            actor=officer(),
            feed=MEDICAL,
            source=(hostile.name, hostile.data),
            division=COUNTY,
            data_date=DAY,
        )
    assert refused.value.problems[0].code == hostile.code
    assert not FeedList.objects.exists()
    assert not StoredFile.objects.exists()


BROKEN: dict[str, tuple[str, str]] = {
    "no header": ("李春秀,2026-10-06,12\n", "importing.no_sheet"),
    "a column is missing": (
        "证件号码,姓名,结算日期\n1,李春秀,2026-10-06\n",
        "importing.missing_column",
    ),
    "a column twice": (
        "证件号码,身份证号,姓名,结算日期,自付费用\n1,1,李,2026-10-06,1\n",
        "importing.doubled_column",
    ),
}


@pytest.mark.parametrize(("text", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_is_not_the_list_is_refused_as_a_whole(text: str, code: str) -> None:
    source = ("名单.csv", text.encode())
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        check_list(actor=officer(), feed=MEDICAL, source=source, division=COUNTY, data_date=DAY)
    assert not StoredFile.objects.exists()


def test_the_command_takes_a_list_by_its_mapping_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping, book = tmp_path / "own.yaml", tmp_path / "list.xlsx"
    mapping.write_text(find_feed(MEDICAL).text, encoding="utf-8")
    book.write_bytes(write_feed_list(MEDICAL, [of("H1"), of("H2", name="王贵")]))
    words = [
        "import", str(book), "--mapping", str(mapping), "--division", COUNTY,
        "--data-date", DAY.isoformat(), "--json",
    ]  # fmt: skip

    def run(*more: str) -> dict[str, Any]:
        assert act(read_arguments([*words, *more])) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    assert run("--dry-run")["state"] == "checked"
    answer = run()
    assert answer["rows"] == {"matched": 1, "unmatched": 1, "known": 0, "refused": 0}
    assert (answer["state"], answer["feed"]) == ("committed", MEDICAL)
    mapping.write_text(find_feed(MEDICAL).text.replace("item: date", "item: day"), encoding="utf-8")
    assert act(read_arguments(words)) == 1
