"""Clues that no rule proposed: written down by a person, or made of a department's row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.http import Http404

from bangfu.cases.api import BY_HAND, Clue, Report, get_clue, record_clue
from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import AuditEvent, PersonalValue
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from bangfu.registry.models import Household
    from cases.conftest import Office

County = dict[str, "Household"]
HEARD = Report("cadre", "accident", "昨天骑摩托车摔伤，在县医院住院，家里没有人下地。")


def test_what_a_cadre_heard_becomes_a_clue(county: County, office: Office) -> None:
    home = county["poor"]
    clue = record_clue(actor=office("villager"), household_id=home.pk, report=HEARD)
    row = get_clue(office("officer"), clue.pk).row
    assert (row.sentence, row.channel, row.risk, row.state) == (
        HEARD.words,
        "cadre",
        "accident",
        "new",
    )
    assert (row.head_name, row.reported_by, row.due_on is not None) == (
        home.head_name,
        "岳鹏",
        True,
    )
    stored = Clue.objects.get(pk=clue.pk)
    assert HEARD.words.encode() not in bytes(stored.words_sealed or b"")
    assert HEARD.words not in str(list(AuditEvent.objects.values_list("filters", flat=True)))


def test_a_second_clue_of_the_same_risk_is_not_opened_beside_the_first(
    county: County, office: Office
) -> None:
    home = county["poor"].pk
    first = record_clue(actor=office("villager"), household_id=home, report=HEARD)
    with pytest.raises(Refused) as refused:
        record_clue(actor=office("officer"), household_id=home, report=HEARD)
    (problem,) = refused.value.problems
    assert (problem.code, problem.values["clue"]) == ("cases.open_already", str(first.pk))
    other = replace(HEARD, risk="disaster")
    record_clue(actor=office("officer"), household_id=home, report=other)
    assert Clue.objects.filter(household=home).count() == 2


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (replace(HEARD, words="  "), "cases.words_missing"),
        (replace(HEARD, words="长" * 501), "cases.words_long"),
        (replace(HEARD, channel="screening"), "cases.channel_unknown"),
        (replace(HEARD, risk="weather"), "cases.risk_unknown"),
    ],
)
def test_a_clue_that_says_too_little_is_refused(
    county: County, office: Office, report: Report, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        record_clue(actor=office("villager"), household_id=county["poor"].pk, report=report)
    assert [each.code for each in refused.value.problems] == [code]
    assert not Clue.objects.exists()


def test_no_number_of_a_person_is_written_down(county: County, office: Office) -> None:
    words = replace(HEARD, words="户主 519900196803090020 住院")
    with pytest.raises(PersonalValue):
        record_clue(actor=office("villager"), household_id=county["poor"].pk, report=words)


def test_only_who_serves_the_village_writes_a_clue_down(county: County, office: Office) -> None:
    home = county["poor"].pk
    with pytest.raises(Http404):
        record_clue(actor=office("stranger"), household_id=home, report=HEARD)
    with pytest.raises((AccessRefused, Http404)):
        record_clue(actor=office("neighbour"), household_id=home, report=HEARD)
    assert not Clue.objects.exists()


def test_every_channel_of_the_table_is_by_hand_or_has_its_own_way_in() -> None:
    assert set(BY_HAND) | {"screening", "department"} == {
        "screening", "household", "cadre", "department", "hotline", "petition", "media",
        "inspection", "linked",
    }  # fmt: skip
