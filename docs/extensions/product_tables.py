"""The directive `{product-table} NAME`: a table of the reference, read from the product.

A reference page never repeats what the product knows, so it cannot go stale: the directive asks
the same tables that the code asks, when the documentation is built.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import django
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

django.setup()

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx


def markdown_of(headers: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a Markdown table."""

    def line(cells: list[str]) -> str:
        plain = (cell.replace("|", "\\|").replace("\n", " ").strip() or " " for cell in cells)
        return f"| {' | '.join(plain)} |"

    return [line(headers), line(["---"] * len(headers)), *(line(row) for row in rows), ""]


class ProductTable(SphinxDirective):
    """Puts the sections of one table into the page."""

    required_arguments = 1
    tables: ClassVar[dict[str, Callable[[], list[Section]]]] = {}

    def run(self) -> list[nodes.Node]:
        """The nodes of the table; a heading before each section that has one."""
        name = self.arguments[0]
        if name not in self.tables:
            raise self.error(f"no table of the product is called {name}")
        made: list[nodes.Node] = []
        for title, headers, rows in self.tables[name]():
            lines = markdown_of(headers, rows)
            holder = (
                nodes.section(ids=[nodes.make_id(f"{name}-{title}")]) if title else nodes.Element()
            )
            if title:
                holder += nodes.title("", title)
            self.state.nested_parse(StringList(lines, source=name), self.content_offset, holder)
            made.extend([holder] if title else holder.children)
        return made


Section = tuple[str, list[str], list[list[str]]]

ROOT = Path(__file__).resolve().parents[2]
# Pages that stand at the repository's root, where people look first.
ROOT_PAGES = {
    name.lower(): ROOT / f"{name}.md"
    for name in ("ARCHITECTURE", "CHANGELOG", "CONTRIBUTING", "GLOSSARY")
}


def take_root_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Fill a page that only stands for one at the root, with links as they run from here."""
    if docname in ROOT_PAGES:
        text = ROOT_PAGES[docname].read_text(encoding="utf-8").replace("](docs/", "](")
        source[0] = re.sub(r"\]\(([A-Z]+)\.md\)", lambda m: f"]({m[1].lower()}.md)", text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive with every table there is."""
    ProductTable.tables.update(import_module("tables").TABLES)
    ProductTable.tables.update(import_module("policy_tables").POLICY_TABLES)
    ProductTable.tables.update(import_module("place_tables").PLACE_TABLES)
    ProductTable.tables.update(import_module("team_tables").TEAM_TABLES)
    ProductTable.tables.update(import_module("plan_tables").PLAN_TABLES)
    ProductTable.tables.update(import_module("feed_tables").FEED_TABLES)
    ProductTable.tables.update(import_module("case_tables").CASE_TABLES)
    app.add_directive("product-table", ProductTable)
    app.connect("source-read", take_root_page)
    return {"parallel_read_safe": True, "version": "1"}
