"""What officials write of their days: sealed in the table, opened for who may see the month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.attendance.models import SignIn
from bangfu.foundation.secrets.api import unseal_many

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

NOTE_PLACE: Final = (SignIn._meta.db_table, "note_sealed")
"""Table and column that notes are sealed for."""


def notes_of(rows: Iterable[SignIn]) -> dict[date, str]:
    """The notes by day."""
    noted = [each for each in rows if each.note_sealed is not None]
    sealed = [(each.pk, bytes(each.note_sealed or b"")) for each in noted]
    texts = unseal_many(*NOTE_PLACE, sealed)
    return {each.day: text for each, text in zip(noted, texts, strict=True)}
