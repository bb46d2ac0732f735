"""The table of roles that this version carries."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from bangfu.foundation.access.domain.roles import Role, parse_roles

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def load_roles() -> Mapping[str, Role]:
    """The roles of `packs/register/roles.yaml` by name.

    Raises:
        RolesInvalid: when the table has a fault.
    """
    table = files("bangfu") / "packs" / "register" / "roles.yaml"
    return parse_roles(yaml.safe_load(table.read_text(encoding="utf-8")))
