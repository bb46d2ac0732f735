"""Roles as data: what a role may do and at which tier it is granted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bangfu.kernel.division import Level

if TYPE_CHECKING:
    from collections.abc import Mapping


class RolesInvalid(ValueError):
    """The table of roles cannot be read; the message names the role and the fault."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role.

    Attributes:
        tier: the tier of division it is granted for; None when any tier will do. A finer
            division than the tier is allowed, a broader one is not.
        apart: the group of roles of which one person may hold one at a time; empty for none.
    """

    name: str
    zh: str
    en: str
    capabilities: frozenset[str]
    tier: Level | None = None
    apart: str = ""

    def label(self, language: Literal["zh", "en"]) -> str:
        """The role's name in the reader's language."""
        return self.zh if language == "zh" else self.en


_KEYS = frozenset({"zh", "en", "tier", "apart", "capabilities"})


def _role(name: str, row: Mapping[str, Any]) -> Role:
    if unknown := set(row) - _KEYS:
        raise RolesInvalid(f"{name}: unknown field {', '.join(sorted(unknown))}")
    try:
        tier = Level[row["tier"].upper()] if "tier" in row else None
        capabilities = frozenset(row["capabilities"])
        made = Role(name, row["zh"], row["en"], capabilities, tier, row.get("apart", ""))
    except (KeyError, TypeError, AttributeError) as error:
        raise RolesInvalid(f"{name}: {error}") from None
    if len(capabilities) != len(row["capabilities"]):
        raise RolesInvalid(f"{name}: a capability stands twice")
    return made


def parse_roles(document: Mapping[str, Any]) -> dict[str, Role]:
    """The roles by name, in the order of the table.

    Raises:
        RolesInvalid: for an unknown field, a missing one, an unknown tier or a doubled capability.
    """
    return {name: _role(name, row) for name, row in document["roles"].items()}
