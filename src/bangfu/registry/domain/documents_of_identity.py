"""The documents that name a person: the resident identity card and the disability certificate.

A certificate's number is the identity number with a category digit and a grade digit, and two
more when it was issued again: 20 or 22 characters (facts 1.4; DQ01, DQ03).
"""

from __future__ import annotations

from typing import Final

from bangfu.kernel.identity import LENGTH, IdentityFault, identity_fault

CERTIFICATE: Final = "disability"
_CERTIFICATE_LENGTHS: Final = (LENGTH + 2, LENGTH + 4)
_CATEGORIES: Final = "1234567"
_GRADES: Final = "1234"
CERTIFICATE_FAULT: Final = "registry.certificate_number"


def identity_key(number: str) -> str:
    """What makes two documents one person's: the first 18 characters, `x` and `X` alike."""
    return number[:LENGTH].upper()


def document_fault(kind: str, number: str) -> str | None:
    """The code of the first fault of a document number, or None.

    Args:
        kind: the code of the type of document; anything but a certificate is an identity card.
        number: what the file says, without spaces.
    """
    if kind != CERTIFICATE:
        return identity_fault(number)
    if len(number) not in _CERTIFICATE_LENGTHS:
        return IdentityFault.LENGTH
    fault = identity_fault(number[:LENGTH])
    if fault is not None:
        return fault
    rest = number[LENGTH:]
    whole = rest.isascii() and rest.isdigit() and rest[0] in _CATEGORIES and rest[1] in _GRADES
    return None if whole else CERTIFICATE_FAULT
