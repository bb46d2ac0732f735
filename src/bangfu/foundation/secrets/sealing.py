"""Sealing and opening single values, and their fingerprints.

A sealed value is: version (1 byte), key id (4), nonce (12), ciphertext with its tag (16 more than
the UTF-8 text). AES-256-GCM; the associated data are the header and `table|column|row`, so a
value opens only where it was put. Nonces are random: 2**32 values under one key keep the chance
of a repeated nonce below 2**-32 (NIST SP 800-38D, 8.3); rotate before that.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bangfu.foundation.secrets.ring import ID_BYTES, KeyRing, current_ring

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = UUID | str | int
"""What names a row: its primary key."""
Sealed = bytes | memoryview
"""A sealed value as the databases' drivers give it back."""

_VERSION: Final = b"\x01"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_HEADER_BYTES: Final = len(_VERSION) + ID_BYTES
_LEAST_BYTES: Final = _HEADER_BYTES + _NONCE_BYTES + _TAG_BYTES


class SecretUnreadable(Exception):
    """A sealed value does not open. The message names the place, never the value."""


class KeyUnknown(SecretUnreadable):
    """The value was sealed with a key that this ring does not hold."""


def _place(table: str, column: str) -> bytes:
    if not table or not column or "|" in table or "|" in column:
        raise ValueError(f"not a table and a column: {table!r}, {column!r}")
    return f"{table}|{column}|".encode()


def seal_many(table: str, column: str, values: Iterable[tuple[Row, str]]) -> list[bytes]:
    """Seal `(row, text)` pairs of one column, in their order.

    Raises:
        ValueError: when table or column is empty or holds `|`.
        KeyRingInvalid: when the ring cannot be used.
    """
    ring = current_ring()
    header = _VERSION + bytes.fromhex(ring.current)
    bound = header + _place(table, column)
    encrypt = AESGCM(ring.keys[ring.current]).encrypt
    pairs = list(values)
    nonces = os.urandom(_NONCE_BYTES * len(pairs))
    sealed: list[bytes] = []
    for position, (row, text) in enumerate(pairs):
        nonce = nonces[position * _NONCE_BYTES : (position + 1) * _NONCE_BYTES]
        sealed.append(header + nonce + encrypt(nonce, text.encode(), bound + str(row).encode()))
    return sealed


def seal(table: str, column: str, row: Row, text: str) -> bytes:
    """Seal one text for its place.

    Raises:
        ValueError: when table or column is empty or holds `|`.
        KeyRingInvalid: when the ring cannot be used.
    """
    return seal_many(table, column, [(row, text)])[0]


def _key(ring: KeyRing, key_id: str) -> bytes:
    key = ring.keys.get(key_id) or current_ring(reread=True).keys.get(key_id)
    if key is None:
        raise KeyUnknown(f"key {key_id} is not in the key ring")
    return key


def unseal_many(table: str, column: str, values: Iterable[tuple[Row, Sealed]]) -> list[str]:
    """Open `(row, blob)` pairs of one column, in their order.

    Raises:
        KeyUnknown: when the ring does not hold the key.
        SecretUnreadable: when a blob was altered, cut, or belongs to another place.
    """
    ring = current_ring()
    place = _place(table, column)
    ciphers: dict[bytes, AESGCM] = {}
    opened: list[str] = []
    for row, stored in values:
        blob = bytes(stored)
        header = blob[:_HEADER_BYTES]
        if len(blob) < _LEAST_BYTES or header[:1] != _VERSION:
            raise SecretUnreadable(f"{table}.{column} of {row}: not a sealed value")
        if header not in ciphers:
            ciphers[header] = AESGCM(_key(ring, header[1:].hex()))
        nonce = blob[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
        try:
            text = ciphers[header].decrypt(
                nonce, blob[_HEADER_BYTES + _NONCE_BYTES :], header + place + str(row).encode()
            )
        except InvalidTag:
            reason = "altered, moved from another place, or sealed with another key"
            raise SecretUnreadable(f"{table}.{column} of {row}: {reason}") from None
        opened.append(text.decode())
    return opened


def unseal(table: str, column: str, row: Row, blob: Sealed) -> str:
    """Open one value at its place.

    Raises:
        KeyUnknown: when the ring does not hold the key.
        SecretUnreadable: when the blob was altered, cut, or belongs to another place.
    """
    return unseal_many(table, column, [(row, blob)])[0]


def fingerprint(kind: str, text: str) -> bytes:
    """32 bytes that are equal for equal texts of one kind and say nothing without the key.

    HMAC-SHA256 under a key of its own; the kind ("identity", "phone") keeps equal texts of
    different kinds apart. The caller normalises the text first.
    """
    message = f"{len(kind)}:{kind}:{text}".encode()
    return hmac.digest(current_ring().fingerprint_key, message, "sha256")


def fingerprint_many(kind: str, texts: Iterable[str]) -> list[bytes]:
    """The fingerprints of many texts, in their order."""
    key = current_ring().fingerprint_key
    prefix = f"{len(kind)}:{kind}:".encode()
    return [hmac.digest(key, prefix + text.encode(), "sha256") for text in texts]
