"""The fixture of monitoring's tests: a village whose rooms beside answer as the test says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cases.monitoring_making import make_village
from registry.conftest import places
from screening.conftest import demo_home, pack

if TYPE_CHECKING:
    from cases.monitoring_making import Village

__all__ = ["demo_home", "pack", "places", "village"]


@pytest.fixture
def village(pack: None, places: None, monkeypatch: pytest.MonkeyPatch) -> Village:
    """The people of a village; measures and meetings answer as they are set."""
    made = make_village()

    def measures(since: Any) -> dict[Any, Any]:
        return dict.fromkeys(since, made.measures) if made.measures else {}

    def passed(cases: Any, moves: Any) -> dict[Any, bool]:
        return {each.pk: made.passed for each in cases if made.passed is not None}

    where = "bangfu.cases.queries."
    monkeypatch.setattr(where + "monitoring_measures.measures_of", measures)
    monkeypatch.setattr(where + "quality_facts.measures_of", measures)
    monkeypatch.setattr(where + "monitoring_measures.fitting_measures", lambda risk: (risk,))
    monkeypatch.setattr(where + "monitoring_facts.meetings_passed", passed)
    return made
