"""What recognition says without a database: categories, names on notices, visits, the table."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.cases.domain.comparison import read_comparison
from bangfu.cases.domain.recognition import (
    NAMELESS,
    Visit,
    check_proposal,
    check_visit,
    completed_years,
    fits_type,
    masked_name,
    notice_name,
)

DAY = date(2026, 11, 20)
FIRST, SECOND = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("李春秀", "李○秀"), ("李秀", "李○"), ("欧阳春秀", "欧○秀"), ("阿", "阿○"), (" 罗德 ", "罗○")],
)
def test_a_notice_shows_surname_and_last_character(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@given(st.text(alphabet="赵钱孙李周吴郑王冯陈", min_size=3, max_size=12))
def test_what_lies_between_is_never_shown_nor_how_long_it_is(name: str) -> None:
    shown = masked_name(name)
    assert (len(shown), shown[0], shown[1], shown[2]) == (3, name[0], "○", name[-1])


def test_no_child_is_named_and_nobody_whose_age_is_not_known() -> None:
    eighteen_today = date(2008, 11, 20)
    assert notice_name("李春秀", eighteen_today, DAY, 18) == "李○秀"
    assert notice_name("李春秀", eighteen_today + timedelta(days=1), DAY, 18) == NAMELESS
    assert notice_name("李春秀", None, DAY, 18) == NAMELESS


def test_years_are_full_on_the_birthday() -> None:
    assert completed_years(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert completed_years(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    ("category", "household_type", "fits"),
    [
        ("unstable", "alleviated", True),
        ("unstable", "ordinary", False),
        ("marginal", "alleviated", False),
        ("marginal", "ordinary", True),
        ("marginal", "", None),
        ("sudden", "", True),
        ("prevention", "ordinary", True),
        ("prevention", "alleviated", True),
    ],
)
def test_categories_fit_types(category: str, household_type: str, fits: bool | None) -> None:
    assert fits_type(category, household_type) is fits


def codes_of(visit: Visit, needed: int = 2) -> list[str]:
    """What is wrong with a visit."""
    opened = DAY - timedelta(days=3)
    found = check_visit(visit, opened=opened, today=DAY, needed=needed)
    return [each.code for each in found]


def test_a_visit_by_two_people_between_opening_and_today_is_fine() -> None:
    for day in (DAY - timedelta(days=3), DAY):
        assert codes_of(Visit(day, (FIRST, SECOND), guarantees={"uninsured": True})) == []


def test_one_person_counts_once() -> None:
    assert codes_of(Visit(DAY, (FIRST, FIRST))) == ["cases.visitors_few"]
    assert codes_of(Visit(DAY, (FIRST, SECOND)), needed=3) == ["cases.visitors_few"]


def test_days_that_cannot_be_are_refused() -> None:
    assert codes_of(Visit(DAY + timedelta(days=1), (FIRST, SECOND))) == ["cases.visit_not_yet"]
    early = Visit(DAY - timedelta(days=4), (FIRST, SECOND))
    assert codes_of(early) == ["cases.visit_before_opening"]


def test_only_the_forms_questions_are_answered_and_no_amount_is_negative() -> None:
    strange = Visit(DAY, (FIRST, SECOND), guarantees={"illness": True}, amounts={"income": -1})
    assert codes_of(strange) == ["cases.answer_unknown", "cases.amount_negative"]


def test_a_proposal_names_listed_risks_once_and_at_most_five() -> None:
    known = ["illness", "schooling", "disability", "housing", "water", "labour"]
    assert check_proposal("prevention", known[:5], ["prevention"], known) == []
    found = check_proposal("unstable", [*known, "illness", "income"], ["prevention"], known)
    assert [each.code for each in found] == [
        "cases.category_unknown",
        "cases.risks_many",
        "cases.risk_doubled",
        "cases.risk_not_listed",
    ]


TABLE = Path("src/bangfu/packs/nation/comparison.yaml").read_text(encoding="utf-8")


def test_the_shipped_comparison_asks_for_no_explanation_nobody_can_be_asked_about() -> None:
    table = read_comparison(TABLE)
    assert {each.department for each in table.flags.values()} <= set(table.departments)
    assert all(each.source and each.unverified for each in table.flags.values())


def test_a_household_on_subsistence_allowance_is_not_compared_again() -> None:
    table = read_comparison(TABLE)
    assert table.needed(on_dibao=False) == tuple(table.departments)
    assert table.needed(on_dibao=True) == ()


def test_a_flag_of_a_department_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="customs"):
        read_comparison(TABLE.replace("department: banks", "department: customs"))
