"""`bangfu cases`: the same refusals as on the page, one JSON object, and nobody moves unnamed."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.config.command.arguments import read_arguments
from bangfu.config.command.cases import act_on_cases
from bangfu.config.command.speaking import Speaker
from bangfu.foundation.access.api import AccessRefused
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from cases.recognition_making import Walk

PASSWORD = "niulan-shan-9"


class Terminal:
    """What is typed and what is answered."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys, self._patch = capsys, patch

    def __call__(self, *words: str, typed: str = PASSWORD) -> dict[str, Any]:
        self._patch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        asked = read_arguments(["cases", *words, "--json"])
        assert act_on_cases(asked, Speaker(json_asked=True)) == 0
        return dict(json.loads(self._capsys.readouterr().out))


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(capsys, monkeypatch)


def test_cases_are_listed_by_kind_and_state(terminal: Terminal, walk: Walk) -> None:
    numbers = {walk.open().number, walk.open("H2").number}
    found = terminal("list", "--kind", "recognition", "--state", "opened")
    assert (found["total"], {each["number"] for each in found["cases"]}) == (2, numbers)
    assert len(terminal("list", "--limit", "1")["cases"]) == 1
    assert terminal("list", "--state", "notice") == {"total": 0, "cases": []}


def test_an_unknown_kind_or_number_is_refused(terminal: Terminal, walk: Walk) -> None:
    with pytest.raises(Refused, match="no_such_kind"):
        terminal("list", "--kind", "fishing")
    with pytest.raises(Refused, match="no_such_case"):
        terminal("show", "SB-2026-511921-9999")


def test_a_move_is_made_with_the_persons_own_rights(terminal: Terminal, walk: Walk) -> None:
    number = walk.open().number
    walk.visit()
    walk.consent()
    with pytest.raises(Refused, match="not_signed_in"):
        terminal("move", number, "check", "--user", "villager", typed="guessed")
    with pytest.raises(Refused, match="no_such_case"):
        terminal("move", number, "check", "--user", "stranger")
    with pytest.raises(AccessRefused):
        terminal("move", number, "compare", "--user", "villager")
    assert walk.state() == "opened"
    moved = terminal("move", number, "check", "--user", "villager")
    assert (moved["number"], moved["state"], walk.state()) == (number, "checked", "checked")


def test_a_case_that_moved_on_since_it_was_shown_is_refused(terminal: Terminal, walk: Walk) -> None:
    number = walk.open().number
    shown = terminal("show", number, "--user", "villager")
    walk.to("checked")
    with pytest.raises(Refused, match="overtaken"):
        terminal("move", number, "check", "--user", "team", "--seen", str(shown["seen"]))


def test_what_stands_against_each_move_is_told(terminal: Terminal, walk: Walk) -> None:
    shown = terminal("show", walk.open().number, "--user", "villager")
    check = next(each for each in shown["moves"] if each["move"] == "check")
    assert not check["allowed"]
    assert all(each["words"] for each in check["problems"])
    assert [each["move"] for each in shown["history"]] == ["open"]
