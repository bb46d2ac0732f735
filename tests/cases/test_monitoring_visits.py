"""The visit that an elimination rests on: what is refused, who may not, what is sealed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import models
from django.http import Http404

from bangfu.cases.services.monitoring_visits import record_elimination_visit
from bangfu.kernel.problems import Refused
from cases.monitoring_making import comfortable, monitor, on, visited, walk
from cases.monitoring_village import demo_home, pack, places, village

if TYPE_CHECKING:
    from cases.monitoring_making import Village

__all__ = ["demo_home", "pack", "places", "village"]

DAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"visited_on": date(2026, 11, 17)}, "cases.visit_day"),
        ({"visited_on": date(2026, 5, 14)}, "cases.visit_day"),
        ({"approach": "dream"}, "cases.approach_unknown"),
        ({"risks": ("boredom",)}, "cases.risk_unknown"),
        ({"words": "长" * 501}, "cases.words_long"),
        ({"visitors": ("villager", "villager")}, "cases.visitor_doubled"),
        ({"visitors": ("villager", "neighbour")}, "cases.visitor_elsewhere"),
    ],
)
def test_a_wrong_visit_is_refused_and_leaves_nothing(
    village: Village, changes: dict[str, Any], code: str
) -> None:
    case = monitor(village, comfortable())
    walk(village, case, DAY, upto="propose")
    if "visitors" in changes:
        changes = {"visitors": village.ids(*changes["visitors"])}
    with on(DAY), pytest.raises(Refused) as refused:
        record_elimination_visit(
            actor=village("villager"), case_id=case.pk, visit=visited(village, DAY, **changes)
        )
    assert [each.code for each in refused.value.problems] == [code]
    assert not case.visits.exists()


def test_a_stranger_sees_no_case_and_nobody_visits_before_a_proposal(village: Village) -> None:
    case = monitor(village, comfortable())
    with on(DAY):
        for name in ("stranger", "neighbour"):
            with pytest.raises(Http404):
                record_elimination_visit(
                    actor=village(name), case_id=case.pk, visit=visited(village, DAY)
                )
        with pytest.raises(Refused) as refused:
            record_elimination_visit(
                actor=village("villager"), case_id=case.pk, visit=visited(village, DAY)
            )
    assert [each.code for each in refused.value.problems] == ["cases.visit_not_now"]


def test_words_of_a_visit_are_sealed(village: Village) -> None:
    case = monitor(village, comfortable())
    walk(village, case, DAY, upto="propose")
    visit = visited(village, DAY, words="儿子在成都务工，收入稳定")
    walk_day = DAY
    with on(walk_day):
        row = record_elimination_visit(actor=village("villager"), case_id=case.pk, visit=visit)
    assert row.words_sealed is not None
    plain = [
        str(getattr(row, field.name))
        for field in row._meta.concrete_fields
        if not isinstance(field, models.BinaryField)
    ]
    assert not any("成都" in each for each in plain)
