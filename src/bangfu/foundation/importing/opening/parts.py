"""The parts of a zip container, checked before anything reads them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from bangfu.foundation.importing.opening.refusal import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.foundation.importing.domain.limits import Limits

_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_LONGEST_COMMENT: Final = 0xFFFF
_CHUNK: Final = 256 * 1024
_ENCRYPTED_FLAG: Final = 0x1
_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    struct.error,
    UnicodeDecodeError,
    ValueError,
    RuntimeError,
)


def open_container(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open a zip whose table of contents keeps the limits.

    Raises:
        FileRefused: when it is damaged, encrypted, holds too many or too large parts, or packs a
            part more tightly than any honest sheet.
    """
    _check_count(data, limits)
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise FileRefused("importing.damaged") from None
    parts = container.infolist()
    if len({part.filename for part in parts}) < len(parts):
        raise FileRefused("importing.damaged")
    for part in parts:
        _check_part(part, limits)
    if sum(part.file_size for part in parts) > limits.total_bytes:
        raise FileRefused("importing.too_large", limit=megabytes(limits.total_bytes))
    return container


def _check_count(data: bytes, limits: Limits) -> None:
    """Read the number of parts before the table itself is read into memory."""
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    if at < 0 or len(data) < at + _END_SIZE:
        raise FileRefused("importing.damaged")
    (count,) = struct.unpack_from("<H", data, at + 10)
    if count > limits.parts:
        raise FileRefused("importing.too_many_parts", limit=str(limits.parts))


def _check_part(part: zipfile.ZipInfo, limits: Limits) -> None:
    if part.flag_bits & _ENCRYPTED_FLAG:
        raise FileRefused("importing.encrypted")
    if part.compress_type not in _PACKINGS:
        raise FileRefused("importing.damaged")
    if part.file_size > limits.part_bytes:
        raise FileRefused("importing.too_large", limit=megabytes(limits.part_bytes))
    tight = part.file_size > limits.ratio * max(part.compress_size, 1)
    if part.file_size > limits.ratio_from and tight:
        raise FileRefused("importing.bomb", part=part.filename[:80], limit=str(limits.ratio))


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size // (1024 * 1024)} MB"


def unpack(container: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of a part, piece by piece, never more than its checked size.

    Raises:
        FileRefused: when the part is damaged or not of the size it says.
    """
    try:
        with container.open(name) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except _BROKEN:
        raise FileRefused("importing.damaged") from None
