"""The feeds the product carries: one mapping file a list, in `packs/register/feeds`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bangfu.exchange.domain.feeds import Feed, read_feed
from bangfu.kernel.problems import Problem, Refused
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.exchange.domain.feeds import FeedColumn
    from bangfu.rules.layout import CodeList, Language, Layout


def triggers() -> CodeList:
    """What rows of lists can report."""
    return load_layout().lists["report_trigger"]


def read_mapping(text: str, file: str) -> Feed:
    """A feed from a mapping file, which a province may bring itself.

    Raises:
        Refused: with line and reason.
    """
    reasons = load_layout().lists["member_decrease"]
    return read_feed(text, file, _codes(triggers()), _codes(reasons))


def _codes(codes: CodeList) -> frozenset[str]:
    return frozenset(code.code for code in codes.codes)


@cache
def load_feeds() -> dict[str, Feed]:
    """The feeds of this version of the product by name, in the order of what they report."""
    folder = files("bangfu") / "packs" / "register" / "feeds"
    found = [
        read_mapping(each.read_text(encoding="utf-8"), each.name)
        for each in folder.iterdir()
        if each.name.endswith(".yaml")
    ]
    order = [code.code for code in triggers().codes]
    found.sort(key=lambda feed: (order.index(feed.trigger), feed.name))
    return {feed.name: feed for feed in found}


def find_feed(name: str) -> Feed:
    """The feed of that name.

    Raises:
        Refused: `exchange.feed_unknown`.
    """
    feed = load_feeds().get(name)
    if feed is None:
        raise Refused(Problem("exchange.feed_unknown", values={"name": name}))
    return feed


def layout_of(feed: Feed, columns: Iterable[FeedColumn] | None = None) -> Layout:
    """The feed as the import kit reads and writes it; with `columns`, only those."""
    return feed.layout(load_layout().lists, columns)


def trigger_label(trigger: str, language: Language) -> str:
    """What a row reports, in words."""
    code = triggers().find(trigger)
    return code.label(language) if code else trigger
