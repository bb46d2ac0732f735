"""Sealed bytes on the disk: written whole or not at all, read piece by piece."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from django.conf import settings
from typing_extensions import Buffer, override

from bangfu.foundation.files.domain.pieces import PIECE, open_pieces, seal_pieces
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

_UNFINISHED: Final = ".unfinished"


def folder() -> Path:
    """Where the bytes lie."""
    return Path(settings.BANGFU_HOME) / "files"


class Measured:
    """Passes a stream on, and knows its size and hash at the end.

    Raises:
        Refused: from iterating, when the stream is longer than `most` bytes.
    """

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._most = most
        self._hash = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self._stream.read(PIECE):
            self.size += len(chunk)
            if self.size > self._most:
                limit = f"{self._most // (1024 * 1024)} MB"
                raise Refused(Problem("files.too_large", values={"limit": limit}))
            self._hash.update(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        """The hash of what passed, in hexadecimal."""
        return self._hash.hexdigest()


def write_sealed(key: bytes, file_id: UUID, plain: Measured) -> str:
    """Seal a stream into a new file and answer its name; it is on the disk when this returns."""
    name = secrets.token_hex(16)
    home = folder() / name[:2]
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = home / f"{name}{_UNFINISHED}"
    try:
        with os.fdopen(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as out:
            for piece in seal_pieces(key, file_id.bytes, plain):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(home / name)
        _keep_names(home)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return name


def _keep_names(home: Path) -> None:
    """Have the folder's names on the disk as well."""
    opened = os.open(home, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def path_of(name: str) -> Path:
    """Where the bytes of this name lie."""
    return folder() / name[:2] / name


def remove_sealed(name: str) -> None:
    """Take the bytes away; nothing happens when they are gone already."""
    path_of(name).unlink(missing_ok=True)


def sealed_names() -> Iterator[tuple[str, Path]]:
    """Every file in the folder with its name; unfinished ones have none."""
    for path in sorted(folder().glob("??/*")):
        yield ("" if path.name.endswith(_UNFINISHED) else path.name), path


class SealedReader(io.RawIOBase):
    """Reads a sealed file as its plain bytes, from beginning to end.

    Raises:
        PiecesBroken: from reading, at the first piece that does not open.
    """

    def __init__(self, key: bytes, file_id: UUID, name: str) -> None:
        super().__init__()
        self._file = path_of(name).open("rb")
        self._pieces = open_pieces(key, file_id.bytes, self._file.read)
        self._left = b""

    @override
    def readable(self) -> bool:
        """Yes."""
        return True

    @override
    def readinto(self, into: Buffer, /) -> int:
        """Fill `into` with the next plain bytes; 0 at the end."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
            if not piece:
                return 0
        target = memoryview(into).cast("B")
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    @override
    def close(self) -> None:
        """Close the file as well."""
        self._file.close()
        super().close()
