"""The home: the folder that holds everything the embedded default keeps."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path


def find_home() -> Path:
    """`BANGFU_HOME`, or `bangfu` in the user's data folder."""
    named = os.environ.get("BANGFU_HOME")
    if named:
        return Path(named).expanduser().resolve()
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "bangfu"


def find_keys(home: Path) -> Path:
    """`BANGFU_KEYS`, or a folder beside the home: keys never lie inside what is backed up."""
    named = os.environ.get("BANGFU_KEYS")
    return Path(named).expanduser().resolve() if named else home.with_name(home.name + "-keys")


def read_or_make_secret(folder: Path, name: str) -> str:
    """A random text kept in a file only its owner reads; made on first use.

    The file is made exclusively, so two processes that start at once agree on one text.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = folder / f".{name}.{secrets.token_hex(8)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def mark_demo(home: Path) -> None:
    """Mark an empty home as a demo, before anything is kept in it.

    Raises:
        HomeInUse: when the home holds something and is not a demo.
    """
    mark = home / "demo.json"
    if mark.exists():
        return
    if home.exists() and any(home.iterdir()):
        raise HomeInUse(f"{home} is in use and not a demo; name an empty one with BANGFU_HOME")
    home.mkdir(parents=True, exist_ok=True)
    mark.write_text(json.dumps({"people": [], "filled": ""}), encoding="utf-8")


class HomeInUse(Exception):
    """A demo may only fill an empty home."""
