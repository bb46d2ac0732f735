"""The tables of departments' lists for the reference: every feed with its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tables import Section, code

from bangfu.exchange.api import load_feeds

if TYPE_CHECKING:
    from collections.abc import Callable


def feeds() -> list[Section]:
    """Every list: who sends it, what a row reports, how often it is due."""
    headers = ["List", "Name", "English", "Office", "Reports", "Due every, days", "Source"]
    rows = [
        [
            code(feed.name),
            feed.label.zh,
            feed.label.en,
            feed.office.zh,
            code(feed.trigger),
            str(feed.every_days),
            feed.source,
        ]
        for feed in load_feeds().values()
    ]
    return [("", headers, rows)]


def feed_columns() -> list[Section]:
    """The columns of every list, with the other headers they go by."""
    headers = ["Item", "Header", "English", "Also", "Required"]
    return [
        (
            name,
            headers,
            [
                [
                    code(column.item),
                    column.zh,
                    column.en,
                    "、".join(column.also),
                    "yes" if column.required else "",
                ]
                for column in feed.columns
            ],
        )
        for name, feed in load_feeds().items()
    ]


FEED_TABLES: dict[str, Callable[[], list[Section]]] = {
    "feeds": feeds,
    "feed-columns": feed_columns,
}
