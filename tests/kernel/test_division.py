"""Division codes."""

from __future__ import annotations

import pytest

from bangfu.kernel.division import NATION, DivisionCode, DivisionCodeInvalid, Level


def test_a_village_knows_the_divisions_above_it() -> None:
    village = DivisionCode("511921100201")
    assert village.level is Level.VILLAGE
    assert village.ancestors() == ("", "51", "5119", "511921", "511921100")
    assert village.parent == "511921100"
    assert village.at(Level.COUNTY) == "511921"


def test_a_division_contains_itself_and_what_lies_in_it_only() -> None:
    county = DivisionCode("511921")
    assert county.contains("511921")
    assert county.contains("511921100201")
    assert not county.contains("511922100201")
    assert NATION.contains("51")


@pytest.mark.parametrize("text", ["5", "511", "51192", "５１", "5119211", "51 ", "51192110020a"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(DivisionCodeInvalid):
        DivisionCode(text)


def test_the_range_of_a_division_holds_its_codes_and_no_others() -> None:
    county = DivisionCode("511921")
    assert county <= "511921" < county.ceiling
    assert county <= "511921999999" < county.ceiling
    assert not county <= "511922" < county.ceiling


@pytest.mark.parametrize("code", ["51", "5119", "511999", "511921999", "511929199999"])
def test_the_range_of_a_division_ends_in_a_digit_so_that_no_collation_moves_it(code: str) -> None:
    division = DivisionCode(code)
    assert division.ceiling.isdigit()
    assert division <= code + "9" * (12 - len(code)) < division.ceiling
    assert division.ceiling > code
