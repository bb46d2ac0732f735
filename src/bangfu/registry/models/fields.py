"""A column for several codes of one list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression


def join_codes(codes: Sequence[str] | None) -> str:
    """Codes as they lie in the column: in the list's order, with commas; unknown is empty."""
    return ",".join(codes or ())


def split_codes(text: str) -> tuple[str, ...]:
    """The codes of a column's text."""
    return tuple(text.split(",")) if text else ()


if TYPE_CHECKING:
    _Text = models.CharField[Any, Any]
else:
    _Text = models.CharField


class CodesField(_Text):
    """Several codes of one list, a tuple of text; empty means unknown."""

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> tuple[str, ...]:
        """The tuple for a stored text."""
        return split_codes(value or "")

    @override
    def to_python(self, value: Any) -> tuple[str, ...]:
        return split_codes(value) if isinstance(value, str) else tuple(value or ())

    @override
    def get_prep_value(self, value: Any) -> str:
        return value if isinstance(value, str) else join_codes(value)
