"""What long work tells whoever waits for it."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Told how far the work is; may stop it."""

    def progress(self, done: int, total: int, stage: str) -> None:
        """`done` of `total` of what `stage` names."""
        ...

    def confirm_lease(self) -> None:
        """Raises when the work was taken over by someone else: nothing may be committed then."""
        ...


class Unwatched:
    """Nobody waits."""

    def progress(self, done: int, total: int, stage: str) -> None:
        """Nothing is told."""

    def confirm_lease(self) -> None:
        """Nobody else does it."""
