"""What household and member expressions may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.rules.kinds import LARGEST_PARAMETER, LATEST_MONTH, MONTH, Signature, readable_items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.layout import Layout
    from bangfu.rules.pack import Parameter

AS_OF: Final = "as_of"
"""The month for which households are judged."""


def shared_names(parameters: Mapping[str, Parameter]) -> dict[str, Signature]:
    """What both kinds of expressions read: the parameters and the month judged."""
    found = {name: Signature(each.kind, 0, LARGEST_PARAMETER) for name, each in parameters.items()}
    return found | {AS_OF: Signature(MONTH, 0, LATEST_MONTH)}


def member_names(layout: Layout, parameters: Mapping[str, Parameter]) -> dict[str, Signature]:
    """What an expression about one member reads."""
    return readable_items(layout.items["member"]) | shared_names(parameters)


def household_names(layout: Layout, parameters: Mapping[str, Parameter]) -> dict[str, Signature]:
    """What an expression about a household reads, before facts."""
    return readable_items(layout.items["household"]) | shared_names(parameters)


def is_taken(name: str, layout: Layout) -> bool:
    """Whether a fact or parameter may not have this name, because an item has it."""
    return name == AS_OF or any(name in readable_items(items) for items in layout.items.values())
