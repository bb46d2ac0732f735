"""The code on a paper: what slips it finds, and how it is read."""

from __future__ import annotations

import secrets

import pytest

from bangfu.foundation.documents.domain.codes import (
    ALPHABET,
    LENGTH,
    check_character,
    in_groups,
    new_code,
    read_code,
)


def test_every_single_wrong_character_is_found() -> None:
    code = new_code(secrets.choice)
    for place in range(LENGTH):
        for other in ALPHABET:
            wrong = code[:place] + other + code[place + 1 :]
            assert read_code(wrong) == (code if wrong == code else None)


def test_two_neighbours_in_the_wrong_order_are_found() -> None:
    for _ in range(50):
        code = new_code(secrets.choice)
        for place in range(LENGTH - 1):
            turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert read_code(turned) == (code if turned == code else None)


def test_it_is_read_as_people_write_it() -> None:
    code = "7KQ2M9XD4RT" + check_character("7KQ2M9XD4RT")
    full_width = "".join(chr(ord(each) + 0xFEE0) for each in code)
    spoken = f" {in_groups(code).lower()} "
    assert [read_code(each) for each in (spoken, full_width, code)] == [code] * 3


@pytest.mark.parametrize("typed", ["", "7KQ2", "0" * 12, "O1IL" * 3, "7" * 13, "张" * 12, "\x00"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_the_characters_are_a_prime_number_and_none_is_mistaken_for_another() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set(ALPHABET) & set("01ILO")


def test_no_two_of_ten_thousand_are_alike() -> None:
    assert len({new_code(secrets.choice) for _ in range(10_000)}) == 10_000
