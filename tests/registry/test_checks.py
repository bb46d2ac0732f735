"""What is wrong with a household, with code and place. No database."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.foundation.ui.wording import sentence_of
from bangfu.registry.domain.checks import Checking, check_across, check_form
from bangfu.registry.domain.forms import stage_form
from registry.making import DAY, OTHER_VILLAGE, VILLAGE, household, make_id, member, upload

if TYPE_CHECKING:
    from bangfu.kernel.problems import Problem
    from registry.making import Pair

BORN = date(1980, 5, 20)
GOOD = make_id(BORN, 7)


def wrong_check_digit(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")


def find(*pairs: Pair, made_up: bool = True, **more: Any) -> list[Problem]:
    file = upload(*pairs)
    checking = Checking(
        data_date=DAY,
        villages={VILLAGE},
        in_scope=lambda village: village.startswith("511921"),
        made_up=made_up,
        sheets=file.sheets,
        **more,
    )
    across = check_across(list(file.forms), checking)
    return [
        problem
        for position, form in enumerate(file.forms)
        for problem in (*check_form(form, checking), *across.get(position, ()))
    ]


def test_a_good_household_has_no_problem() -> None:
    spouse = member("H1", "2", relation="spouse", name="李四", id_number=make_id(BORN, 4))
    spouse["sex"] = "female"
    assert find(household("H1", member("H1", "1"), spouse)) == []


CASES: dict[str, tuple[Pair, str, str]] = {
    "too short": (
        household("H1", member("H1", "1", id_number=GOOD[:17])),
        "identity.length",
        "证件号码",
    ),
    "letters": (
        household("H1", member("H1", "1", id_number=GOOD[:10] + "A" + GOOD[11:])),
        "identity.characters",
        "证件号码",
    ),
    "30 February": (
        household("H1", member("H1", "1", id_number="519900198002300012")),
        "identity.birth_date",
        "证件号码",
    ),
    "check digit": (
        household("H1", member("H1", "1", id_number=wrong_check_digit(GOOD))),
        "identity.check_digit",
        "证件号码",
    ),
    "certificate of 19": (
        household("H1", member("H1", "1", id_type="disability", id_number=GOOD + "4")),
        "identity.length",
        "证件号码",
    ),
    "certificate category": (
        household("H1", member("H1", "1", id_type="disability", id_number=GOOD + "81")),
        "registry.certificate_number",
        "证件号码",
    ),
    "certificate grade": (
        household("H1", member("H1", "1", id_type="disability", id_number=GOOD + "45")),
        "registry.certificate_number",
        "证件号码",
    ),
    "card of 20": (
        household("H1", member("H1", "1", id_number=GOOD + "42")),
        "identity.length",
        "证件号码",
    ),
    "birth date": (
        household("H1", member("H1", "1", birth_date=date(1980, 5, 21), id_number=GOOD)),
        "registry.birth_date_differs",
        "出生日期",
    ),
    "no head": (
        household("H1", member("H1", "1", relation="son")),
        "registry.head_missing",
        "户主姓名",
    ),
    "head's name": (
        household(head_name="王五"),
        "registry.head_name_differs",
        "户主姓名",
    ),
    "size": (household(size=2), "registry.size_differs", "家庭人口数"),
    "no members": (
        (household()[0], []),
        "registry.members_missing",
        "",
    ),
    "parts": (
        household(other_property=1),
        "registry.parts_differ",
        "财产性收入（元）",
    ),
    "unstable": (
        household(household_type="ordinary", monitoring_category="unstable"),
        "registry.unstable_not_alleviated",
        "监测对象类别",
    ),
    "marginal": (
        household(household_type="alleviated", monitoring_category="marginal"),
        "registry.marginal_alleviated",
        "监测对象类别",
    ),
    "no such village": (
        household(village_code=OTHER_VILLAGE),
        "registry.village_unknown",
        "行政村代码",
    ),
    "foreign village": (
        household(village_code="511922100201"),
        "registry.village_outside",
        "行政村代码",
    ),
    "identified after": (
        household(identified_month="202612"),
        "registry.after_data_date",
        "识别时间",
    ),
    "nothing where something must be": (
        household("H1", member("H1", "1", relation=None)),
        "registry.required_empty",
        "与户主关系",
    ),
    "income after": (household(income_year=2027), "registry.after_data_date", "收入年度"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_with_code_and_place(name: str) -> None:
    pair, code, header = CASES[name]
    (problem,) = [each for each in find(pair) if each.refuses]
    assert problem.code == code
    assert problem.place.header == header
    assert problem.place.row == 2
    assert problem.place.sheet in {"农户信息", "家庭成员"}


def test_somebody_not_born_yet_is_refused() -> None:
    unborn = date(2026, 12, 1)
    baby = member("H1", "1", birth_date=unborn, id_number=make_id(unborn, 7))
    assert [each.code for each in find(household("H1", baby))] == ["registry.after_data_date"]


def test_two_heads_are_named_at_the_second() -> None:
    pair = household("H1", member("H1", "1"), member("H1", "2"))
    (problem,) = find(pair)
    assert (problem.code, problem.place.row) == ("registry.head_doubled", 3)


def test_members_of_no_household_are_all_named() -> None:
    people = [member("H2", "1"), member("H2", "2", relation="son")]
    file = [household(), (household("H9")[0], people)]
    found = find(*file)
    assert [(each.code, each.place.row) for each in found] == [
        ("registry.members_missing", 0 + 3),
        ("registry.household_missing", 3),
        ("registry.household_missing", 4),
    ]


def test_a_household_that_stands_twice_is_named_at_the_second_row() -> None:
    found = [each for each in find(household(), (household()[0], [])) if each.refuses]
    assert [(each.code, each.place.row) for each in found] == [("registry.household_doubled", 3)]


def test_one_identity_in_two_households_refuses_both_and_names_the_other_row() -> None:
    pairs = [household(number, member(number, "1", id_number=GOOD)) for number in ("H1", "H2")]
    found = find(*pairs)
    assert [each.code for each in found] == ["registry.identity_doubled"] * 2
    assert [(each.place.row, each.values["rows"]) for each in found] == [(2, "3"), (3, "2")]


def test_a_card_and_a_certificate_of_one_person_are_one_identity() -> None:
    people = [
        member("H1", "1", id_number=GOOD),
        member("H1", "2", id_type="disability", id_number=GOOD + "42", relation="son"),
    ]
    codes = {each.code for each in find(household("H1", *people))}
    assert codes == {"registry.identity_doubled"}


def test_one_person_number_twice_is_refused_inside_and_across_households() -> None:
    twin = {**member("H1", "2", relation="son"), "person_number": "H1-1"}
    codes = [each.code for each in find(household("H1", member("H1", "1"), twin))]
    assert "registry.person_doubled" in codes
    guest = {**member("H2", "1"), "person_number": "H1-1"}
    codes = [each.code for each in find(household("H1"), household("H2", guest))]
    assert codes == ["registry.person_shared", "registry.person_shared"]


def test_made_up_people_are_refused_outside_a_demo() -> None:
    (problem,) = find(household(), made_up=False)
    assert problem.code == "registry.area_unassigned"
    assert problem.values == {"area": "519900"}


def test_what_is_only_said_refuses_nothing() -> None:
    woman = member("H1", "1", sex="female", id_number=GOOD)
    found = find(household("H1", woman, phone="138"))
    assert {each.code for each in found} == {"registry.sex_differs", "registry.phone_length"}
    assert not any(each.refuses for each in found)


def test_a_small_check_letter_is_taken_as_the_capital_and_said() -> None:
    order = next(each for each in range(1, 999, 2) if make_id(BORN, each).endswith("X"))
    pair = household("H1", member("H1", "1", id_number=make_id(BORN, order).lower()))
    assert [each.code for each in find(pair)] == ["registry.check_letter_small"]
    staged = stage_form(upload(pair).forms[0])
    assert staged["members"][0]["id_number"] == make_id(BORN, order)


def test_parts_that_are_known_are_at_most_the_total_when_one_is_missing() -> None:
    row, people = household(asset_dividend=None, property_income=100_000)
    assert find((row, people)) == []
    row, people = household(asset_dividend=None, property_income=99_999)
    (problem,) = find((row, people))
    assert (problem.code, problem.refuses) == ("registry.parts_differ", True)


def test_a_text_longer_than_its_column_is_refused_never_cut() -> None:
    longest = {"household": {"group_name": 3}}
    assert find(household(group_name="三四五"), longest=longest) == []
    (problem,) = find(household(group_name="三四五组"), longest=longest)
    assert (problem.code, problem.values) == ("registry.text_too_long", {"limit": "3"})


def test_every_problem_reads_as_a_sentence() -> None:
    found = [problem for pair, _, _ in CASES.values() for problem in find(pair)]
    for problem in found:
        title, remedy = sentence_of(problem)
        assert title
        assert "%(" not in title + remedy


def test_a_blank_means_not_applicable_only_where_the_form_says_so() -> None:
    pair = household(
        "H1",
        member("H1", "1", education="primary", health=("healthy",), labour="none",
               disability_grade=None, work_place=None),
        monitoring_category=None,
    )  # fmt: skip
    staged = stage_form(upload(pair).forms[0])
    assert staged["household"]["monitoring_category"] == "none"
    person = staged["members"][0]
    assert person["school_status"] == "not_in_school"
    assert person["disability_grade"] == person["disability_category"] == "none"
    assert person["work_place"] == "none"


def test_a_blank_stays_unknown_when_what_it_hangs_on_is_blank_too() -> None:
    pair = household(
        "H1",
        member("H1", "1", education=None, health=None, labour=None, disability_grade=None,
               work_place=None),
    )  # fmt: skip
    person = stage_form(upload(pair).forms[0])["members"][0]
    for item in ("school_status", "disability_grade", "disability_category", "work_place"):
        assert item not in person


def test_nothing_is_guessed_about_a_disabled_person_without_a_grade() -> None:
    pair = household("H1", member("H1", "1", health=("disabled",), disability_grade=None))
    person = stage_form(upload(pair).forms[0])["members"][0]
    assert "disability_grade" not in person
