"""What rooms above policy have to say before a pack comes into force: open places for checks.

Policy keeps the files of procedures and calendars without reading them; the room that does
registers a check here, so that a table it could not use never comes into force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.rules.api import Pack

    Check = Callable[[Pack], None]

_checks: dict[str, Check] = {}


def register_admission(name: str, check: Check) -> None:
    """Have a pack checked before it may be proposed or published.

    `check` raises `Refused` with the reasons; `name` is the check's identity.
    """
    _checks[name] = check


def check_elsewhere(pack: Pack) -> None:
    """Ask every registered check.

    Raises:
        Refused: by the first that refuses.
    """
    for check in _checks.values():
        check(pack)
