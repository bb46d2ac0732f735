"""The sealed stream: what goes in comes out, and nothing that was altered."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.foundation.files.domain.pieces import (
    MARK,
    PIECE,
    PiecesBroken,
    open_pieces,
    seal_pieces,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SEALED_PIECE = PIECE + 16
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7]


def seal(data: bytes, chunk: int = 1000, file_id: bytes = b"file") -> bytes:
    chunks = (data[start : start + chunk] for start in range(0, len(data), chunk))
    return b"".join(seal_pieces(KEY, file_id, chunks))


def unseal(sealed: bytes, key: bytes = KEY, file_id: bytes = b"file") -> bytes:
    return b"".join(open_pieces(key, file_id, io.BytesIO(sealed).read))


@pytest.mark.parametrize("size", SIZES)
def test_every_size_comes_out_as_it_went_in(size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    assert unseal(seal(data)) == data


@given(st.binary(max_size=300), st.integers(1, 50))
def test_how_the_stream_was_cut_does_not_matter(data: bytes, chunk: int) -> None:
    assert unseal(seal(data, chunk)) == data


@pytest.mark.parametrize("size", SIZES)
def test_one_flipped_bit_anywhere_is_found(size: int) -> None:
    sealed = seal(b"x" * size)
    for position in {0, len(MARK), len(sealed) // 2, len(sealed) - 1}:
        broken = bytearray(sealed)
        broken[position] ^= 1
        with pytest.raises(PiecesBroken):
            unseal(bytes(broken))


@pytest.mark.parametrize(
    "change",
    [
        lambda start, pieces: [start],
        lambda start, pieces: [start, *pieces[:-1]],
        lambda start, pieces: [start, *pieces[1:]],
        lambda start, pieces: [start, pieces[1], pieces[0], *pieces[2:]],
        lambda start, pieces: [start, pieces[0], *pieces],
        lambda start, pieces: [start, *pieces, pieces[-1]],
        lambda start, pieces: [start, *pieces, b"x"],
        lambda start, pieces: [start, *pieces[:-1], pieces[-1][:-1]],
        lambda start, pieces: pieces,
        lambda start, pieces: [],
    ],
)
def test_pieces_that_are_missing_moved_doubled_or_cut_are_found(change: object) -> None:
    sealed = seal(bytes(3 * PIECE + 5))
    start, rest = sealed[: len(MARK)], sealed[len(MARK) :]
    pieces = [rest[at : at + SEALED_PIECE] for at in range(0, len(rest), SEALED_PIECE)]
    assert len(pieces) == 4
    assert callable(change)
    with pytest.raises(PiecesBroken):
        unseal(b"".join(change(start, pieces)))


def test_another_key_or_another_file_does_not_open() -> None:
    sealed = seal(b"hello")
    with pytest.raises(PiecesBroken):
        unseal(sealed, key=OTHER_KEY)
    with pytest.raises(PiecesBroken):
        unseal(sealed, file_id=b"other")


def test_no_plain_text_is_in_the_sealed_form() -> None:
    assert b"519900199001010010" not in seal(b"519900199001010010" * 100)
