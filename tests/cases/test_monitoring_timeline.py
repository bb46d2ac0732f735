"""A household's story: by phase, the newest first, and nothing the reader may not see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.http import Http404

from bangfu.cases.queries.monitoring_timeline import list_timeline
from bangfu.foundation.access.api import Actor, Grant
from bangfu.kernel.division import DivisionCode
from bangfu.registry.api import list_key_changes
from cases.monitoring_making import comfortable, monitor, on, walk
from cases.monitoring_village import demo_home, pack, places, village

if TYPE_CHECKING:
    from bangfu.registry.models import Household
    from cases.monitoring_making import Village

__all__ = ["demo_home", "pack", "places", "village"]

DAY = date(2026, 11, 16)


def told(village: Village) -> Household:
    """A household registered in the transition period and eliminated in 2026."""
    home = comfortable(registered=date(2021, 6, 1), income_year=2021)
    home.incomes.update(income_year=2026)
    walk(village, monitor(village, home), DAY)
    return home


def test_phases_stand_as_bands_the_newest_first(village: Village) -> None:
    home = told(village)
    with on(DAY):
        bands = list_timeline(village("officer"), home.pk)
    assert [band.name for band in bands] == ["常态化帮扶", "过渡期"]
    for band in bands:
        days = [(each.day, each.at) for each in band.events]
        assert days == sorted(days, reverse=True)
        assert all(band.start is None or each.day >= band.start for each in band.events)
    kinds = {each.kind for band in bands for each in band.events}
    assert {"register", "case", "visit"} <= kinds


def test_every_decision_about_a_case_leads_to_its_frozen_facts(village: Village) -> None:
    home = told(village)
    with on(DAY):
        events = [x for band in list_timeline(village("officer"), home.pk) for x in band.events]
    decisions = [each for each in events if each.kind == "case"]
    assert len(decisions) == 9
    assert all(each.case_id and each.move is not None for each in decisions)
    assert {each.by for each in decisions if each.move} >= {"岳鹏", "冯蓉", "何建国"}


def test_who_may_not_read_cases_sees_the_register_alone(village: Village) -> None:
    home = told(village)
    reader = Actor(
        village.people["officer"].pk, None, "周敏",
        grants=(Grant("x", DivisionCode("511921"), frozenset({"registry.read"})),),
    )  # fmt: skip
    with on(DAY):
        events = [x for band in list_timeline(reader, home.pk) for x in band.events]
        assert {each.kind for each in events} == {"register"}
        for name in ("stranger", "neighbour"):
            with pytest.raises(Http404):
                list_timeline(village(name), home.pk)


def test_the_register_tells_only_what_changed(village: Village) -> None:
    home = told(village)
    home.refresh_from_db()
    changes = list_key_changes(home, ["risk_eliminated_month", "household_type", "exit_flag"])
    assert [(each.label, each.before, each.after) for each in changes] == [
        ("户类型", "", "脱贫户"),
        ("风险消除时间", "", "2026-11"),
    ]
