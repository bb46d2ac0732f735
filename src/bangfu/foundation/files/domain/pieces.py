"""A stream sealed piece by piece, so that files of any size pass through little memory.

Every file has a random key of its own, so nonces may count: the piece's number and whether it is
the last one. That binds each piece to its place; pieces that are swapped, doubled, dropped or cut
off at the end do not open. The associated data are the file's id. This is the STREAM construction
(Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PIECE: Final = 64 * 1024
"""Bytes of plain text in every piece but the last, which has fewer or as many."""
KEY_BYTES: Final = 32
MARK: Final = b"BFS1"
"""Stands before the first piece; the digit is the format's version."""
_TAG: Final = 16
_NONCE: Final = struct.Struct(">3xQ?")


class PiecesBroken(Exception):
    """The stored bytes are not what was sealed: altered, cut, or of another file."""


def _pieces(plain: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into pieces and say which is the last; an empty stream is one empty piece."""
    held = bytearray()
    for chunk in plain:
        held += chunk
        while len(held) > PIECE:
            yield bytes(held[:PIECE]), False
            del held[:PIECE]
    yield bytes(held), True


def seal_pieces(key: bytes, file_id: bytes, plain: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed form of a stream, the mark first."""
    cipher = AESGCM(key)
    yield MARK
    for number, (piece, is_last) in enumerate(_pieces(plain)):
        yield cipher.encrypt(_NONCE.pack(number, is_last), piece, file_id)


def open_pieces(key: bytes, file_id: bytes, read: Callable[[int], bytes]) -> Iterator[bytes]:
    """The plain pieces of a sealed stream, one after the other.

    Args:
        key: the file's key.
        file_id: what the pieces were bound to.
        read: answers up to so many of the next sealed bytes, fewer only at the end.

    Raises:
        PiecesBroken: at the first piece that does not open; what came before it was good.
    """
    if read(len(MARK)) != MARK:
        raise PiecesBroken("not a sealed file")
    cipher = AESGCM(key)
    number = 0
    sealed, following = read(PIECE + _TAG), b""
    while True:
        following = read(PIECE + _TAG)
        is_last = not following
        try:
            yield cipher.decrypt(_NONCE.pack(number, is_last), sealed, file_id)
        except (InvalidTag, ValueError):
            raise PiecesBroken(f"piece {number} does not open") from None
        if is_last:
            return
        sealed, number = following, number + 1
