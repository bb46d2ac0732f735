"""Money, periods, ids, identity numbers, the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.kernel.clock import FixedClock, civil_day
from bangfu.kernel.identity import (
    IdentityFault,
    birth_date_of,
    check_digit,
    identity_fault,
    is_male,
)
from bangfu.kernel.ids import uuid7
from bangfu.kernel.money import AmountInvalid, format_hundredths, parse_hundredths
from bangfu.kernel.period import Period, PeriodInvalid

STANDARDS_SAMPLE = "11010519491231002X"  # printed in GB 11643-1999 itself


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_an_amount_written_and_read_again_is_the_same(value: int) -> None:
    assert parse_hundredths(format_hundredths(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("12", 1200), ("12.3", 1230), ("12.30", 1230), ("-0.05", -5), ("7.100", 710)],
)
def test_plain_amounts_are_read_to_the_fen(text: str, fen: int) -> None:
    assert parse_hundredths(text) == fen


@pytest.mark.parametrize("text", ["", "1.2万", "1,200", "1e3", "12.345", ".5", "１２", " 1", "NaN"])
def test_anything_else_is_not_an_amount(text: str) -> None:
    with pytest.raises(AmountInvalid):
        parse_hundredths(text)


@pytest.mark.parametrize(
    ("value", "text"), [(150, "2"), (149, "1"), (-150, "-2"), (123456750, "1,234,568")]
)
def test_sentences_round_half_away_from_zero(value: int, text: str) -> None:
    assert format_hundredths(value, decimals=False) == text


def test_the_standards_own_sample_is_an_identity_number() -> None:
    assert identity_fault(STANDARDS_SAMPLE) is None
    assert birth_date_of(STANDARDS_SAMPLE) == date(1949, 12, 31)
    assert not is_male(STANDARDS_SAMPLE)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (STANDARDS_SAMPLE[:17], IdentityFault.LENGTH),
        (STANDARDS_SAMPLE[:17] + "x", IdentityFault.CHARACTERS),
        ("1101051949123100２X", IdentityFault.CHARACTERS),
        ("11010519490230002X", IdentityFault.BIRTH_DATE),
        (STANDARDS_SAMPLE[:17] + "0", IdentityFault.CHECK_DIGIT),
    ],
)
def test_each_fault_has_its_name(number: str, fault: IdentityFault) -> None:
    assert identity_fault(number) is fault


@given(st.integers(0, 10**17 - 1), st.integers(0, 16), st.integers(1, 9))
def test_the_check_digit_finds_any_single_wrong_digit(
    number: int, position: int, shift: int
) -> None:
    digits = f"{number:017d}"
    wrong = (int(digits[position]) + shift) % 10
    altered = f"{digits[:position]}{wrong}{digits[position + 1 :]}"
    assert check_digit(altered) != check_digit(digits)


def test_ids_sort_by_time_and_say_their_version() -> None:
    earlier, later = uuid7(1_700_000_000_000), uuid7(1_700_000_000_001)
    assert earlier < later
    assert earlier.version == 7
    assert earlier.variant == "specified in RFC 4122"
    assert earlier.int >> 80 == 1_700_000_000_000


def test_ids_of_one_moment_differ_in_every_random_bit() -> None:
    none, full = uuid7(5, lambda n: b"\x00" * n), uuid7(5, lambda n: b"\xff" * n)
    assert bin(none.int ^ full.int).count("1") == 74


def test_a_period_holds_its_first_day_and_not_its_last() -> None:
    year = Period(date(2021, 1, 1), date(2022, 1, 1))
    assert year.contains(date(2021, 1, 1))
    assert year.contains(date(2021, 12, 31))
    assert not year.contains(date(2022, 1, 1))
    assert Period(date(2021, 1, 1)).contains(date(9999, 12, 31))


def test_neighbouring_periods_do_not_overlap() -> None:
    first, second = Period(date(2021, 1, 1), date(2022, 1, 1)), Period(date(2022, 1, 1))
    assert not first.overlaps(second)
    assert not second.overlaps(first)
    assert first.overlaps(Period(date(2021, 12, 31)))


def test_a_period_that_ends_as_it_begins_is_refused() -> None:
    with pytest.raises(PeriodInvalid):
        Period(date(2021, 1, 1), date(2021, 1, 1))


def test_the_civil_day_is_chinas() -> None:
    evening_in_greenwich = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert civil_day(FixedClock(evening_in_greenwich).now()) == date(2026, 11, 21)
