"""A scope as a filter finds exactly the rows that the scope contains."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q
from hypothesis import example, given
from hypothesis import strategies as st

from access.codes import codes
from access.people import make_person, post
from bangfu.foundation.access.api import Posting, Scope
from bangfu.foundation.access.domain.grants import minimal
from bangfu.foundation.access.models import GrantedDivision
from bangfu.kernel.division import DivisionCode

pytestmark = pytest.mark.django_db

COUNTY, NINES = DivisionCode("511921"), DivisionCode("519999")


def rows_at(places: list[DivisionCode]) -> None:
    """One row a place; granted divisions serve as rows with a column of codes."""
    GrantedDivision.objects.all().delete()
    posting = Posting.objects.first() or post(make_person())
    GrantedDivision.objects.all().delete()
    GrantedDivision.objects.bulk_create(
        GrantedDivision(posting=posting, division_code=place, valid_from=date(2026, 1, 1))
        for place in places
    )


def found(condition: Q) -> list[str]:
    return sorted(GrantedDivision.objects.filter(condition).values_list("division_code", flat=True))


@given(st.lists(codes(), max_size=5), st.lists(codes(), max_size=40, unique=True))
@example([COUNTY], [DivisionCode(code) for code in ("511920", "511921", "511921999999", "511922")])
@example([NINES], [DivisionCode(code) for code in ("519998", "519999", "519999999999", "52")])
@example([DivisionCode("")], [DivisionCode(code) for code in ("", "00", "99", "999999999999")])
@example([DivisionCode("99")], [DivisionCode(code) for code in ("", "98", "99", "999999999999")])
def test_the_filter_and_the_question_agree(
    divisions: list[DivisionCode], places: list[DivisionCode]
) -> None:
    scope = Scope(minimal(divisions))
    rows_at(places)
    inside = sorted(place for place in places if scope.contains(place))
    assert found(scope.q("division_code")) == inside
    assert found(~scope.q("division_code")) == sorted(set(places) - set(inside))


def test_an_empty_scope_finds_nothing_even_beside_another_condition() -> None:
    rows_at([COUNTY])
    empty = Scope(())
    assert not empty.contains(COUNTY)
    assert found(empty.q("division_code")) == []
    assert found(Q(division_code=COUNTY) & empty.q("division_code")) == []


def test_the_whole_country_is_a_condition_and_not_its_absence() -> None:
    """An empty condition would vanish when it is joined with `or`."""
    rows_at([COUNTY, NINES])
    whole = Scope((DivisionCode(""),)).q("division_code")
    assert found(whole | Q(division_code="nowhere")) == [COUNTY, NINES]


def test_a_scope_reaches_through_relations() -> None:
    rows_at([COUNTY])
    scope = Scope((DivisionCode("51"),))
    assert Posting.objects.filter(scope.q("granted__division_code")).count() == 1
