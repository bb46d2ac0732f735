"""What expressions about a household, a member or a report may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.rules.kinds import LATEST_MONTH, MONTH, Signature, readable_items
from bangfu.rules.pack import Over
from bangfu.rules.units import largest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.layout import Item, Layout
    from bangfu.rules.pack import Parameter

AS_OF: Final = "as_of"
"""The month for which households are judged."""

TRIGGER: Final = "trigger"
"""The report item that says which department's list a report came with."""

FEEDS: Final = "feeds"
"""The household item that says of which triggers lists were received."""


def shared_names(parameters: Mapping[str, Parameter]) -> dict[str, Signature]:
    """What all expressions read: the parameters and the month judged."""
    found = {
        name: Signature(each.kind, 0, largest_of(each.unit)) for name, each in parameters.items()
    }
    return found | {AS_OF: Signature(MONTH, 0, LATEST_MONTH)}


def items_over(layout: Layout, over: Over) -> tuple[Item, ...]:
    """The items of a household (also those only snapshots hold), a member or a report."""
    entities = (Over.HOUSEHOLD.value, "snapshot") if over is Over.HOUSEHOLD else (over.value,)
    return tuple(item for entity in entities for item in layout.items.get(entity, ()))


def names_over(
    layout: Layout, over: Over, parameters: Mapping[str, Parameter]
) -> dict[str, Signature]:
    """What an expression about a household (before facts), a member or a report reads."""
    return readable_items(items_over(layout, over)) | shared_names(parameters)


def is_taken(name: str, layout: Layout) -> bool:
    """Whether a fact or parameter may not have this name, because an item has it."""
    return name == AS_OF or any(name in readable_items(items) for items in layout.items.values())
