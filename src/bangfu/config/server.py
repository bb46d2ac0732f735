"""Serve the pages with granian, and keep a worker beside it."""

from __future__ import annotations

from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Command = Callable[[Sequence[str]], int]

PATIENCE_SECONDS = 20
"""How long a worker may take to put its job down; then its lease lets another take it up."""


@contextmanager
def worker_beside(command: Command) -> Iterator[None]:
    """A worker process, started as `bangfu worker`, that lives as long as the server."""
    worker = get_context("spawn").Process(target=command, args=(["worker"],), daemon=True)
    worker.start()
    try:
        yield
    finally:
        worker.terminate()
        worker.join(PATIENCE_SECONDS)
        worker.kill()


def serve(command: Command, host: str, port: int) -> None:
    """Serve until told to stop. The worker's jobs survive its death, so stopping is safe."""
    with worker_beside(command):
        Granian(
            "bangfu.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=4,
            websockets=False,
            log_access=False,
        ).serve()
