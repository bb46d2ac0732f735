"""Why, for one household: every rule with value, limit and source; seen only by who may see it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused, Actor, Grant
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Refused
from bangfu.screening.api import explain_household
from screening.conftest import DAY
from screening.people import COUNTY, officer
from screening.register import DATA_DATE, OTHER_VILLAGE, VILLAGE

if TYPE_CHECKING:
    from bangfu.registry.models import Household

County = dict[str, "Household"]


def test_fired_stands_before_unknown_before_clear(county: County) -> None:
    found = explain_household(officer("county_officer", COUNTY), county["unknown"].pk)
    outcomes = [each.outcome for each in found.rules]
    assert outcomes == ["unknown"] * 3 + ["clear"] * 3
    assert (found.count("fired"), found.count("unknown"), found.count("clear")) == (0, 3, 3)
    assert (found.as_of, found.data_date, found.demo) == (DAY, DATA_DATE, True)


def test_a_fired_rule_says_value_limit_and_source(county: County) -> None:
    found = explain_household(officer("village_official", VILLAGE), county["sick"].pk)
    rule = found.rules[0]
    assert (rule.rule, rule.outcome, rule.risk_label["zh"]) == ("medical_burden", "fired", "因病")
    value = rule.evidence[0]
    assert (value["value"], value["operator"], value["limit"]) == (2_000_000, ">=", 2_000_000)
    assert value["shown"]["zh"] == "20,000 元"
    assert rule.source
    assert rule.measures
    assert "".join(part["text"] for part in rule.reason["en"]).startswith("Out-of-pocket")


def test_an_unknown_rule_says_what_is_missing(county: County) -> None:
    found = explain_household(officer("county_officer", COUNTY), county["unknown"].pk)
    missing = {rule.rule: [each["name"] for each in rule.missing] for rule in found.rules}
    assert missing["medical_burden"] == ["self_paid_medical"]
    assert missing["unsafe_housing"] == ["housing_grade"]
    assert missing["income_below_line"] == ["wage_income"]
    assert missing["unstable_work"] == []


def test_the_document_holds_whole_sentences(county: County) -> None:
    document = explain_household(officer("county_officer", COUNTY), county["poor"].pk).document()
    assert document["household"] == county["poor"].household_number
    rule = document["rules"][0]
    assert rule["reason"]["zh"].startswith("家庭参考收入 21,000 元，低于监测线 34,000 元")


def test_looking_is_an_opening(county: County) -> None:
    explain_household(officer("village_official", VILLAGE), county["poor"].pk)
    event = AuditEvent.objects.get(kind="opened")
    assert (event.subject_type, event.division) == ("household", VILLAGE)
    assert str(county["poor"].pk) in event.subject_ids


def test_a_stranger_finds_nobody_and_leaves_no_opening(county: County) -> None:
    for actor in (officer("village_official", OTHER_VILLAGE), officer("county_officer", "511922")):
        with pytest.raises(Http404):
            explain_household(actor, county["poor"].pk)
    assert not AuditEvent.objects.filter(kind="opened").exists()


def test_reading_the_register_is_not_reading_its_risks(county: County) -> None:
    grant = Grant("clerk", DivisionCode(COUNTY), frozenset({"registry.read"}))
    clerk = Actor(new_id(), new_id(), "clerk", grants=(grant,))
    with pytest.raises(AccessRefused):
        explain_household(clerk, county["poor"].pk)


def test_a_day_before_the_register_is_refused(county: County) -> None:
    actor = officer("county_officer", COUNTY)
    with pytest.raises(Refused) as refused:
        explain_household(actor, county["poor"].pk, DATA_DATE - timedelta(days=1))
    assert [each.code for each in refused.value.problems] == ["screening.not_registered_then"]
    assert explain_household(actor, county["poor"].pk, DATA_DATE).as_of == DATA_DATE
    with pytest.raises(Refused) as refused:
        explain_household(actor, county["poor"].pk, date(2020, 1, 1))
    assert [each.code for each in refused.value.problems] == ["policy.nothing_in_force"]
