"""The key ring: keys by id in one file that only its owner reads.

The file lies in `settings.BANGFU_KEYS`, apart from the data and its backups. It is made on first
use; rotation adds a key and makes it current, and old ids stay readable.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import stat
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE_NAME: Final = "ring.json"
KEY_BYTES: Final = 32
ID_BYTES: Final = 4


class KeyRingInvalid(Exception):
    """The ring cannot be used: unreadable, damaged, or readable by other users of the machine."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by id (8 hexadecimal digits), which of them seals, and the key of fingerprints."""

    current: str
    keys: Mapping[str, bytes]
    fingerprint_key: bytes


def _new_key_id(taken: Mapping[str, bytes]) -> str:
    while (fresh := secrets.token_hex(ID_BYTES)) in taken:
        pass
    return fresh


def _fresh_ring() -> KeyRing:
    key_id = _new_key_id({})
    return KeyRing(
        current=key_id,
        keys={key_id: secrets.token_bytes(KEY_BYTES)},
        fingerprint_key=secrets.token_bytes(KEY_BYTES),
    )


def _dump(ring: KeyRing) -> bytes:
    document = {
        "version": 1,
        "current": ring.current,
        "keys": {name: base64.b64encode(key).decode() for name, key in ring.keys.items()},
        "fingerprint": base64.b64encode(ring.fingerprint_key).decode(),
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def _parse(text: bytes, path: Path) -> KeyRing:
    try:
        document = json.loads(text)
        ring = KeyRing(
            current=document["current"],
            keys={name: base64.b64decode(key) for name, key in document["keys"].items()},
            fingerprint_key=base64.b64decode(document["fingerprint"]),
        )
        ids_fit = all(len(bytes.fromhex(name)) == ID_BYTES for name in ring.keys)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyRingInvalid(f"{path} is not a key ring ({type(error).__name__})") from None
    lengths = {len(key) for key in (*ring.keys.values(), ring.fingerprint_key)}
    if not ids_fit or lengths != {KEY_BYTES} or ring.current not in ring.keys:
        raise KeyRingInvalid(f"{path} is not a key ring (a key or an id has a wrong length)")
    return ring


def _write_beside(path: Path, ring: KeyRing) -> Path:
    """A finished copy next to `path`, on the disk, not yet under its name."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_dump(ring))
        file.flush()
        os.fsync(file.fileno())
    return fresh


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make(path: Path) -> None:
    """Make the ring unless another process was first: a hard link is exclusive and complete."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = _write_beside(path, _fresh_ring())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    _sync_folder(path.parent)


def _read(path: Path) -> KeyRing:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read()
    except OSError as error:
        raise KeyRingInvalid(f"{path} cannot be read ({error.strerror})") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyRingInvalid(
            f"{path} is open to other users of this machine; run: chmod 600 {path}"
        )
    return _parse(text, path)


_cached: dict[Path, KeyRing] = {}
_cache_lock = Lock()


def ring_path() -> Path:
    """Where the ring lies."""
    return Path(settings.BANGFU_KEYS) / FILE_NAME


def current_ring(*, reread: bool = False) -> KeyRing:
    """The ring, made on first use, kept in memory; `reread` looks at the file again.

    Raises:
        KeyRingInvalid: when the file is damaged or open to other users.
    """
    path = ring_path()
    ring = None if reread else _cached.get(path)
    if ring is None:
        if not path.exists():
            _make(path)
        ring = _read(path)
        with _cache_lock:
            _cached[path] = ring
    return ring


@contextmanager
def _rotating(folder: Path) -> Iterator[None]:
    """One rotation at a time on this machine."""
    descriptor = os.open(folder / ".rotating", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def rotate_keys() -> str:
    """Add a key and seal with it from now on; answer its id. Older keys still open.

    Other processes go on sealing with the key they know until they start again; they open what
    the new key sealed, because an unknown id makes them read the file once more.
    """
    path = ring_path()
    current_ring()
    with _rotating(path.parent):
        ring = _read(path)
        key_id = _new_key_id(ring.keys)
        keys = {**ring.keys, key_id: secrets.token_bytes(KEY_BYTES)}
        _write_beside(path, replace(ring, current=key_id, keys=keys)).replace(path)
        _sync_folder(path.parent)
    current_ring(reread=True)
    return key_id
