"""The engine reads the pack's numbers itself: of the day of the move, for the matter's place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.kernel.problems import Refused
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import list_moves, make_move
from bangfu.rules.api import Range
from procedures.packs import HELP, write_pack
from procedures.people import VILLAGE, officer
from procedures.trials import helped, on, reviewed

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.procedures.api import Matter

pytestmark = pytest.mark.usefixtures("trial")

NEIGHBOUR = "511922" + VILLAGE[6:]
LATER = date(2026, 12, 1)


def end(matter: Matter, facts: dict[str, Any], day: date = LATER) -> Matter | list[str]:
    """End the help; the codes of the reasons when it is refused."""
    county = officer("county_officer", matter.division[:6])
    with on(day):
        try:
            return make_move(actor=county, matter_id=matter.pk, move="end", facts=facts)
        except Refused as refused:
            return [each.code for each in refused.problems]


@pytest.mark.parametrize(
    ("place", "income", "ends"),
    [
        (VILLAGE, 800_000, False),
        (VILLAGE, 800_001, True),
        (NEIGHBOUR, 800_001, False),
        (NEIGHBOUR, 900_001, True),
    ],
)
def test_the_line_is_that_of_the_matters_place(place: str, income: int, ends: bool) -> None:
    found = end(helped(place), {"income": income, "months": 6})
    assert (found == ["procedures.guard"]) != ends
    if ends:
        assert not isinstance(found, list)
        assert found.state == "ended"


def test_history_keeps_every_number_the_guards_saw() -> None:
    matter = end(helped(), {"income": 1_000_000, "months": 7, "phone": "19900000000"})
    assert not isinstance(matter, list)
    assert matter.moves.get(move="end").facts == {
        "income": 1_000_000,
        "months": 7,
        "line": 800_000,
        "least": 6,
        "mover_tier": "county",
    }


def test_nobody_brings_their_own_line() -> None:
    facts = {"income": 1, "months": 7, "line": 0, "least": 0}
    assert end(helped(), facts) == ["procedures.guard"]


def test_a_number_nobody_set_for_the_day_is_not_known() -> None:
    found = end(helped(), {"income": 10**9, "months": 12}, date(2027, 1, 4))
    assert found == ["procedures.fact_missing"]
    county = officer("county_officer", VILLAGE[:6])
    matter = helped()
    with on(date(2027, 1, 4)):
        offers = list_moves(county, matter, {"income": 10**9, "months": 12})
    (problem,) = offers[0].problems
    assert (problem.values["facts"], problem.values["law"]) == ("收入线", "测试办法第三条")


@pytest.mark.parametrize("value", [None, Range(0, 20), "7", 7.5, True])
def test_what_is_not_known_for_sure_does_not_decide(value: object) -> None:
    assert end(helped(), {"income": 10**9, "months": value}) == ["procedures.fact_missing"]


def test_a_code_that_is_not_on_the_list_is_not_known() -> None:
    matter = reviewed()
    county = officer("county_officer", VILLAGE[:6])
    with pytest.raises(Refused) as refused:
        make_move(
            actor=county, matter_id=matter.pk, move="refuse", note="x", facts={"reason": "lazy"}
        )
    assert [each.code for each in refused.value.problems] == ["procedures.fact_missing"]


def test_a_number_of_the_pack_may_be_compared_with_its_own_kind_only(tmp_path: Path) -> None:
    wrong = HELP.replace("when: months >= least", "when: months >= line")
    with pytest.raises(Refused) as refused:
        publish_pack(actor=system_actor("tests"), path=write_pack(tmp_path / "wrong", help=wrong))
    (problem,) = refused.value.problems
    line = next(n for n, text in enumerate(wrong.splitlines(), 1) if text == "  long_enough:")
    assert (problem.code, problem.place.file, problem.place.line) == (
        "procedures.table.guard_invalid",
        "trial/procedures/help.yaml",
        line,
    )
