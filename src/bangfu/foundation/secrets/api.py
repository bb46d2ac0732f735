"""The door to sealing: others import only this."""

from bangfu.foundation.secrets.ring import KeyRingInvalid, rotate_keys
from bangfu.foundation.secrets.sealing import (
    KeyUnknown,
    SecretUnreadable,
    fingerprint,
    fingerprint_many,
    seal,
    seal_many,
    unseal,
    unseal_many,
)

__all__ = [
    "KeyRingInvalid",
    "KeyUnknown",
    "SecretUnreadable",
    "fingerprint",
    "fingerprint_many",
    "rotate_keys",
    "seal",
    "seal_many",
    "unseal",
    "unseal_many",
]
