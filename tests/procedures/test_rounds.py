"""What went round: who took part in an earlier round stays apart, and the old table ends it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.kernel.problems import Refused
from bangfu.policy.api import publish_pack
from bangfu.procedures.api import Matter, make_move, pinned_procedure
from procedures.packs import HELP, write_pack
from procedures.people import COUNTY, TOWNSHIP, officer
from procedures.trials import PAPERS, on, opened

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("trial")


def test_who_reviewed_in_an_earlier_round_does_not_approve_in_a_later_one() -> None:
    first, second = (officer("township_reviewer", TOWNSHIP, name) for name in ("冯蓉", "李涛"))
    matter = opened().pk
    make_move(actor=first, matter_id=matter, move="review", papers=PAPERS)
    make_move(actor=first, matter_id=matter, move="return", note="补材料")
    make_move(actor=second, matter_id=matter, move="review", papers=PAPERS)
    make_move(actor=second, matter_id=matter, move="post", shown={"people": 3})
    with on(date(2026, 11, 22)):
        for each in (first, second):
            with pytest.raises(Refused) as refused:
                make_move(actor=each, matter_id=matter, move="approve")
            assert [each.code for each in refused.value.problems] == ["procedures.four_eyes"]
        third = officer("township_reviewer", TOWNSHIP, "蒲艳")
        assert make_move(actor=third, matter_id=matter, move="approve").state == "helped"


def test_what_began_under_the_old_table_ends_under_it(tmp_path: Path) -> None:
    """The new table wants another guard, another tier and twice the time; the old one goes on."""
    matter = opened().pk
    newer = (
        HELP.replace('version: "1"', 'version: "2"')
        .replace("guards: [above_line, long_enough]", "guards: [above_line]")
        .replace(
            "    tiers: [township, county]\n    not_after", "    tiers: [county]\n    not_after"
        )
        .replace("parameter: review_days", "parameter: help_days")
    )
    path = write_pack(tmp_path / "newer", help=newer)
    publish_pack(actor=system_actor("tests"), path=path)
    township, other = (officer("township_reviewer", TOWNSHIP, name) for name in ("冯蓉", "李涛"))
    moved = make_move(actor=township, matter_id=matter, move="review", papers=PAPERS)
    assert moved.due_on == date(2026, 11, 30)
    make_move(actor=township, matter_id=matter, move="post", shown={"people": 3})
    young = opened()
    assert [pinned_procedure(each.version_id).version for each in (moved, young)] == ["1", "2"]
    with on(date(2026, 11, 22)):
        make_move(actor=other, matter_id=matter, move="approve")
        county = officer("county_officer", COUNTY)
        with pytest.raises(Refused) as refused:
            make_move(actor=county, matter_id=matter, move="end", facts={"income": 10**7})
        assert [each.code for each in refused.value.problems] == ["procedures.fact_missing"]
        facts = {"income": 10**7, "months": 6}
        make_move(actor=county, matter_id=matter, move="end", facts=facts)
    stored = Matter.objects.get(pk=matter)
    assert (stored.state, stored.version_id) == ("ended", moved.version_id)
