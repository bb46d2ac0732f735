"""The door to files: others import only this."""

from bangfu.foundation.files.domain.pieces import PiecesBroken
from bangfu.foundation.files.models import StoredFile
from bangfu.foundation.files.purposes import Purpose, PurposeUnknown, register_purpose
from bangfu.foundation.files.queries import get_stored, list_stored, name_of
from bangfu.foundation.files.services import delete_stored, open_stored, store

__all__ = [
    "PiecesBroken",
    "Purpose",
    "PurposeUnknown",
    "StoredFile",
    "delete_stored",
    "get_stored",
    "list_stored",
    "name_of",
    "open_stored",
    "register_purpose",
    "store",
]
