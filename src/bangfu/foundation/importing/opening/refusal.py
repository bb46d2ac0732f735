"""A file is refused: raised inside the child, told to the parent."""

from __future__ import annotations


class FileRefused(Exception):
    """Why a file cannot be opened.

    Attributes:
        code: the problem's code.
        place: keyword values of `kernel.problems.Place`, without the file.
        values: the values of the sentence.
    """

    def __init__(
        self, code: str, *, place: dict[str, str | int] | None = None, **values: str
    ) -> None:
        super().__init__(code)
        self.code = code
        self.place = place or {}
        self.values = values
